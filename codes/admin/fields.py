"""How wide a text is typed."""

from typing import Any

from django.contrib.admin.widgets import AdminTextareaWidget
from django.db import models

# Longer than this no text fits into one line of a form.
_ONE_LINE = 150


class RoomForText:
    """For forms and inlines: a text that may be longer than a line gets two lines, a description gets many."""

    def formfield_for_dbfield(self, db_field: models.Field, request: Any, **kwargs: Any) -> Any:
        is_words = isinstance(db_field, models.CharField) and not isinstance(db_field, models.URLField)
        if is_words and (db_field.max_length or 0) >= _ONE_LINE:
            kwargs["widget"] = AdminTextareaWidget(attrs={"rows": 2})
        elif db_field.name == "description":
            kwargs["widget"] = AdminTextareaWidget(attrs={"rows": 20, "cols": 100})
        elif isinstance(db_field, models.TextField):
            kwargs["widget"] = AdminTextareaWidget(attrs={"rows": 5, "cols": 100})
        return super().formfield_for_dbfield(db_field, request, **kwargs)  # type: ignore[misc]
