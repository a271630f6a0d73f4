"""`check_content` and `check_registry`: each rule, broken once."""

from datetime import date

import pytest
from django.core.management import CommandError, call_command

from codes.content.checks import find_problems
from codes.content.reference_data import FOLDER
from codes.models import RFC, Comparison, Definition, HeaderField, Option, Registry, StatusCode, Step, Vendor

# Each applies every rule to the whole content.
pytestmark = [pytest.mark.django_db, pytest.mark.slow]

TODAY = date(2026, 11, 22)


@pytest.fixture
def code():
    return StatusCode.objects.get(number=404, vendor=None)


def only_problem():
    (problem,) = find_problems(TODAY)
    return problem


def test_a_section_that_the_rfc_does_not_have(code):
    code.definitions.filter(rfc=2616).update(section="10.4.99")

    assert only_problem() == (
        "definitions.yaml, 404 Not Found, RFC 2616 §10.4.99, section: RFC 2616 has no section 10.4.99."
    )


def test_a_citation_in_a_text(code):
    code.description = "See RFC 9110\n§99.1."
    code.save()

    assert only_problem() == "codes.yaml, 404 Not Found, description: RFC 9110 has no section 99.1."


@pytest.mark.parametrize(
    "text",
    [
        "RFC 9110 §15.5.5, §99.9",
        "RFC 9110 §15 and §99.9",
        "RFC 9110 section 99.9",
        "RFC 9110 Appendix Z.9",
        "RFC 9110\n§Q",
    ],
)
def test_every_place_that_a_text_cites(code, text):
    code.avoid_when = f"See {text}."
    code.save()

    assert "avoid_when: RFC 9110 has no section" in only_problem()


def test_a_citation_in_whatever_model(code):
    code.sources.update(supports="As RFC 9110 §99 says.")
    code.see_also.filter(position=1).update(difference="RFC 9110 §98 tells.")

    assert len([problem for problem in find_problems(TODAY) if "has no section 9" in problem]) == 2


def test_a_citation_of_an_rfc_that_was_not_read():
    Vendor.objects.filter(slug="nginx").update(description="See RFC 3986 §3.")

    assert only_problem().startswith("vendors.yaml, nginx, description: RFC 3986 is not in reference/sections.yaml")


def test_the_section_of_a_header_field():
    HeaderField.objects.filter(slug="allow").update(section="10.99")

    assert only_problem() == "header_fields.yaml, Allow, section: RFC 9110 has no section 10.99."


def test_a_phrase_that_differs_from_the_registry_without_a_note(code):
    StatusCode.objects.filter(number=413, vendor=None).update(phrase="Payload Too Large")

    found = find_problems(TODAY)

    assert (
        "codes.yaml, 413, phrase: the registry has “Content Too Large”: use it, or explain the difference in "
        "registration_note."
    ) in found
    StatusCode.objects.filter(number=413, vendor=None).update(registration_note="Because.")
    assert not any("use it, or explain" in problem for problem in find_problems(TODAY))


def test_an_expired_registration_without_a_note():
    StatusCode.objects.filter(number=104).update(registration_note="")

    assert only_problem() == (
        "codes.yaml, 104, registration_note: its registration expired on 2026-11-13: explain that here."
    )
    assert find_problems(date(2026, 11, 13)) == []


def test_a_code_that_the_registry_does_not_have():
    StatusCode.objects.create(
        number=427, status_class_id=4, phrase="New", registration="registered", summary="A.", description="A."
    )

    assert "codes.yaml, 427 New, number: it is not in the registry: add the vendor that uses it." in (
        find_problems(TODAY)
    )


def test_a_code_of_the_registry_that_is_missing():
    StatusCode.objects.filter(number=425, vendor=None).delete()

    assert (
        "codes.yaml, 425, number: the registry has Too Early (registered), RFC 8470: add its meaning."
        in find_problems(TODAY)
    )


def test_another_registration_or_current_definition_than_the_registrys(code):
    StatusCode.objects.filter(number=510).update(registration="registered")
    code.definitions.filter(rfc=9110).update(section="15.5.4")

    assert sorted(find_problems(TODAY)) == [
        "codes.yaml, 404, definitions: the registry refers to RFC 9110 §15.5.5; the current definition is “RFC 9110 "
        "§15.5.4”.",
        "codes.yaml, 510, registration: the registry says “obsoleted”: use that.",
    ]


