"""/openapi.json describes the addresses for programs, and every answer keeps to it."""

import pytest
import schemathesis
from django.core.handlers.wsgi import WSGIHandler
from hypothesis import HealthCheck, given, settings
from jsonschema import Draft202012Validator
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import positive_data_acceptance

from codes.documents import json_schema


@pytest.fixture
def described(db):
    return schemathesis.openapi.from_wsgi("/openapi.json", WSGIHandler())


@pytest.fixture
def description(get_json):
    return get_json("/openapi.json")


# The same requests every time, and few enough for a test of every day.
bounded = settings(
    max_examples=10, derandomize=True, database=None, deadline=None, suppress_health_check=list(HealthCheck)
)


def ask(operation, mode, **checks):
    """Send requests to an operation, valid or not, and hold every answer against the description."""

    @bounded
    @given(case=operation.as_strategy(generation_mode=mode))
    def asked(case):
        # What a client would unpack by itself.
        case.call_and_validate(headers={"Accept-Encoding": "identity"}, **checks)

    asked()


def operations(described):
    return {found.ok().label: found.ok() for found in described.get_all_operations()}


@pytest.mark.slow
@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE])
def test_every_answer_keeps_to_the_description(described, mode):
    asked = operations(described.exclude(path="/try/{number}"))
    assert {"GET /{number}", "GET /codes.json", "GET /headers/{header}.txt", "GET /suggest"} <= set(asked)

    for operation in asked.values():
        # Where nothing can be sent, nothing wrong can be sent.
        if mode == GenerationMode.POSITIVE or operation.path_parameters or operation.query:
            ask(operation, mode)


@pytest.mark.slow
def test_every_answer_to_try_keeps_to_the_description(described):
    asked = operations(described.include(path="/try/{number}"))
    assert {"GET /try/{number}", "PATCH /try/{number}"} <= set(asked)

    for operation in asked.values():
        # A 4xx or 5xx is what was asked for.
        ask(operation, GenerationMode.POSITIVE, excluded_checks=[not_a_server_error, positive_data_acceptance])


def test_the_documents_have_the_published_shapes(description):
    published = description["components"]["schemas"]

    assert set(published) == set(json_schema.DEFINITIONS)
    assert published["number"]["properties"]["meanings"]["items"] == {"$ref": "#/components/schemas/meaning"}
    for definition in published.values():
        Draft202012Validator.check_schema(definition)


@pytest.mark.parametrize(
    "path",
    [
        "/{number}",
        "/{number}.json",
        "/{number}/{vendor}.md",
        "/codes.csv",
        "/rfcs/{rfc}.txt",
        "/suggest",
        "/try/{number}",
    ],
)
def test_an_address_is_described(description, path):
    assert path in description["paths"]


def test_every_filter_of_the_list_is_described_with_its_values(description):
    parameters = {
        parameter["name"]: parameter["schema"] for parameter in description["paths"]["/codes.json"]["get"]["parameters"]
    }

    assert parameters["class"]["items"]["enum"] == ["1", "2", "3", "4", "5", ""]
    assert "nginx" in parameters["vendor"]["items"]["enum"]
    assert "-updated" in parameters["sort"]["enum"]


def test_the_address_of_the_server_is_the_setting(description):
    assert description["servers"] == [{"url": "http://127.0.0.1:8000"}]
