"""The filterable, searchable list of meanings."""

from itertools import takewhile
from typing import Any

from django.http import HttpRequest, HttpResponse
from msgspec import UNSET

from codes.documents import responses
from codes.documents.describe import describe_code_list, describe_code_rows, describe_problem, describe_table_row
from codes.documents.descriptions import ParameterError, TableRow
from codes.documents.representations import HTML, JSON
from codes.listing.filters import CodeFilter
from codes.models import Registry, StatusCode
from codes.search import Hit, Kind
from codes.views import errors

_MAX_PAGES = 8


def code_list(request: HttpRequest, representation: str) -> HttpResponse:
    """The meanings that match all filters. Unknown values are errors; unknown parameters are ignored, with a notice.

    JSON has numbers in ascending order, all other representations have meanings in the requested order.
    """
    codes = CodeFilter(request.GET, queryset=StatusCode.objects.all())
    if not codes.is_valid():
        return _refused(request, codes)

    if representation == JSON:
        ascending = StatusCode.objects.filter(pk__in=codes.qs.order_by().values("pk"))
        return responses.document(describe_code_list(ascending.for_detail(), Registry.objects.first()), JSON)
    if representation != HTML:
        rows = describe_code_rows(codes.qs.for_detail(), Registry.objects.first())
        return responses.document(rows, representation)
    return responses.page("codes/code_list.html", **_form(codes), **_results(codes))


def _results(codes: CodeFilter) -> dict[str, Any]:
    rows = [describe_table_row(code) for code in codes.qs.for_list()]
    top, others = _other_pages(codes)
    return {
        "result_count": _result_count(rows, top),
        "rows": rows,
        "top_pages": top,
        "other_pages": others,
        "filters_to_remove": [] if rows or top else codes.filters_to_remove(),
    }


def _result_count(rows: list[TableRow], top: list[Hit]) -> str:
    if rows:
        return f"{len(rows)} meaning{'s' if len(rows) > 1 else ''}"
    if top:
        return f"No code matches, but {'these pages do' if len(top) > 1 else 'this page does'}:"
    return "No code matches all of these filters."


def _other_pages(codes: CodeFilter) -> tuple[list[Hit], list[Hit]]:
    """Found pages other than meanings: those ranked above every meaning, and some of the others.

    None if there are filters besides the search: they apply to meanings only.
    """
    is_filtered = any(active.name != "q" for active in codes.active())
    hits = [] if is_filtered else codes.hits
    top = list(takewhile(lambda hit: hit.kind is not Kind.MEANING, hits))
    others = [hit for hit in hits[len(top) :] if hit.kind is not Kind.MEANING]
    return top[:_MAX_PAGES], others[:_MAX_PAGES]


def _form(codes: CodeFilter) -> dict[str, Any]:
    return {
        "form": codes.form,
        "groups": codes.groups(),
        "active": codes.active(),
        "unknown_parameters": codes.unknown_parameters(),
    }


def _refused(request: HttpRequest, codes: CodeFilter) -> HttpResponse:
    refused = [
        ParameterError(parameter=name, messages=list(messages), allowed=codes.allowed(name) or UNSET)
        for name, messages in codes.form.errors.items()
    ]
    detail = "; ".join(f"{error.parameter}: {' '.join(error.messages)}" for error in refused)
    return errors.respond(
        request,
        describe_problem(400, detail, errors=refused),
        template="codes/code_list.html",
        context={**_form(codes), "result_count": "No results, because a filter has an invalid value."},
    )
