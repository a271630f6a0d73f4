"""The one description of each thing, from which every representation is made.

A description is plain data in the shape of the public JSON documents. HTML templates read the same keys, so that
no representation can say something that another does not. Addresses in it are absolute and start with the
setting `STATUSDOCS_ORIGIN`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, date
from itertools import combinations, groupby
from typing import Any

from django.conf import settings

from codes.models import (
    RFC,
    Definition,
    HeaderField,
    HeaderRule,
    Registry,
    StatusClass,
    StatusCode,
    Step,
    Subcode,
    Vendor,
)
from codes.models.paths import path_to
from codes.models.properties import Question
from codes.models.rfcs import section_url

Description = dict[str, Any]
# A status code from `for_detail()`: the rows that hang on it are annotations, which no type can name.
DetailedCode = Any


def absolute(path: str) -> str:
    """The public address of a path on this site."""
    return settings.ORIGIN + path


def _day(value: date | None) -> str | None:
    return value.isoformat() if value else None


def describe_number(number: int, codes: Iterable[DetailedCode], registry: Registry | None) -> Description:
    """A number with some or all of its meanings.

    Args:
        number: 0 to 999.
        codes: the meanings to carry, each from `for_detail()`. What the registry says of the number is known from
            any of them, whether or not the registry's own meaning is among them.
        registry: when the registry was checked.
    """
    codes = list(codes)
    registered = _registered(codes[0]) if codes else None
    return {
        "number": number,
        "class": f"{number // 100}xx" if _in_range(number) else None,
        "url": absolute(path_to("number", number)),
        "registration": registered["registration"] if registered else _unregistered(number),
        "registration_expires": registered["registration_expires"] if registered else None,
        "registry_checked_on": _day(registry.checked_on) if registry else None,
        "phrase": (registered["phrase"] or None) if registered else None,
        "meanings": [describe_code(code) for code in codes],
    }


def _in_range(number: int) -> bool:
    return 100 <= number <= 599


def _unregistered(number: int) -> str:
    return "unassigned" if _in_range(number) else "outside"


def _registered(code: DetailedCode) -> Description | None:
    """What the registry says of the number of a meaning."""
    return code.registered_rows[0] if code.registered_rows else None


def describe_code(code: DetailedCode) -> Description:
    """One meaning, from `for_detail()`, with everything known of it."""
    return {
        **link_code(code),
        "former_phrases": [row["phrase"] for row in code.former_phrase_rows],
        "names": [{"phrase": row["phrase"], "used_in": row["used_in"]} for row in code.former_phrase_rows],
        "registration_note": code.registration_note,
        "state": code.state,
        "on_the_wire": code.on_the_wire,
        "arises_at": code.arises_at or None,
        "summary": code.summary,
        "description": code.description,
        "use_when": code.use_when,
        "avoid_when": code.avoid_when,
        "advice": {
            "visitor": code.advice_visitor,
            "client": code.advice_client,
            "server": code.advice_server,
        },
        "definitions": [_definition(row) for row in code.definition_rows],
        "properties": _properties(code.property_rows),
        "headers": [
            {
                "slug": row["slug"],
                "name": row["name"],
                "requirement": row["requirement"],
                "condition": row["condition"],
                "source": _citation(row),
            }
            for row in code.header_rule_rows
        ],
        "constants": [
            {
                "language": row["language"],
                "library": row["library"],
                "name": row["name"],
                "since": row["since"] or None,
                "until": row["until"] or None,
            }
            for row in code.constant_rows
        ],
        "examples": [{"request": row["request"], "response": row["response"]} for row in code.example_rows],
        "see_also": [_see_also(row) for row in code.see_also_rows],
        "subcodes": [
            {
                "number": row["number"],
                "label": Subcode.label_of(code.number, row["number"]),
                "phrase": row["phrase"],
                "summary": row["summary"],
                "url": absolute(f"{code.get_absolute_url()}/{row['number']}"),
            }
            for row in code.subcode_rows
        ],
        "keywords": [row["words"] for row in code.keyword_rows],
        "sources": [
            {
                "title": row["title"],
                "url": row["url"],
                "supports": row["supports"],
                "checked_on": row["checked_on"],
            }
            for row in code.source_rows
        ],
        "unsourced": code.unsourced,
        "reviewed_on": _day(code.reviewed_on),
        "updated_at": code.updated_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
    }


def _citation(row: Description) -> Description | None:
    if not row["rfc"] and not row["draft"]:
        return None
    return {"rfc": row["rfc"], "draft": row["draft"] or None, "section": row["section"]}


def _definition(row: Description) -> Description:
    return {
        "rfc": row["rfc"],
        "draft": row["draft"] or None,
        "section": row["section"],
        "phrase": row["phrase"] or None,
        "published": row["published"],
        # SQLite has no booleans: its JSON says 0 and 1.
        "current": bool(row["current"]),
        "url": section_url(rfc=row["rfc"], draft=row["draft"], section=row["section"]),
    }


def _properties(rows: list[Description]) -> Description:
    """Every property; a value of null is one that is not recorded yet."""
    properties: Description = {name: {"value": None, "note": "", "source": None} for name in Question.values}
    for row in rows:
        properties[row["name"]] = {
            "value": {"yes": True, "no": False}.get(row["value"], row["value"]),
            "note": row["note"],
            "source": _citation(row),
        }
    return properties


def _see_also(row: Description) -> Description:
    slug = row["vendor_slug"]
    path = path_to("meaning", row["number"], slug) if slug else path_to("number", row["number"])
    vendor = {"slug": slug, "name": row["vendor_name"], "url": absolute(path_to("vendor", slug))} if slug else None
    return {
        "number": row["number"],
        "vendor": vendor,
        "phrase": row["phrase"] or None,
        "url": absolute(path),
        "difference": row["difference"],
    }


def describe_code_list(codes: Iterable[DetailedCode], registry: Registry | None) -> Description:
    """The numbers of some meanings, ascending, each carrying only those meanings.

    Args:
        codes: meanings from `for_detail()`, ordered by number.
        registry: when the registry was checked.
    """
    by_number = groupby(codes, key=lambda code: code.number)
    results = [describe_number(number, group, registry) for number, group in by_number]
    return {"registry_checked_on": _day(registry.checked_on) if registry else None, **describe_list(results)}


def describe_comparison(codes: Sequence[DetailedCode]) -> Description:
    """Some meanings side by side: each by itself, fact by fact, and pair by pair.

    Args:
        codes: the meanings from `for_detail()`, in the order of the columns.

    Returns:
        `facts` and `headers` have a cell `of` each meaning, in the order of `meanings`, or a single one, of none in
        particular, where all say the very same; `differs` says whether they disagree, what is not known left aside.
        Rows that differ come first. `differences` are the sentences that tell two of them apart.
    """
    meanings = [describe_code(code) for code in codes]
    facts = [
        _fact("registration", meanings, [{"value": code.registration} for code in codes]),
        *(_fact(name, meanings, [{"value": meaning[name]} for meaning in meanings]) for name in _PLAIN_FACTS),
    ]
    if any(meaning["definitions"] for meaning in meanings):
        facts += [
            _fact(name, meanings, [meaning["properties"][name] for meaning in meanings]) for name in Question.values
        ]
    return {
        "meanings": meanings,
        "facts": sorted(facts, key=_agrees),
        "headers": sorted(_compare_headers(meanings), key=_agrees),
        "differences": _differences(meanings),
    }


def _agrees(row: Description) -> bool:
    return not row["differs"]


_PLAIN_FACTS = ("state", "on_the_wire", "arises_at")


def _fact(name: str, meanings: list[Description], answers: list[Description]) -> Description:
    differs = len({answer["value"] for answer in answers} - {None}) > 1
    return {"name": name, "cells": _cells(meanings, answers), "differs": differs}


def _compare_headers(meanings: list[Description]) -> list[Description]:
    """A row for each header field that a rule ties to one of the meanings."""
    names = {header["slug"]: header["name"] for meaning in meanings for header in meaning["headers"]}
    rows = []
    for slug, name in sorted(names.items()):
        answers = [
            {"rules": [header for header in meaning["headers"] if header["slug"] == slug]} for meaning in meanings
        ]
        strengths = {tuple(rule["requirement"] for rule in answer["rules"]) for answer in answers}
        rows.append({"slug": slug, "name": name, "cells": _cells(meanings, answers), "differs": len(strengths) > 1})
    return rows


def _cells(meanings: list[Description], answers: list[Description]) -> list[Description]:
    if len(answers) > 1 and all(answer == answers[0] for answer in answers):
        return [{"of": None, **answers[0]}]
    return [{"of": meaning, **answer} for meaning, answer in zip(meanings, answers, strict=True)]


def _differences(meanings: list[Description]) -> list[Description]:
    """What each two of the meanings are told apart by, where either of them says it."""
    found = []
    for one, other in combinations(meanings, 2):
        for meaning, confused in ((one, other), (other, one)):
            said = [each["difference"] for each in meaning["see_also"] if each["url"] == confused["url"]]
            if said:
                found.append({"one": one, "other": other, "difference": said[0]})
                break
    return found


def describe_code_rows(codes: Iterable[DetailedCode], registry: Registry | None) -> Description:
    """Some meanings, one a row, in the order in which they come.

    `registration` is null for a vendor's meaning of a number that the registry knows with another.

    Args:
        codes: meanings from `for_detail()`.
        registry: when the registry was checked.
    """
    rows = []
    for code in codes:
        unregistered = None if _registered(code) else _unregistered(code.number)
        rows.append({**describe_code(code), "registration": code.registration or unregistered})
    return {"registry_checked_on": _day(registry.checked_on) if registry else None, **describe_list(rows)}


def link_code(code: StatusCode) -> Description:
    """Enough of a meaning to link to it."""
    return {
        "number": code.number,
        "vendor": link_vendor(code.vendor) if code.vendor else None,
        "phrase": code.phrase or None,
        "url": absolute(code.get_absolute_url()),
    }


def link_vendor(vendor: Vendor) -> Description:
    """Enough of a vendor to link to it."""
    return {"slug": vendor.slug, "name": vendor.name, "url": absolute(vendor.get_absolute_url())}


def link_rfc(rfc: RFC) -> Description:
    """Enough of an RFC to link to it."""
    return {"number": rfc.number, "title": rfc.title, "url": absolute(rfc.get_absolute_url())}


def link_header(header: HeaderField) -> Description:
    """Enough of a header field to link to it."""
    return {"slug": header.slug, "name": header.name, "url": absolute(header.get_absolute_url())}


def link_step(step: Step) -> Description:
    """Enough of a question or an answer to link to it."""
    return {"slug": step.slug, "name": str(step), "url": absolute(step.get_absolute_url())}


def describe_class(status_class: StatusClass) -> Description:
    """A class by itself."""
    return {
        "class": status_class.label,
        "name": status_class.name,
        "description": status_class.description,
        "url": absolute(status_class.get_absolute_url()),
    }


def describe_rfc(rfc: RFC) -> Description:
    """An RFC by itself, with the numbers of those that it relates to."""
    return {
        "number": rfc.number,
        "title": rfc.title,
        "published": rfc.published,
        "status": rfc.status,
        "obsoletes": [other.number for other in rfc.obsoletes.all()],
        "obsoleted_by": [other.number for other in rfc.obsoleted_by.all()],
        "updates": [other.number for other in rfc.updates.all()],
        "updated_by": [other.number for other in rfc.updated_by.all()],
        "url": absolute(rfc.get_absolute_url()),
    }


def describe_vendor(vendor: Vendor) -> Description:
    """A vendor by itself. `url` is its page here; the vendor's own page is `homepage`."""
    return {
        "slug": vendor.slug,
        "name": vendor.name,
        "company": vendor.company,
        "kind": vendor.kind,
        "url": absolute(vendor.get_absolute_url()),
        "homepage": vendor.url,
        "description": vendor.description,
        "logs": vendor.logs,
        "retired": vendor.retired,
    }


