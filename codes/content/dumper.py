"""Dump the database to fixtures that people read and diff: the same bytes for the same content."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import yaml
from django.db import connection, models
from django.db.models.functions import Collate

from codes import models as content
from codes.content.fixture_files import FILES, fixture_fields

_LINE_WIDTH = 100
_CODE_POINT_COLLATION = {"sqlite": "BINARY", "postgresql": "C"}


def dump(folder: Path) -> int:
    """Write all content to the fixtures in a folder: the same bytes for the same content.

    Returns:
        The number of records.
    """
    count = 0
    for name, model in FILES.items():
        records = [_record(instance) for instance in model._default_manager.order_by(*dump_order(model))]
        text = yaml.dump(
            records,
            Dumper=_Dumper,
            sort_keys=False,
            allow_unicode=True,
            width=_LINE_WIDTH,
            default_flow_style=False,
        )
        # Empty lines between records make a long file readable.
        (folder / name).write_text(text.replace("\n- model:", "\n\n- model:"), encoding="utf-8")
        count += len(records)
    return count


def dump_order(model: type[models.Model]) -> list[Any]:
    """An order that depends neither on row ids nor on the locale of the database."""
    ordering = list(model._meta.ordering or [])
    if issubclass(model, content.codes.PartOfCode):
        ordering = ["code__number", models.F("code__vendor__slug").asc(nulls_first=True), *ordering[1:]]
    return [_by_code_point(model, column) if isinstance(column, str) else column for column in ordering]


def _by_code_point(model: Any, column: str) -> str | Collate:
    *relations, name = column.removeprefix("-").split("__")
    for relation in relations:
        model = model._meta.get_field(relation).related_model
    is_text = isinstance(model._meta.get_field(name), models.CharField)
    return Collate(column, _CODE_POINT_COLLATION[connection.vendor]) if is_text else column


def _record(instance: models.Model) -> dict[str, Any]:
    values = {}
    for field in fixture_fields(type(instance)):
        value = _value(instance, field)
        # Default values would only be noise.
        if value not in (None, "", []) and not (field.has_default() and field.default == value):
            values[field.name] = value
    return {"model": instance._meta.label_lower, "fields": values}


def _value(instance: models.Model, field: models.Field) -> Any:
    if field.many_to_many:
        return _FlowList(_reference(other) for other in getattr(instance, field.name).all())
    value = getattr(instance, field.name)
    if isinstance(value, models.Model):
        return _reference(value)
    if isinstance(value, datetime):
        return value.astimezone(UTC)
    return value


def _reference(instance: Any) -> Any:
    natural_key = instance.natural_key()
    # Where the natural key is the primary key, the bare value reads better.
    return instance.pk if natural_key == (instance.pk,) else _FlowList(natural_key)


class _FlowList(list):
    """A list in YAML's flow style: `[499, nginx]`."""


class _Dumper(yaml.SafeDumper):
    """Block style for long texts, flow style for references."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, False)


def _represent_text(dumper: yaml.SafeDumper, value: str) -> yaml.Node:
    return dumper.represent_scalar("tag:yaml.org,2002:str", value, style="|" if "\n" in value else None)


def _represent_flow_list(dumper: yaml.SafeDumper, value: _FlowList) -> yaml.Node:
    return dumper.represent_sequence("tag:yaml.org,2002:seq", value, flow_style=True)


_Dumper.add_representer(str, _represent_text)
_Dumper.add_representer(_FlowList, _represent_flow_list)
