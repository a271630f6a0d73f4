"""Load fixtures into an empty database and validate every record.

The files are Django fixtures, so `loaddata` reads them too. `load()` is quicker, and says more precisely what is wrong
and where. It asks the database per file, not per record: references are looked up among the records loaded before, and
the rules between rows are left to the constraints of the database.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction

from codes.content.fixture_files import FILES, fixture_fields


class ContentError(Exception):
    """A fixture is invalid. The message names the file, the record, the field if there is one, and the cure."""


@dataclass(slots=True)
class _Row:
    """A record as an instance of its model, not saved yet.

    Attributes:
        location: file, line and first fields.
        instance: with everything but its many-to-many relations.
        related: the instances that it is related to by each many-to-many field.
    """

    location: str
    instance: models.Model
    related: dict[str, list[models.Model]] = field(default_factory=dict)


# The instances of each model by their natural keys.
_Loaded = dict[type[models.Model], dict[tuple, _Row]]


@transaction.atomic
def load(folder: Path) -> int:
    """Load all fixtures from a folder in one transaction.

    Returns:
        The number of records.

    Raises:
        ContentError: a record is malformed, invalid or duplicated.
    """
    loaded: _Loaded = {}
    for name, model in FILES.items():
        rows = _read(folder / name, model, loaded)
        try:
            with transaction.atomic():
                _insert(model, rows)
                _check_choices(model, rows)
        except IntegrityError:
            # The database does not say which record it is.
            _insert_one_by_one(rows)
            raise
    return sum(map(len, loaded.values()))


def _read(path: Path, model: type[models.Model], loaded: _Loaded) -> list[_Row]:
    """The records of a file, each valid in itself. They are added to `loaded`."""
    seen = loaded.setdefault(model, {})
    for location, record in _records(path):
        row = _build(record, model, location + _first_fields(record), loaded)
        key = row.instance.natural_key()  # type: ignore[attr-defined]
        if key in seen:
            raise ContentError(f"{row.location}: this record repeats {seen[key].location}. Keep one of the two.")
        seen[key] = row
    return list(seen.values())


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


def _build(record: Any, model: type[models.Model], location: str, loaded: _Loaded) -> _Row:
    """Make an instance of a record, and check all that can be checked without the database."""
    label = model._meta.label_lower
    if not isinstance(record, dict) or not isinstance(record.get("fields"), dict) or set(record) != {"model", "fields"}:
        raise ContentError(f"{location}: a record has a “model” and “fields”, and nothing else.")
    if record["model"] != label:
        raise ContentError(f"{location}: model is {record['model']!r}, but this file is for {label}.")
    row = _Row(location, model())
    references = set()
    columns: dict[Any, Any] = {column.name: column for column in fixture_fields(model)}
    for name, value in record["fields"].items():
        if name not in columns:
            raise ContentError(f"{location}: there is no field {name!r}. The fields are: {', '.join(columns)}.")
        column = columns[name]
        if column.many_to_many:
            row.related[name] = _related(column, value, location, loaded)
        elif column.is_relation and value is not None:
            setattr(row.instance, name, _referenced(column, value, location, loaded))
            references.add(name)
        else:
            setattr(row.instance, column.attname, value)
    try:
        row.instance.clean_fields(exclude=references)
        row.instance.clean()
    except ValidationError as error:
        raise ContentError(f"{location}: {_format(error)}") from error
    return row


def _referenced(column: Any, reference: Any, location: str, loaded: _Loaded) -> models.Model:
    """The instance that a record refers to."""
    row = _find(column.related_model, reference, loaded)
    if row is None:
        raise ContentError(
            f"{location}: {column.name}: there is no {column.related_model._meta.verbose_name} {reference}. "
            "Add it to its own file, or correct the reference."
        )
    return row.instance


def _related(column: Any, references: Any, location: str, loaded: _Loaded) -> list[models.Model]:
    """The instances that a record refers to with a list, each once."""
    model = column.related_model
    rows: dict[int, _Row] = {}
    for reference in references if isinstance(references, list) else [None]:
        row = _find(model, reference, loaded)
        if row is None:
            unknown = references if reference is None else reference
            raise ContentError(
                f"{location}: {column.name}: there is no {model._meta.verbose_name} {unknown!r} before this "
                "record. Write a list of references to records that come earlier."
            )
        rows[id(row)] = row
    return [row.instance for row in rows.values()]


def _find(model: type[models.Model], reference: Any, loaded: _Loaded) -> _Row | None:
    """The row with a natural key; one of a single value may also be written without the list."""
    key = _tuple(reference)
    try:
        return loaded[model].get(key if isinstance(key, tuple) else (key,))
    except TypeError:
        return None


def _tuple(value: Any) -> Any:
    return tuple(map(_tuple, value)) if isinstance(value, list) else value


def _insert(model: type[models.Model], rows: list[_Row]) -> None:
    """Save the rows of a file.

    Raises:
        IntegrityError: a row breaks a constraint.
    """
    model._default_manager.bulk_create([row.instance for row in rows])
    for column in model._meta.many_to_many:
        through: Any = column.remote_field.through
        source, target = column.m2m_field_name(), column.m2m_reverse_field_name()
        links = [(row.instance, other) for row in rows for other in row.related.get(column.name, ())]
        through._default_manager.bulk_create(through(**{source: one, target: other}) for one, other in links)


def _check_choices(model: type[models.Model], rows: list[_Row]) -> None:
    """Check that references are among the choices of their field, where it does not offer all rows of a model."""
    column: Any
    for column in model._meta.concrete_fields:
        if not column.is_relation or not (limit := column.get_limit_choices_to()):
            continue
        choices = column.related_model._default_manager.complex_filter(limit)
        allowed = {None, *choices.values_list("pk", flat=True)}
        for row in rows:
            if getattr(row.instance, column.attname) not in allowed:
                raise ContentError(
                    f"{row.location}: {column.name}: “{getattr(row.instance, column.name)}” is not among its choices. "
                    f"The field is for: {column.help_text}"
                )


def _insert_one_by_one(rows: list[_Row]) -> None:
    """Save rows until one of them is refused.

    Raises:
        ContentError: says which, and why.
    """
    for row in rows:
        if isinstance(row.instance._meta.pk, models.AutoField):
            row.instance.pk = None
        row.instance._state.adding = True
        try:
            row.instance.full_clean()
        except ValidationError as error:
            raise ContentError(f"{row.location}: {_format(error)}") from error
        row.instance.save()


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
