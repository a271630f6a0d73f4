"""What search engines, browsers and language models read to find the rest."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from codes.documents import markdown, responses
from codes.documents.describe import describe_code_list
from codes.documents.representations import CONTENT_TYPES, TEXT
from codes.models import Registry, StatusClass, StatusCode
from codes.publishing import addresses
from codes.views import catalogue


def sitemap(request: HttpRequest) -> HttpResponse:
    """Every page, and when its content last changed (sitemaps.org). Unassigned numbers too: people look them up."""
    modified = addresses.modified()
    pages = [(path, modified.get(path)) for path in (*addresses.pages(), *addresses.documents())]
    return _written("sitemap.xml", "application/xml", pages=pages)


def robots(request: HttpRequest) -> HttpResponse:
    """What is not worth reading for a machine (RFC 9309)."""
    return _written("robots.txt", CONTENT_TYPES[TEXT])


def opensearch(request: HttpRequest) -> HttpResponse:
    """How a browser searches the site from its address bar (OpenSearch 1.1)."""
    return _written("opensearch.xml", "application/opensearchdescription+xml")


def llms(request: HttpRequest) -> HttpResponse:
    """What a language model finds here, as links (llmstxt.org)."""
    codes = list(StatusCode.objects.for_links())
    return _written(
        "llms.txt",
        CONTENT_TYPES[TEXT],
        classes=[
            (status_class, [code for code in codes if not code.vendor and code.status_class_id == status_class.digit])
            for status_class in StatusClass.objects.all()
        ],
        vendor_codes=[code for code in codes if code.vendor],
    )


def llms_full(request: HttpRequest) -> HttpResponse:
    """Everything in one file of Markdown: the lists, and every number that has a meaning."""
    numbers = describe_code_list(StatusCode.objects.for_detail(), Registry.objects.first())["results"]
    lists = [
        view(request)
        for view in (catalogue.class_list, catalogue.vendor_list, catalogue.header_list, catalogue.rfc_list)
    ]
    written = [
        *(document.markdown(document.describe()) for document in lists),
        *(markdown.number(number) for number in numbers),
    ]
    return responses.data("\n---\n\n".join(written), CONTENT_TYPES[TEXT])


def _written(name: str, content_type: str, **context: Any) -> HttpResponse:
    return responses.data(render_to_string(f"discovery/{name}", context), content_type)
