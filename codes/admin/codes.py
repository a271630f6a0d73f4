"""Status codes, with all their parts."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.forms import BaseFormSet, ModelForm
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


class FormerPhraseInline(admin.TabularInline):
    model = FormerPhrase
    extra = 0


class KeywordInline(TextareaMixin, admin.TabularInline):
    model = Keyword
    extra = 0
    verbose_name_plural = "search words"


class DefinitionInline(TextareaMixin, admin.StackedInline):
    model = Definition
    extra = 0
    fields = [("rfc", "draft", "section"), ("phrase", "current")]
    autocomplete_fields = ["rfc"]


class PropertyInline(TextareaMixin, admin.StackedInline):
    model = Property
    extra = 0
    fields = [("name", "value"), "note", ("rfc", "draft", "section")]
    autocomplete_fields = ["rfc"]


class HeaderRuleInline(TextareaMixin, admin.StackedInline):
    model = HeaderRule
    extra = 0
    fields = [("header", "requirement"), "condition", ("rfc", "draft", "section")]
    autocomplete_fields = ["header", "rfc"]


class ConstantInline(TextareaMixin, admin.TabularInline):
    model = Constant
    extra = 0
    autocomplete_fields = ["library"]
    classes = ["collapse"]


class ExampleInline(TextareaMixin, admin.StackedInline):
    model = Example
    extra = 0


class SeeAlsoInline(TextareaMixin, admin.StackedInline):
    model = SeeAlso
    fk_name = "code"
    extra = 0
    autocomplete_fields = ["other"]


class SubcodeInline(TextareaMixin, admin.StackedInline):
    """Adds sub-codes. Existing ones have public addresses, so they are edited on their own form."""

    model = Subcode
    extra = 0
    can_delete = False
    show_change_link = True
    classes = ["collapse"]

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class SourceInline(TextareaMixin, admin.StackedInline):
    model = Source
    extra = 0


class PartyFilter(admin.SimpleListFilter):
    title = "party"
    parameter_name = "party"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("registry", "The registry"), ("vendor", "A vendor")]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        if self.value() is None:
            return queryset
        return queryset.filter(vendor__isnull=self.value() == "registry")


@admin.register(StatusCode)
class StatusCodeAdmin(PermanentMixin, TextareaMixin, admin.ModelAdmin):
    permanent_fields = ("number", "vendor")
    list_display = ["three_digits", "name", "party", "registration", "state", "reviewed_on"]
    list_display_links = ["three_digits", "name"]
    list_filter = [PartyFilter, "status_class", "registration", "state", "on_the_wire", "unsourced", "vendor"]
    list_select_related = ["vendor", "status_class"]
    search_fields = [
        "=number",
        "phrase",
        "former_phrases__phrase",
        "keywords__words",
        "vendor__name",
        "summary",
    ]
    search_help_text = "An exact number, or words of a phrase, a vendor or the summary."
    autocomplete_fields = ["vendor"]
    readonly_fields = ["status_class", "updated_at"]
    save_on_top = True
    fieldsets = [
        ("Number and vendor", {"fields": [("number", "vendor"), "phrase", "usual", "status_class"]}),
        (
            "Status",
            {
                "fields": [
                    ("registration", "registration_expires"),
                    "registration_note",
                    "state",
                    ("on_the_wire", "arises_at"),
                ]
            },
        ),
        ("Meaning", {"fields": ["summary", "description"]}),
        ("When to send it", {"fields": ["use_when", "avoid_when"]}),
        ("Advice", {"fields": ["advice_visitor", "advice_client", "advice_server"]}),
        ("Evidence", {"fields": ["unsourced", "reviewed_on", "updated_at"]}),
    ]
    inlines = [
        FormerPhraseInline,
        DefinitionInline,
        SourceInline,
        PropertyInline,
        HeaderRuleInline,
        ExampleInline,
        SeeAlsoInline,
        KeywordInline,
        SubcodeInline,
        ConstantInline,
    ]

    def get_inlines(self, request: HttpRequest, obj: StatusCode | None) -> list:
        # Only a vendor's meaning has sub-codes.
        return [inline for inline in self.inlines if inline is not SubcodeInline or (obj and obj.vendor_id)]

    @admin.display(description="number", ordering="number")
    def three_digits(self, code: StatusCode) -> str:
        return f"{code.number:03d}"

    @admin.display(description="phrase", ordering="phrase")
    def name(self, code: StatusCode) -> str:
        return code.phrase or "(no phrase)"

    @admin.display(description="party", ordering="vendor__name")
    def party(self, code: StatusCode) -> str:
        return code.vendor.name if code.vendor else "Registry"

    def save_related(self, request: HttpRequest, form: ModelForm, formsets: list[BaseFormSet], change: bool) -> None:
        """Update the time of the last change if the code or any of its parts changed."""
        super().save_related(request, form, formsets, change)
        if form.has_changed() or any(formset.has_changed() for formset in formsets):
            form.instance.touch()
