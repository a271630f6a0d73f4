"""Facts about the shipped content."""

import csv
import re
from datetime import date
from pathlib import Path

import pytest

from codes.models import RFC, Constant, Definition, HeaderRule, Registry, SeeAlso, StatusCode, Vendor
from codes.models.properties import ANSWERS, Property

DATA = Path(__file__).parent / "data"

pytestmark = pytest.mark.django_db


def registry_rows():
    """The registry: number to (description, reference), ranges left out."""
    with (DATA / "http-status-codes-2025-09-15.csv").open(newline="") as file:
        return {
            int(row["Value"]): (row["Description"], row["Reference"])
            for row in csv.DictReader(file)
            if "-" not in row["Value"] and row["Description"] != "Unassigned"
        }


def first_list():
    with (DATA / "first-list.csv").open(newline="") as file:
        return [(int(row["number"]), row["vendor"] or None) for row in csv.DictReader(file)]


def meanings():
    return set(StatusCode.objects.values_list("number", "vendor__slug"))


def test_the_registry_has_64_rows_and_we_have_each_of_them_and_no_other():
    assert len(registry_rows()) == 64
    assert {number for number, vendor in meanings() if vendor is None} == set(registry_rows())


@pytest.mark.parametrize("number", sorted(registry_rows()))
def test_state_phrase_and_reference_are_the_registrys(number):
    description, reference = registry_rows()[number]
    code = StatusCode.objects.get(number=number, vendor=None)
    current = code.definitions.get(current=True)

    phrase, _, remark = description.partition(" (")
    state = {"TEMPORARY": "temporary", "OBSOLETED)": "obsoleted"}.get(remark.partition(" ")[0], "registered")
    if description == "(Unused)":
        phrase, state = "", "unused"
    assert (code.phrase, code.registration) == (phrase, state)
    document = f"RFC{current.rfc_id}" if current.rfc_id else current.draft
    assert reference.startswith((f"[{document}]", f"[{document},", f"[{document};"))
    if "Section" in reference:
        assert reference.endswith(f"Section {current.section}]")


def test_a_temporary_registration_has_the_registrys_expiry():
    expires = re.search(r"expires (\d{4}-\d{2}-\d{2})", registry_rows()[104][0])

    assert StatusCode.objects.get(number=104, vendor=None).registration_expires == date.fromisoformat(expires[1])


def test_every_entry_of_the_first_list_is_here():
    assert len(first_list()) == 90
    assert len({number for number, _ in first_list()}) == 85
    assert set(first_list()) <= meanings()


def test_numbers_with_many_meanings():
    def parties(number):
        return {vendor for known, vendor in meanings() if known == number}

    assert {None, "resumable-requests"} <= parties(103)
    assert {"twitter", "spring"} <= parties(420)
    assert {None, "exchange-activesync"} <= parties(451)
    assert {"nginx", "arcgis", "antivirus"} <= parties(499)


def test_the_vendors_of_the_design_are_here():
    slugs = {
        *("nginx", "cloudflare", "iis", "exchange-activesync", "aspnet-core", "windows-parental-controls", "aws-elb"),
        *("shopify", "laravel", "spring", "twitter", "arcgis", "smoothwall", "cpanel", "pantheon", "linkedin", "squid"),
        *("resumable-requests", "webdav-drafts", "ssl-labs", "anthropic", "google-apis", "traefik", "fastly"),
        *("antivirus", "informal"),
    }

    assert slugs <= set(Vendor.objects.values_list("slug", flat=True))


def test_every_row_means_what_full_clean_says():
    for code in StatusCode.objects.select_related("vendor"):
        code.full_clean()


def test_every_meaning_has_a_summary_of_one_sentence():
    for code in StatusCode.objects.all():
        assert 20 <= len(code.summary) <= 160, code
        assert code.summary.endswith((".", ")")), code


def test_every_meaning_has_evidence_or_says_that_it_has_none():
    for code in StatusCode.objects.prefetch_related("sources", "definitions"):
        assert code.sources.all() or code.definitions.all() or code.unsourced, code


def test_the_phrase_of_every_definition_is_a_name_of_the_meaning():
    for definition in Definition.objects.select_related("code"):
        code = definition.code
        names = {code.phrase, *code.former_phrases.values_list("phrase", flat=True)}
        assert not definition.phrase or definition.phrase in names, (code, definition)


def test_404_has_the_five_definitions_that_it_ever_had():
    definitions = Definition.objects.filter(code__number=404, code__vendor=None).order_by("rfc")

    assert [(definition.rfc_id, definition.section) for definition in definitions] == [
        (1945, "9.4"),
        (2068, "10.4.5"),
        (2616, "10.4.5"),
        (7231, "6.5.4"),
        (9110, "15.5.5"),
    ]


def test_rfc_2068_had_another_name_for_302_and_lacked_307_416_and_417():
    old = {definition.code.number: definition.phrase for definition in Definition.objects.filter(rfc=2068)}

    assert old[302] == "Moved Temporarily"
    assert not {307, 416, 417} & set(old)


def test_every_registered_meaning_answers_every_question():
    for code in StatusCode.objects.registered():
        assert {answer.name for answer in code.properties.all()} == {question.value for question in ANSWERS}, code


def test_heuristically_cacheable_are_those_of_rfc_9110_and_451():
    codes = Property.objects.filter(name="cacheable", value="heuristically").values_list("code__number", flat=True)

    assert sorted(codes) == [200, 203, 204, 206, 300, 301, 308, 404, 405, 410, 414, 451, 501]


def test_header_fields_that_must_be_sent():
    must = HeaderRule.objects.filter(requirement="MUST").values_list("code__number", "header__name")

    assert {(401, "WWW-Authenticate"), (405, "Allow"), (407, "Proxy-Authenticate"), (426, "Upgrade")} <= set(must)


def test_no_rust_constant_is_invented_for_a_code_that_the_library_lacks():
    rust = set(Constant.objects.filter(library__name="http::StatusCode").values_list("code__number", "name"))

    assert (404, "NOT_FOUND") in rust
    assert (418, "IM_A_TEAPOT") in rust
    assert not {name for number, name in rust if number == 509}


def test_python_renamed_413_in_3_13():
    names = {
        constant.name: constant.since
        for constant in Constant.objects.filter(code__number=413, library__name="http.HTTPStatus")
    }

    assert names["CONTENT_TOO_LARGE"] == "3.13"
    assert "REQUEST_ENTITY_TOO_LARGE" in names


def test_every_rfc_that_another_one_names_as_obsolete_is_older():
    for rfc in RFC.objects.prefetch_related("obsoletes", "updates"):
        assert all(other.number < rfc.number for other in (*rfc.obsoletes.all(), *rfc.updates.all())), rfc


def test_nothing_is_confused_twice_with_the_same():
    pairs = list(SeeAlso.objects.values_list("code", "other"))

    assert len(pairs) == len(set(pairs))


def test_the_registry_was_checked_after_its_last_update():
    registry = Registry.objects.get()

    assert registry.updated_on == date(2025, 9, 15)
    assert registry.checked_on >= registry.updated_on
