"""Mixins that several admin classes share."""

from typing import Any

from django.contrib.admin.widgets import AdminTextareaWidget
from django.db import models
from django.http import HttpRequest

# A text of this length no longer fits into one line of a form.
_MIN_TEXTAREA_LENGTH = 150


class TextareaMixin:
    """For forms and inlines: textareas of a size that suits the length of the text."""

    def formfield_for_dbfield(self, db_field: models.Field, request: Any, **kwargs: Any) -> Any:
        is_words = isinstance(db_field, models.CharField) and not isinstance(db_field, models.URLField)
        if is_words and (db_field.max_length or 0) >= _MIN_TEXTAREA_LENGTH:
            kwargs["widget"] = AdminTextareaWidget(attrs={"rows": 2})
        elif db_field.name == "description":
            kwargs["widget"] = AdminTextareaWidget(attrs={"rows": 20, "cols": 100})
        elif isinstance(db_field, models.TextField):
            kwargs["widget"] = AdminTextareaWidget(attrs={"rows": 5, "cols": 100})
        return super().formfield_for_dbfield(db_field, request, **kwargs)  # type: ignore[misc]


class PermanentMixin:
    """For models with a public address: no deletion, and a key that is read-only once saved."""

    permanent_fields: tuple[str, ...] = ()

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        fields = list(super().get_readonly_fields(request, obj))  # type: ignore[misc]
        return [*fields, *self.permanent_fields] if obj else fields
