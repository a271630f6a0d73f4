"""Classes, RFCs, vendors and header fields: each as a list and as a page of its own."""

from typing import Any

from django.http import HttpRequest

from codes.documents import markdown
from codes.documents.describe import (
    describe_class,
    describe_header,
    describe_list,
    describe_rfc,
    describe_table_row,
    describe_vendor,
    with_codes,
    with_definitions,
    with_rules,
)
from codes.documents.document import Document
from codes.drawings.rfc_tree import draw_rfc_tree
from codes.models import RFC, HeaderField, HeaderRule, StatusClass, StatusCode, Vendor
from codes.models.headers import STRICTEST_FIRST
from codes.views.errors import Unknown, nearest_headers, nearest_rfcs, nearest_vendors


def class_list(request: HttpRequest) -> Document:
    """The five classes."""
    classes = StatusClass.objects.all()
    return Document(
        describe=lambda: describe_list([describe_class(status_class) for status_class in classes]),
        markdown=markdown.class_list,
        template="codes/class_list.html",
        context=lambda: {"classes": classes},
    )


def class_detail(request: HttpRequest, digit: int) -> Document:
    """A class and all meanings of its numbers."""
    status_class = StatusClass.objects.filter(digit=digit).first()
    if not status_class:
        raise Unknown(f"There is no class {digit}xx here.", [])

    codes = StatusCode.objects.filter(status_class=status_class).for_list()
    return Document(
        describe=lambda: with_codes(describe_class(status_class), codes),
        markdown=markdown.status_class,
        template="codes/class.html",
        context=lambda: {
            "registered": [describe_table_row(code) for code in codes if not code.vendor],
            "by_vendors": [describe_table_row(code) for code in codes if code.vendor],
            "unused": sorted(set(status_class.numbers) - {code.number for code in codes}),
        },
    )


def rfc_list(request: HttpRequest) -> Document:
    """Every RFC named here."""
    rfcs = RFC.objects.for_list()
    return Document(
        describe=lambda: describe_list([describe_rfc(rfc) for rfc in rfcs]),
        markdown=markdown.rfc_list,
        template="codes/rfc_list.html",
        context=lambda: {"rfcs": rfcs, "lineage": draw_rfc_tree(rfcs) if rfcs else None},
    )


def rfc_detail(request: HttpRequest, number: int) -> Document:
    """An RFC, what it replaced, and the codes that it defined."""
    rfc = RFC.objects.for_detail().filter(number=number).first()
    if not rfc:
        raise Unknown(f"RFC {number} is not part of this reference.", nearest_rfcs(number))

    definitions = rfc.definition_set.select_related("code__vendor").order_by("code__number")
    return Document(
        describe=lambda: with_definitions(describe_rfc(rfc), definitions),
        markdown=markdown.rfc,
        template="codes/rfc.html",
        context=lambda: {"rfc": rfc, "definitions": definitions, **_lineage(rfc)},
    )


def _lineage(rfc: RFC) -> dict[str, Any]:
    """What replaced what around an RFC, and what to read instead of an obsolete one."""
    lineage = list(RFC.objects.lineage_of(rfc.number))
    return {
        "in_force": [other for other in lineage if not other.obsoleted_by.all() and other != rfc],
        "lineage": draw_rfc_tree(lineage) if len(lineage) > 1 else None,
    }


def vendor_list(request: HttpRequest) -> Document:
    """Every vendor with its codes."""
    vendors = Vendor.objects.for_list()
    return Document(
        describe=lambda: describe_list([describe_vendor(vendor) for vendor in vendors]),
        markdown=markdown.vendor_list,
        template="codes/vendor_list.html",
        context=lambda: {"vendors": sorted(vendors, key=lambda vendor: vendor.name.lower())},
    )


def vendor_detail(request: HttpRequest, slug: str) -> Document:
    """A vendor and what each of its codes means."""
    vendor = Vendor.objects.filter(slug=slug).first()
    if not vendor:
        raise Unknown(f"No vendor “{slug}” is known.", nearest_vendors(slug))

    codes = StatusCode.objects.filter(vendor=vendor).for_list()
    return Document(
        describe=lambda: with_codes(describe_vendor(vendor), codes),
        markdown=markdown.vendor,
        template="codes/vendor.html",
        context=lambda: {"kind": vendor.get_kind_display(), "codes": [describe_table_row(code) for code in codes]},
    )


def header_list(request: HttpRequest) -> Document:
    """Every header field that some code requires, recommends or mentions."""
    headers = HeaderField.objects.for_list()
    return Document(
        describe=lambda: describe_list([describe_header(header) for header in headers]),
        markdown=markdown.header_list,
        template="codes/header_list.html",
        context=lambda: {"headers": headers},
    )


def header_detail(request: HttpRequest, slug: str) -> Document:
    """A header field: which codes, how strongly, where it is written."""
    header = HeaderField.objects.filter(slug=slug).first()
    if not header:
        raise Unknown(f"No header field “{slug}” is tied to a status code here.", nearest_headers(slug))

    rules = list(header.rules.select_related("code__vendor").order_by("code__number", "requirement"))
    return Document(
        describe=lambda: with_rules(describe_header(header), rules),
        markdown=markdown.header,
        template="codes/header.html",
        context=lambda: {
            "header": header,
            "required": any(rule.requirement == HeaderRule.Requirement.MUST for rule in rules),
            "strengths": [
                (requirement.value, [rule for rule in rules if rule.requirement == requirement])
                for requirement in STRICTEST_FIRST
            ],
        },
    )
