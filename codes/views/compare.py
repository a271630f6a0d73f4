"""Comparisons: meanings side by side."""

import re
from collections import Counter
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Subquery
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from codes.documents import responses
from codes.documents.describe import (
    absolute,
    describe_comparison,
    describe_comparison_link,
    describe_problem,
    link_code,
)
from codes.documents.descriptions import Nearest
from codes.models import Comparison, StatusCode
from codes.models.comparisons import MAX_CODES_PER_COMPARISON, comparison_path
from codes.views import errors

# A number alone, or with a vendor: `404`, `499:nginx`.
_PART = re.compile(r"(?P<number>[0-9]{3})(?::(?P<vendor>[a-z0-9]+(?:-[a-z0-9]+)*))?")

# The page of the form.
_LIST = "codes/comparison_list.html"

Part = tuple[int, str | None]


class ComparisonForm(forms.Form):
    """The codes to compare, as in the address."""

    codes = forms.CharField(
        label="Codes to compare", max_length=400, strip=False, error_messages={"required": "Enter a code."}
    )

    def clean_codes(self) -> list[Part]:
        """One to six pairs of a number and a vendor's slug, or None if no vendor is given."""
        words = self.cleaned_data["codes"].split(",")
        parts = [_PART.fullmatch(word) for word in words]
        wrong = [word for word, part in zip(words, parts, strict=True) if not part]
        if wrong:
            raise ValidationError(
                f"“{wrong[0][:60]}” is not a code. Enter three digits, or three digits, a colon and a vendor. Separate "
                "codes by commas: 301,308 or 499:nginx,499:arcgis."
            )
        if len(words) > MAX_CODES_PER_COMPARISON:
            raise ValidationError(f"That is {len(words)} codes. At most {MAX_CODES_PER_COMPARISON} can be compared.")
        return [(int(part["number"]), part["vendor"]) for part in parts if part]


def comparison_list(request: HttpRequest) -> HttpResponse:
    """The ready-made comparisons, and a form for any other."""
    # People also type spaces and semicolons; the address has commas.
    typed = re.sub(r"[\s,;]+", ",", request.GET.get("codes", "")).strip(",")
    if not typed:
        return responses.page(_LIST, **_list_context(ComparisonForm()))
    form = ComparisonForm({"codes": typed})
    if not form.is_valid():
        return _refused(request, form)
    return HttpResponseRedirect(reverse("comparison", args=[typed]))


def comparison(request: HttpRequest, codes: str) -> HttpResponse:
    """One to six meanings side by side, in the order of the address.

    A number alone means the registered meaning; if there is none, the one that its page shows first, with a notice.
    """
    form = ComparisonForm({"codes": codes})
    if not form.is_valid():
        return _refused(request, form)
    parts = form.cleaned_data["codes"]
    # Ascending, so that any order of the same meanings has the same canonical address.
    ascending = list(StatusCode.objects.filter(pk__in=map(_key_of, parts)).for_detail())
    meanings = _in_order_of(parts, ascending)
    if repeated := [code.key for code, count in Counter(meanings).items() if count > 1]:
        verb = "is" if len(repeated) == 1 else "are"
        form.add_error("codes", f"{' and '.join(repeated)} {verb} listed twice.")
        return _refused(request, form)

    # Those that include one of these meanings; the one of exactly these, if there is one, heads the page.
    ready_made = Comparison.objects.with_any_of(meanings).for_links()
    exact = [each for each in ready_made if list(each.codes.all()) == ascending]
    return responses.page(
        "codes/comparison.html",
        form=form,
        document=describe_comparison(meanings),
        canonical=absolute(comparison_path(ascending)),
        assumed=[
            link_code(code) for code, (_, vendor) in zip(meanings, parts, strict=True) if code.vendor and not vendor
        ],
        comparison=describe_comparison_link(exact[0]) if exact else None,
        comparisons=[describe_comparison_link(each) for each in ready_made if each not in exact],
    )


def _key_of(part: Part) -> Subquery:
    """The primary key of the meaning that a part refers to."""
    number, vendor = part
    meanings = StatusCode.objects.of_number(number)
    return Subquery((meanings.filter(vendor__slug=vendor) if vendor else meanings).values("pk")[:1])


def _in_order_of(parts: list[Part], found: list[StatusCode]) -> list[StatusCode]:
    """The meanings that the parts refer to, out of those found.

    Raises:
        NotFound: a part has no meaning. The message lists all such parts.
    """
    meanings, unknown = [], []
    nearest: list[Nearest] = []
    for number, vendor in parts:
        named = [code for code in found if code.number == number]
        if vendor:
            named = [code for code in named if code.vendor and code.vendor.slug == vendor]
        if named:
            meanings.append(named[0])
        else:
            unknown.append(f"{number:03d} by “{vendor}”" if vendor else f"{number:03d}")
            nearest += [link for link in errors.nearest_codes(number) if link not in nearest]
    if unknown:
        raise errors.NotFound(
            f"No meaning is known for {' or '.join(unknown)}, so there is nothing to compare.", nearest
        )
    return meanings


def _refused(request: HttpRequest, form: ComparisonForm) -> HttpResponse:
    detail = " ".join(str(message) for message in form.errors["codes"])
    return errors.respond(request, describe_problem(400, detail), template=_LIST, context=_list_context(form))


def _list_context(form: ComparisonForm) -> dict[str, Any]:
    return {
        "form": form,
        "comparisons": [describe_comparison_link(comparison) for comparison in Comparison.objects.for_links()],
    }
