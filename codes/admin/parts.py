"""The parts of codes, each kind in a list of its own, to search and edit across all codes."""

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
    """A part whose “view on site” leads to the page of its code."""

    autocomplete_fields = ["code"]
    list_select_related = ["code__vendor"]
    search_fields = ["=code__number"]
    search_help_text = "An exact number, or words."

    def view_on_site(self, part: Any) -> str:
        return part.code.get_absolute_url()

    def save_model(self, request: HttpRequest, obj: Any, form: ModelForm, change: bool) -> None:
        super().save_model(request, obj, form, change)
        if form.has_changed():
            # Moving a part to another code changes both.
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
        ("Status code", {"fields": ["code"]}),
        ("Definition", {"fields": [("rfc", "draft"), "section"]}),
        ("Phrase", {"fields": ["phrase", "current"]}),
    ]


@admin.register(Property)
class PropertyAdmin(PartAdmin):
    autocomplete_fields = ["code", "rfc"]
    list_display = ["code", "name", "value", "document", "section"]
    list_filter = ["name", "value"]
    search_fields = [*PartAdmin.search_fields, "note"]
    fieldsets = [
        ("Code and question", {"fields": ["code", "name"]}),
        ("Answer", {"fields": ["value", "note"]}),
        ("Citation", {"fields": [("rfc", "draft"), "section"]}),
    ]


@admin.register(HeaderRule)
class HeaderRuleAdmin(PartAdmin):
    autocomplete_fields = ["code", "header", "rfc"]
    list_display = ["code", "header", "requirement", "document", "section"]
    list_filter = ["requirement", "header"]
    list_select_related = ["code__vendor", "header"]
    search_fields = [*PartAdmin.search_fields, "header__name", "condition"]
    fieldsets = [
        ("Code and header field", {"fields": ["code", "header"]}),
        ("Rule", {"fields": ["requirement", "condition"]}),
        ("Citation", {"fields": [("rfc", "draft"), "section"]}),
    ]


@admin.register(Constant)
class ConstantAdmin(PartAdmin):
    autocomplete_fields = ["code", "library"]
    list_display = ["name", "code", "library", "since", "until"]
    list_filter = ["library"]
    list_select_related = ["code__vendor", "library"]
    search_fields = [*PartAdmin.search_fields, "name"]
    fieldsets = [
        ("Code and library", {"fields": ["code", "library"]}),
        ("Identifier", {"fields": ["name", ("since", "until")]}),
    ]


@admin.register(Example)
class ExampleAdmin(PartAdmin):
    list_display = ["code", "position", "__str__"]
    search_fields = [*PartAdmin.search_fields, "request", "response"]
    fieldsets = [
        ("Status code", {"fields": ["code", "position"]}),
        ("Exchange", {"fields": ["request", "response"]}),
    ]


@admin.register(SeeAlso)
class SeeAlsoAdmin(PartAdmin):
    autocomplete_fields = ["code", "other"]
    list_display = ["code", "other", "difference"]
    list_select_related = ["code__vendor", "other__vendor"]
    search_fields = [*PartAdmin.search_fields, "difference"]
    fieldsets = [
        ("Codes", {"fields": ["code", "other", "position"]}),
        ("Difference", {"fields": ["difference"]}),
    ]


@admin.register(Subcode)
class SubcodeAdmin(PermanentMixin, PartAdmin):
    permanent_fields = ("code", "number")
    list_display = ["label", "phrase", "code"]
    list_filter = ["code__vendor"]
    search_fields = [*PartAdmin.search_fields, "=number", "phrase", "summary"]
    fieldsets = [
        ("Number", {"fields": ["code", "number"]}),
        ("Meaning", {"fields": ["phrase", "summary", "url"]}),
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
        ("Status code", {"fields": ["code"]}),
        ("Source", {"fields": ["title", "url"]}),
        ("Evidence", {"fields": ["supports", "checked_on"]}),
    ]
