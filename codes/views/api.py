"""The page for programs, the JSON Schema and the OpenAPI description."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, QueryDict

from codes.documents import responses
from codes.documents.json_schema import DEFINITIONS, fields
from codes.documents.json_schema import json_schema as describe_shapes
from codes.documents.openapi import openapi as describe_addresses
from codes.listing.filters import CodeFilter
from codes.models import StatusCode
from codes.views.try_status import PRECONDITIONS


def api(request: HttpRequest) -> HttpResponse:
    """Addresses, representations, errors, and every field of the documents."""
    codes = CodeFilter(QueryDict(), queryset=StatusCode.objects.all())
    return responses.page(
        "api.html",
        origin=settings.ORIGIN,
        filters=[
            {"name": name, "help_text": field.help_text or field.label, "allowed": codes.allowed(name)}
            for name, field in codes.form.fields.items()
        ],
        preconditions=[(number, what_to_send) for number, (_, what_to_send) in PRECONDITIONS.items()],
        shapes=[
            {"name": name, "description": definition["description"], "fields": list(fields(definition))}
            for name, definition in DEFINITIONS.items()
        ],
    )


def json_schema(request: HttpRequest) -> HttpResponse:
    """The JSON Schema of every document."""
    return responses.json(describe_shapes())


def openapi(request: HttpRequest) -> HttpResponse:
    """The OpenAPI description of every address for programs."""
    return responses.json(describe_addresses())
