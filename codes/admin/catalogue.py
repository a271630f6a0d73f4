"""Classes, the registry, RFCs, vendors, header fields and libraries."""

from collections.abc import Sequence
from typing import Any

from django.contrib import admin
from django.db.models import Count, QuerySet
from django.forms import ModelForm
from django.http import HttpRequest

from codes.admin.common import PermanentMixin, TextareaMixin
from codes.models import RFC, HeaderField, HeaderRule, Library, Registry, StatusClass, Vendor


@admin.register(StatusClass)
class StatusClassAdmin(PermanentMixin, TextareaMixin, admin.ModelAdmin):
    permanent_fields = ("digit",)
    list_display = ["label", "name", "code_count"]
    search_fields = ["name", "description"]
    fieldsets = [
        ("Class", {"fields": ["digit", "name"]}),
        ("Description", {"fields": ["description"]}),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).annotate(code_count=Count("codes"))

    @admin.display(description="codes", ordering="code_count")
    def code_count(self, status_class: StatusClass) -> int:
        return status_class.code_count  # type: ignore[attr-defined]


@admin.register(Registry)
class RegistryAdmin(PermanentMixin, TextareaMixin, admin.ModelAdmin):
    list_display = ["name", "updated_on", "checked_on"]
    search_fields = ["name"]
    fieldsets = [
        ("Registry", {"fields": ["name", "url"]}),
        ("Dates", {"fields": ["updated_on", "checked_on"]}),
    ]

    def has_add_permission(self, request: HttpRequest) -> bool:
        # There is only one registry.
        return not Registry.objects.exists()


@admin.register(RFC)
class RFCAdmin(PermanentMixin, TextareaMixin, admin.ModelAdmin):
    permanent_fields = ("number",)
    list_display = ["number", "title", "published", "status", "code_count"]
    list_display_links = ["number", "title"]
    list_filter = ["status"]
    search_fields = ["=number", "title"]
    search_help_text = "An exact number, or words of the title."
    autocomplete_fields = ["obsoletes", "updates"]
    fieldsets = [
        ("Document", {"fields": ["number", "title", "published", "status"]}),
        ("Relation to older RFCs", {"fields": ["obsoletes", "updates"]}),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).annotate(code_count=Count("definition"))

    @admin.display(description="codes defined", ordering="code_count")
    def code_count(self, rfc: RFC) -> int:
        return rfc.code_count  # type: ignore[attr-defined]


@admin.register(Vendor)
class VendorAdmin(PermanentMixin, TextareaMixin, admin.ModelAdmin):
    # Part of public addresses.
    permanent_fields = ("slug",)
    list_display = ["name", "slug", "company", "kind", "retired", "code_count"]
    list_filter = ["kind", "retired"]
    search_fields = ["name", "slug", "company", "description"]
    fieldsets = [
        ("Vendor", {"fields": [("name", "slug"), "company", "kind", "url", "retired"]}),
        ("Description", {"fields": ["description", "logs"]}),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).annotate(code_count=Count("codes"))

    def get_prepopulated_fields(self, request: HttpRequest, obj: object = None) -> dict[str, Sequence[str]]:
        return {} if obj else {"slug": ["name"]}

    @admin.display(description="codes", ordering="code_count")
    def code_count(self, vendor: Vendor) -> int:
        return vendor.code_count  # type: ignore[attr-defined]


class RuleForCodeInline(TextareaMixin, admin.StackedInline):
    model = HeaderRule
    extra = 0
    autocomplete_fields = ["code", "rfc"]


@admin.register(HeaderField)
class HeaderFieldAdmin(PermanentMixin, TextareaMixin, admin.ModelAdmin):
    permanent_fields = ("slug", "name")
    list_display = ["name", "rfc", "section", "rule_count"]
    list_select_related = ["rfc"]
    list_filter = ["rfc"]
    search_fields = ["name", "description"]
    autocomplete_fields = ["rfc"]
    fieldsets = [
        ("Header field", {"fields": [("name", "slug"), ("rfc", "section")]}),
        ("Description", {"fields": ["description"]}),
    ]
    inlines = [RuleForCodeInline]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).annotate(rule_count=Count("rules"))

    def save_related(self, request: HttpRequest, form: ModelForm, formsets: list[Any], change: bool) -> None:
        """Adding, changing or deleting a rule also changes its code."""
        super().save_related(request, form, formsets, change)
        for formset in formsets:
            rules = [*formset.new_objects, *(rule for rule, _ in formset.changed_objects), *formset.deleted_objects]
            for rule in rules:
                rule.code.touch()

    @admin.display(description="rules", ordering="rule_count")
    def rule_count(self, header: HeaderField) -> int:
        return header.rule_count  # type: ignore[attr-defined]


@admin.register(Library)
class LibraryAdmin(TextareaMixin, admin.ModelAdmin):
    list_display = ["name", "language", "version", "constant_count"]
    list_filter = ["language"]
    search_fields = ["name", "language"]
    fieldsets = [
        ("Library", {"fields": ["language", "name"]}),
        ("Source", {"fields": ["version", "url"]}),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).annotate(constant_count=Count("constants"))

    @admin.display(description="constants", ordering="constant_count")
    def constant_count(self, library: Library) -> int:
        return library.constant_count  # type: ignore[attr-defined]
