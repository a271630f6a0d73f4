"""Ready-made comparisons."""

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest

from codes.admin.common import TextareaMixin
from codes.models import Comparison
from codes.models.comparisons import MAX_CODES_PER_COMPARISON


class ComparisonForm(forms.ModelForm):
    def clean_codes(self) -> Any:
        codes = self.cleaned_data["codes"]
        if not 2 <= len(codes) <= MAX_CODES_PER_COMPARISON:
            raise ValidationError(f"Choose two to {MAX_CODES_PER_COMPARISON} meanings, not {len(codes)}.")
        return codes


@admin.register(Comparison)
class ComparisonAdmin(TextareaMixin, admin.ModelAdmin):
    form = ComparisonForm
    list_display = ["title", "numbers", "position"]
    search_fields = ["title", "decision", "=codes__number"]
    search_help_text = "An exact number, or words."
    autocomplete_fields = ["codes"]
    fieldsets = [
        ("Comparison", {"fields": ["title", "slug", "codes", "position"]}),
        ("Decision", {"fields": ["decision"]}),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).for_links()  # type: ignore[attr-defined]

    @admin.display(description="meanings")
    def numbers(self, comparison: Comparison) -> str:
        return ", ".join(code.key for code in comparison.codes.all())
