"""The pages of a number, of one of its meanings, and of a sub-code."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable

from django.http import HttpRequest, HttpResponse

from codes.documents import responses
from codes.documents.describe import (
    describe_class,
    describe_comparison_link,
    describe_number,
    describe_number_head,
    describe_subcode_page,
    describe_table_row,
    summarise_code,
)
from codes.documents.descriptions import ComparisonLink, SummarisedCodeLink, Surroundings
from codes.documents.representations import HTML
from codes.models import Comparison, Registry, StatusClass, StatusCode, Subcode
from codes.views.errors import NotFound, nearest_codes, nearest_subcodes
from codes.views.names import to_number


def number(request: HttpRequest, number: int, representation: str) -> HttpResponse:
    """All meanings of a number. 100 to 599 always have a page, other numbers only if they are in use."""
    codes = StatusCode.objects.of_number(number).details()
    if not codes and not 100 <= number <= 599:
        raise NotFound(
            f"Nobody is known to use {number:03d}, and HTTP only has numbers from 100 to 599.",
            nearest_codes(number),
        )

    document = describe_number(number, codes, Registry.objects.first())
    if representation != HTML:
        return responses.document(document, representation)
    known = StatusCode.objects.numbers()
    return responses.page(
        "codes/number.html",
        document=document,
        head=describe_number_head(document),
        comparisons=_comparisons(codes),
        surroundings=_surroundings(number, known),
        closest=[] if codes else _closest(number, known),
    )


def meaning(request: HttpRequest, number: int, vendor: str, representation: str) -> HttpResponse:
    """One vendor's meaning of a number, as a document of the number."""
    codes = StatusCode.objects.of_number(number)
    chosen = list(codes.filter(vendor__slug=vendor).for_detail())
    if not chosen:
        raise NotFound(f"“{vendor}” is not known to use {number:03d}.", nearest_codes(number))

    document = describe_number(number, chosen, Registry.objects.first())
    if representation != HTML:
        return responses.document(document, representation)
    return responses.page(
        "codes/meaning.html",
        document=document,
        others=[describe_table_row(code) for code in codes.exclude(pk=chosen[0].pk).for_list()],
        comparisons=_comparisons(chosen),
        surroundings=_surroundings(number, StatusCode.objects.numbers()),
    )


def subcode(request: HttpRequest, number: int, vendor: str, subcode: int) -> HttpResponse:
    """One sub-code of a vendor's meaning."""
    siblings = list(Subcode.objects.for_detail().filter(code__number=number, code__vendor__slug=vendor))
    chosen = next((sibling for sibling in siblings if sibling.number == subcode), None)
    if not chosen:
        raise NotFound(f"No sub-code {subcode} of {number:03d} is known for “{vendor}”.", nearest_codes(number))
    return responses.page("codes/subcode.html", document=describe_subcode_page(chosen, siblings))


def listed(request: HttpRequest, number: int) -> HttpResponse:
    """The address of a number below the list: a redirect to its page."""
    if not 100 <= number <= 599 and number not in StatusCode.objects.numbers():
        raise NotFound(f"Nobody is known to use {number:03d}.", nearest_codes(number))
    return to_number(request, number)


def no_number(request: HttpRequest, digits: int) -> HttpResponse:
    """An address of digits that is not a three-digit number."""
    raise NotFound("A status code has three digits.", [*nearest_subcodes(digits), *nearest_codes(digits)])


def _comparisons(codes: Iterable[StatusCode]) -> list[ComparisonLink]:
    """The ready-made comparisons that include one of the meanings."""
    return [describe_comparison_link(each) for each in Comparison.objects.with_any_of(codes).for_links()]


def _surroundings(number: int, known: list[int]) -> Surroundings:
    """The class and the neighbours of a number.

    Args:
        number: the number.
        known: all numbers that have a meaning, ascending.
    """
    before, after = _around(number, known)
    status_class = StatusClass.objects.filter(digit=number // 100).first()
    return Surroundings(
        status_class=describe_class(status_class) if status_class else None,
        previous=before[-1] if before else None,
        next=after[0] if after else None,
        stops=[other for other in known if other // 100 == number // 100],
    )


def _closest(number: int, known: list[int]) -> list[SummarisedCodeLink]:
    """The meanings of the four closest known numbers."""
    before, after = _around(number, known)
    closest = sorted(before[-3:] + after[:3], key=lambda other: abs(other - number))[:4]
    return [summarise_code(code) for code in StatusCode.objects.filter(number__in=closest).for_links()]


def _around(number: int, known: list[int]) -> tuple[list[int], list[int]]:
    return known[: bisect_left(known, number)], known[bisect_right(known, number) :]
