"""Kinds of text that several models hold."""

from typing import Any

from django import forms
from django.core.validators import MaxLengthValidator, RegexValidator
from django.db import models

# Longer texts are not descriptions, and hostile ones cost seconds to render.
MAX_MARKDOWN_LENGTH = 20_000


def _normalize_lines(value: Any) -> Any:
    """A text with `\\n` line ends and nothing around it. Browsers send `\\r\\n`."""
    return value.replace("\r\n", "\n").replace("\r", "\n").strip() if isinstance(value, str) else value


class _LinesFormField(forms.CharField):
    def to_python(self, value: Any) -> Any:
        return super().to_python(_normalize_lines(value))


class LinesField(models.TextField):
    """A text of several lines, the same whether a browser or a fixture brought it."""

    def to_python(self, value: Any) -> Any:
        return _normalize_lines(super().to_python(value))

    def formfield(self, **kwargs: Any) -> Any:
        return super().formfield(**{"form_class": _LinesFormField, **kwargs})


class MarkdownField(LinesField):
    """A text in Markdown: CommonMark, no HTML."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("blank", True)
        super().__init__(*args, **kwargs)
        self.validators = [*self.validators, MaxLengthValidator(MAX_MARKDOWN_LENGTH)]


class AddressField(models.URLField):
    """An address on the web. One that is typed without a scheme is taken for https."""

    def formfield(self, **kwargs: Any) -> Any:
        return super().formfield(**{"assume_scheme": "https", **kwargs})


validate_month = RegexValidator(r"\A[0-9]{4}-(0[1-9]|1[0-2])\Z", "Write the month as YYYY-MM, for example 2022-06.")
validate_section = RegexValidator(
    r"\A[0-9A-Z]+(\.[0-9]+)*\Z", "Write the bare section number, for example 15.5.14, or A.2 for an appendix."
)
