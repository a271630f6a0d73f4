"""Text fields that several models share."""

from typing import Any

from django import forms
from django.core.validators import MaxLengthValidator, RegexValidator
from django.db import models

# Longer texts are not descriptions, and hostile ones take seconds to render.
MAX_MARKDOWN_LENGTH = 20_000


def _normalize_lines(value: Any) -> Any:
    """Convert line endings to `\\n` and strip the text. Browsers send `\\r\\n`."""
    return value.replace("\r\n", "\n").replace("\r", "\n").strip() if isinstance(value, str) else value


class _LinesFormField(forms.CharField):
    def to_python(self, value: Any) -> Any:
        return super().to_python(_normalize_lines(value))


class LinesField(models.TextField):
    """Multi-line text, stored the same from a browser as from a fixture."""

    def to_python(self, value: Any) -> Any:
        return _normalize_lines(super().to_python(value))

    def formfield(self, **kwargs: Any) -> Any:
        return super().formfield(**{"form_class": _LinesFormField, **kwargs})


class MarkdownField(LinesField):
    """Markdown text: CommonMark without HTML."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("blank", True)
        super().__init__(*args, **kwargs)
        self.validators = [*self.validators, MaxLengthValidator(MAX_MARKDOWN_LENGTH)]


class AddressField(models.URLField):
    """A URL. Forms assume https if the scheme is missing."""

    def formfield(self, **kwargs: Any) -> Any:
        return super().formfield(**{"assume_scheme": "https", **kwargs})


validate_month = RegexValidator(r"\A[0-9]{4}-(0[1-9]|1[0-2])\Z", "Write the month as YYYY-MM, for example 2022-06.")
validate_section = RegexValidator(
    r"\A[0-9A-Z]+(\.[0-9]+)*\Z", "Write the bare section number, for example 15.5.14, or A.2 for an appendix."
)
