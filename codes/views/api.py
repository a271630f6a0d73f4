"""How programs use the site."""

from django.http import HttpRequest, HttpResponse

from codes import representations, schema


def json_schema(request: HttpRequest) -> HttpResponse:
    """The shape of every JSON document."""
    return representations.json(schema.json_schema())
