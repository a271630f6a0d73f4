"""The filters of `/codes?…`: each is defined here, and nowhere else."""

from __future__ import annotations

import django_filters as filters
from django.db.models import Case, Value, When
from django.db.models.functions import Lower

from codes.documents.labels import label
from codes.listing.filter_set import FacetedFilterSet
from codes.listing.filter_types import Choices, SortFilter, ValueFilter
from codes.models import RFC, HeaderField, StatusClass, StatusCode, Vendor
from codes.models.properties import ANSWERS, Answer, Question

REGISTRATIONS = [
    (value, label(value, "listing")) for value in (*StatusCode.Registration.values, "unassigned", "outside")
]

CACHEABLE = [(answer.value, answer.label) for answer in (*ANSWERS[Question.CACHEABLE], Answer.SILENT)]

SORTS = [
    ("number", "Number"),
    ("-number", "Number, highest first"),
    ("phrase", "Phrase"),
    ("-phrase", "Phrase, Z to A"),
    ("updated", "Least recently changed first"),
    ("-updated", "Most recently changed first"),
]


def _classes() -> Choices:
    return [(str(status_class.digit), str(status_class)) for status_class in StatusClass.objects.all()]


def _vendors() -> Choices:
    return Vendor.objects.order_by(Lower("name"), "slug").values_list("slug", "name")


def _rfcs() -> Choices:
    defining = RFC.objects.filter(definition__isnull=False).distinct().order_by("-number")
    return [(str(rfc.number), f"{rfc.number} {rfc.title}") for rfc in defining]


def _headers() -> Choices:
    return HeaderField.objects.values_list("slug", "name")


class CodeFilter(FacetedFilterSet):
    """The filters of the list, in the order in which the form shows them."""

    registration = ValueFilter(
        label="Registration",
        value="listing",
        choices=REGISTRATIONS,
        help_text="What the registry says about the number.",
    )
    state = ValueFilter(
        label="State in use",
        value="state",
        choices=StatusCode.State.choices,
        help_text="Whether the meaning is in use.",
    )
    wire = ValueFilter(
        label="On the wire",
        value=Case(When(on_the_wire=True, then=Value("yes")), default=Value("no")),
        choices=[("yes", "Yes"), ("no", "No: only in logs or in the client")],
        help_text="Whether the number is ever sent in a response.",
    )
    cacheable = ValueFilter(
        label="Cacheable", value="cacheable", choices=CACHEABLE, help_text="Whether a cache may store the response."
    )
    vendor = ValueFilter(
        label="Vendor", value="vendor__slug", choices=_vendors, help_text="Who gives the number this meaning."
    )
    rfc = ValueFilter(
        label="RFC",
        value="definitions__rfc",
        choices=_rfcs,
        help_text="The RFCs that define it, or once did.",
    )
    header = ValueFilter(
        label="Header field",
        value="header_rules__header__slug",
        choices=_headers,
        help_text="Header fields with a rule for the code.",
    )
    sort = SortFilter(
        label="Sort by",
        choices=SORTS,
        columns={"number": "number", "phrase": "phrase", "updated": "updated_at"},
    )

    @classmethod
    def get_filters(cls) -> dict[str, filters.Filter]:
        # `class` cannot be the name of an attribute in Python.
        declared = super().get_filters()
        by_class = ValueFilter(label="Class", value="status_class", choices=_classes, help_text="The first digit.")
        return {"q": declared.pop("q"), "class": by_class, **declared}
