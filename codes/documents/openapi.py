"""The OpenAPI 3.1 description of every address for programs. The schemas of the documents are in `json_schema.py`."""

from __future__ import annotations

import json
import re
from typing import Any, NamedTuple

from django.conf import settings
from django.http import QueryDict

from codes import search
from codes.documents import json_schema
from codes.documents.json_schema import Schema
from codes.documents.representations import CONTENT_TYPES, CSV, HTML, JSON, PROBLEM_JSON, SUFFIXES, TEXT
from codes.listing.filter_types import MAX_SEARCHES
from codes.listing.filters import CodeFilter
from codes.models import StatusCode

_VERSION = "1.0"
_METHODS_TO_TRY = ("get", "head", "post", "put", "patch", "delete", "options", "trace")


class _Address(NamedTuple):
    """The address of a document, without a suffix."""

    path: str
    summary: str
    definition: str
    suffixes: tuple[str, ...] = SUFFIXES


_ADDRESSES = (
    _Address("/{number}", "A number with all of its meanings", "number"),
    _Address("/{number}/{vendor}", "One vendor’s meaning, in the document of the number", "number"),
    _Address("/codes", "The meanings that match all filters", "number_list", (*SUFFIXES, CSV)),
    _Address("/classes", "The five classes", "class_list"),
    _Address("/classes/{class}", "A class and all meanings of its numbers", "class_detail"),
    _Address("/rfcs", "Every RFC named here", "rfc_list"),
    _Address("/rfcs/{rfc}", "An RFC and the codes it defines", "rfc_detail"),
    _Address("/vendors", "Every vendor", "vendor_list"),
    _Address("/vendors/{vendor}", "A vendor and its codes", "vendor_detail"),
    _Address("/headers", "Every header field named here", "header_list"),
    _Address("/headers/{header}", "A header field and the codes it is used with", "header_detail"),
)

_IN_PATH = {
    "number": ("Three digits.", "^[0-9]{3}$", "499"),
    "vendor": ("The vendor’s slug.", "^[a-z0-9-]{1,50}$", "nginx"),
    "class": ("The class.", "^[1-5]xx$", "4xx"),
    "rfc": ("The RFC’s number.", "^[1-9][0-9]{0,4}$", "9110"),
    "header": ("The header field’s name in lower case.", "^[a-z0-9-]{1,50}$", "retry-after"),
}


# Forms reject null characters.
_SEARCH_TEXT = {"type": "string", "maxLength": search.MAX_LENGTH, "pattern": "^[^\\u0000]*$"}


def openapi() -> dict[str, Any]:
    """The description. The values of the filters come from the current content."""
    paths: dict[str, Any] = {}
    for address in _ADDRESSES:
        parameters = _filters() if address.path == "/codes" else _in_path(address.path)
        paths[address.path] = _read(address, (HTML, *address.suffixes), parameters)
        for suffix in address.suffixes:
            paths[f"{address.path}.{suffix}"] = _read(address, (suffix,), parameters)
    paths["/suggest"] = _suggest()
    paths["/try/{number}"] = _try()
    paths["/schema.json"] = _metadata("The JSON Schema of all documents")
    paths["/openapi.json"] = _metadata("This description")
    document = {
        "openapi": "3.1.0",
        "info": {
            "title": "statusdocs",
            "version": _VERSION,
            "summary": "What every HTTP status code means, according to everybody who uses it.",
            "description": "Addresses never change, fields are only ever added. Everything is available with GET and "
            "HEAD from any origin and without a key.",
            "license": {"name": "CC0 1.0", "identifier": "CC0-1.0"},
        },
        "servers": [{"url": settings.ORIGIN}],
        "paths": paths,
        "components": {"schemas": json_schema.DEFINITIONS},
    }
    # OpenAPI has the definitions in another place.
    return json.loads(json.dumps(document).replace("#/$defs/", "#/components/schemas/"))


