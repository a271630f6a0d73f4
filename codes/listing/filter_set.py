"""The form of the list: its fields, how many meanings each choice gives, and how to remove what is chosen."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

import django_filters as filters
from django import forms
from django.forms.boundfield import BoundField
from django.http import QueryDict
from django.utils.functional import cached_property
from django.utils.text import Truncator

from codes import search
from codes.content.state import content_state
from codes.listing.filter_types import SearchFilter, SortFilter, ValueFilter, Values
from codes.models import StatusCode
from codes.querysets import StatusCodeQuerySet

_MAX_VALUE_LENGTH = 60
# Each link that removes a value repeats all others, so their length grows with the square of the number of values.
_MAX_LINKS = 40


class Choice(NamedTuple):
    """A value of a filter, and how many meanings have it and satisfy the other filters."""

    value: str
    label: str
    is_chosen: bool
    meanings: int


@dataclass(frozen=True)
class ActiveFilter:
    """A value that is chosen, or all values that are chosen in one filter, with the way to remove it.

    Attributes:
        name: the parameter.
        label: as a person reads it: `Vendor: nginx`.
        query: the query string without it.
        count: how many meanings that query gives, where it was counted.
    """

    name: str
    label: str
    query: str
    count: int | None = None


class FacetedFilterSet(filters.FilterSet):
    """Filters that select meanings, and the counts beside their choices.

    A repeated parameter is OR, different ones are AND, an empty value is as if absent.
    """

    q = SearchFilter(
        label="Search",
        method="by_search",
        max_length=search.MAX_LENGTH,
        error_messages={"max_length": search.TOO_LONG_MESSAGE},
        help_text="A number, phrase, constant, vendor or plain words, or a line pasted from a log.",
    )

    class Meta:
        model = StatusCode
        fields: list[str] = []

    @classmethod
    @lru_cache(maxsize=1)
    def _load(cls, content_state: str) -> tuple[frozenset[int], dict[str, Values]]:
        """The primary keys of all meanings and the values of every filter, of the content in this state."""
        value_filters = {name: each for name, each in cls.base_filters.items() if isinstance(each, ValueFilter)}
        codes = frozenset(StatusCode.objects.values_list("pk", flat=True))
        return codes, {name: each.load() for name, each in value_filters.items()}

    def __init__(self, data: QueryDict, queryset: StatusCodeQuerySet) -> None:
        given = data.copy()
        for name, texts in data.lists():
            not_empty = [text for text in texts if (text.strip() if name == "q" else text)]
            # A message repeats a wrong value; of a long one its beginning is enough.
            max_length = search.MAX_LENGTH + 1 if name == "q" else _MAX_VALUE_LENGTH
            given.setlist(name, [Truncator(text).chars(max_length) for text in not_empty])
        super().__init__(given, queryset)
        self._codes, values_by_name = self._load(content_state())
        for name, values in values_by_name.items():
            self.filters[name].values = values
            chosen = given.getlist(name)
            # Chosen values first in a long list.
            self.form.fields[name].choices = sorted(values.choices, key=lambda choice: choice[0] not in chosen)
        for name, field in self.form.fields.items():
            allowed = ", ".join(self.allowed(name))
            field.error_messages["invalid_choice"] = f"“%(value)s” is not a value of this filter. Allowed: {allowed}."
        self.form.full_clean()

    @cached_property
    def hits(self) -> list[search.Hit]:
        """All pages that the search texts find, the best match first; none where nothing is searched for."""
        texts = self.form.cleaned_data.get("q") or []
        return list(dict.fromkeys(hit for text in texts for hit in search.find(text)))

    def by_search(self, queryset: StatusCodeQuerySet, name: str, texts: list[str]) -> StatusCodeQuerySet:
        return queryset.ranked([hit.code for hit in self.hits if hit.code is not None])

    def allowed(self, name: str) -> list[str]:
        """The values that a parameter takes; none where it takes any text."""
        return list(self._labels(name))

    def groups(self) -> list[tuple[BoundField, list[Choice]]]:
        """Each filter of several choices, with its choices."""
        return [
            (
                self.form[name],
                [
                    Choice(value, label, value in self.data.getlist(name), self._count(each.select([value]), name))
                    for value, label in self._labels(name).items()
                ],
            )
            for name, each in self.filters.items()
            if isinstance(each, ValueFilter)
        ]

    def active(self) -> list[ActiveFilter]:
        """The values that are chosen and the texts that are searched for, up to a limit."""
        chosen = [(name, value) for name, values in self._chosen().items() for value in values]
        return [
            ActiveFilter(
                name,
                self._text(name, [value]),
                self._query(name, [other for other in self._chosen()[name] if other != value]),
            )
            for name, value in chosen[:_MAX_LINKS]
        ]

    def filters_to_remove(self) -> list[ActiveFilter]:
        """The filters without which an empty result would not be empty, the one that gives most first."""
        counts = {name: self._count(self._codes, besides=name) for name in self._selected}
        removable = [
            ActiveFilter(name, self._text(name, self._chosen()[name]), self._query(name, []), count)
            for name, count in counts.items()
            if count
        ]
        return sorted(removable, key=lambda removed: -(removed.count or 0))

    def unknown_parameters(self) -> list[str]:
        """The parameters of the address that are no filters."""
        return sorted(set(self.data) - set(self.filters))

    @cached_property
    def _selected(self) -> dict[str, set[int]]:
        """For each filter that is used, with allowed values, the primary keys of the meanings that it selects."""
        selected = {
            name: self.filters[name].select(values)
            for name, values in self.form.cleaned_data.items()
            if values and isinstance(self.filters[name], ValueFilter)
        }
        if self.form.cleaned_data.get("q"):
            selected["q"] = {hit.code for hit in self.hits if hit.code is not None}
        return selected

    def _count(self, codes: frozenset[int] | set[int], besides: str) -> int:
        """How many of these meanings satisfy every filter but one."""
        return len(codes.intersection(*(selected for name, selected in self._selected.items() if name != besides)))

    def _chosen(self) -> dict[str, list[str]]:
        """What the address says of each filter, whether allowed or not."""
        filters = [name for name, each in self.filters.items() if not isinstance(each, SortFilter)]
        chosen = {name: list(dict.fromkeys(self.data.getlist(name))) for name in filters}
        return {name: values for name, values in chosen.items() if values}

    def _labels(self, name: str) -> dict[str, str]:
        """The label of each value of a filter; none for the search."""
        field = self.form.fields[name]
        return dict(field.choices) if isinstance(field, forms.ChoiceField) else {}  # type: ignore[arg-type]

    def _text(self, name: str, values: list[str]) -> str:
        """A filter with these values, as a person reads it; a value that is not allowed stays as it is."""
        labels = self._labels(name)
        return f"{self.form[name].label}: {', '.join(labels.get(value, value) for value in values)}"

    def _query(self, name: str, values: list[str]) -> str:
        """The query string with other values for one parameter, and without unknown parameters."""
        data = self.data.copy()
        for unknown in self.unknown_parameters():
            del data[unknown]
        data.setlist(name, values)
        return data.urlencode()
