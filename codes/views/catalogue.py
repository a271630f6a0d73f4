"""Classes, RFCs, vendors and header fields: each as a list and as a page of its own."""

from django.http import HttpRequest, HttpResponse

from codes import representations
from codes.descriptions import (
    describe_class,
    describe_header,
    describe_list,
    describe_rfc,
    describe_vendor,
    link_code,
    with_codes,
)
from codes.models import RFC, HeaderField, StatusClass, StatusCode, Vendor
from codes.views.errors import Unknown, nearest_headers, nearest_rfcs, nearest_vendors


def class_list(request: HttpRequest, representation: str = representations.HTML) -> HttpResponse:
    """The five classes."""
    classes = StatusClass.objects.all()
    document = describe_list([describe_class(status_class) for status_class in classes])
    if representation == representations.JSON:
        return representations.json(document)
    return representations.html("codes/class_list.html", {"document": document, "classes": classes})


def class_detail(request: HttpRequest, digit: int, representation: str = representations.HTML) -> HttpResponse:
    """A class and all meanings of its numbers."""
    status_class = StatusClass.objects.filter(digit=digit).first()
    if not status_class:
        raise Unknown(f"There is no class {digit}xx here.", [])

    codes = StatusCode.objects.filter(status_class=status_class).for_list()
    document = with_codes(describe_class(status_class), codes)
    if representation == representations.JSON:
        return representations.json(document)
    return representations.html("codes/class.html", {"document": document, "codes": codes})


def rfc_list(request: HttpRequest, representation: str = representations.HTML) -> HttpResponse:
    """Every RFC named here."""
    rfcs = RFC.objects.for_list()
    document = describe_list([describe_rfc(rfc) for rfc in rfcs])
    if representation == representations.JSON:
        return representations.json(document)
    return representations.html("codes/rfc_list.html", {"document": document, "rfcs": rfcs})


def rfc_detail(request: HttpRequest, number: int, representation: str = representations.HTML) -> HttpResponse:
    """An RFC, what it replaced, and the codes that it defined."""
    rfc = RFC.objects.for_detail().filter(number=number).first()
    if not rfc:
        raise Unknown(f"RFC {number} is not part of this reference.", nearest_rfcs(number))

    definitions = rfc.definition_set.select_related("code__vendor").order_by("code__number")
    document = with_codes(describe_rfc(rfc), [definition.code for definition in definitions])
    if representation == representations.JSON:
        return representations.json(document)
    in_force = RFC.objects.in_force_for(number)
    context = {"document": document, "rfc": rfc, "definitions": definitions, "in_force": in_force}
    return representations.html("codes/rfc.html", context)


def vendor_list(request: HttpRequest, representation: str = representations.HTML) -> HttpResponse:
    """Every vendor with its codes."""
    vendors = Vendor.objects.for_list()
    document = describe_list([describe_vendor(vendor) for vendor in vendors])
    if representation == representations.JSON:
        return representations.json(document)
    return representations.html("codes/vendor_list.html", {"document": document, "vendors": vendors})


def vendor_detail(request: HttpRequest, slug: str, representation: str = representations.HTML) -> HttpResponse:
    """A vendor and what each of its codes means."""
    vendor = Vendor.objects.filter(slug=slug).first()
    if not vendor:
        raise Unknown(f"No vendor “{slug}” is known.", nearest_vendors(slug))

    codes = StatusCode.objects.filter(vendor=vendor).for_list()
    document = with_codes(describe_vendor(vendor), codes)
    if representation == representations.JSON:
        return representations.json(document)
    return representations.html(
        "codes/vendor.html", {"document": document, "kind": vendor.get_kind_display(), "codes": codes}
    )


def header_list(request: HttpRequest, representation: str = representations.HTML) -> HttpResponse:
    """Every header field that some code requires, recommends or mentions."""
    headers = HeaderField.objects.for_list()
    document = describe_list([describe_header(header) for header in headers])
    if representation == representations.JSON:
        return representations.json(document)
    return representations.html("codes/header_list.html", {"document": document, "headers": headers})


def header_detail(request: HttpRequest, slug: str, representation: str = representations.HTML) -> HttpResponse:
    """A header field: which codes, how strongly, where it is written."""
    header = HeaderField.objects.filter(slug=slug).first()
    if not header:
        raise Unknown(f"No header field “{slug}” is tied to a status code here.", nearest_headers(slug))

    rules = header.rules.select_related("code__vendor").order_by("code__number", "requirement")
    codes = [{**link_code(rule.code), "requirement": rule.requirement} for rule in rules]
    document = {**describe_header(header), "codes": codes}
    if representation == representations.JSON:
        return representations.json(document)
    return representations.html("codes/header.html", {"document": document, "header": header, "rules": rules})
