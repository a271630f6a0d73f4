"""The kinds of filters, and the meanings that each selects."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple

import django_filters as filters
from django import forms
from django.db.models.expressions import Combinable

from codes.models import StatusCode
from codes.querysets import StatusCodeQuerySet

MAX_SEARCHES = 5
"""How many search texts can be combined."""

Choices = Iterable[tuple[str, str]]


class Values(NamedTuple):
    """The values of a filter, in one state of the content.

    Attributes:
        choices: each allowed value with its label, in order.
        codes: by value, the primary keys of the meanings that have it.
    """

    choices: list[tuple[str, str]]
    codes: Mapping[str, set[int]]


class ValueFilter(filters.Filter):
    """Selects the meanings that have one of the chosen values.

    Args:
        value: what a meaning has: a lookup or an expression. Across a relation a meaning may have several values. A
            subclass that overrides `pairs()` needs none.
        choices: each allowed value with its label, or a function that returns them.

    Attributes:
        values: what `load()` returned. The filter set loads it once for every state of the content.
    """

    field_class = forms.MultipleChoiceField
    values: Values

    def __init__(
        self, *, value: str | Combinable = "", choices: Choices | Callable[[], Choices], **kwargs: Any
    ) -> None:
        super().__init__(**kwargs)
        self._value = value
        self._choices = choices

    def load(self) -> Values:
        """The values, from the database."""
        codes: dict[str, set[int]] = defaultdict(set)
        for code, value in self.pairs():
            codes[str(value)].add(code)
        choices = list(self._choices() if callable(self._choices) else self._choices)
        return Values(choices, {value: codes[value] for value, _ in choices})

    def pairs(self) -> Iterable[tuple[int, object]]:
        """The primary key of every meaning, with each value that it has."""
        return StatusCode.objects.with_listing().with_cacheable().values_list("pk", self._value)

    def select(self, values: Iterable[str]) -> set[int]:
        """The primary keys of the meanings that have one of these values."""
        return set().union(*(self.values.codes[value] for value in values))

    def filter(self, queryset: StatusCodeQuerySet, values: list[str]) -> StatusCodeQuerySet:
        return queryset.filter(pk__in=self.select(values)) if values else queryset


class SearchField(forms.CharField):
    """Search texts: one, or several of which any may match."""

    widget = forms.MultipleHiddenInput

    def clean(self, value: Any) -> list[str]:
        texts = dict.fromkeys(super(SearchField, self).clean(text) for text in value or [])
        texts.pop("", None)
        if len(texts) > MAX_SEARCHES:
            raise forms.ValidationError(f"At most {MAX_SEARCHES} searches can be combined.")
        return list(texts)


class SearchFilter(filters.Filter):
    """Selects the meanings that one of the search texts finds, the best match first."""

    field_class = SearchField


class SortFilter(filters.MultipleChoiceFilter):
    """Selects nothing: orders the meanings by a column; `-` before a value reverses it.

    Several values are accepted if all are known; the last one is used.

    Args:
        columns: the column of each value.
    """

    def __init__(self, *, columns: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._columns = columns

    def filter(self, queryset: StatusCodeQuerySet, values: list[str]) -> StatusCodeQuerySet:
        if not values:
            return queryset
        name = values[-1].removeprefix("-")
        sign = values[-1].removesuffix(name)
        # The usual order comes second, so that equal rows always come out in the same order.
        return queryset.order_by(f"{sign}{self._columns[name]}", *(StatusCode._meta.ordering or ()))
