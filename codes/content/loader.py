"""Load fixtures into the database and validate every record.

The files are Django fixtures, so `loaddata` reads them too, but `load()` says more precisely what is wrong and where.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml
from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.core.serializers.base import DeserializationError
from django.core.serializers.python import Deserializer
from django.db import models, transaction

from codes.content.fixture_files import FILES, fixture_fields


class ContentError(Exception):
    """A fixture is invalid. The message names the file, the record, the field if there is one, and the cure."""


@transaction.atomic
def load(folder: Path) -> int:
    """Load all fixtures from a folder in one transaction.

    Returns:
        The number of records.

    Raises:
        ContentError: a record is malformed, invalid or duplicated.
    """
    return sum(_load_file(folder / name, model) for name, model in FILES.items())


def _load_file(path: Path, model: type[models.Model]) -> int:
    seen: dict[tuple, str] = {}
    for location, record in _records(path):
        location += _first_fields(record)
        instance = _build(record, model, location)
        key = instance.object.natural_key()
        if key in seen:
            raise ContentError(f"{location}: this record repeats {seen[key]}. Keep one of the two.")
        seen[key] = location
        try:
            instance.object.full_clean()
        except ValidationError as error:
            raise ContentError(f"{location}: {_format(error)}") from error
        instance.save()
    return len(seen)


def _records(path: Path) -> Iterator[tuple[str, Any]]:
    """The records of a file, each with its location: file and line."""
    try:
        loader = yaml.CSafeLoader(path.read_text(encoding="utf-8"))
        root = loader.get_single_node()
        if not isinstance(root, yaml.SequenceNode):
            raise ContentError(f"{path.name}: a fixture is a list of records, each with “model” and “fields”.")
        for node in root.value:
            yield f"{path.name}, line {node.start_mark.line + 1}", loader.construct_object(node, deep=True)
    except OSError as error:
        raise ContentError(f"{path.name}: the file cannot be read ({error.strerror}).") from error
    except UnicodeDecodeError as error:
        raise ContentError(
            f"{path.name}: the file is not UTF-8 text ({error.reason} at byte {error.start})."
        ) from error
    except yaml.YAMLError as error:
        raise ContentError(f"{path.name}: invalid YAML: {error}") from error


def _build(record: Any, model: type[models.Model], location: str) -> Any:
    """Deserialize a record to an unsaved instance of its model."""
    label = model._meta.label_lower
    if not isinstance(record, dict) or not isinstance(record.get("fields"), dict) or set(record) != {"model", "fields"}:
        raise ContentError(f"{location}: a record has a “model” and “fields”, and nothing else.")
    if record["model"] != label:
        raise ContentError(f"{location}: model is {record['model']!r}, but this file is for {label}.")
    for name, value in record["fields"].items():
        try:
            field = model._meta.get_field(name)
        except FieldDoesNotExist:
            known = ", ".join(field.name for field in fixture_fields(model))
            raise ContentError(f"{location}: there is no field {name!r}. The fields are: {known}.") from None
        if (field.many_to_one or field.one_to_one) and isinstance(value, list):
            _resolve(field, value, location)
        if field.many_to_many:
            _resolve_all(field, value, location)
    try:
        return next(iter(Deserializer([record])))
    except (DeserializationError, ValidationError, ValueError, TypeError, AttributeError) as error:
        raise ContentError(f"{location}: {error}") from error


def _resolve(field: Any, natural_key: list, location: str) -> None:
    """Check that a reference exists. Django's own message would not name the field."""
    if not _exists(field.related_model, natural_key):
        raise ContentError(
            f"{location}: {field.name}: there is no {field.related_model._meta.verbose_name} {natural_key}. "
            "Add it to its own file, or correct the reference."
        )


def _resolve_all(field: Any, keys: Any, location: str) -> None:
    """Check a list of references, which the database would check only at commit."""
    model = field.related_model
    unknown = [key for key in keys if not _exists(model, key)] if isinstance(keys, list) else [keys]
    if unknown:
        raise ContentError(
            f"{location}: {field.name}: there is no {model._meta.verbose_name} {unknown[0]!r} before this "
            "record. Write a list of references to records that come earlier."
        )


def _exists(model: Any, reference: Any) -> bool:
    natural_key = reference if isinstance(reference, list) else [reference]
    try:
        model._default_manager.get_by_natural_key(*natural_key)
    except (model.DoesNotExist, ValueError, TypeError):
        return False
    return True


def _first_fields(record: Any) -> str:
    """The first two fields of a record, by which people find it."""
    fields = record.get("fields") if isinstance(record, dict) else None
    start = list(fields.items())[:2] if isinstance(fields, dict) else []
    return "".join(f", {name} {str(value)[:60]}" for name, value in start)


def _format(error: ValidationError) -> str:
    if not hasattr(error, "error_dict"):
        return " ".join(error.messages)
    return "; ".join(
        " ".join(messages) if name == "__all__" else f"{name}: {' '.join(messages)}"
        for name, messages in error.message_dict.items()
    )
