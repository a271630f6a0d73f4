"""Every public address of the current content, without query strings: for the sitemap, the page cache and tests."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.urls import reverse

from codes.documents.representations import SUFFIXES
from codes.models import RFC, Comparison, HeaderField, StatusClass, StatusCode, Step, Subcode, Vendor


def pages() -> Iterator[str]:
    """The paths of the addresses that have only a page."""
    yield reverse("home")
    yield reverse("about")
    yield reverse("api")
    for subcode in Subcode.objects.for_detail():
        yield subcode.get_absolute_url()
    yield reverse("comparison-list")
    for comparison in Comparison.objects.for_links():
        yield comparison.get_absolute_url()
    for step in Step.objects.all():
        yield step.get_absolute_url()


def numbers() -> list[int]:
    """The numbers that have a page: 100 to 599, and any other in use."""
    return [*range(100, 600), *(number for number in StatusCode.objects.numbers() if not 100 <= number <= 599)]


def documents() -> Iterator[str]:
    """The paths, without a suffix, of the addresses that are also available as data."""
    for number in numbers():
        yield reverse("number", args=[number])
    for code in StatusCode.objects.exclude(vendor=None).for_links():
        yield code.get_absolute_url()
    yield reverse("code-list")
    for name, model in (
        ("class-list", StatusClass),
        ("rfc-list", RFC),
        ("vendor-list", Vendor),
        ("header-list", HeaderField),
    ):
        yield reverse(name)
        for thing in model._default_manager.all():
            yield thing.get_absolute_url()


def cards() -> Iterator[str]:
    """The paths of the social cards."""
    yield reverse("site-card")
    for number in numbers():
        yield reverse("number-card", args=[number])


def files() -> Iterator[str]:
    """The paths of the files for machines."""
    for name in ("sitemap", "robots", "opensearch", "llms", "llms-full", "json-schema", "openapi"):
        yield reverse(name)


def every() -> Iterator[str]:
    """Every path: pages, documents, each document with every suffix, social cards, files."""
    yield from pages()
    for path in documents():
        yield path
        yield from (f"{path}.{suffix}" for suffix in SUFFIXES)
    yield reverse("code-list-csv")
    yield from files()
    yield from cards()


def modified() -> dict[str, datetime]:
    """When the content of a page last changed, by path, where that is known.

    Meanings record when they changed. Classes, RFCs, vendors, header fields, comparisons and steps do not: their pages
    are not included.
    """
    latest: dict[str, datetime] = {}
    columns = ("number", "vendor__slug", "updated_at")
    for code in StatusCode.objects.select_related("vendor").only(*columns):
        paths = {code.get_absolute_url(), reverse("number", args=[code.number]), reverse("home"), reverse("code-list")}
        for path in paths:
            latest[path] = max(latest.get(path, code.updated_at), code.updated_at)
    for subcode in Subcode.objects.select_related("code__vendor").only(
        "number", *(f"code__{name}" for name in columns)
    ):
        latest[subcode.get_absolute_url()] = subcode.code.updated_at
    return latest
