"""Phrases and constants as addresses: `/not-found`, `/404-not-found`, `/HTTP_404_NOT_FOUND`."""

import re
from collections.abc import Iterable

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.urls import reverse

from codes.documents import responses
from codes.documents.describe import describe_choices, describe_table_row, link_code
from codes.documents.descriptions import Nearest
from codes.documents.negotiation import suffix_of
from codes.documents.representations import HTML
from codes.models import StatusCode
from codes.search.aliases import codes_named, spelled_like
from codes.views.errors import NEAREST, NotFound, nearest_codes

# A name with a number before or after it.
_NUMBERED = re.compile(
    r"(?:http[ _-])?(?P<number>[0-9]{3})[ _-](?P<name>.+)|(?P<before>.+)[ _-](?P<behind>[0-9]{3})", re.IGNORECASE
)


def name(request: HttpRequest, name: str, representation: str) -> HttpResponse:
    """A redirect to the number that has a name, or a list if several have it."""
    found = codes_named(name)
    if not found and (numbered := _NUMBERED.fullmatch(name)):
        number = int(numbered["number"] or numbered["behind"])
        others = codes_named(numbered["name"] or numbered["before"])
        found = {code: other for code, other in others.items() if other == number}
        if not found:
            raise NotFound(f"{number:03d} does not have this name.", [*nearest_codes(number), *_links(others)])
    if not found:
        raise NotFound("There is no page at this address.", _links(spelled_like(name, at_most=NEAREST)))

    numbers = set(found.values())
    if len(numbers) == 1:
        return to_number(request, numbers.pop())
    codes = list(StatusCode.objects.filter(pk__in=found).for_list())
    if representation != HTML:
        return responses.document(describe_choices(codes), representation, status=300)
    return responses.page("codes/choices.html", status=300, rows=[describe_table_row(code) for code in codes])


def to_number(request: HttpRequest, number: int) -> HttpResponse:
    """A redirect to a number, with the same suffix and query."""
    suffix = suffix_of(request.path)
    target = reverse(f"number-{suffix}" if suffix else "number", args=[number])
    _, mark, query = request.get_full_path().partition("?")
    response = HttpResponsePermanentRedirect(f"{target}{mark}{query}")
    # Not permanent: another number may get the same name.
    response.headers["Cache-Control"] = "max-age=3600"
    # Scripts on other sites follow a redirect only if they may read it.
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response


def _links(codes: Iterable[int]) -> list[Nearest]:
    found = StatusCode.objects.for_links().in_bulk(list(codes))
    return [link_code(found[code]) for code in codes]