def describe_header(header: HeaderField) -> Description:
    """A header field by itself."""
    return {
        "slug": header.slug,
        "name": header.name,
        "rfc": header.rfc_id,
        "section": header.section,
        "description": header.description,
        "url": absolute(header.get_absolute_url()),
    }


def with_codes(description: Description, codes: Iterable[StatusCode]) -> Description:
    """The description of a class or a vendor as a detail: with its meanings."""
    return {**description, "codes": [_summarised(code) for code in codes]}


def describe_choices(codes: Iterable[StatusCode]) -> Description:
    """Meanings of which one has to be chosen."""
    return describe_list([_summarised(code) for code in codes])


def _summarised(code: StatusCode) -> Description:
    return {**link_code(code), "summary": code.summary}


def describe_table_row(code: Any) -> Description:
    """A meaning as a row of a table, with the facts that lists are filtered by.

    Args:
        code: a meaning from `for_list()`.
    """
    return {
        **_summarised(code),
        "former_phrases": [row["phrase"] for row in code.former_phrase_rows],
        "listing": code.listing,
        "expired": code.registration_has_expired,
        "state": code.state,
        "on_the_wire": code.on_the_wire,
        "cacheable": code.cacheable,
    }


def with_definitions(description: Description, definitions: Iterable[Definition]) -> Description:
    """The description of an RFC as a detail: with the meanings that it defines, and where in it."""
    codes = [
        {
            **link_code(definition.code),
            "definition": {
                "section": definition.section,
                "phrase": definition.phrase or None,
                "current": definition.current,
                "url": definition.url,
            },
        }
        for definition in definitions
    ]
    return {**description, "codes": codes}


def with_rules(description: Description, rules: Iterable[HeaderRule]) -> Description:
    """The description of a header field as a detail: with the meanings that it goes with, and how strongly."""
    codes = [
        {
            **link_code(rule.code),
            "requirement": rule.requirement,
            "condition": rule.condition,
            "source": {"rfc": rule.rfc_id, "draft": rule.draft or None, "section": rule.section},
        }
        for rule in rules
    ]
    return {**description, "codes": codes}


def describe_list(results: list[Description]) -> Description:
    """A plain list."""
    return {"count": len(results), "results": results}
