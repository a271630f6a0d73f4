"""The filterable, searchable list of meanings."""

from itertools import takewhile
from typing import Any

from django.http import HttpRequest, HttpResponse

from codes.documents import markdown
from codes.documents.describe import describe_code_list, describe_code_rows, describe_table_row
from codes.documents.document import Document
from codes.listing.filters import CodeFilter
from codes.models import Registry, StatusCode
from codes.search import Kind
from codes.views import errors

_MOST_PAGES = 8


def code_list(request: HttpRequest) -> Document | HttpResponse:
    """The meanings that satisfy every filter; an unknown value is an error, an unknown parameter a remark."""
    codes = CodeFilter(request.GET, queryset=StatusCode.objects.all())
    if not codes.is_valid():
        return _refused(request, codes)

    ascending = StatusCode.objects.filter(pk__in=codes.qs.order_by().values("pk"))
    return Document(
        describe=lambda: describe_code_list(ascending.for_detail(), Registry.objects.first()),
        rows=lambda: describe_code_rows(codes.qs.for_detail(), Registry.objects.first()),
        markdown=markdown.code_list,
        template="codes/code_list.html",
        context=lambda: {
            **_form(codes),
            **_pages(codes),
            "codes": [describe_table_row(code) for code in codes.qs.for_list()],
            "ways_out": codes.ways_out(),
        },
    )


def _pages(codes: CodeFilter) -> dict[str, Any]:
    """The pages that are no meanings: those likelier than any meaning, and some of the others.

    None where something is chosen besides: then meanings are wanted.
    """
    is_filtered = any(active.name != "q" for active in codes.active())
    hits = [] if is_filtered else codes.hits
    likelier = list(takewhile(lambda hit: hit.kind is not Kind.MEANING, hits))
    others = [hit for hit in hits[len(likelier) :] if hit.kind is not Kind.MEANING]
    return {"likelier_pages": likelier[:_MOST_PAGES], "other_pages": others[:_MOST_PAGES]}


def _form(codes: CodeFilter) -> dict[str, Any]:
    return {
        "form": codes.form,
        "groups": codes.groups(),
        "active": codes.active(),
        "unknown_parameters": codes.unknown_parameters(),
    }


def _refused(request: HttpRequest, codes: CodeFilter) -> HttpResponse:
    refused: list[dict[str, Any]] = []
    for name, messages in codes.form.errors.items():
        allowed = codes.allowed(name)
        refused.append({"parameter": name, "messages": list(messages), **({"allowed": allowed} if allowed else {})})
    return errors.respond(
        request,
        400,
        "Bad Request",
        "; ".join(f"{refusal['parameter']}: {' '.join(refusal['messages'])}" for refusal in refused),
        template="codes/code_list.html",
        context=_form(codes),
        errors=refused,
    )
