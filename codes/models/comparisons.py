from __future__ import annotations

from collections.abc import Iterable

from django.db import models
from django.urls import reverse

from codes import querysets
from codes.models.codes import StatusCode
from codes.models.fields import MarkdownField

MAX_CODES_PER_COMPARISON = 6
"""How many meanings fit beside each other."""


def comparison_path(codes: Iterable[StatusCode]) -> str:
    """The address of some meanings side by side, in the order given."""
    return reverse("comparison", args=[",".join(code.key for code in codes)])


class Comparison(models.Model):
    """A ready-made comparison: meanings that people confuse, and what decides between them."""

    slug = models.SlugField(unique=True, help_text="Tells it apart in the fixtures. No address shows it.")
    title = models.CharField(
        max_length=100, unique=True, help_text="What is decided: “Redirects: for good or for now, method kept or not”."
    )
    codes = models.ManyToManyField(
        StatusCode,
        related_name="comparisons",
        help_text=f"Two to {MAX_CODES_PER_COMPARISON} meanings. They stand in ascending order, and so does the address.",
    )
    decision = MarkdownField(
        blank=False, help_text="Markdown. The sentence that decides between them, with its sections."
    )
    position = models.PositiveSmallIntegerField(default=1, help_text="Its place in the list of comparisons.")

    objects = querysets.ComparisonQuerySet.as_manager()

    class Meta:
        ordering = ["position", "slug"]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return comparison_path(self.codes.all())

    def natural_key(self) -> tuple[str]:
        return (self.slug,)
