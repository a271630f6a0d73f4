"""A cached page: the response to GET, with its content in every encoding."""

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
# The smallest result first. Brotli's quality 10 is a seventh smaller than 6; 11 saves another fiftieth for three times
# the work.
ENCODERS: dict[str, Callable[[bytes], bytes]] = {
    "br": lambda content: brotli.compress(content, quality=10),
    "zstd": lambda content: zstd.compress(content, 15),
    "gzip": lambda content: zlib.compress(content, 9, 16 + zlib.MAX_WBITS),
}

FASTEST_TO_DECODE = "zstd"
# Bytes, encoded. Decoded content up to this size is memoized, for popular pages and clients without encodings; the
# pages of numbers are smaller, and larger ones would take too much memory.
MAX_MEMOIZED_BYTES = 10_000

# A 304 has no content, and so none of the fields that describe it (RFC 9110 section 15.4.5).
_CONTENT_FIELDS = {"content-type", "content-length", "content-encoding"}


@dataclass(frozen=True, slots=True)
class CachedPage:
    """The header fields of a 200 response, as Django sent them, and its content.

    Text is stored in every encoding of `ENCODERS` only: clients that take none of them are rare, and decoding is fast.
    Content that some encoding does not make smaller, such as a picture or a few words, is stored as it is.

    Attributes:
        fields: names and values, for content without an encoding.
        contents: the content by encoding.
    """

    fields: Fields
    contents: dict[str, bytes]

    @classmethod
    def from_response(cls, fields: Fields, content: bytes) -> CachedPage:
        """Encode the content of a response."""
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
        """The content in an encoding of `contents`, or in `identity`."""
        if encoding in self.contents:
            return self.contents[encoding]
        content = self.contents[FASTEST_TO_DECODE]
        return _decoded(content) if len(content) <= MAX_MEMOIZED_BYTES else zstd.decompress(content)

    @property
    def etag(self) -> str:
        """The entity tag of the content without an encoding."""
        return field(self.fields, "etag")

    def fields_for(self, encoding: str) -> Fields:
        """The header fields for content in an encoding. The ETag is then a weak one."""
        if encoding == IDENTITY:
            return self.fields
        replaced = {"content-length": str(len(self.contents[encoding])), "etag": f"W/{self.etag}"}
        fields = [(name, replaced.get(name.lower(), value)) for name, value in self.fields]
        return [*fields, ("Content-Encoding", encoding)]


def not_modified_fields(fields: Iterable[tuple[str, str]]) -> Fields:
    """The header fields of the 304 in place of a 200 with these fields."""
    return [(name, value) for name, value in fields if name.lower() not in _CONTENT_FIELDS]


@lru_cache(maxsize=128)
def _decoded(content: bytes) -> bytes:
    return zstd.decompress(content)


def field(fields: Iterable[tuple[str, str]], lower_name: str) -> str:
    """The value of a header field; empty where there is none."""
    return next((value for name, value in fields if name.lower() == lower_name), "")


def request(application: WSGIApplication, origin: str, path: str) -> tuple[int, Fields, bytes]:
    """Send a GET without preferences to an application.

    Args:
        application: the application.
        origin: the public origin of the site; its host goes into the Host field.
        path: the path, percent-encoded.

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
    status, fields, content = response_of(application, environ)
    return int(status.split()[0]), fields, content


def response_of(application: WSGIApplication, environ: WSGIEnvironment) -> tuple[str, Fields, bytes]:
    """The status line, the header fields and the whole content of an application's response (PEP 3333)."""
    head: list[Any] = []

    def start_response(status: str, fields: Fields, exc_info: Any = None) -> Callable[[bytes], object]:
        head[:] = [status, fields]
        return lambda content: None

    chunks = application(environ, start_response)
    try:
        content = b"".join(chunks)
    finally:
        if hasattr(chunks, "close"):
            chunks.close()
    return head[0], head[1], content


def path_info(path: str) -> str:
    """A percent-encoded path as PATH_INFO has it: its octets, each as one character (PEP 3333)."""
    return unquote_to_bytes(path).decode("latin-1")


@lru_cache(maxsize=1024)
def best_encoding(accept_encoding: str) -> str:
    """The encoding of `ENCODERS` that a client prefers, `identity` where it takes none; of equal ones the smallest.

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
