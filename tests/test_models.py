"""The rules that the database keeps whoever writes to it."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from codes.content.fixture_files import FILES
from codes.models import RFC, Definition, FormerPhrase, HeaderField, Property, SeeAlso, StatusCode, Subcode, Vendor

pytestmark = pytest.mark.django_db


def registered(**fields):
    return StatusCode(
        **{
            "number": 427,
            "status_class_id": 4,
            "phrase": "New",
            "registration": "registered",
            "summary": "A summary.",
            "description": "A description.",
            **fields,
        }
    )


def vendors(slug="nginx", **fields):
    return registered(**{"vendor": Vendor.objects.get(slug=slug), "registration": "", **fields})


def refused(instance):
    """Both the form's validation, whose message this is, and the database refuse it."""
    with pytest.raises(ValidationError) as error:
        instance.full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        instance.save()
    return " ".join(error.value.messages)


def test_a_number_may_have_many_meanings_but_one_of_the_registry():
    registered().save()
    vendors().save()
    vendors("cloudflare").save()

    assert refused(registered())


def test_a_vendor_has_one_meaning_of_a_number():
    assert refused(vendors(number=499))


def test_numbers_outside_000_to_999_are_refused():
    assert refused(vendors(number=1000, status_class_id=None))


def parties(number):
    return [code.vendor and code.vendor.slug for code in StatusCode.objects.of_number(number)]


def test_the_usual_meaning_comes_first_and_the_registrys_before_all_others():
    vendors("cloudflare").save()
    vendors("nginx", usual=True).save()
    assert parties(427) == ["nginx", "cloudflare"]
    assert parties(499)[:2] == ["nginx", "antivirus"]

    StatusCode.objects.filter(number=427).update(usual=False)
    registered().save()

    assert parties(427) == [None, "cloudflare", "nginx"]


def test_what_hangs_on_the_meanings_of_a_number_keeps_their_order():
    def parties_of_phrases():
        phrases = FormerPhrase.objects.filter(code__number=427).order_by("code")
        return [phrase.code.vendor and phrase.code.vendor.slug for phrase in phrases]

    for code in (vendors("cloudflare"), vendors("nginx", usual=True)):
        code.save()
        FormerPhrase.objects.create(code=code, phrase="Old")
    assert parties_of_phrases() == ["nginx", "cloudflare"]

    StatusCode.objects.filter(number=427).update(usual=False)
    code = registered()
    code.save()
    FormerPhrase.objects.create(code=code, phrase="Old")

    assert parties_of_phrases() == [None, "cloudflare", "nginx"]


def test_a_number_has_one_usual_meaning():
    vendors("nginx", usual=True).save()
    vendors("iis", number=499, status_class_id=4).save()

    assert "clear “usual meaning” there first" in refused(vendors("cloudflare", usual=True))
    assert "clear “usual meaning” there first" in refused(vendors("laravel", number=499, usual=True))


def test_the_registrys_meaning_is_never_the_usual_one():
    assert "clear “usual meaning”" in refused(registered(usual=True))


def test_a_number_that_the_registry_has_needs_no_usual_meaning_whichever_is_added_last():
    assert "its own meaning comes first" in refused(vendors(number=404, usual=True))
    vendors("cloudflare").save()
    vendors("nginx", usual=True).save()
    assert "clear “usual meaning” of 427 New (nginx) first" in refused(registered())

    StatusCode.objects.filter(number=427).update(usual=False)

    registered().full_clean()


def test_the_class_is_the_first_digit():
    for fields in ({"number": 427, "status_class_id": 5}, {"number": 600, "status_class_id": 5}):
        with pytest.raises(IntegrityError), transaction.atomic():
            vendors(**fields).save()


def test_the_class_follows_from_the_number():
    for number, digit in ((100, 1), (599, 5), (99, None), (600, None), (0, None)):
        code = vendors("laravel", number=number, status_class_id=None)
        code.full_clean()
        assert code.status_class_id == digit


def test_the_registry_has_no_number_outside_100_to_599():
    assert refused(registered(number=999, status_class_id=None))


def test_a_registration_belongs_to_the_registrys_meaning():
    assert refused(registered(registration=""))
    assert refused(vendors(registration="registered"))


def test_only_a_temporary_registration_expires():
    assert refused(registered(registration_expires="2026-11-13"))
    assert refused(registered(registration="temporary"))


def test_only_an_unused_number_has_no_phrase():
    assert refused(registered(phrase=""))
    assert refused(registered(registration="unused"))
    vendors(phrase="").full_clean()


def test_a_definition_comes_from_an_rfc_or_a_draft():
    code = StatusCode.objects.get(number=404, vendor=None)

    assert refused(Definition(code=code, section="1"))
    assert refused(Definition(code=code, rfc_id=2324, draft="draft-x", section="1"))
    assert refused(Definition(code=code, rfc_id=9110, section="1"))
    assert refused(Definition(code=code, rfc_id=2324, section="1", current=True))


def test_a_property_has_an_answer_to_its_own_question():
    code = vendors()
    code.save()

    assert refused(Property(code=code, name="cacheable", value="yes", rfc_id=9110))
    assert refused(Property(code=code, name="retry", value="heuristically", rfc_id=9110))
    Property(code=code, name="cacheable", value="silent", rfc_id=9110).full_clean()


def test_only_a_vendors_meaning_has_subcodes():
    registered = StatusCode.objects.get(number=404, vendor=None)

    with pytest.raises(ValidationError, match="belongs to a vendor’s meaning"):
        Subcode(code=registered, number=1, phrase="One", summary="One.").full_clean()


def test_a_header_field_is_a_name_whose_slug_is_it_in_lower_case():
    HeaderField(slug="allow-me", name="Allow-Me").full_clean()
    for slug, name in (("something", "Allow-Me"), ("bad name", "Bad Name"), ("a_b", "A_B")):
        with pytest.raises(ValidationError):
            HeaderField(slug=slug, name=name).full_clean()


@pytest.mark.parametrize("model", FILES.values(), ids=lambda model: model._meta.model_name)
def test_every_field_that_a_curator_fills_teaches_its_rule(model):
    fields = [*model._meta.fields, *model._meta.many_to_many]

    silent = {field.name for field in fields if field.editable and not field.help_text} - {"id", "code"}

    assert silent == set()


def test_a_code_is_not_confused_with_itself():
    code = StatusCode.objects.get(number=404, vendor=None)

    assert refused(SeeAlso(code=code, other=code, difference="None."))


@pytest.mark.parametrize("month", ["2022", "2022-13", "2022-6", "22-06", "2022-06-01"])
def test_a_month_is_written_as_such(month):
    with pytest.raises(ValidationError, match="YYYY-MM"):
        RFC(number=1, title="A", published=month, status="historic").full_clean()


@pytest.mark.parametrize("section", ["§1", "1.", "section 1", "1..2", "a.1"])
def test_a_section_is_its_bare_number(section):
    code = StatusCode.objects.get(number=404, vendor=None)

    with pytest.raises(ValidationError, match="bare"):
        Definition(code=code, rfc_id=2324, section=section).full_clean()


def test_a_text_has_plain_line_ends_and_nothing_around_it():
    code = vendors(description=" \r\nOne\r\nTwo\rThree \n")

    code.full_clean()

    assert code.description == "One\nTwo\nThree"
