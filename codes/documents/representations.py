"""The representations of a document, named by the suffix of their address, with their media types."""

from __future__ import annotations

HTML = "html"
JSON = "json"
MARKDOWN = "md"
TEXT = "txt"
CSV = "csv"

CONTENT_TYPES = {
    HTML: "text/html; charset=utf-8",
    JSON: "application/json",
    MARKDOWN: "text/markdown; charset=utf-8",
    TEXT: "text/plain; charset=utf-8",
    CSV: "text/csv; charset=utf-8; header=present",
}
MEDIA_TYPES = {representation: content_type.partition(";")[0] for representation, content_type in CONTENT_TYPES.items()}
# An error as JSON (RFC 9457 section 6.1).
PROBLEM_JSON = "application/problem+json"
# The suffixes that every document has; without one the address is that of the page.
SUFFIXES = (JSON, MARKDOWN, TEXT)
