"""What each page depends on, as data: if it differs, the page has changed, and somebody may be waiting to see it.

A list depends on everything it lists. A new list is declared here, so that an edit shows on it soon.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from django.forms import model_to_dict
from django.urls import reverse

from codes.documents.describe import (
    describe_class,
    describe_header,
    describe_number,
    describe_rfc,
    describe_vendor,
)
from codes.models import RFC, Comparison, HeaderField, Registry, StatusClass, StatusCode, Step, Subcode, Vendor


def dependencies() -> Iterator[tuple[str, object]]:
    """Paths and the data that their pages depend on: a description, or a list of them for a page that lists things."""
    registry = Registry.objects.first()
    codes = StatusCode.objects.for_detail()
    by_number = groupby(codes, key=lambda code: code.number)
    numbers = [describe_number(number, meanings, registry) for number, meanings in by_number]
    for description in numbers:
        yield reverse("number", args=[description.number]), description
    for name in ("home", "code-list"):
        yield reverse(name), numbers
    for subcode in Subcode.objects.for_detail():
        yield subcode.get_absolute_url(), model_to_dict(subcode)
    for comparison in Comparison.objects.for_links():
        yield comparison.get_absolute_url(), model_to_dict(comparison)
    for step in Step.objects.prefetch_related("options"):
        options = [model_to_dict(option) for option in step.options.all()]
        yield step.get_absolute_url(), {**model_to_dict(step), "options": options}
    for status_class in StatusClass.objects.all():
        yield status_class.get_absolute_url(), describe_class(status_class)
    for rfc in RFC.objects.for_detail():
        yield rfc.get_absolute_url(), describe_rfc(rfc)
    for vendor in Vendor.objects.all():
        yield vendor.get_absolute_url(), describe_vendor(vendor)
    for header in HeaderField.objects.all():
        yield header.get_absolute_url(), describe_header(header)
