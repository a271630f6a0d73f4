"""The questions and answers of “Which code should I send?”."""

from django.contrib import admin

from codes.admin.common import PermanentMixin, TextareaMixin
from codes.models import Option, Step


class OptionInline(TextareaMixin, admin.StackedInline):
    model = Option
    fk_name = "step"
    extra = 0
    fields = ["position", "text", "leads_to"]
    autocomplete_fields = ["leads_to"]


@admin.register(Step)
class StepAdmin(PermanentMixin, TextareaMixin, admin.ModelAdmin):
    # Part of public addresses.
    permanent_fields = ("slug",)
    list_display = ["slug", "__str__", "reached_by"]
    list_select_related = ["code__vendor", "option__step"]
    search_fields = ["slug", "question", "text", "=code__number"]
    search_help_text = "An exact number, or words."
    autocomplete_fields = ["code"]
    fieldsets = [
        ("Step", {"fields": ["slug"]}),
        ("Question or answer", {"fields": ["question", "code"]}),
        ("Explanation", {"fields": ["text"]}),
    ]
    inlines = [OptionInline]

    @admin.display(description="reached by", empty_value="(no option)")
    def reached_by(self, step: Step) -> str | None:
        return str(step.option) if hasattr(step, "option") else None


@admin.register(Option)
class OptionAdmin(TextareaMixin, admin.ModelAdmin):
    list_display = ["text", "step", "position", "leads_to"]
    list_select_related = ["step", "leads_to__code__vendor"]
    search_fields = ["text", "step__question", "=leads_to__code__number"]
    search_help_text = "An exact number, or words."
    autocomplete_fields = ["step", "leads_to"]
    fieldsets = [
        ("Question", {"fields": ["step", "position"]}),
        ("Option", {"fields": ["text", "leads_to"]}),
    ]

    def view_on_site(self, option: Option) -> str:
        return option.step.get_absolute_url()
