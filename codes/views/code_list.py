"""The filterable, searchable list of meanings."""

import re
from typing import Any

from django.http import HttpRequest, HttpResponse

from codes.descriptions import describe_code_list
from codes.filters import CodeFilter
from codes.models import Registry, StatusCode, Subcode
from codes.representations import Document
from codes.views import errors


def code_list(request: HttpRequest) -> Document | HttpResponse:
    """The meanings that satisfy every filter; an unknown value is an error, an unknown parameter a remark."""
    codes = CodeFilter(request.GET, queryset=StatusCode.objects.all())
    if not codes.is_valid():
        return _refused(request, codes)

    meanings = StatusCode.objects.filter(pk__in=codes.qs.order_by().values("pk")).for_detail()
    words = request.GET.get("q", "").strip()
    return Document(
        describe=lambda: describe_code_list(meanings, Registry.objects.first()),
        template="codes/code_list.html",
        context=lambda: {
            **_form(codes),
            "codes": codes.qs.for_list(),
            "subcodes": Subcode.objects.labelled(words).for_detail(),
            "unused_number": int(words) if re.fullmatch("[1-5][0-9]{2}", words) else None,
        },
    )


def _form(codes: CodeFilter) -> dict[str, Any]:
    return {"form": codes.form, "chosen": codes.chosen(), "unknown_parameters": codes.unknown_parameters()}


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