def test_a_definition_whose_phrase_is_no_name_of_the_code():
    Definition.objects.filter(code__number=404, rfc=1945).update(phrase="Nowhere")

    assert only_problem().endswith(
        "phrase: it is neither the current phrase nor a former one: add it as a former phrase."
    )


def test_a_meaning_without_evidence():
    StatusCode.objects.get(number=444, vendor__slug="nginx").sources.all().delete()

    assert only_problem() == (
        "codes.yaml, 444 No Response (nginx), unsourced: it has neither a definition nor a source: "
        "add one, or set this."
    )


def test_a_registered_meaning_that_leaves_a_question_open(code):
    code.properties.get(name="retry").delete()

    assert (
        only_problem() == "codes.yaml, 404 Not Found, properties: a registered meaning must answer all five questions."
    )


@pytest.mark.parametrize("field", ["obsoletes", "updates"])
@pytest.mark.parametrize("other", [9110, 9112])
def test_an_rfc_that_replaces_or_changes_what_is_not_older(field, other):
    getattr(RFC.objects.get(number=9110), field).add(other)

    assert only_problem() == f"rfcs.yaml, RFC 9110: HTTP Semantics, {field}: RFC {other} is not older: remove it."


def test_eight_words_in_a_row_of_the_first_list(code):
    # Eight words of the list, joined here so that they stand nowhere in the tree as a sentence.
    code.use_when = " ".join(["The", "resource", "that", "is", "being", "accessed", "is", "locked"])
    code.save()

    assert "is copied from the list of 2016–17: reword it." in only_problem()


def test_a_comparison_of_one_meaning(code):
    Comparison.objects.get(slug="missing-or-gone").codes.set([code])

    assert only_problem() == "comparisons.yaml, Missing or gone, codes: a comparison needs two to 6 meanings."


def test_a_question_that_leads_nowhere():
    Option.objects.filter(step__slug="moved-for-good").delete()
    Step.objects.filter(slug__startswith="moved-method").delete()

    assert find_problems(TODAY) == [
        "steps.yaml, May a POST arrive there as a GET?, options: a question needs options: add some.",
        "codes.yaml, 301 Moved Permanently, steps: servers can send it, but no answer recommends it: add one.",
        "codes.yaml, 308 Permanent Redirect, steps: servers can send it, but no answer recommends it: add one.",
    ]


def test_a_step_that_no_option_leads_to():
    Step.objects.create(slug="new", question="New?")

    assert (
        "steps.yaml, New?, option: it cannot be reached from the first question: add an option that leads to it."
        in find_problems(TODAY)
    )


def test_questions_that_lead_back_to_the_first():
    last = Step.objects.get(slug="moved-for-good")
    Option.objects.create(step=last, text="Once more.", leads_to=Step.objects.get(slug="start"))

    assert only_problem() == (
        "steps.yaml, What do you have to tell the client?, option: the questions form a loop: remove the "
        "option that leads here."
    )


def test_questions_that_lead_to_each_other():
    one, other = Step.objects.create(slug="one", question="One?"), Step.objects.create(slug="other", question="Other?")
    Option.objects.create(step=one, text="On.", leads_to=other)
    Option.objects.create(step=other, text="Back.", leads_to=one)

    assert find_problems(TODAY) == [
        f"steps.yaml, {question}, option: it cannot be reached from the first question: add an option that leads to it."
        for question in ("One?", "Other?")
    ]


def test_more_questions_than_anybody_wants_to_answer(code):
    step = Step.objects.get(slug="start")
    for depth in range(1, 7):
        last = depth == 6
        following = Step.objects.create(
            slug=f"deep-{depth}",
            question="" if last else f"Question {depth}?",
            code=code if last else None,
            text="Why.",
        )
        Option.objects.create(step=step, text="On.", leads_to=following)
        step = following

    assert (
        only_problem()
        == "steps.yaml, 404 Not Found, Send 404 Not Found, option: it takes more than 5 questions to reach: "
        "shorten the path."
    )


def test_an_answer_that_is_followed_by_something():
    answer = Step.objects.get(slug="conflict")
    Option.objects.create(
        step=answer, text="On.", leads_to=Step.objects.create(slug="new", code=answer.code, text="Why.")
    )

    assert only_problem() == (
        "steps.yaml, 409 Conflict, Send 409 Conflict, options: an answer cannot have options: remove them."
    )


def test_the_command_fails_with_the_list(code):
    code.description = "RFC 9110 §99"
    code.save()

    with pytest.raises(CommandError, match=r"codes.yaml, 404 Not Found, description.*\nProblems: 1."):
        call_command("check_content")


