"""Suggestions while a search text is typed: for the site's own search field and for browsers."""

from django.http import HttpRequest, HttpResponse

from codes import search
from codes.documents import responses
from codes.documents.describe import absolute, describe_problem
from codes.documents.descriptions import ParameterError
from codes.documents.representations import JSON

_MAX_SUGGESTIONS = 8
# OpenSearch Suggestions 1.1: the text, then titles, details and addresses as three lists of equal length.
_CONTENT_TYPE = "application/x-suggestions+json"


def suggest(request: HttpRequest) -> HttpResponse:
    """The pages that match `q`, best match first, ranked as in the list of codes."""
    text = request.GET.get("q", "")
    if len(text) > search.MAX_LENGTH:
        error = ParameterError(parameter="q", messages=[search.TOO_LONG_MESSAGE])
        # Always JSON: suggestions are only for programs.
        response = responses.problem(describe_problem(400, f"q: {search.TOO_LONG_MESSAGE}", errors=[error]), JSON)
        response.headers["Cache-Control"] = "no-store"
        return response

    hits = search.find(text)[:_MAX_SUGGESTIONS]
    return responses.json(
        [text, [hit.title for hit in hits], [hit.detail for hit in hits], [absolute(hit.path) for hit in hits]],
        content_type=_CONTENT_TYPE,
    )
