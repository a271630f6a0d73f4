"""What hangs on codes, each as a list of its own: for searching across all codes, and for work in one column."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.forms import ModelForm
from django.http import HttpRequest

from codes.admin.common import PermanentMixin, TextareaMixin
from codes.models import (
    Constant,
    Definition,
    Example,
    FormerPhrase,
    HeaderRule,
    Keyword,
    Property,
    SeeAlso,
    Source,
    StatusCode,
    Subcode,
)


class PartAdmin(TextareaMixin, admin.ModelAdmin):
    """A part names its code first; “view on site” leads to the code's page."""

    autocomplete_fields = ["code"]
    list_select_related = ["code__vendor"]
    search_fields = ["=code__number"]
    search_help_text = "A whole number, or words."

    def view_on_site(self, part: Any) -> str:
        return part.code.get_absolute_url()

    def save_model(self, request: HttpRequest, obj: Any, form: ModelForm, change: bool) -> None:
        super().save_model(request, obj, form, change)
        if form.has_changed():
            # A part that moves to another code changes both.
            for code in StatusCode.objects.filter(pk__in=[obj.code_id, form.initial.get("code", obj.code_id)]):
                code.touch()

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        super().delete_model(request, obj)
        obj.code.touch()

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet) -> None:
        codes = list(StatusCode.objects.filter(pk__in=queryset.values("code")))
        super().delete_queryset(request, queryset)
        for code in codes:
            code.touch()


@admin.register(FormerPhrase)
class FormerPhraseAdmin(PartAdmin):
    list_display = ["phrase", "code", "used_in", "position"]
    search_fields = [*PartAdmin.search_fields, "phrase", "used_in"]
    fieldsets = [(None, {"fields": ["code", "phrase", "used_in", "position"]})]


@admin.register(Keyword)
class KeywordAdmin(PartAdmin):
    list_display = ["words", "code", "position"]
    search_fields = [*PartAdmin.search_fields, "words"]
    fieldsets = [(None, {"fields": ["code", "words", "position"]})]


@admin.register(Definition)
class DefinitionAdmin(PartAdmin):
    autocomplete_fields = ["code", "rfc"]
    list_display = ["code", "document", "section", "phrase", "current"]
    list_filter = ["current", "rfc"]
    list_select_related = ["code__vendor", "rfc"]
    search_fields = [*PartAdmin.search_fields, "=rfc__number", "draft", "phrase"]
    fieldsets = [
        ("Which code", {"fields": ["code"]}),
        ("Where it is defined", {"fields": [("rfc", "draft"), "section"]}),
        ("How", {"fields": ["phrase", "current"]}),
    ]


@admin.register(Property)
class PropertyAdmin(PartAdmin):
    autocomplete_fields = ["code", "rfc"]
    list_display = ["code", "name", "value", "document", "section"]
    list_filter = ["name", "value"]
    search_fields = [*PartAdmin.search_fields, "note"]
    fieldsets = [
        ("Which code, which question", {"fields": ["code", "name"]}),
        ("The answer", {"fields": ["value", "note"]}),
        ("Where it is written", {"fields": [("rfc", "draft"), "section"]}),
    ]


@admin.register(HeaderRule)
class HeaderRuleAdmin(PartAdmin):
    autocomplete_fields = ["code", "header", "rfc"]
    list_display = ["code", "header", "requirement", "document", "section"]
    list_filter = ["requirement", "header"]
    list_select_related = ["code__vendor", "header"]
    search_fields = [*PartAdmin.search_fields, "header__name", "condition"]
    fieldsets = [
        ("Which code, which field", {"fields": ["code", "header"]}),
        ("The rule", {"fields": ["requirement", "condition"]}),
        ("Where it is written", {"fields": [("rfc", "draft"), "section"]}),
    ]


@admin.register(Constant)
class ConstantAdmin(PartAdmin):
    autocomplete_fields = ["code", "library"]
    list_display = ["name", "code", "library", "since", "until"]
    list_filter = ["library"]
    list_select_related = ["code__vendor", "library"]
    search_fields = [*PartAdmin.search_fields, "name"]
    fieldsets = [
        ("Which code, which library", {"fields": ["code", "library"]}),
        ("The identifier", {"fields": ["name", ("since", "until")]}),
    ]


@admin.register(Example)
class ExampleAdmin(PartAdmin):
    list_display = ["code", "position", "__str__"]
    search_fields = [*PartAdmin.search_fields, "request", "response"]
    fieldsets = [
        ("Which code", {"fields": ["code", "position"]}),
        ("The exchange", {"fields": ["request", "response"]}),
    ]


@admin.register(SeeAlso)
class SeeAlsoAdmin(PartAdmin):
    autocomplete_fields = ["code", "other"]
    list_display = ["code", "other", "difference"]
    list_select_related = ["code__vendor", "other__vendor"]
    search_fields = [*PartAdmin.search_fields, "difference"]
    fieldsets = [
        ("Which two", {"fields": ["code", "other", "position"]}),
        ("What tells them apart", {"fields": ["difference"]}),
    ]


@admin.register(Subcode)
class SubcodeAdmin(PermanentMixin, PartAdmin):
    permanent_fields = ("code", "number")
    list_display = ["label", "phrase", "code"]
    list_filter = ["code__vendor"]
    search_fields = [*PartAdmin.search_fields, "=number", "phrase", "summary"]
    fieldsets = [
        ("Which number", {"fields": ["code", "number"]}),
        ("What it means", {"fields": ["phrase", "summary", "url"]}),
    ]

    def view_on_site(self, subcode: Subcode) -> str:
        return subcode.get_absolute_url()


@admin.register(Source)
class SourceAdmin(PartAdmin):
    list_display = ["title", "code", "checked_on"]
    list_filter = ["checked_on"]
    search_fields = [*PartAdmin.search_fields, "title", "url", "supports"]
    date_hierarchy = "checked_on"
    fieldsets = [
        ("Which code", {"fields": ["code"]}),
        ("What it is", {"fields": ["title", "url"]}),
        ("What it shows", {"fields": ["supports", "checked_on"]}),
    ]
