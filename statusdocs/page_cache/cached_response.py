"""What is answered from memory, and to whom."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable
from wsgiref.types import StartResponse, WSGIEnvironment

from django.conf import settings
from django.utils.http import parse_etags

from statusdocs.accept import preferred_type
from statusdocs.hosts import is_allowed_host
from statusdocs.page_cache.cached_page import IDENTITY, CachedPage, best_encoding, field, fields_of_not_modified

_METHODS = ("GET", "HEAD")
# The media types of the other representations, in the Link field of a page that has some (RFC 8288 section 3.4.1).
_TYPE = re.compile(r'; type="([^"]+)"')
# Preconditions other than If-None-Match are rare enough for Django to weigh them (RFC 9110 section 13.2.2).
_PRECONDITIONS = frozenset({"HTTP_IF_MATCH", "HTTP_IF_MODIFIED_SINCE", "HTTP_IF_UNMODIFIED_SINCE"})
# Characters. What Host, Accept and Accept-Encoding mean is remembered, in a bound of memory that no visitor can exceed.
# Where together they are longer, the request is Django's.
_LONGEST_FIELDS = 500


class CachedResponse:
    """A page as it is sent: next to nothing is left to compute when a request comes.

    A page that varies by Accept is the representation that its address prefers, and names the others in its Link field.
    """

    __slots__ = ("etags", "fields", "media_types", "not_modified", "page")

    def __init__(self, page: CachedPage) -> None:
        self.page = page
        opaque = page.etag.removeprefix("W/")
        self.etags = (opaque, f"W/{opaque}")
        # Empty where Accept makes no difference. Most pages share the texts.
        self.media_types: tuple[str, ...] = ()
        if "accept" in re.split("[ ,]+", field(page.fields, "vary").lower()):
            own = field(page.fields, "content-type").partition(";")[0]
            self.media_types = tuple(map(sys.intern, (own, *_TYPE.findall(field(page.fields, "link")))))
        # By encoding, the identity among them.
        self.fields = {encoding: page.fields_of(encoding) for encoding in (IDENTITY, *page.contents)}
        encoded = fields_of_not_modified(self.fields[next(iter(page.contents))])
        self.not_modified = {IDENTITY: fields_of_not_modified(page.fields), **dict.fromkeys(page.contents, encoded)}

    def is_preferred(self, environ: WSGIEnvironment) -> bool:
        """Whether a request prefers this representation to the others that its address has."""
        if not self.media_types:
            return True
        return preferred_type(environ.get("HTTP_ACCEPT", ""), self.media_types) == self.media_types[0]

    def answer(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer a plain reading, as a WSGI application does."""
        encoding = best_encoding(environ.get("HTTP_ACCEPT_ENCODING", ""))
        if encoding not in self.fields:
            encoding = IDENTITY
        # The server sends a list in one go, and anything else piece by piece, which takes it longer.
        if "HTTP_IF_NONE_MATCH" in environ and _matches(environ["HTTP_IF_NONE_MATCH"], self.etags):
            start_response("304 Not Modified", self.not_modified[encoding])
            return []
        start_response("200 OK", self.fields[encoding])
        return [self.page.content_in(encoding)] if environ["REQUEST_METHOD"] == "GET" else []


def is_plain_reading(environ: WSGIEnvironment) -> bool:
    """Whether any visitor at all would get the same answer to this, but for encoding and representation."""
    host = environ.get("HTTP_HOST", "")
    fields = len(host) + len(environ.get("HTTP_ACCEPT", "")) + len(environ.get("HTTP_ACCEPT_ENCODING", ""))
    return (
        environ["REQUEST_METHOD"] in _METHODS
        and fields <= _LONGEST_FIELDS
        and is_allowed_host(host)
        and environ.keys().isdisjoint(_PRECONDITIONS)
        # A curator sees each change at once, whoever has finished what.
        and ("HTTP_COOKIE" not in environ or f"{settings.SESSION_COOKIE_NAME}=" not in environ["HTTP_COOKIE"])
    )


def _matches(if_none_match: str, etags: tuple[str, str]) -> bool:
    """Whether a visitor has the page already, in whatever encoding (the weak comparison, RFC 9110 section 8.8.3.2)."""
    if if_none_match in etags:
        return True
    candidates = parse_etags(if_none_match)
    return candidates == ["*"] or not set(etags).isdisjoint(candidates)