def _read(address: _Address, representations: tuple[str, ...], parameters: list[Schema]) -> Schema:
    """A document in one representation, or in the one that `Accept` prefers."""
    responses = {
        "200": {"description": address.summary, "content": _content(representations, address.definition)},
        "304": {"description": "The client has it already."},
        "503": _error("The database is unavailable; Retry-After says when to retry.", representations),
    }
    if "{" in address.path:
        responses["404"] = _error("There is no such thing.", representations)
    if address.path == "/codes":
        responses["400"] = _error("A filter has an invalid value.", representations)
    if len(representations) > 1:
        responses["406"] = _error("None of the representations is acceptable.", representations)
    return {"get": {"summary": address.summary, "parameters": parameters, "responses": responses}}


def _content(representations: tuple[str, ...], definition: str) -> Schema:
    return {
        CONTENT_TYPES[name].partition(";")[0]: {"schema": _ref(definition) if name == JSON else {"type": "string"}}
        for name in representations
    }


def _error(description: str, representations: tuple[str, ...]) -> Schema:
    """Errors have the representation of the document; instead of CSV, plain text."""
    content = _content(tuple(TEXT if name == CSV else name for name in representations), "problem")
    if (as_json := content.pop("application/json", None)) is not None:
        content[PROBLEM_JSON] = as_json
    return {"description": description, "content": content}


def _ref(definition: str) -> Schema:
    return {"$ref": f"#/components/schemas/{definition}"}


def _in_path(path: str) -> list[Schema]:
    parameters = []
    for name in re.findall(r"{(\w+)}", path):
        description, pattern, example = _IN_PATH[name]
        value = {"type": "string", "pattern": pattern, "examples": [example]}
        parameters.append({"name": name, "in": "path", "required": True, "description": description, "schema": value})
    return parameters


def _filters() -> list[Schema]:
    """The parameters of the list, from its form."""
    codes = CodeFilter(QueryDict(), queryset=StatusCode.objects.all())
    parameters = []
    for name, field in codes.form.fields.items():
        # Empty values are ignored.
        value: Schema = {"type": "string", "enum": [*codes.allowed(name), ""]}
        if name == "q":
            value = {"type": "array", "items": _SEARCH_TEXT, "maxItems": MAX_SEARCHES}
        # Only one value of `sort` is used.
        elif name != "sort":
            value = {"type": "array", "items": value}
        description = f"{field.label}. {field.help_text}".strip()
        parameters.append({"name": name, "in": "query", "description": description, "schema": value})
    return parameters


def _suggest() -> Schema:
    parameter = {
        "name": "q",
        "in": "query",
        "description": "The text.",
        "schema": _SEARCH_TEXT,
    }
    responses = {
        "200": {
            "description": "OpenSearch Suggestions 1.1.",
            "content": {"application/x-suggestions+json": {"schema": _ref("suggestions")}},
        },
        "304": {"description": "The client has it already."},
        "400": _error("The text is too long.", (JSON,)),
        "503": _error("The database is unavailable; Retry-After says when to retry.", (JSON,)),
    }
    summary = "The pages that match a text, best match first"
    return {"get": {"summary": summary, "parameters": [parameter], "responses": responses}}


def _try() -> Schema:
    number = {
        "name": "number",
        "in": "path",
        "required": True,
        "description": "The status to respond with.",
        "schema": {"type": "string", "pattern": "^[2-5][0-9]{2}$", "examples": ["503"]},
    }
    text_or_json = {"text/plain": {"schema": {"type": "string"}}, "application/json": {"schema": _ref("tried")}}
    or_refused = {**text_or_json, PROBLEM_JSON: {"schema": _ref("problem")}}
    marker = {"description": "The requested status.", "schema": {"type": "string"}}
    responses = {
        "400": {
            "description": "That status is not possible for this request, or 400 was requested.",
            "content": or_refused,
        },
        "404": {
            "description": "This installation does not offer /try, or 404 was requested.",
            "content": or_refused,
        },
        "default": {
            "description": "The requested status, with the field Statusdocs-Try.",
            "headers": {"Statusdocs-Try": marker},
            "content": text_or_json,
        },
    }
    return {
        method: {"summary": "A response with exactly that status", "parameters": [number], "responses": responses}
        for method in _METHODS_TO_TRY
    }


def _metadata(summary: str) -> Schema:
    responses = {
        "200": {"description": summary, "content": {CONTENT_TYPES[JSON]: {"schema": {"type": "object"}}}},
        "304": {"description": "The client has it already."},
    }
    return {"get": {"summary": summary, "responses": responses}}