@pytest.fixture
def registry(tmp_path):
    """A registry CSV with changes against our copy."""

    def write(*changes):
        text = (FOLDER / "registry.csv").read_text()
        for old, new in changes:
            assert old in text
            text = text.replace(old, new)
        path = tmp_path / "registry.csv"
        path.write_text(text)
        return path

    return write


def checked(capsys, path, *arguments):
    try:
        call_command("check_registry", path, *arguments)
        status = 0
    except SystemExit as end:
        status = end.code
    return status, capsys.readouterr().out


def test_a_registry_that_agrees_moves_the_date_of_the_pages(client, capsys, registry):
    status, output = checked(capsys, registry(), "--record", "2026-11-22")

    assert status == 0
    assert output == "The content matches this registry.\nRecorded: checked on 2026-11-22.\n"
    assert Registry.objects.get().checked_on == TODAY
    assert client.get("/404.json").json()["registry_checked_on"] == "2026-11-22"


def test_what_a_newer_registry_changed_is_listed_and_nothing_recorded(capsys, registry):
    path = registry(
        ("427,Unassigned,", '427,New Thing,"[RFC9999, Section 1.2]"'),
        ("Content Too Large", "Content Far Too Large"),
        ("expires 2026-11-13", "expires 2027-11-13"),
        ("425,Too Early,[RFC8470]", "425,Unassigned,"),
        ("[RFC8297]", "[RFC9998]"),
        ('404,Not Found,"[RFC9110, Section 15.5.5]', '404,Not Found,"[RFC9110, Section 15.5.99]'),
        ("Not Extended (OBSOLETED)", "Not Extended"),
    )

    before = Registry.objects.get().checked_on

    status, output = checked(capsys, path, "--record", "2026-11-22")

    assert status == 1
    assert output.splitlines() == [
        "103 now refers to RFC 9998, was RFC 8297",
        "104 now expires on 2027-11-13, was 2026-11-13",
        "404 now refers to RFC 9110 §15.5.99, was RFC 9110 §15.5.5",
        "413 renamed: Content Too Large → Content Far Too Large",
        "425 removed: Too Early",
        "427 added: New Thing (registered), RFC 9999",
        "510 is now registered, was obsoleted",
        "7 differences. Nothing was recorded.",
    ]
    assert Registry.objects.get().checked_on == before


def test_a_registry_as_a_spreadsheet_saves_it_is_read_too(tmp_path, capsys):
    path = tmp_path / "registry.csv"
    path.write_text("\ufeff" + (FOLDER / "registry.csv").read_text())

    assert checked(capsys, path)[0] == 0


def test_an_expiry_that_nobody_noted_is_a_difference(capsys, registry):
    StatusCode.objects.filter(number=104).update(registration_note="")

    status, output = checked(capsys, registry())

    assert status == 1
    assert "104 expired on 2026-11-13: explain that in its registration_note" in output


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "the first line must name the columns Description, Reference, Value"),
        ("Value,Description\n", "the first line must name the columns Reference"),
        (
            "Value,Description,Reference\nabc,X,[RFC1]\n",
            "line 2: expected a number from 100 to 599 with a document, not 'abc'",
        ),
        (
            "Value,Description,Reference\n404,X,\n",
            "line 2: expected a number from 100 to 599 with a document, not '404'",
        ),
        ("Value,Description,Reference\n404,X,[RFC1]\n404,Y,[RFC1]\n", "404 is listed twice"),
        (
            "Value,Description,Reference\n104,X (TEMPORARY - expires 2026-13-45),[RFC1]\n",
            "the expiry date of 104 is invalid",
        ),
        ("Value,Description,Reference\n404\n", "line 2: expected a number from 100 to 599 with a document, not '404'"),
    ],
)
def test_a_file_that_is_no_registry_is_named(tmp_path, text, message):
    (tmp_path / "x.csv").write_text(text)

    with pytest.raises(CommandError, match=r"x\.csv") as error:
        call_command("check_registry", tmp_path / "x.csv")

    assert message in str(error.value)


def test_a_missing_file_and_a_day_to_come_are_refused(tmp_path, registry):
    with pytest.raises(CommandError, match="Save the registry’s CSV there"):
        call_command("check_registry", tmp_path / "none.csv")
    with pytest.raises(CommandError, match="is in the future"):
        call_command("check_registry", registry(), "--record", "2999-01-01")
    with pytest.raises(CommandError, match="write YYYY-MM-DD"):
        call_command("check_registry", registry(), "--record", "yesterday")
