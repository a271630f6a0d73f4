"""The page of a number, and of one meaning of it."""

from bisect import bisect_left, bisect_right
from typing import Any

from django.http import HttpRequest, HttpResponse

from codes.documents import markdown, responses
from codes.documents.describe import absolute, describe_number
from codes.documents.document import Document
from codes.models import Comparison, Registry, StatusClass, StatusCode, Subcode
from codes.views.errors import Unknown, nearest_codes, nearest_subcodes
from codes.views.names import to_number


def number(request: HttpRequest, number: int) -> Document:
    """Every meaning of a number. 100 to 599 always have a page, any other only where somebody uses it."""
    codes = list(StatusCode.objects.of_number(number).for_detail())
    if not codes and not 100 <= number <= 599:
        raise Unknown(
            f"Nobody is known to use {number:03d}, and HTTP has numbers from 100 to 599 only.",
            nearest_codes(number),
        )

    return Document(
        describe=lambda: describe_number(number, codes, Registry.objects.first()),
        markdown=markdown.number,
        template="codes/number.html",
        context=lambda: {
            "expired": any(code.registration_has_expired for code in codes),
            "comparisons": Comparison.objects.with_any_of(codes).for_links(),
            **_around(number),
        },
    )


def meaning(request: HttpRequest, number: int, vendor: str) -> Document:
    """One vendor's meaning of a number, in the document of the number."""
    codes = StatusCode.objects.of_number(number)
    chosen = list(codes.filter(vendor__slug=vendor).for_detail())
    if not chosen:
        raise Unknown(f"No meaning of {number:03d} by “{vendor}” is known.", nearest_codes(number))

    return Document(
        describe=lambda: describe_number(number, chosen, Registry.objects.first()),
        markdown=markdown.number,
        template="codes/meaning.html",
        context=lambda: {
            "others": codes.exclude(pk=chosen[0].pk).for_list(),
            "comparisons": Comparison.objects.with_any_of(chosen).for_links(),
            **_around(number),
        },
    )


def subcode(request: HttpRequest, number: int, vendor: str, subcode: int) -> HttpResponse:
    """One sub-code of a vendor's meaning."""
    found = Subcode.objects.for_detail().filter(code__number=number, code__vendor__slug=vendor)
    chosen = found.filter(number=subcode).first()
    if not chosen:
        raise Unknown(f"No sub-code {subcode} of {number:03d} by “{vendor}” is known.", nearest_codes(number))
    siblings = list(found)
    place = siblings.index(chosen)
    context = {
        "subcode": chosen,
        "siblings": siblings,
        "previous": siblings[place - 1] if place else None,
        "next": siblings[place + 1] if chosen != siblings[-1] else None,
        "url": absolute(chosen.get_absolute_url()),
    }
    return responses.html("codes/subcode.html", context)


def listed(request: HttpRequest, number: int) -> HttpResponse:
    """The address of a number as it would be below the list."""
    if not 100 <= number <= 599 and number not in StatusCode.objects.numbers():
        raise Unknown(f"Nobody is known to use {number:03d}.", nearest_codes(number))
    return to_number(request, number)


def no_number(request: HttpRequest, digits: int) -> HttpResponse:
    """An address of digits that is no three-digit number."""
    raise Unknown("A status code has three digits.", [*nearest_subcodes(digits), *nearest_codes(digits)])


def _around(number: int) -> dict[str, Any]:
    """The class of a number, and the known numbers around it."""
    known = StatusCode.objects.numbers()
    before, after = known[: bisect_left(known, number)], known[bisect_right(known, number) :]
    closest = sorted(before[-3:] + after[:3], key=lambda other: abs(other - number))[:4]
    return {
        "status_class": StatusClass.objects.filter(digit=number // 100).first(),
        "previous": before[-1] if before else None,
        "next": after[0] if after else None,
        "stops": [other for other in known if other // 100 == number // 100],
        "closest": StatusCode.objects.filter(number__in=closest).for_links(),
    }
