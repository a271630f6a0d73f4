"""Every JSON document of the site has the published shape, and fields of it are only ever added."""

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator, FormatChecker

from codes.documents import json_schema
from codes.publishing import addresses

# One line a field; a line is added with a field and never taken away.
PUBLISHED_FIELDS = Path(__file__).parent.parent / "published" / "fields.txt"


def closed(part):
    """The same schema, but a field that it does not describe is an error."""
    if isinstance(part, list):
        return [closed(item) for item in part]
    if not isinstance(part, dict):
        return part
    inside = {name: closed(item) for name, item in part.items()}
    return {**inside, "additionalProperties": False} if part.get("type") == "object" else inside


@pytest.fixture(scope="module")
def complaints():
    """What is wrong with a document that should have the shape of a definition, with no field besides."""
    definitions = closed(json_schema.DEFINITIONS)

    def complaints(document, definition):
        shape = {"$ref": f"#/$defs/{definition}", "$defs": definitions}
        errors = Draft202012Validator(shape, format_checker=FormatChecker()).iter_errors(document)
        return [f"{error.json_path}: {error.message}" for error in errors]

    return complaints


def definition_of(path):
    """The definition that a document should have, by its address."""
    first, _, rest = path.strip("/").partition("/")
    kinds = {"classes": "class", "rfcs": "rfc", "vendors": "vendor", "headers": "header"}
    if first in kinds:
        return f"{kinds[first]}_{'detail' if rest else 'list'}"
    return "number_list" if first == "codes" else "number"


def test_the_schema_is_one(get_json):
    document = get_json("/schema.json")

    Draft202012Validator.check_schema(document)
    assert document["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert document["$id"] == "http://127.0.0.1:8000/schema.json"


def test_every_document_has_the_published_shape(answer_at, db, complaints):
    paths = list(addresses.documents())
    assert {"/404", "/427", "/499/nginx", "/codes", "/classes/4xx", "/headers/retry-after"} <= set(paths)

    wrong = {}
    for path in paths:
        answer = answer_at(f"{path}.json")
        assert (answer.status_code, answer.headers["Content-Type"]) == (200, "application/json"), path
        wrong[path] = complaints(json.loads(answer.content), definition_of(path))

    assert {path: found for path, found in wrong.items() if found} == {}


def test_a_filtered_list_has_the_published_shape(get_json, complaints):
    for query in ("class=4&vendor=nginx", "q=nobody+says+this", "q=teapot&sort=-updated"):
        assert complaints(get_json(f"/codes.json?{query}"), "number_list") == []


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/777.json", 404),
        ("/nope.json", 404),
        ("/499/ngin.json", 404),
        ("/vendors/ngin.json", 404),
        ("/rfcs/9999.json", 404),
        ("/headers/retry.json", 404),
        ("/codes.json?class=9&sort=size", 400),
        ("/codes.json?q=" + "a" * 3000, 400),
    ],
)
def test_every_problem_has_the_published_shape(problem, complaints, path, status):
    assert complaints(problem(path, status), "problem") == []


def test_what_is_tried_and_suggested_has_the_published_shape(client, get_json, complaints):
    tried = client.get("/try/503", headers={"Accept": "application/json"}).json()

    assert complaints(tried, "tried") == []
    assert complaints(client.get("/suggest?q=teapot").json(), "suggestions") == []


def test_a_field_that_is_not_described_is_found_here_and_allowed_by_the_published_schema(get_json, complaints):
    document = {**get_json("/classes/4xx.json"), "new": True}

    assert complaints(document, "class_detail") == ["$: Additional properties are not allowed ('new' was unexpected)"]
    Draft202012Validator(get_json("/schema.json")).validate(document)


def test_what_may_stand_in_a_field_is_what_the_models_know():
    meaning = json_schema.DEFINITIONS["meaning"]["properties"]

    assert meaning["state"]["enum"] == ["active", "deprecated", "retired", "disputed"]
    assert meaning["arises_at"]["enum"][-1] is None
    properties = meaning["properties"]["properties"]
    assert properties["interim"]["properties"]["value"]["enum"] == [True, False, "silent", "not-applicable", None]
    assert "post-may-become-get" in properties["redirect_method"]["properties"]["value"]["enum"]
    assert "unassigned" in json_schema.DEFINITIONS["number"]["properties"]["registration"]["enum"]


def published_now():
    """Every field of every definition: `number.phrase`, `meaning.advice.visitor`."""
    return {
        f"{name}.{field.name}"
        for name, definition in json_schema.DEFINITIONS.items()
        for field in json_schema.fields(definition)
    }


def test_a_field_that_was_published_stays():
    published = PUBLISHED_FIELDS.read_text().split()

    assert sorted(set(published) - published_now()) == []


def test_every_field_is_listed_as_published():
    assert sorted(published_now() - set(PUBLISHED_FIELDS.read_text().split())) == []
