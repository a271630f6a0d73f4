"""What search engines and browsers read to find the rest."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from codes import addresses, representations


def sitemap(request: HttpRequest) -> HttpResponse:
    """Every page, and when its content last changed (sitemaps.org). Unassigned numbers too: people look them up."""
    modified = addresses.modified()
    pages = [(path, modified.get(path)) for path in (*addresses.pages(), *addresses.documents())]
    return _written("sitemap.xml", "application/xml", pages=pages)


def robots(request: HttpRequest) -> HttpResponse:
    """What is not worth reading for a machine (RFC 9309)."""
    return _written("robots.txt", "text/plain; charset=utf-8")


def opensearch(request: HttpRequest) -> HttpResponse:
    """How a browser searches the site from its address bar (OpenSearch 1.1)."""
    return _written("opensearch.xml", "application/opensearchdescription+xml")


def _written(name: str, content_type: str, **context: Any) -> HttpResponse:
    return representations.data(render_to_string(f"discovery/{name}", context), content_type)
