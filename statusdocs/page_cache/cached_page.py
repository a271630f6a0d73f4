"""One finished page: the answer to GET, with its content in every encoding."""

from __future__ import annotations

import sys
import zlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from typing import Any
from urllib.parse import unquote_to_bytes, urlsplit
from wsgiref.types import WSGIApplication, WSGIEnvironment

import brotli
from django_http_compression.middleware import HttpCompressionMiddleware

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

Fields = list[tuple[str, str]]

IDENTITY = "identity"
# The smallest first: at equal quality values it is sent. Brotli's 10 saves a seventh of the size that its 6 gives,
# its 11 another fiftieth for three times the work.
ENCODERS: dict[str, Callable[[bytes], bytes]] = {
    "br": lambda content: brotli.compress(content, quality=10),
    "zstd": lambda content: zstd.compress(content, 15),
    "gzip": lambda content: zlib.compress(content, 9, 16 + zlib.MAX_WBITS),
}

# The encoding from which content is decoded: the fastest.
DECODED = "zstd"
# Bytes. Some pages are read most, also by programs that take no encoding: for them it is done once. What is larger than
# pages of numbers are would take too much memory.
LARGEST_REMEMBERED = 10_000

# Of the fields of a 200 a 304 leaves out those that describe content it has not (RFC 9110 section 15.4.5).
_OF_CONTENT = {"content-type", "content-length", "content-encoding"}


@dataclass(frozen=True, slots=True)
class CachedPage:
    """The header fields of an answer of 200, as Django sent them, and its content.

    A text is there in every encoding of `ENCODERS` and in no other way: who wants it as it is gets it decoded, and is
    rare. What no encoding makes smaller, a picture or a few words, is there as it is.
    """

    fields: Fields
    contents: dict[str, bytes]

    @classmethod
    def of(cls, fields: Fields, content: bytes) -> CachedPage:
        """The page of an answer."""
        if HttpCompressionMiddleware.content_type_re.match(field(fields, "content-type")):
            encoded = {encoding: encode(content) for encoding, encode in ENCODERS.items()}
            if max(map(len, encoded.values())) < len(content):
                return cls(fields, encoded)
        return cls(fields, {IDENTITY: content})

    @property
    def content(self) -> bytes:
        """The content without an encoding."""
        return self.content_in(IDENTITY)

    def content_in(self, encoding: str) -> bytes:
        """The content in an encoding of `contents`, or without one."""
        if encoding in self.contents:
            return self.contents[encoding]
        content = self.contents[DECODED]
        return _decoded(content) if len(content) <= LARGEST_REMEMBERED else zstd.decompress(content)

    @property
    def etag(self) -> str:
        """The entity tag of the content without an encoding."""
        return field(self.fields, "etag")

    def fields_of(self, encoding: str) -> Fields:
        """The header fields of the answer in an encoding, of whose content the ETag is then a weak one."""
        if encoding == IDENTITY:
            return self.fields
        replaced = {"content-length": str(len(self.contents[encoding])), "etag": f"W/{self.etag}"}
        fields = [(name, replaced.get(name.lower(), value)) for name, value in self.fields]
        return [*fields, ("Content-Encoding", encoding)]


def fields_of_not_modified(fields: Fields) -> Fields:
    """The header fields of a 304 in place of a 200 with these."""
    return [(name, value) for name, value in fields if name.lower() not in _OF_CONTENT]


@lru_cache(maxsize=128)
def _decoded(content: bytes) -> bytes:
    return zstd.decompress(content)


def field(fields: Iterable[tuple[str, str]], wanted: str) -> str:
    """The value of a header field, empty where there is none."""
    return next((value for name, value in fields if name.lower() == wanted), "")


def request(application: WSGIApplication, origin: str, path: str) -> tuple[int, Fields, bytes]:
    """Ask an application for an address, as a visitor would who accepts anything.

    Args:
        application: what answers.
        origin: the public origin of the site, whose host is asked for.
        path: the address's path, percent-encoded.

    Returns:
        The status, the header fields and the content.
    """
    parts = urlsplit(origin)
    environ: dict[str, Any] = {
        "REQUEST_METHOD": "GET",
        "SCRIPT_NAME": "",
        "PATH_INFO": path_info(path),
        "QUERY_STRING": "",
        "SERVER_NAME": parts.hostname,
        "SERVER_PORT": str(parts.port or {"http": 80, "https": 443}[parts.scheme]),
        "SERVER_PROTOCOL": "HTTP/1.1",
        "HTTP_HOST": parts.netloc,
        "HTTP_X_FORWARDED_PROTO": parts.scheme,
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": parts.scheme,
        "wsgi.input": BytesIO(),
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": False,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }
    status, fields, content = answer_of(application, environ)
    return int(status.split()[0]), fields, content


def answer_of(application: WSGIApplication, environ: WSGIEnvironment) -> tuple[str, Fields, bytes]:
    """The status line, the header fields and the whole content that an application answers."""
    answer: list[Any] = []

    def start_response(status: str, fields: Fields, exc_info: Any = None) -> Callable[[bytes], object]:
        answer[:] = [status, fields]
        return lambda content: None

    parts_of_content = application(environ, start_response)
    try:
        content = b"".join(parts_of_content)
    finally:
        if hasattr(parts_of_content, "close"):
            parts_of_content.close()
    return answer[0], answer[1], content


def path_info(path: str) -> str:
    """A percent-encoded path as WSGI hands it on: its octets, each as one character (PEP 3333)."""
    return unquote_to_bytes(path).decode("latin-1")


@lru_cache(maxsize=1024)
def best_encoding(accept_encoding: str) -> str:
    """The encoding that a client prefers of those that we make; at equal quality values the one that is smallest.

    Args:
        accept_encoding: the value of Accept-Encoding (RFC 9110 section 12.5.3).
    """
    qualities: dict[str, float] = {}
    for element in accept_encoding.lower().split(","):
        name, _, parameter = (part.strip() for part in element.partition(";"))
        try:
            qualities[name] = float(parameter.removeprefix("q=")) if parameter else 1.0
        except ValueError:
            qualities[name] = 0.0
    best = max(ENCODERS, key=lambda encoding: qualities.get(encoding, 0.0))
    return best if qualities.get(best, 0.0) > 0 else IDENTITY
