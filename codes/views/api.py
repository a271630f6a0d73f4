"""How programs use the site."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, QueryDict

from codes import representations, schema
from codes.listing.filters import CodeFilter
from codes.models import StatusCode
from codes.openapi import openapi as describe_addresses
from codes.views.try_status import PRECONDITIONS


def api(request: HttpRequest) -> HttpResponse:
    """Addresses, representations, errors, and every field of the documents."""
    codes = CodeFilter(QueryDict(), queryset=StatusCode.objects.all())
    context = {
        "origin": settings.ORIGIN,
        "filters": [
            {"name": name, "help_text": field.help_text or field.label, "allowed": codes.allowed(name)}
            for name, field in codes.form.fields.items()
        ],
        "preconditions": [(number, what_to_send) for number, (_, what_to_send) in PRECONDITIONS.items()],
        "shapes": [
            {"name": name, "description": definition["description"], "fields": list(schema.fields(definition))}
            for name, definition in schema.DEFINITIONS.items()
        ],
    }
    return representations.html("api.html", context)


def json_schema(request: HttpRequest) -> HttpResponse:
    """The shape of every JSON document."""
    return representations.json(schema.json_schema())


def openapi(request: HttpRequest) -> HttpResponse:
    """Every address that programs read, with the shapes of its answers."""
    return representations.json(describe_addresses())
