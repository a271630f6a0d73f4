"""The representation of a document: given by the suffix of the address, or by `Accept`."""

from collections.abc import Callable, Sequence
from functools import wraps
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers

from codes.documents.describe import absolute, describe_problem
from codes.documents.descriptions import Representation
from codes.documents.negotiation import preferred
from codes.documents.representations import HTML, JSON, MEDIA_TYPES
from codes.views import errors

View = Callable[..., HttpResponse]
Addresses = dict[str, str]

# `Link` and `Content-Location` repeat the query, and header fields must stay short.
_QUERY_MAX_LENGTH = 500


def negotiated(view: View, suffixes: Sequence[str]) -> View:
    """Pass the representation that `Accept` prefers to a view, as `representation`."""

    @wraps(view)
    def wrapper(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        addresses = _addresses(request, "", suffixes)
        representation = preferred(request, addresses)
        # If none is acceptable, the view runs all the same, since 404 takes precedence over 406.
        response = view(request, *args, **kwargs, representation=representation or JSON)
        if not _is_document(response):
            return response
        if not representation:
            return _not_acceptable(request, addresses)
        response.headers["Link"] = _links(addresses, representation)
        patch_vary_headers(response, ["Accept"])
        if representation != HTML:
            if len(addresses[representation].partition("?")[2]) <= _QUERY_MAX_LENGTH:
                response.headers["Content-Location"] = addresses[representation]
            # Shared caches may ignore Vary: Accept, so they may store only what browsers get.
            response.headers["Cache-Control"] = "private, no-cache"
        return response

    return wrapper


def in_representation(representation: str, view: View, suffixes: Sequence[str]) -> View:
    """Pass this representation to a view, whatever `Accept` says."""

    @wraps(view)
    def wrapper(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        response = view(request, *args, **kwargs, representation=representation)
        if _is_document(response):
            response.headers["Link"] = _links(_addresses(request, f".{representation}", suffixes), representation)
        return response

    return wrapper


def _is_document(response: HttpResponse) -> bool:
    """Whether a response is a document, not an error or a redirect."""
    return response.status_code in (HTTPStatus.OK, HTTPStatus.MULTIPLE_CHOICES)


def _addresses(request: HttpRequest, suffix: str, suffixes: Sequence[str]) -> Addresses:
    """The path and query of every representation of the requested document."""
    path, mark, query = request.get_full_path().partition("?")
    bare = path.removesuffix(suffix)
    return {HTML: f"{bare}{mark}{query}", **{each: f"{bare}.{each}{mark}{query}" for each in suffixes}}


def _links(addresses: Addresses, representation: str) -> str:
    """The value of `Link`: the canonical page (RFC 6596) and the other representations (RFC 8288)."""
    canonical, _, query = addresses[HTML].partition("?")
    links = [f'<{absolute(canonical)}>; rel="canonical"']
    if len(query) <= _QUERY_MAX_LENGTH:
        links += [
            f'<{absolute(path)}>; rel="alternate"; type="{MEDIA_TYPES[other]}"'
            for other, path in addresses.items()
            if other != representation
        ]
    return ", ".join(links)


def _not_acceptable(request: HttpRequest, addresses: Addresses) -> HttpResponse:
    choices = [Representation(media_type=MEDIA_TYPES[each], path=path) for each, path in addresses.items()]
    media_types = ", ".join(choice.media_type for choice in choices)
    detail = f"None of the media types in Accept is available here, or Accept is malformed. Available: {media_types}."
    return errors.respond(request, describe_problem(406, detail), context={"choices": choices})
