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

_MOST_PAGES = 8


def code_list(request: HttpRequest, representation: str) -> HttpResponse:
    """The meanings that satisfy every filter; an unknown value is an error, an unknown parameter a remark.

    JSON has the numbers in ascending order, every other representation has meanings in the order that was asked for.
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
    likelier, others = _other_pages(codes)
    return {
        "result_count": _result_count(rows, likelier),
        "rows": rows,
        "likelier_pages": likelier,
        "other_pages": others,
        "ways_out": [] if rows or likelier else codes.ways_out(),
    }


def _result_count(rows: list[TableRow], likelier: list[Hit]) -> str:
    if rows:
        return f"{len(rows)} meaning{'s' if len(rows) > 1 else ''}"
    if likelier:
        return f"No meaning of a code, but {'these pages' if len(likelier) > 1 else 'this page'}:"
    return "No meaning satisfies all of this."


def _other_pages(codes: CodeFilter) -> tuple[list[Hit], list[Hit]]:
    """The pages that are no meanings: those likelier than any meaning, and some of the others.

    None where something is chosen besides: then meanings are wanted.
    """
    is_filtered = any(active.name != "q" for active in codes.active())
    hits = [] if is_filtered else codes.hits
    likelier = list(takewhile(lambda hit: hit.kind is not Kind.MEANING, hits))
    others = [hit for hit in hits[len(likelier) :] if hit.kind is not Kind.MEANING]
    return likelier[:_MOST_PAGES], others[:_MOST_PAGES]


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
        context={**_form(codes), "result_count": "Nothing is shown, because of a value that is not allowed."},
    )
