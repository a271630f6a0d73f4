"""What each page depends on, as data."""

import pytest

from codes.models import RFC, Comparison, HeaderField, Option, StatusCode, Step, Subcode, Vendor
from codes.publishing.dependencies import dependencies


def changed_by(change):
    """The paths whose dependencies a change of content changes."""
    before = dict(dependencies())
    change()
    after = dict(dependencies())
    return {path for path in before | after if before.get(path) != after.get(path)}


ALL = {"/", "/codes"}


@pytest.mark.parametrize(
    ("change", "paths"),
    [
        (lambda: StatusCode.objects.filter(number=499, vendor__slug="nginx").update(summary="Other."), {"/499"}),
        (lambda: StatusCode.objects.get(number=404, vendor=None).keywords.create(words="lost"), {"/404"}),
        (lambda: StatusCode.objects.get(number=404, vendor=None).sources.all().delete(), {"/404"}),
    ],
)
def test_a_change_of_a_number_is_a_change_of_its_page_and_of_the_lists(db, change, paths):
    assert changed_by(change) == ALL | paths


def test_a_new_number_is_there_at_once(db):
    def add():
        StatusCode.objects.create(number=777, vendor=Vendor.objects.get(slug="nginx"), summary="New.")

    # Other pages may show how many there are.
    changed = changed_by(add)
    assert {"/777", *ALL} <= changed
    assert changed.isdisjoint({"/404", "/499", "/vendors/cloudflare", "/headers/retry-after"})


def test_everything_that_has_a_page_of_its_own_has_dependencies(db):
    paths = dict(dependencies())

    for thing in (
        *(thing for model in (Comparison, HeaderField, RFC, Step, Vendor) for thing in model.objects.all()),
        *Subcode.objects.for_detail(),
    ):
        assert thing.get_absolute_url() in paths


def test_a_change_of_a_vendor_is_a_change_of_its_page(db):
    assert changed_by(lambda: Vendor.objects.filter(slug="nginx").update(company="Other")) == {"/vendors/nginx"}
    assert "/499" in changed_by(lambda: Vendor.objects.filter(slug="nginx").update(name="Other"))


def test_a_change_of_an_option_is_a_change_of_its_question(db):
    option = Option.objects.select_related("step").first()

    assert changed_by(lambda: Option.objects.filter(pk=option.pk).update(text="Other.")) == {
        option.step.get_absolute_url()
    }
