"""The rules of the content that no single record can break by itself: what it says must hold against its sources."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db import models

from codes.content import FILES
from codes.models import RFC, Definition, HeaderField, HeaderRule, Property, StatusClass, StatusCode, Vendor
from codes.models.fields import MarkdownField
from codes.reference_data import read_first_list_words, read_registry, read_sections, runs_of_words

_CITATION = re.compile(r"RFC\s+(?P<rfc>[1-9]\d{2,4})\s+§(?P<section>[0-9A-Z]+(?:\.\d+)*)")
_FILE_OF = {model: name for name, model in FILES.items()}


def problems(today: date) -> list[str]:
    """Every rule that the content in the database breaks: file, record, field, rule. Empty where all is well."""
    return [*_against_registry(today), *_sections(), *_evidence(), *_own_words(), *_names()]


def _problem(instance: models.Model, field: str, rule: str) -> str:
    return f"{_FILE_OF[type(instance)]}, {_record(instance)}, {field}: {rule}"


def _record(instance: Any) -> str:
    code = getattr(instance, "code", None)
    return f"{code}, {instance}" if code else str(instance)


def _against_registry(today: date) -> Iterator[str]:
    registry = read_registry()
    codes = {code.number: code for code in StatusCode.objects.registered().prefetch_related("definitions")}
    for number in sorted(registry.keys() - codes.keys()):
        yield f"codes.yaml: the registry has {number} {registry[number].phrase}: add its meaning."
    for number, code in codes.items():
        row = registry.get(number)
        if not row:
            yield _problem(code, "number", "the registry does not have it: name the vendor whose meaning it is.")
            continue
        if code.phrase != row.phrase and not code.registration_note:
            yield _problem(
                code, "phrase", f"the registry has “{row.phrase}”: take it over, or say why in registration_note."
            )
        if code.registration != row.registration:
            yield _problem(code, "registration", f"the registry says “{row.registration}”.")
        if code.registration_expires != row.expires:
            yield _problem(code, "registration_expires", f"the registry says {row.expires}.")
        if code.registration_expires and code.registration_expires < today and not code.registration_note:
            yield _problem(code, "registration_note", "its registration has expired: say so.")
        current = [definition for definition in code.definitions.all() if definition.current]
        if not current:
            yield _problem(code, "definitions", "one of them must be current.")
        elif current[0].document != row.reference or (row.section and current[0].section != row.section):
            yield _problem(current[0], "current", f"the registry refers to {row.reference} {row.section}.".strip())


def _sections() -> Iterator[str]:
    sections = read_sections()

    def missing(rfc: int | None, section: str) -> str | None:
        if rfc not in sections:
            return f"RFC {rfc} is not in reference/sections.yaml: read it and add its sections."
        return None if section in sections[rfc] else f"RFC {rfc} has no section {section}."

    for model in (Definition, Property, HeaderRule):
        for row in model._default_manager.filter(rfc__isnull=False).exclude(section="").select_related("code__vendor"):
            if rule := missing(row.rfc_id, row.section):
                yield _problem(row, "section", rule)
    for header in HeaderField.objects.filter(rfc__isnull=False).exclude(section=""):
        if rule := missing(header.rfc_id, header.section):
            yield _problem(header, "section", rule)
    for instance, field, text in _texts():
        for citation in _CITATION.finditer(text):
            if rule := missing(int(citation["rfc"]), citation["section"]):
                yield _problem(instance, field, rule)


def _texts() -> Iterator[tuple[models.Model, str, str]]:
    """Every Markdown text of the content."""
    for model in (StatusClass, Vendor, HeaderField, StatusCode):
        names = [field.name for field in model._meta.fields if isinstance(field, MarkdownField)]
        for instance in model._default_manager.all():
            for name in names:
                yield instance, name, getattr(instance, name)


def _evidence() -> Iterator[str]:
    for code in StatusCode.objects.prefetch_related("definitions", "sources", "properties"):
        if not code.unsourced and not code.definitions.all() and not code.sources.all():
            yield _problem(code, "unsourced", "it has neither definition nor source: add one, or set this.")
        if not code.vendor_id and len(code.properties.all()) != 5:
            yield _problem(code, "properties", "a registered meaning answers all five questions.")


def _own_words() -> Iterator[str]:
    first_list = read_first_list_words()
    summaries = ((code, "summary", code.summary) for code in StatusCode.objects.all())
    for instance, field, text in (*_texts(), *summaries):
        for run, hashed in runs_of_words(text):
            if hashed in first_list:
                yield _problem(instance, field, f"“{run}” stands in the list of 2016–17: use our own words.")


def _names() -> Iterator[str]:
    definitions = Definition.objects.select_related("code__vendor").prefetch_related("code__former_phrases")
    for definition in definitions:
        names = {definition.code.phrase, *(former.phrase for former in definition.code.former_phrases.all())}
        if definition.phrase and definition.phrase not in names:
            yield _problem(definition, "phrase", "it is neither today’s phrase nor a former one: add it to those.")
    for rfc in RFC.objects.prefetch_related("obsoletes", "updates"):
        for other in (*rfc.obsoletes.all(), *rfc.updates.all()):
            if other.number >= rfc.number:
                yield _problem(rfc, "obsoletes", f"RFC {other.number} is not older.")
