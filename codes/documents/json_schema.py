"""The JSON Schema (2020-12) of every JSON document, for `/schema.json`, `/openapi.json` and `/api`.

It is generated from the annotations of the descriptions. msgspec's own generator does not support unions of structs,
such as `nearest` of a problem document, and sorts the values of enumerations. Every described field is required unless
it is optional; fields are only ever added, so additional ones are allowed.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import reduce
from inspect import cleandoc
from types import NoneType, UnionType
from typing import Annotated, Any, NamedTuple, Union, get_args, get_origin, get_type_hints

from msgspec import Meta, Struct, UnsetType
from msgspec.structs import fields as fields_of

from codes.documents import descriptions
from codes.documents.describe import absolute

Schema = dict[str, Any]

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_JSON_TYPES = {str: "string", int: "integer", bool: "boolean"}

# By their names in the published schema, which never change.
_PUBLISHED: dict[str, Any] = {
    "number": descriptions.Number,
    "meaning": descriptions.Meaning,
    "name": descriptions.Name,
    "citation": descriptions.Citation,
    "definition": descriptions.Definition,
    "header_rule": descriptions.HeaderRule,
    "constant": descriptions.Constant,
    "example": descriptions.Example,
    "see_also": descriptions.SeeAlso,
    "subcode": descriptions.Subcode,
    "source": descriptions.Source,
    "code_link": descriptions.CodeLink,
    "summarised_code_link": descriptions.SummarisedCodeLink,
    "rfc_code_link": descriptions.RFCCodeLink,
    "header_code_link": descriptions.HeaderCodeLink,
    "vendor_link": descriptions.VendorLink,
    "rfc_link": descriptions.RFCLink,
    "header_link": descriptions.HeaderLink,
    "number_list": descriptions.NumberList,
    "choices": descriptions.Choices,
    "class": descriptions.StatusClass,
    "class_detail": descriptions.ClassDetail,
    "class_list": descriptions.ClassList,
    "rfc": descriptions.RFC,
    "rfc_detail": descriptions.RFCDetail,
    "rfc_list": descriptions.RFCList,
    "vendor": descriptions.Vendor,
    "vendor_detail": descriptions.VendorDetail,
    "vendor_list": descriptions.VendorList,
    "header": descriptions.Header,
    "header_detail": descriptions.HeaderDetail,
    "header_list": descriptions.HeaderList,
    "problem": descriptions.Problem,
    "parameter_error": descriptions.ParameterError,
    "tried": descriptions.Tried,
    "suggestions": descriptions.Suggestions,
}
_NAMES = {described: name for name, described in _PUBLISHED.items()}

# The definitions of whole documents.
DOCUMENTS = (
    "number",
    "number_list",
    "choices",
    *(f"{thing}_{kind}" for thing in ("class", "rfc", "vendor", "header") for kind in ("detail", "list")),
    "problem",
    "tried",
    "suggestions",
)


def _ref(name: str) -> Schema:
    return {"$ref": f"#/$defs/{name}"}


def _schema(hint: Any) -> Schema:
    """The schema of a type annotation. Structs without a published name are inlined."""
    if get_origin(hint) is Annotated:
        inner, *metas = get_args(hint)
        return reduce(_merged, map(_keywords, metas), _schema(inner))
    if get_origin(hint) in (Union, UnionType):
        return _union([part for part in get_args(hint) if part is not UnsetType])
    if get_origin(hint) is list:
        return {"type": "array", "items": _schema(*get_args(hint))}
    if hint in _NAMES:
        return _ref(_NAMES[hint])
    if hint in _JSON_TYPES:
        return {"type": _JSON_TYPES[hint]}
    return _object(hint)


def _object(struct: type[Struct]) -> Schema:
    hints = get_type_hints(struct, include_extras=True)
    fields = fields_of(struct)
    return {
        "type": "object",
        "description": cleandoc(struct.__doc__ or ""),
        "properties": {field.encode_name: _schema(hints[field.name]) for field in fields},
        "required": [field.encode_name for field in fields if UnsetType not in get_args(hints[field.name])],
    }


def _union(parts: list[Any]) -> Schema:
    """The schema of a union. `None` makes a value nullable."""
    schemas = [_schema(part) for part in parts if part is not NoneType]
    if len(schemas) > 1 or "$ref" in schemas[0]:
        return {"anyOf": [*schemas, *([{"type": "null"}] if NoneType in parts else [])]}
    [schema] = schemas
    if NoneType not in parts:
        return schema
    if "enum" in schema:
        return {**schema, "enum": [*schema["enum"], None]}
    return {**schema, "type": [schema["type"], "null"]}


def _keywords(meta: Meta) -> Schema:
    """The keywords that an annotation adds to the schema of its type."""
    named = {
        "description": meta.description,
        "pattern": meta.pattern,
        "minimum": meta.ge,
        "maximum": meta.le,
        "minItems": meta.min_length,
        "maxItems": meta.max_length,
    }
    return {**{name: value for name, value in named.items() if value is not None}, **(meta.extra_json_schema or {})}


def _merged(schema: Schema, added: Schema) -> Schema:
    """A schema with additional keywords, also within its properties. An enumeration makes the type redundant."""
    merged = {**schema, **added}
    if "properties" in schema and "properties" in added:
        fields = {name: _merged(schema["properties"][name], more) for name, more in added["properties"].items()}
        merged["properties"] = {**schema["properties"], **fields}
    if "enum" in merged:
        merged.pop("type", None)
        merged.pop("anyOf", None)
    return merged


DEFINITIONS: dict[str, Schema] = {
    name: _object(described) if isinstance(described, type) else _schema(described)
    for name, described in _PUBLISHED.items()
}


def json_schema() -> Schema:
    """The schema of all documents: a document matches one of the definitions."""
    return {
        "$schema": _DIALECT,
        "$id": absolute("/schema.json"),
        "title": "The documents of statusdocs",
        "description": "Fields are only ever added. Programs should ignore fields they do not know.",
        "anyOf": [_ref(name) for name in DOCUMENTS],
        "$defs": DEFINITIONS,
    }


class Field(NamedTuple):
    """A field of a document, for the table on `/api`.

    Attributes:
        name: qualified by the fields around it: `advice.visitor`.
        kind: its type in words: `text`, `list of objects`.
        shapes: the names of the definitions it refers to.
        values: the allowed values of an enumeration.
        description: its sentence.
    """

    name: str
    kind: str
    shapes: list[str]
    values: list[str]
    description: str


_KINDS = {"uri": "address", "date": "day", "date-time": "time", "integer": "number", "boolean": "true or false"}


def fields(definition: Schema, *, inside: str = "") -> Iterator[Field]:
    """Every field of a definition. The fields of an inlined object follow it."""
    for name, field in definition.get("properties", {}).items():
        optional = "" if name in definition["required"] else ", optional"
        nullable = ", or null" if None in field.get("enum", ()) or "null" in field.get("type", ()) else ""
        if {"type": "null"} in field.get("anyOf", ()):
            nullable = ", or null"
        kind, shapes = _kind_of(field)
        values = [str(value).lower() for value in field.get("enum", ()) if value is not None]
        yield Field(f"{inside}{name}", f"{kind}{nullable}{optional}", shapes, values, field["description"])
        yield from fields(field, inside=f"{inside}{name}.")


def _kind_of(field: Schema) -> tuple[str, list[str]]:
    """The type of a field in words, and the definitions it refers to."""
    if "$ref" in field:
        return "object", [field["$ref"].rpartition("/")[2]]
    if "anyOf" in field:
        return "object", [one["$ref"].rpartition("/")[2] for one in field["anyOf"] if "$ref" in one]
    if "enum" in field:
        return "one of", []
    if field["type"] == "array":
        kind, shapes = _kind_of(field["items"])
        return f"list of {kind}s", shapes
    [kind] = {field["type"]} if isinstance(field["type"], str) else set(field["type"]) - {"null"}
    return _KINDS.get(field.get("format", kind), "text" if kind == "string" else kind), []
