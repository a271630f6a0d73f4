"""The filterable, searchable list of meanings."""

import re
from typing import Any

from django.http import HttpRequest, HttpResponse

from codes import representations
from codes.descriptions import describe_code_list
from codes.filters import CodeFilter
from codes.models import Registry, StatusCode, Subcode


def code_list(request: HttpRequest, representation: str = representations.HTML) -> HttpResponse:
    """The meanings that satisfy every filter; an unknown value is an error, an unknown parameter a remark."""
    codes = CodeFilter(request.GET, queryset=StatusCode.objects.all())
    status = 200 if codes.is_valid() else 400

    if representation == representations.JSON:
        if status == 400:
            return _refused(codes)
        meanings = StatusCode.objects.filter(pk__in=codes.qs.order_by().values("pk")).for_detail()
        return representations.json(describe_code_list(meanings, Registry.objects.first()))

    words = request.GET.get("q", "").strip()
    context: dict[str, Any] = {
        "form": codes.form,
        "codes": codes.qs.for_list() if status == 200 else [],
        "subcodes": Subcode.objects.labelled(words).for_detail() if status == 200 else [],
        "chosen": codes.chosen(),
        "unused_number": int(words) if re.fullmatch("[1-5][0-9]{2}", words) else None,
        "unknown_parameters": codes.unknown_parameters(),
    }
    return representations.html("codes/code_list.html", context, status=status)


def _refused(codes: CodeFilter) -> HttpResponse:
    errors: list[dict[str, Any]] = []
    for name, messages in codes.form.errors.items():
        allowed = codes.allowed(name)
        errors.append({"parameter": name, "messages": list(messages), **({"allowed": allowed} if allowed else {})})
    return representations.problem(
        400,
        "Bad Request",
        "; ".join(f"{error['parameter']}: {' '.join(error['messages'])}" for error in errors),
        errors=errors,
    )
