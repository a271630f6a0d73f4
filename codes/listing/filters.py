"""The language of `/codes?…`: which parameters there are, what they mean, and which values they take."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, NamedTuple

import django_filters as filters
from django import forms
from django.db.models.functions import Lower
from django.forms.boundfield import BoundField
from django.http import QueryDict
from django.utils.functional import cached_property
from django.utils.text import Truncator

from codes import search
from codes.content.state import content_state
from codes.listing import counts
from codes.models import RFC, HeaderField, StatusClass, StatusCode, Vendor
from codes.models.properties import ANSWERS, Answer, Question
from codes.querysets import StatusCodeQuerySet

_VALUE_MAX_LENGTH = 60
SEARCHES_AT_ONCE = 5

REGISTRATIONS = [
    *StatusCode.Registration.choices,
    ("unassigned", "Not registered"),
    ("outside", "Outside 100–599"),
]

CACHEABLE = [(answer.value, answer.label) for answer in (*ANSWERS[Question.CACHEABLE], Answer.SILENT)]

# What each choice of `sort` orders by.
_ORDER = {"number": "number", "phrase": "phrase", "updated": "updated_at"}
SORTS = [
    ("number", "Number"),
    ("-number", "Number, highest first"),
    ("phrase", "Phrase"),
    ("-phrase", "Phrase, from Z"),
    ("updated", "Longest unchanged first"),
    ("-updated", "Last changed first"),
]

Choices = Iterable[tuple[str, str]]


class Choice(NamedTuple):
    """A value of a filter, and how many meanings it gives while the other filters hold."""

    value: str
    label: str
    is_chosen: bool
    meanings: int


@dataclass(frozen=True)
class Active:
    """A choice that was made, or all choices of one filter, and how to do without.

    Attributes:
        name: the parameter.
        label: as a person reads it: `Vendor: nginx`.
        query: the query string that keeps everything else.
        count: how many meanings that gives, where it was asked.
    """

    name: str
    label: str
    query: str
    count: int | None = None


def _classes() -> Choices:
    return [(str(status_class.digit), str(status_class)) for status_class in StatusClass.objects.all()]


def _vendors() -> Choices:
    return list(Vendor.objects.order_by(Lower("name"), "slug").values_list("slug", "name"))


def _rfcs() -> Choices:
    defining = RFC.objects.filter(definition__isnull=False).distinct().order_by("-number")
    return [(str(rfc.number), f"{rfc.number} {rfc.title}") for rfc in defining]


def _headers() -> Choices:
    return list(HeaderField.objects.values_list("slug", "name"))


def _chosen_first(choices: list[tuple[str, str]], chosen: list[str]) -> list[tuple[str, str]]:
    """So that in a long list one sees what is chosen."""
    return sorted(choices, key=lambda choice: choice[0] not in chosen)


class SearchField(forms.CharField):
    """Search texts: one, or several of which any may match."""

    widget = forms.MultipleHiddenInput

    def clean(self, value: Any) -> list[str]:
        texts = dict.fromkeys(super(SearchField, self).clean(text) for text in value or [])
        texts.pop("", None)
        if len(texts) > SEARCHES_AT_ONCE:
            raise forms.ValidationError(f"At most {SEARCHES_AT_ONCE} searches can be combined.")
        return list(texts)


class SearchFilter(filters.Filter):
    """What the texts mean."""

    field_class = SearchField


class CodeFilter(filters.FilterSet):
    """Filters select meanings. A repeated parameter is OR, different ones are AND, an empty value is as if absent."""

    q = SearchFilter(
        label="Search",
        max_length=search.MAX_LENGTH,
        error_messages={"max_length": search.TOO_LONG},
        method="by_search",
        help_text="A number, a phrase, a constant, a vendor, plain words, or a pasted line of a log.",
    )
    registration = filters.MultipleChoiceFilter(
        label="Registration",
        choices=REGISTRATIONS,
        method="by_registration",
        help_text="What the registry says.",
    )
    state = filters.MultipleChoiceFilter(
        label="State in use",
        choices=StatusCode.State.choices,
        distinct=False,
        help_text="Whether anybody uses the meaning.",
    )
    wire = filters.TypedMultipleChoiceFilter(
        label="On the wire",
        field_name="on_the_wire",
        choices=[("yes", "Yes"), ("no", "No: only in logs or the client")],
        coerce=lambda value: value == "yes",
        distinct=False,
        help_text="Whether the number ever stands in a response.",
    )
    cacheable = filters.MultipleChoiceFilter(
        label="Cacheable",
        choices=CACHEABLE,
        method="by_cacheable",
        help_text="What a cache may do with the response.",
    )
    vendor = filters.MultipleChoiceFilter(
        label="Vendor",
        field_name="vendor__slug",
        choices=_vendors,
        distinct=False,
        help_text="Whose meaning it is.",
    )
    rfc = filters.MultipleChoiceFilter(
        label="RFC", choices=_rfcs, method="by_rfc", help_text="Documents that define it, former ones too."
    )
    header = filters.MultipleChoiceFilter(
        label="Header field",
        choices=_headers,
        method="by_header",
        help_text="A rule ties the field to the code.",
    )
    # Several values are allowed as far as they are known; the last one counts.
    sort = filters.MultipleChoiceFilter(label="Sort by", choices=SORTS, method="sort_by")

    class Meta:
        model = StatusCode
        fields: list[str] = []

    @classmethod
    def get_filters(cls) -> dict[str, filters.Filter]:
        # `class` is a parameter of the address but cannot be a name in Python.
        declared = super().get_filters()
        by_class = filters.MultipleChoiceFilter(
            label="Class",
            field_name="status_class__digit",
            choices=_classes,
            distinct=False,
            help_text="The first digit.",
        )
        return {"q": declared.pop("q"), "class": by_class, **declared}

    def __init__(self, data: QueryDict, queryset: StatusCodeQuerySet) -> None:
        given = data.copy()
        for name, values in data.lists():
            # A message repeats a wrong value; of a long one its beginning is enough.
            longest = search.MAX_LENGTH + 1 if name == "q" else _VALUE_MAX_LENGTH
            given.setlist(name, [Truncator(value).chars(longest) for value in values if value])
        super().__init__(given, queryset)
        for name, field in self.form.fields.items():
            if isinstance(field, forms.ChoiceField):
                # Once, since choices that come from the database would be fetched at every look.
                choices = self._choices(field)
                field.choices = choices if name == "sort" else _chosen_first(choices, given.getlist(name))
                field.error_messages["invalid_choice"] = (
                    "“%(value)s” is not a value of this filter. Allowed: " + ", ".join(self._values(field)) + "."
                )

    @cached_property
    def hits(self) -> list[search.Hit]:
        """All pages that the search texts mean, the likeliest first; none where nothing is searched for."""
        texts = self.form.cleaned_data.get("q") or []
        return list(dict.fromkeys(hit for text in texts for hit in search.find(text)))

    def by_search(self, queryset: StatusCodeQuerySet, name: str, texts: list[str]) -> StatusCodeQuerySet:
        return queryset.ranked([hit.code for hit in self.hits if hit.code is not None]) if texts else queryset

    def by_registration(self, queryset: StatusCodeQuerySet, name: str, values: list[str]) -> StatusCodeQuerySet:
        return queryset.in_registration(values) if values else queryset

    def by_cacheable(self, queryset: StatusCodeQuerySet, name: str, values: list[str]) -> StatusCodeQuerySet:
        return queryset.answering(Question.CACHEABLE, values) if values else queryset

    def by_rfc(self, queryset: StatusCodeQuerySet, name: str, values: list[str]) -> StatusCodeQuerySet:
        return queryset.defined_by(values) if values else queryset

    def by_header(self, queryset: StatusCodeQuerySet, name: str, values: list[str]) -> StatusCodeQuerySet:
        return queryset.with_header(values) if values else queryset

    def sort_by(self, queryset: StatusCodeQuerySet, name: str, values: list[str]) -> StatusCodeQuerySet:
        if not values:
            return queryset
        value = values[-1]
        column = _ORDER[value.removeprefix("-")]
        # Behind it the usual order, so that equal rows come out the same every time.
        return queryset.order_by(f"-{column}" if value.startswith("-") else column, *(StatusCode._meta.ordering or ()))

    def allowed(self, name: str) -> list[str]:
        """The values that a parameter takes; none where it takes any text."""
        field = self.form.fields[name]
        return self._values(field) if isinstance(field, forms.ChoiceField) else []

    def groups(self) -> list[tuple[BoundField, list[Choice]]]:
        """Each filter of several choices, with its choices."""
        return [
            (
                self.form[name],
                [
                    Choice(value, label, value in self.data.getlist(name), self._facets.given[name][value])
                    for value, label in self._choices(field)
                ],
            )
            for name, field in self.form.fields.items()
            if isinstance(field, forms.ChoiceField) and name != "sort"
        ]

    def active(self) -> list[Active]:
        """Everything that is chosen or searched for, each with the way to take it away."""
        return [
            Active(name, f"{self.form[name].label}: {label}", self._query(name, [o for o in values if o != value]))
            for name, values in self._chosen().items()
            for value, label in zip(values, self._labels(name), strict=True)
        ]

    def ways_out(self) -> list[Active]:
        """The filters without which there would be a result where now there is none, the largest first."""
        ways = [
            Active(name, f"{self.form[name].label}: {', '.join(self._labels(name))}", self._query(name, []), count)
            for name, count in self._facets.without.items()
        ]
        return sorted(ways, key=lambda way: -(way.count or 0))

    def unknown_parameters(self) -> list[str]:
        """The names in the address that are no filter."""
        return sorted(set(self.data) - set(self.filters))

    @cached_property
    def _facets(self) -> counts.Facets:
        wrong = self.form.errors
        chosen = {name: set(values) for name, values in self._chosen().items() if name not in wrong}
        found = {hit.code for hit in self.hits}
        codes = (
            {**choices, "q": chosen.get("q", set()) if code in found else set()}
            for code, choices in counts.choices_by_code(content_state()).items()
        )
        return counts.count(codes, chosen)

    def _chosen(self) -> dict[str, list[str]]:
        """What the address says of each filter, as far as it says anything; the order of rows is no filter."""
        named = {name: list(dict.fromkeys(self.data.getlist(name))) for name in self.filters if name != "sort"}
        return {name: values for name, values in named.items() if values}

    def _labels(self, name: str) -> list[str]:
        """What is chosen in a filter, in words; of a value that is not allowed the value."""
        field = self.form.fields[name]
        labels = dict(self._choices(field)) if isinstance(field, forms.ChoiceField) else {}
        return [labels.get(value, value) for value in self._chosen()[name]]

    def _query(self, name: str, values: list[str]) -> str:
        """The query string with other values for one parameter, and without what is no filter."""
        data = self.data.copy()
        for unknown in self.unknown_parameters():
            del data[unknown]
        data.setlist(name, values)
        return data.urlencode()

    @staticmethod
    def _values(field: forms.ChoiceField) -> list[str]:
        return [value for value, _ in CodeFilter._choices(field) if value]

    @staticmethod
    def _choices(field: forms.ChoiceField) -> list[tuple[str, str]]:
        return list(field.choices)  # type: ignore[arg-type]
