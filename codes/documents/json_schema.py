"""The shape of every JSON document, as JSON Schema (2020-12). `/schema.json`, `/openapi.json` and `/api` tell it.

What may stand in a field comes from the models, so that the schema cannot say something else. Every field that is
described is always there, unless it is said to be optional; fields are only ever added, so other ones are allowed.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from codes.documents.describe import absolute
from codes.listing.filters import REGISTRATIONS
from codes.models import RFC, HeaderRule, StatusCode, Vendor
from codes.models.properties import ANSWERS, Answer, Question

Schema = dict[str, Any]

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_CLASSES = [f"{digit}xx" for digit in range(1, 6)]
_ON_THE_WIRE = {Answer.YES: True, Answer.NO: False}


def _text(description: str, **keywords: Any) -> Schema:
    return {"type": "string", "description": description, **keywords}


def _markdown(description: str) -> Schema:
    return _text(f"{description} Markdown; empty where there is nothing to say.", contentMediaType="text/markdown")


def _one_of(values: list[Any], description: str) -> Schema:
    return {"enum": values, "description": description}


def _day(description: str) -> Schema:
    return _text(description, format="date")


def _address(description: str) -> Schema:
    return _text(description, format="uri")


def _number(description: str = "The status code, 0 to 999.") -> Schema:
    return {"type": "integer", "minimum": 0, "maximum": 999, "description": description}


def _rfc_number(description: str) -> Schema:
    return {"type": "integer", "minimum": 1, "maximum": 99999, "description": description}


def _flag(description: str) -> Schema:
    return {"type": "boolean", "description": description}


def _or_null(schema: Schema) -> Schema:
    """A value that may be missing: it is null then, the field is there all the same."""
    if "$ref" in schema:
        return {"description": schema.pop("description"), "anyOf": [schema, {"type": "null"}]}
    if "enum" in schema:
        return {**schema, "enum": [*schema["enum"], None]}
    return {**schema, "type": [schema["type"], "null"]}


def _list(items: Schema, description: str) -> Schema:
    return {"type": "array", "items": items, "description": description}


def _a(name: str, description: str = "") -> Schema:
    """A value that has a definition of its own."""
    return {"$ref": f"#/$defs/{name}", **({"description": description} if description else {})}


def _object(description: str, fields: dict[str, Schema], *, optional: tuple[str, ...] = ()) -> Schema:
    required = [name for name in fields if name not in optional]
    return {"type": "object", "description": description, "properties": fields, "required": required}


def _list_of(name: str, description: str) -> Schema:
    return _object(
        description,
        {
            "count": {"type": "integer", "minimum": 0, "description": "How many results there are."},
            "results": _list(_a(name), "All of them: there is no paging."),
        },
    )


def _with_codes(thing: Schema, item: str) -> Schema:
    """A thing by itself, with links to its meanings."""
    fields = {**thing["properties"], "codes": _list(_a(item), "Its meanings, by number.")}
    return _object(f"{thing['description']} With its meanings.", fields)


_LINK = {
    "number": _number(),
    "vendor": _or_null(_a("vendor_link", "Whose meaning it is; null for the registry’s own.")),
    "phrase": _or_null(_text("The reason phrase; null where there is none, as for 306 and 418.")),
    "url": _address("Its page here."),
}
_RFC_NAME = _or_null(_rfc_number("The RFC’s number."))
_DRAFT_NAME = _or_null(_text("The name of an Internet-Draft, where it is no RFC."))
_SECTION = _text("The bare number of the section.")


def _property(question: Question) -> Schema:
    values = [_ON_THE_WIRE.get(answer, answer.value) for answer in ANSWERS[question]]
    return _object(
        f"{question.label}.",
        {
            "value": _one_of(
                [*values, Answer.SILENT.value, Answer.NOT_APPLICABLE.value, None],
                "What the specification says; “silent” where it says nothing, null where it is not recorded yet.",
            ),
            "note": _text("A condition or an exception; may be empty."),
            "source": _or_null(_a("citation", "Where it is written.")),
        },
    )


_CLASS = _object(
    "A class of status codes.",
    {
        "class": _one_of(_CLASSES, "The first digit."),
        "name": _text("What RFC 9110 calls it."),
        "description": _markdown("What its codes have in common."),
        "url": _address("Its page here."),
    },
)
_RFC = _object(
    "An RFC that defines status codes, or that one of these refers to.",
    {
        "number": _rfc_number("Its number."),
        "title": _text("Its title."),
        "published": _text("The month: YYYY-MM.", pattern="^[0-9]{4}-(0[1-9]|1[0-2])$"),
        "status": _one_of(RFC.Status.values, "Its present status, as the RFC Editor states it."),
        "obsoletes": _list(_rfc_number("An RFC’s number."), "The RFCs that it replaced."),
        "obsoleted_by": _list(_rfc_number("An RFC’s number."), "The RFCs that replaced it."),
        "updates": _list(_rfc_number("An RFC’s number."), "The RFCs that it changed."),
        "updated_by": _list(_rfc_number("An RFC’s number."), "The RFCs that changed it."),
        "url": _address("Its page here."),
    },
)
_VENDOR = _object(
    "A party that uses numbers outside the registry.",
    {
        "slug": _text("Its name in addresses; it never changes."),
        "name": _text("Its name."),
        "company": _text("Who makes it; may be empty."),
        "kind": _one_of(Vendor.Kind.values, "What it is."),
        "url": _address("Its page here."),
        "homepage": _text("Its own page; empty where it has none."),
        "description": _markdown("What it is, and what its codes have in common."),
        "logs": _markdown("How to recognise its codes, in logs or elsewhere."),
        "retired": _flag("Whether it is no more."),
    },
)
_HEADER = _object(
    "A header field that some status code requires, recommends or mentions.",
    {
        "slug": _text("Its name in lower case, as in addresses."),
        "name": _text("Its name, as its specification writes it."),
        "rfc": _or_null(_rfc_number("The RFC that defines it.")),
        "section": _SECTION,
        "description": _markdown("What it says."),
        "url": _address("Its page here."),
    },
)

# By the names that they have in the published schema; each is a promise.
DEFINITIONS: dict[str, Schema] = {
    "number": _object(
        "A number with its meanings. At the address of one vendor’s meaning it carries that one only.",
        {
            "number": _number(),
            "class": _or_null(_one_of(_CLASSES, "The class; null outside 100–599.")),
            "url": _address("The page of the number."),
            "registration": _one_of(
                [value for value, _ in REGISTRATIONS],
                "What the registry says; “unassigned” where it has no row, “outside” for 000–099 and 600–999.",
            ),
            "registration_expires": _or_null(_day("When a temporary registration ends.")),
            "registry_checked_on": _or_null(_day("When the registry was last checked.")),
            "phrase": _or_null(_text("The registered reason phrase; null where there is none.")),
            "meanings": _list(_a("meaning"), "The registry’s meaning first, if there is one, then the vendors’."),
        },
    ),
    "meaning": _object(
        "What one party says that a number means.",
        {
            **_LINK,
            "former_phrases": _list(_text("A phrase."), "Every other name it has been known by, newest first."),
            "names": _list(_a("name"), "The former phrases, with who used them."),
            "registration_note": _text("Where this differs from the registry, and why; may be empty."),
            "state": _one_of(StatusCode.State.values, "Whether anybody uses it."),
            "on_the_wire": _flag("Whether the number ever stands in a response; else only in logs or the client."),
            "arises_at": _or_null(
                _one_of(StatusCode.ArisesAt.values, "Where between client and origin server it comes up.")
            ),
            "summary": _text("What it means, in one sentence."),
            "description": _markdown("What it means."),
            "use_when": _markdown("When to send it."),
            "avoid_when": _markdown("When not to, and what to send instead."),
            "advice": _object(
                "What to do now: our advice, not a specification’s.",
                {
                    "visitor": _markdown("For somebody who sees it in a browser."),
                    "client": _markdown("For authors of clients."),
                    "server": _markdown("For owners of servers."),
                },
            ),
            "definitions": _list(_a("definition"), "Every section that ever defined it, oldest first."),
            "properties": _object(
                "Five questions that are asked of every code.",
                {question.value: _property(question) for question in Question},
            ),
            "headers": _list(_a("header_rule"), "The header fields that go with it."),
            "constants": _list(_a("constant"), "Its names in languages and libraries."),
            "examples": _list(_a("example"), "Exchanges as they look on the wire."),
            "see_also": _list(_a("see_also"), "The codes it is confused with."),
            "subcodes": _list(_a("subcode"), "Finer numbers below it."),
            "keywords": _list(_text("Words."), "What people type when they mean it."),
            "sources": _list(_a("source"), "What supports it beyond the definitions."),
            "unsourced": _flag("Whether no source supports it at all."),
            "reviewed_on": _or_null(_day("When every fact was last held against its source.")),
            "updated_at": _text("When its content last changed (UTC).", format="date-time"),
        },
    ),
    "name": _object(
        "A former phrase.",
        {"phrase": _text("The phrase."), "used_in": _text("Who used it; may be empty.")},
    ),
    "citation": _object("A place in a specification.", {"rfc": _RFC_NAME, "draft": _DRAFT_NAME, "section": _SECTION}),
    "definition": _object(
        "A section that defines it.",
        {
            "rfc": _RFC_NAME,
            "draft": _DRAFT_NAME,
            "section": _SECTION,
            "phrase": _or_null(_text("The phrase that the section used.")),
            "published": _or_null(_text("The month of the RFC: YYYY-MM.")),
            "current": _flag("Whether it is the one in force."),
            "url": _address("The text."),
        },
    ),
    "header_rule": _object(
        "How strongly a specification ties a header field to a code.",
        {
            "slug": _text("The header field’s name in lower case, as in addresses."),
            "name": _text("The header field’s name."),
            "requirement": _one_of(HeaderRule.Requirement.values, "The keyword; “other” where it is said without one."),
            "condition": _text("When the rule applies; empty where always."),
            "source": _or_null(_a("citation", "Where it is written.")),
        },
    ),
    "constant": _object(
        "Its name in a library.",
        {
            "language": _text("The language."),
            "library": _text("The library, or the part of it."),
            "name": _text("The bare identifier, as the library spells it."),
            "since": _or_null(_text("The version that added it.")),
            "until": _or_null(_text("The last version that had it.")),
        },
    ),
    "example": _object(
        "An exchange. Lines end with a line feed here, with CRLF on the wire.",
        {"request": _text("The request."), "response": _text("The response.")},
    ),
    "see_also": _object("Another meaning.", {**_LINK, "difference": _text("What tells the two apart.")}),
    "subcode": _object(
        "A finer number below a vendor’s meaning.",
        {
            "number": {"type": "integer", "minimum": 0, "description": "The sub-code."},
            "label": _text("As people write it: 403.14."),
            "phrase": _text("Its name; may be empty."),
            "summary": _text("What it means, in one sentence."),
            "url": _address("Its page here."),
        },
    ),
    "source": _object(
        "A document that was read.",
        {
            "title": _text("Its title."),
            "url": _address("Where it is."),
            "supports": _text("What it supports; may be empty."),
            "checked_on": _or_null(_day("When it was last read.")),
        },
    ),
    "code_link": _object("Enough of a meaning to link to it.", _LINK),
    "summarised_code_link": _object(
        "Enough of a meaning to link to it, with its sentence.",
        {**_LINK, "summary": _text("What it means, in one sentence.")},
    ),
    "rfc_code_link": _object(
        "Enough of a meaning to link to it, with the section that defines it.",
        {
            **_LINK,
            "definition": _object(
                "Where in this RFC.",
                {
                    "section": _SECTION,
                    "phrase": _or_null(_text("The phrase that the section used.")),
                    "current": _flag("Whether it is the definition in force."),
                    "url": _address("The text."),
                },
            ),
        },
    ),
    "header_code_link": _object(
        "Enough of a meaning to link to it, with its rule for the field.",
        {
            **_LINK,
            "requirement": _one_of(HeaderRule.Requirement.values, "How strongly the field goes with it."),
            "condition": _text("When the rule applies; empty where always."),
            "source": _a("citation", "Where it is written."),
        },
    ),
    "vendor_link": _object(
        "Enough of a vendor to link to it.",
        {name: _VENDOR["properties"][name] for name in ("slug", "name", "url")},
    ),
    "rfc_link": _object(
        "Enough of an RFC to link to it.", {name: _RFC["properties"][name] for name in ("number", "title", "url")}
    ),
    "header_link": _object(
        "Enough of a header field to link to it.",
        {name: _HEADER["properties"][name] for name in ("slug", "name", "url")},
    ),
    "number_list": _object(
        "The numbers that match, ascending, each carrying only the meanings that match.",
        {
            "registry_checked_on": _or_null(_day("When the registry was last checked.")),
            **_list_of("number", "")["properties"],
        },
    ),
    "choices": _list_of("summarised_code_link", "Meanings of different numbers that bear one name."),
    "class": _CLASS,
    "class_detail": _with_codes(_CLASS, "summarised_code_link"),
    "class_list": _list_of("class", "The five classes."),
    "rfc": _RFC,
    "rfc_detail": _with_codes(_RFC, "rfc_code_link"),
    "rfc_list": _list_of("rfc", "Every RFC named here."),
    "vendor": _VENDOR,
    "vendor_detail": _with_codes(_VENDOR, "summarised_code_link"),
    "vendor_list": _list_of("vendor", "Every vendor."),
    "header": _HEADER,
    "header_detail": _with_codes(_HEADER, "header_code_link"),
    "header_list": _list_of("header", "Every header field named here."),
    "problem": _object(
        "An error (RFC 9457).",
        {
            "type": _text("Always about:blank: the status says it all."),
            "title": _text("The reason phrase of the status."),
            "status": {"type": "integer", "minimum": 400, "maximum": 599, "description": "The status."},
            "detail": _text("What is wrong, and what helps."),
            "nearest": _list(
                {"anyOf": [_a(name) for name in ("code_link", "vendor_link", "rfc_link", "header_link")]},
                "With 404: what may have been meant.",
            ),
            "errors": _list(_a("parameter_error"), "With 400: what is wrong with which parameter."),
        },
        optional=("nearest", "errors"),
    ),
    "parameter_error": _object(
        "A parameter that has a wrong value.",
        {
            "parameter": _text("Its name."),
            "messages": _list(_text("A sentence."), "What is wrong with it."),
            "allowed": _list(_text("A value."), "The values that it takes, where they are few."),
        },
        optional=("allowed",),
    ),
    "tried": _object(
        "What `/try/503` says.",
        {
            "status": {"type": "integer", "minimum": 200, "maximum": 599, "description": "The status asked for."},
            "detail": _text("That it was asked for."),
            "about": _address("The page of the number."),
        },
    ),
    "suggestions": {
        "type": "array",
        "description": "What a text may mean (OpenSearch Suggestions 1.1): the text; then three lists of equal length, "
        "the likeliest first: titles, what tells each apart, and the addresses of the pages.",
        "items": {"anyOf": [_text("The text."), _list(_text("One for each suggestion."), "A list.")]},
        "minItems": 4,
        "maxItems": 4,
    },
}

# The definitions that are whole documents.
DOCUMENTS = (
    "number",
    "number_list",
    "choices",
    *(f"{thing}_{kind}" for thing in ("class", "rfc", "vendor", "header") for kind in ("detail", "list")),
    "problem",
    "tried",
    "suggestions",
)


def json_schema() -> Schema:
    """The schema of all documents: each is one of them."""
    return {
        "$schema": _DIALECT,
        "$id": absolute("/schema.json"),
        "title": "The documents of statusdocs",
        "description": "Fields are only ever added. Programs should ignore those that they do not know.",
        "anyOf": [_a(name) for name in DOCUMENTS],
        "$defs": DEFINITIONS,
    }


class Field(NamedTuple):
    """A field of a document, as a reader sees it.

    Attributes:
        name: with the names of the fields around it: `advice.visitor`.
        kind: what stands in it: `text`, `list of`.
        shapes: the names of the definitions that it holds.
        values: what may stand in it, where that is a choice.
        description: what it says.
    """

    name: str
    kind: str
    shapes: list[str]
    values: list[str]
    description: str


_KINDS = {"uri": "address", "date": "day", "date-time": "time", "integer": "number", "boolean": "true or false"}


def fields(definition: Schema, *, inside: str = "") -> Iterator[Field]:
    """Every field of a definition, those of objects within it behind the object."""
    for name, field in definition.get("properties", {}).items():
        optional = "" if name in definition["required"] else ", optional"
        nullable = ", or null" if None in field.get("enum", ()) or "null" in field.get("type", ()) else ""
        if {"type": "null"} in field.get("anyOf", ()):
            nullable = ", or null"
        kind, shapes = _held(field)
        values = [str(value).lower() for value in field.get("enum", ()) if value is not None]
        yield Field(f"{inside}{name}", f"{kind}{nullable}{optional}", shapes, values, field["description"])
        yield from fields(field, inside=f"{inside}{name}.")


def _held(field: Schema) -> tuple[str, list[str]]:
    """What stands in a field, and the definitions that it refers to."""
    if "$ref" in field:
        return "object", [field["$ref"].rpartition("/")[2]]
    if "anyOf" in field:
        return "object", [one["$ref"].rpartition("/")[2] for one in field["anyOf"] if "$ref" in one]
    if "enum" in field:
        return "one of", []
    if field["type"] == "array":
        kind, shapes = _held(field["items"])
        return f"list of {kind}s", shapes
    [kind] = {field["type"]} if isinstance(field["type"], str) else set(field["type"]) - {"null"}
    return _KINDS.get(field.get("format", kind), "text" if kind == "string" else kind), []
