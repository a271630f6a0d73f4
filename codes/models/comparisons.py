from __future__ import annotations

from collections.abc import Iterable

from django.db import models
from django.urls import reverse

from codes import querysets
from codes.models.codes import StatusCode
from codes.models.fields import MarkdownField

MAX_CODES_PER_COMPARISON = 6
"""The most meanings that fit side by side."""


def comparison_path(codes: Iterable[StatusCode]) -> str:
    """The address that compares these meanings, in this order."""
    return reverse("comparison", args=[",".join(code.key for code in codes)])


class Comparison(models.Model):
    """A ready-made comparison: meanings that people confuse, and how to choose between them."""

    slug = models.SlugField(
        unique=True, help_text="Identifies the comparison in the fixtures. It is not part of any address."
    )
    title = models.CharField(
        max_length=100,
        unique=True,
        help_text="The choice to make: “Redirects: for good or for now, method kept or not”.",
    )
    codes = models.ManyToManyField(
        StatusCode,
        related_name="comparisons",
        help_text=f"Two to {MAX_CODES_PER_COMPARISON} meanings. The page and its address list them in ascending order.",
    )
    decision = MarkdownField(
        blank=False, help_text="Markdown. The sentence that decides between them, citing the sections."
    )
    position = models.PositiveSmallIntegerField(default=1, help_text="Its position in the list of comparisons.")

    objects = querysets.ComparisonQuerySet.as_manager()

    class Meta:
        ordering = ["position", "slug"]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return comparison_path(self.codes.all())

    def natural_key(self) -> tuple[str]:
        return (self.slug,)
