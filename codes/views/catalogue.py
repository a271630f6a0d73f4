"""Classes, RFCs, vendors and header fields: a list of each, and a page for each."""

from django.http import HttpRequest, HttpResponse

from codes.documents import responses
from codes.documents.describe import (
    describe_class_detail,
    describe_class_list,
    describe_header_detail,
    describe_header_list,
    describe_header_row,
    describe_rfc_detail,
    describe_rfc_list,
    describe_rfc_node,
    describe_rfc_row,
    describe_table_row,
    describe_vendor_detail,
    describe_vendor_list,
    describe_vendor_row,
    group_rules,
    link_rfc,
)
from codes.documents.representations import HTML
from codes.drawings.rfc_tree import draw_rfc_tree
from codes.models import RFC, HeaderField, HeaderRule, StatusClass, StatusCode, Vendor
from codes.views.errors import NotFound, nearest_headers, nearest_rfcs, nearest_vendors


def class_list(request: HttpRequest, representation: str) -> HttpResponse:
    """The five classes."""
    document = describe_class_list(StatusClass.objects.all())
    if representation != HTML:
        return responses.document(document, representation)
    return responses.page("codes/class_list.html", document=document)


def class_detail(request: HttpRequest, digit: int, representation: str) -> HttpResponse:
    """A class and all meanings of its numbers."""
    status_class = StatusClass.objects.filter(digit=digit).first()
    if not status_class:
        raise NotFound(f"There is no class {digit}xx here.", [])

    codes = list(StatusCode.objects.filter(status_class=status_class).for_list())
    document = describe_class_detail(status_class, codes)
    if representation != HTML:
        return responses.document(document, representation)
    return responses.page(
        "codes/class.html",
        document=document,
        registered=[describe_table_row(code) for code in codes if not code.vendor],
        by_vendors=[describe_table_row(code) for code in codes if code.vendor],
        unused=sorted(set(status_class.numbers) - {code.number for code in codes}),
    )


def rfc_list(request: HttpRequest, representation: str) -> HttpResponse:
    """Every RFC that is mentioned."""
    rfcs = list(RFC.objects.for_list())
    if representation != HTML:
        return responses.document(describe_rfc_list(rfcs), representation)
    return responses.page(
        "codes/rfc_list.html",
        rows=[describe_rfc_row(rfc) for rfc in rfcs],
        tree=draw_rfc_tree([describe_rfc_node(rfc) for rfc in rfcs]) if rfcs else None,
    )


def rfc_detail(request: HttpRequest, number: int, representation: str) -> HttpResponse:
    """An RFC, its family tree, and the codes it defined."""
    rfc = RFC.objects.for_detail().filter(number=number).first()
    if not rfc:
        raise NotFound(f"RFC {number} is not part of this reference.", nearest_rfcs(number))

    definitions = rfc.definition_set.with_code().order_by("code")
    document = describe_rfc_detail(rfc, definitions)
    if representation != HTML:
        return responses.document(document, representation)
    lineage = list(RFC.objects.lineage_of(number))
    return responses.page(
        "codes/rfc.html",
        document=document,
        text_url=rfc.text_url,
        in_force=[link_rfc(other) for other in lineage if not other.obsoleted_by.all() and other != rfc],
        tree=draw_rfc_tree([describe_rfc_node(other) for other in lineage]) if len(lineage) > 1 else None,
    )


def vendor_list(request: HttpRequest, representation: str) -> HttpResponse:
    """Every vendor with its codes."""
    if representation != HTML:
        return responses.document(describe_vendor_list(Vendor.objects.all()), representation)
    vendors = sorted(Vendor.objects.for_list(), key=lambda vendor: vendor.name.lower())
    return responses.page("codes/vendor_list.html", rows=[describe_vendor_row(vendor) for vendor in vendors])


def vendor_detail(request: HttpRequest, slug: str, representation: str) -> HttpResponse:
    """A vendor and what each of its codes means."""
    vendor = Vendor.objects.filter(slug=slug).first()
    if not vendor:
        raise NotFound(f"There is no vendor “{slug}” here.", nearest_vendors(slug))

    codes = list(StatusCode.objects.filter(vendor=vendor).for_list())
    document = describe_vendor_detail(vendor, codes)
    if representation != HTML:
        return responses.document(document, representation)
    rows = [describe_table_row(code) for code in codes]
    return responses.page("codes/vendor.html", document=document, rows=rows)


def header_list(request: HttpRequest, representation: str) -> HttpResponse:
    """Every header field that is used with some code."""
    if representation != HTML:
        return responses.document(describe_header_list(HeaderField.objects.order_by("slug")), representation)
    rows = [describe_header_row(header) for header in HeaderField.objects.for_list()]
    return responses.page("codes/header_list.html", rows=rows)


def header_detail(request: HttpRequest, slug: str, representation: str) -> HttpResponse:
    """A header field and the codes it is used with."""
    header = HeaderField.objects.filter(slug=slug).first()
    if not header:
        raise NotFound(f"No status code here uses a header field “{slug}”.", nearest_headers(slug))

    rules = list(header.rules.with_code().order_by("code", "requirement"))
    document = describe_header_detail(header, rules)
    if representation != HTML:
        return responses.document(document, representation)
    return responses.page(
        "codes/header.html",
        document=document,
        is_required=any(rule.requirement == HeaderRule.Requirement.MUST for rule in rules),
        rules=group_rules(rules),
    )
