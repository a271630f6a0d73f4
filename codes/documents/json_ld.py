"""Structured data for search engines (schema.org)."""

from __future__ import annotations

from codes.documents.describe import absolute
from codes.documents.descriptions import Number

JSONObject = dict[str, object]

_CONTEXT = "https://schema.org"
_CC0 = "https://creativecommons.org/publicdomain/zero/1.0/"


def website() -> JSONObject:
    """The site and its search."""
    return {
        "@context": _CONTEXT,
        "@type": "WebSite",
        "name": "statusdocs",
        "url": absolute("/"),
        "potentialAction": {
            "@type": "SearchAction",
            "target": {"@type": "EntryPoint", "urlTemplate": absolute("/codes?q={text}")},
            "query-input": "required name=text",
        },
    }


def terms(document: Number) -> JSONObject:
    """The meanings of a number as terms of the set of all codes.

    Args:
        document: the description of the number.
    """
    url = absolute("/codes")
    return {
        "@context": _CONTEXT,
        "@graph": [
            {"@type": "DefinedTermSet", "@id": url, "name": "HTTP status codes", "url": url, "license": _CC0},
            *(
                {
                    "@type": "DefinedTerm",
                    "termCode": f"{meaning.number:03d}",
                    "name": meaning.phrase or f"HTTP status code {meaning.number:03d}",
                    "description": meaning.summary,
                    "url": meaning.url,
                    "inDefinedTermSet": {"@id": url},
                }
                for meaning in document.meanings
            ),
        ],
    }
