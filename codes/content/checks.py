"""Checks of the content across records and against its sources."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db import models

from codes.content.fixture_files import FILES
from codes.content.reference_data import hashed_ngrams, read_first_list_ngrams, read_sections
from codes.content.registry import find_differences, read_registry
from codes.models import RFC, Comparison, Definition, HeaderField, HeaderRule, Option, Property, StatusCode, Step
from codes.models.comparisons import MAX_CODES_PER_COMPARISON
from codes.models.decision_tree import FIRST_STEP, MAX_QUESTIONS
from codes.models.properties import Question

# “RFC 9110 §15.5.5, §15.5.6 and §B.3”, “RFC 4918 Appendix F.3”, “RFC 9110 section 15”.
_CITATION = re.compile(
    r"RFC\s+(?P<rfc>[1-9]\d{2,4})(?P<places>(?:(?:,|;|\s+and|\s+or)?\s*(?:§+\s?|[Aa]ppendix\s+|[Ss]ections?\s+)"
    r"[0-9A-Z]+(?:\.\d+)*)+)"
)
_PLACE = re.compile(r"(?:§\s?|[Aa]ppendix\s+|[Ss]ections?\s+)([0-9A-Z]+(?:\.\d+)*)")
_FILE_OF = {model: name for name, model in FILES.items()}


def find_problems(today: date) -> list[str]:
    """Check all content in the database.

    Returns:
        A message for each problem: file, record, field, what is wrong.
    """
    return [
        *_check_registry(today),
        *_check_sections(),
        *_check_evidence(),
        *_check_wording(),
        *_check_phrases(),
        *_check_rfcs(),
        *_check_comparisons(),
        *_check_decision_tree(),
    ]


def _problem(instance: models.Model, field: str, message: str) -> str:
    return f"{_FILE_OF[type(instance)]}, {_record(instance)}, {field}: {message}"


def _record(instance: Any) -> str:
    code = getattr(instance, "code", None)
    return f"{code}, {instance}" if code else str(instance)


def _check_registry(today: date) -> Iterator[str]:
    messages = {
        "number": "the registry has {theirs}: add its meaning.",
        "phrase": "the registry has “{theirs}”: use it, or explain the difference in registration_note.",
        "registration": "the registry says “{theirs}”: use that.",
        "registration_expires": "the registry says {theirs}: use that.",
        "registration_note": "its registration {theirs}: explain that here.",
        "definitions": "the registry refers to {theirs}; the current definition is “{ours}”.",
    }
    for difference in find_differences(read_registry(), today):
        message = messages[difference.field].format(ours=difference.ours, theirs=difference.theirs)
        if not difference.theirs and difference.field == "number":
            message = "it is not in the registry: add the vendor that uses it."
        name = (
            f"{difference.number} {difference.ours}".strip() if difference.field == "number" else f"{difference.number}"
        )
        yield f"codes.yaml, {name}, {difference.field}: {message}"


def _check_sections() -> Iterator[str]:
    sections = read_sections()

    def missing(rfc: int | None, section: str) -> str | None:
        if rfc not in sections:
            return f"RFC {rfc} is not in reference/sections.yaml: read it and add its sections."
        return None if section in sections[rfc] else f"RFC {rfc} has no section {section}."

    for model in (Definition, Property, HeaderRule, HeaderField):
        for row in model._default_manager.filter(rfc__isnull=False).exclude(section=""):
            if message := missing(row.rfc_id, row.section):
                yield _problem(row, "section", message)
    for instance, field, text in _texts():
        for citation in _CITATION.finditer(text):
            for section in _PLACE.findall(citation["places"]):
                if message := missing(int(citation["rfc"]), section):
                    yield _problem(instance, field, message)


def _texts() -> Iterator[tuple[models.Model, str, str]]:
    """Every text that people read, from all models."""
    for model in FILES.values():
        names = [
            field.name
            for field in model._meta.fields
            if isinstance(field, models.CharField | models.TextField)
            and not isinstance(field, models.URLField | models.SlugField)
            and not field.choices
        ]
        for instance in model._default_manager.all():
            for name in names:
                yield instance, name, getattr(instance, name)


def _check_evidence() -> Iterator[str]:
    for code in StatusCode.objects.prefetch_related("definitions", "sources", "properties"):
        if not code.unsourced and not code.definitions.all() and not code.sources.all():
            yield _problem(code, "unsourced", "it has neither a definition nor a source: add one, or set this.")
        if not code.vendor_id and len(code.properties.all()) != len(Question):
            yield _problem(code, "properties", "a registered meaning must answer all five questions.")


def _check_wording() -> Iterator[str]:
    first_list = read_first_list_ngrams()
    for instance, field, text in _texts():
        for ngram, hashed in hashed_ngrams(text):
            if hashed in first_list:
                yield _problem(instance, field, f"“{ngram}” is copied from the list of 2016–17: reword it.")


def _check_phrases() -> Iterator[str]:
    definitions = Definition.objects.with_code().prefetch_related("code__former_phrases")
    for definition in definitions:
        names = {definition.code.phrase, *(former.phrase for former in definition.code.former_phrases.all())}
        if definition.phrase and definition.phrase not in names:
            yield _problem(
                definition, "phrase", "it is neither the current phrase nor a former one: add it as a former phrase."
            )


def _check_rfcs() -> Iterator[str]:
    for rfc in RFC.objects.prefetch_related("obsoletes", "updates"):
        for field, older in (("obsoletes", rfc.obsoletes), ("updates", rfc.updates)):
            for other in older.all():
                if other.number >= rfc.number:
                    yield _problem(rfc, field, f"RFC {other.number} is not older: remove it.")


def _check_comparisons() -> Iterator[str]:
    for comparison in Comparison.objects.for_links():
        if not 2 <= len(comparison.codes.all()) <= MAX_CODES_PER_COMPARISON:
            yield _problem(comparison, "codes", f"a comparison needs two to {MAX_CODES_PER_COMPARISON} meanings.")


def _check_decision_tree() -> Iterator[str]:
    """Walk the decision tree from its first question."""
    steps = {step.slug: step for step in Step.objects.select_related("code__vendor")}
    following: dict[str, list[str]] = {slug: [] for slug in steps}
    for option in Option.objects.for_tree():
        following[option.step.slug].append(option.leads_to.slug)
    questions_before = {FIRST_STEP: 0}
    waiting = [FIRST_STEP] if FIRST_STEP in steps else []
    while waiting:
        slug = waiting.pop()
        for other in following[slug]:
            # At most one option leads to a step, so only the first can be reached twice.
            if other in questions_before:
                yield _problem(steps[other], "option", "the questions form a loop: remove the option that leads here.")
            else:
                questions_before[other] = questions_before[slug] + 1
                waiting.append(other)

    for slug, step in steps.items():
        if slug not in questions_before:
            yield _problem(
                step, "option", "it cannot be reached from the first question: add an option that leads to it."
            )
        if step.question and not following[slug]:
            yield _problem(step, "options", "a question needs options: add some.")
        if step.code and following[slug]:
            yield _problem(step, "options", "an answer cannot have options: remove them.")
        if step.code and questions_before.get(slug, 0) > MAX_QUESTIONS:
            yield _problem(step, "option", f"it takes more than {MAX_QUESTIONS} questions to reach: shorten the path.")
    reached = [step.code_id for slug, step in steps.items() if slug in questions_before and step.code_id]
    for code in StatusCode.objects.sendable().exclude(pk__in=reached):
        yield _problem(code, "steps", "servers can send it, but no answer recommends it: add one.")
