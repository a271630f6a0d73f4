"""The fixture files, the model of each, and the order in which they are loaded."""

from __future__ import annotations

from django.db import models

from codes import models as content

# In loading order: the models that a model refers to come before it.
FILES: dict[str, type[models.Model]] = {
    "classes.yaml": content.StatusClass,
    "registry.yaml": content.Registry,
    "rfcs.yaml": content.RFC,
    "vendors.yaml": content.Vendor,
    "header_fields.yaml": content.HeaderField,
    "libraries.yaml": content.Library,
    "codes.yaml": content.StatusCode,
    "former_phrases.yaml": content.FormerPhrase,
    "keywords.yaml": content.Keyword,
    "definitions.yaml": content.Definition,
    "properties.yaml": content.Property,
    "header_rules.yaml": content.HeaderRule,
    "constants.yaml": content.Constant,
    "examples.yaml": content.Example,
    "see_also.yaml": content.SeeAlso,
    "subcodes.yaml": content.Subcode,
    "sources.yaml": content.Source,
    "comparisons.yaml": content.Comparison,
    "steps.yaml": content.Step,
    "options.yaml": content.Option,
}


def fixture_fields(model: type[models.Model]) -> list[models.Field]:
    """The fields of a model in its fixture: all but the row id."""
    concrete = [field for field in model._meta.concrete_fields if field.name != "id"]
    return [*concrete, *model._meta.many_to_many]
