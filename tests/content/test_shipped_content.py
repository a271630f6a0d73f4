"""Facts about the shipped content."""

import csv
from datetime import date

import pytest
import yaml

from codes.content.checks import find_problems
from codes.content.reference_data import FOLDER
from codes.content.registry import read_registry
from codes.models import Constant, Definition, HeaderRule, Library, Registry, StatusCode, Subcode, Vendor
from codes.models.properties import ANSWERS, Property

pytestmark = pytest.mark.django_db


def read_identifiers():
    """The names of status codes in each library, as extracted from a named version of it."""
    files = sorted((FOLDER / "identifiers").glob("*.yaml"))
    return [yaml.load(file.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader) for file in files]


def first_list():
    with (FOLDER / "first-list.csv").open(newline="") as file:
        return [(int(row["number"]), row["vendor"] or None) for row in csv.DictReader(file)]


def meanings():
    return set(StatusCode.objects.values_list("number", "vendor__slug"))


def test_the_content_keeps_every_rule():
    assert find_problems(date(2026, 11, 22)) == []


def test_the_registry_has_64_rows_and_we_have_each_of_them_and_no_other():
    assert len(read_registry()) == 64
    assert {number for number, vendor in meanings() if vendor is None} == set(read_registry())


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


@pytest.mark.slow
def test_every_row_means_what_full_clean_says():
    for code in StatusCode.objects.select_related("vendor"):
        code.full_clean()


def test_every_meaning_has_a_summary_of_one_sentence():
    for code in StatusCode.objects.all():
        assert 20 <= len(code.summary) <= 160, code
        assert code.summary.endswith((".", ")")), code


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


def test_the_registry_was_checked_after_its_last_update():
    registry = Registry.objects.get()

    assert registry.updated_on == date(2025, 9, 15)
    assert registry.checked_on >= registry.updated_on


@pytest.mark.parametrize("library", read_identifiers(), ids=lambda library: library["library"])
def test_the_constants_of_a_library_are_those_that_it_has(library):
    """Both ways: none is missing, none is invented."""
    extracted = {(entry["number"], str(entry["name"]), entry["until"]) for entry in library["identifiers"]}

    constants = Constant.objects.filter(library__name=library["library"])

    assert {(constant.code.number, constant.name, constant.until) for constant in constants} == extracted


def test_every_library_of_the_content_was_extracted():
    assert set(Library.objects.values_list("name", "version")) == {
        (library["library"], str(library["version"])) for library in read_identifiers()
    }


@pytest.mark.parametrize(
    ("number", "vendor"),
    [
        *((494, "nginx"), (530, "cloudflare"), (499, "cloudflare")),
        *((0, "aws-elb"), (460, "aws-elb"), (463, "aws-elb"), (464, "aws-elb"), (561, "aws-elb")),
        *((403, "iis"), (451, "exchange-activesync"), (499, "aspnet-core")),
        *((430, "shopify"), (540, "shopify"), (783, "shopify"), (419, "laravel"), (509, "cpanel"), (529, "ssl-labs")),
        *((529, "anthropic"), (530, "pantheon"), (999, "linkedin"), (0, "squid"), (308, "google-apis")),
        *((499, "traefik"), (550, "fastly"), (420, "spring"), (420, "webdav-drafts"), (425, "webdav-drafts")),
        *((103, "resumable-requests"), (308, "resumable-requests"), (218, "informal"), (122, "informal")),
        *((110, "warn-codes"), (111, "warn-codes"), (112, "warn-codes"), (199, "warn-codes")),
        *((214, "warn-codes"), (299, "warn-codes")),
    ],
)
def test_vendors_meanings_beyond_the_first_list(number, vendor):
    assert (number, vendor) in meanings()


def test_folklore_is_marked_as_such():
    for number in (218, 122):
        code = StatusCode.objects.get(number=number, vendor__slug="informal")
        assert (code.state, code.unsourced) == ("disputed", True)


def test_warn_codes_say_that_they_are_no_status_codes():
    for code in StatusCode.objects.filter(vendor__slug="warn-codes"):
        assert "status code" in code.summary
        assert not code.on_the_wire


def test_subcodes_of_iis_and_cloudflare():
    subcodes = set(Subcode.objects.values_list("code__number", "code__vendor__slug", "number"))

    assert {(403, "iis", 14), (404, "iis", 13), (500, "iis", 19), (530, "cloudflare", 1016)} <= subcodes
    assert (403, "cloudflare", 1020) in subcodes


def test_every_registered_code_has_an_example_but_306_whose_use_no_specification_tells():
    without = StatusCode.objects.registered().filter(examples=None).values_list("number", flat=True)

    assert set(without) == {306}


def test_every_meaning_says_what_to_do_and_what_people_type():
    for code in StatusCode.objects.prefetch_related("keywords"):
        assert code.advice_client, code
        assert code.advice_server or code.state == "retired", code
        assert code.keywords.all(), code
        assert code.arises_at, code
