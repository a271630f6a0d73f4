"""Files for search engines, browsers and language models."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from codes.documents import markdown, responses
from codes.documents.describe import (
    describe_class,
    describe_class_list,
    describe_code_list,
    describe_header_list,
    describe_rfc_list,
    describe_vendor_list,
    summarise_code,
)
from codes.documents.representations import CONTENT_TYPES, TEXT
from codes.models import RFC, HeaderField, Registry, StatusClass, StatusCode, Vendor
from codes.publishing import addresses


def sitemap(request: HttpRequest) -> HttpResponse:
    """Every page, and when its content last changed (sitemaps.org). Unassigned numbers too: people look them up."""
    modified = addresses.modified()
    pages = [(path, modified.get(path)) for path in (*addresses.pages(), *addresses.documents())]
    return _written("sitemap.xml", "application/xml", pages=pages)


def robots(request: HttpRequest) -> HttpResponse:
    """The addresses that crawlers need not fetch (RFC 9309)."""
    return _written("robots.txt", CONTENT_TYPES[TEXT])


def opensearch(request: HttpRequest) -> HttpResponse:
    """The search from the address bar of a browser (OpenSearch 1.1)."""
    return _written("opensearch.xml", "application/opensearchdescription+xml")


def llms(request: HttpRequest) -> HttpResponse:
    """An overview for language models, as links (llmstxt.org)."""
    codes = list(StatusCode.objects.for_links())
    registered = [code for code in codes if not code.vendor]
    return _written(
        "llms.txt",
        CONTENT_TYPES[TEXT],
        classes=[
            (
                describe_class(status_class),
                [summarise_code(code) for code in registered if code.status_class_id == status_class.digit],
            )
            for status_class in StatusClass.objects.all()
        ],
        vendor_codes=[summarise_code(code) for code in codes if code.vendor],
    )


def llms_full(request: HttpRequest) -> HttpResponse:
    """Everything in one file of Markdown: the lists, and every number that has a meaning."""
    numbers = describe_code_list(StatusCode.objects.for_detail(), Registry.objects.first())
    documents = [
        describe_class_list(StatusClass.objects.all()),
        describe_vendor_list(Vendor.objects.all()),
        describe_header_list(HeaderField.objects.order_by("slug")),
        describe_rfc_list(RFC.objects.for_list()),
        *numbers.results,
    ]
    return responses.data("\n---\n\n".join(map(markdown.write, documents)), CONTENT_TYPES[TEXT])


def _written(name: str, content_type: str, **context: Any) -> HttpResponse:
    return responses.data(render_to_string(f"discovery/{name}", context), content_type)
