"""Reading and writing fixtures: what is wrong is named with file, record and field, and nothing is loaded."""

from datetime import UTC, datetime

import pytest
import yaml
from django.core.management import CommandError, call_command
from django.core.management.color import no_style
from django.db import IntegrityError, connection

from codes.content.dumper import dump
from codes.content.fixture_files import FILES
from codes.content.loader import ContentError, load
from codes.content.state import content_tables
from codes.management.commands import load_content
from codes.models import StatusCode, Vendor
from tests.prepared import FIXTURES


def clear():
    # What waits for the commit would keep PostgreSQL from emptying a table.
    connection.check_constraints()
    # Deleted rows would stay in PostgreSQL's tables, and slow down every later test.
    connection.ops.execute_sql_flush(connection.ops.sql_flush(no_style(), content_tables()))


@pytest.fixture
def folder(tmp_path, db):
    """A small content in an empty database's fixtures: class 4xx, two RFCs, a vendor, 404 and 499."""
    clear()
    for name in FILES:
        (tmp_path / name).write_text("[]\n")
    write(
        tmp_path,
        "classes.yaml",
        [{"model": "codes.statusclass", "fields": {"digit": 4, "name": "Client Error", "description": "x"}}],
    )
    write(
        tmp_path,
        "vendors.yaml",
        [{"model": "codes.vendor", "fields": {"slug": "nginx", "name": "nginx", "kind": "project"}}],
    )
    write(tmp_path, "codes.yaml", [code(404), code(499, vendor=["nginx"], registration="")])
    return tmp_path


def code(number, **fields):
    return {
        "model": "codes.statuscode",
        "fields": {
            "number": number,
            "status_class": 4,
            "phrase": "A phrase",
            "registration": "registered",
            "summary": "A summary.",
            "description": "A description.",
            **fields,
        },
    }


def write(folder, name, records):
    (folder / name).write_text(yaml.safe_dump(records, allow_unicode=True, sort_keys=False))


def test_a_small_content_loads(folder):
    assert load(folder) == 4
    assert str(StatusCode.objects.get(number=499)) == "499 A phrase (nginx)"


@pytest.mark.parametrize(
    ("record", "message"),
    [
        (code(404), "this record repeats codes.yaml, line 1, number 404, status_class 4. Keep one of the two."),
        (code(405, colour="red"), "there is no field 'colour'. The fields are: number,"),
        (code(405, id=1), "there is no field 'id'. The fields are: number,"),
        (code(405, keywords=["lost"]), "there is no field 'keywords'. The fields are: number,"),
        (code(405, vendor=["ngnix"], registration=""), "vendor: there is no vendor ['ngnix']. Add it to its own file"),
        (code(405, status_class=9), "status_class: there is no class 9. Add it to its own file"),
        (code(405, vendor=["nobody", 1]), "vendor: there is no vendor ['nobody', 1]."),
        (code(405, vendor={"slug": "nginx"}), "vendor: there is no vendor {'slug': 'nginx'}."),
        (code(405, summary="x" * 161), "summary: Ensure this value has at most 160 characters (it has 161)."),
        (code(405, description="x" * 20_001), "description: Ensure this value has at most 20000 characters"),
        (code(1000, vendor=["nginx"], registration="", status_class=None), "A number has three digits: 0 to 999."),
        (code("four hundred"), "“four hundred” value must be an integer"),
        (code(405, state="sleepy"), "state: Value 'sleepy' is not a valid choice."),
        (code(405, registration=""), "The registry’s meaning needs a registration; a vendor’s cannot have one."),
        (code(405, registration="temporary"), "A temporary registration needs an expiry date"),
        (code(405, registration="temporary", registration_expires="someday"), "“someday” value has an invalid date"),
        (code(405, phrase=""), "A registered number needs a phrase; only an unused one has none."),
        (code(999, status_class=None), "The registry covers 100 to 599 only: choose a vendor."),
        (code(405, summary=""), "summary: This field cannot be blank."),
        ({"model": "codes.statuscode"}, "a record has a “model” and “fields”, and nothing else."),
        ({"model": "codes.vendor", "fields": {}}, "model is 'codes.vendor', but this file is for codes.statuscode."),
        ("just words", "a record has a “model” and “fields”, and nothing else."),
    ],
)
def test_a_wrong_record_is_named_and_nothing_is_loaded(folder, record, message):
    records = yaml.safe_load((folder / "codes.yaml").read_text())
    write(folder, "codes.yaml", [*records, record])

    with pytest.raises(ContentError) as error:
        load(folder)

    assert str(error.value).startswith("codes.yaml, line ")
    assert message in str(error.value)
    assert not StatusCode.objects.exists()
    assert not Vendor.objects.exists()


def test_a_second_usual_meaning_is_named_with_the_cure(folder):
    vendor = {"model": "codes.vendor", "fields": {"slug": "iis", "name": "IIS", "kind": "product"}}
    write(folder, "vendors.yaml", [*yaml.safe_load((folder / "vendors.yaml").read_text()), vendor])
    meanings = [code(499, vendor=[slug], registration="", usual=True) for slug in ("iis", "nginx")]
    write(folder, "codes.yaml", meanings)

    with pytest.raises(ContentError, match=r"codes\.yaml, line \d+, number 499, .*clear “usual meaning” there first"):
        load(folder)


@pytest.mark.parametrize("order", [1, -1])
def test_a_usual_meaning_beside_the_registrys_is_refused_in_whichever_order_they_stand(folder, order):
    meanings = [code(499), code(499, vendor=["nginx"], registration="", usual=True)]
    write(folder, "codes.yaml", meanings[::order])

    with pytest.raises(ContentError, match=r"codes\.yaml, line \d+, number 499, .*clear “usual meaning”"):
        load(folder)


def test_a_reference_that_its_field_does_not_offer_is_named(folder):
    step = {"slug": "closed", "code": [499, "nginx"], "text": "Because."}
    write(folder, "steps.yaml", [{"model": "codes.step", "fields": step}])

    with pytest.raises(ContentError, match=r"steps\.yaml, line 1, slug closed.*“499 A phrase \(nginx\)” is not"):
        load(folder)


def test_a_record_that_breaks_a_rule_between_records_is_named_among_many(folder):
    # The database refuses all of them together, and does not say which one it is.
    rfcs = [{"number": number, "title": "A", "published": "2022-06", "status": "historic"} for number in (1, 2)]
    write(folder, "rfcs.yaml", [{"model": "codes.rfc", "fields": fields} for fields in rfcs])
    definitions = [{"rfc": rfc, "code": [404], "current": True} for rfc in (1, 2)]
    write(folder, "definitions.yaml", [{"model": "codes.definition", "fields": fields} for fields in definitions])

    with pytest.raises(ContentError, match=r"definitions\.yaml, line 7, rfc 2, .*clear “current” there first"):
        load(folder)


@pytest.mark.parametrize("obsoletes", [[9999], "9999", ["9999"], {"a": 1}, [[1]]])
def test_a_list_of_references_is_checked_too(folder, obsoletes):
    fields = {"number": 9110, "title": "A", "published": "2022-06", "status": "historic", "obsoletes": obsoletes}
    write(folder, "rfcs.yaml", [{"model": "codes.rfc", "fields": fields}])

    with pytest.raises(ContentError, match=r"rfcs\.yaml, line 1, number 9110, title A: obsoletes: there is no RFC"):
        load(folder)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("- model: [", "codes.yaml: invalid YAML:"),
        ("model: codes.statuscode", "codes.yaml: a fixture is a list of records"),
        ("", "codes.yaml: a fixture is a list of records"),
        ("- !!python/object:os.system {}", "codes.yaml: invalid YAML:"),
    ],
)
def test_a_file_that_is_no_fixture_is_named(folder, text, message):
    (folder / "codes.yaml").write_text(text)

    with pytest.raises(ContentError, match=r"codes\.yaml") as error:
        load(folder)

    assert message in str(error.value)


def test_a_missing_file_and_one_that_is_not_utf8_are_named(folder):
    (folder / "codes.yaml").write_bytes(b"- \xff")
    with pytest.raises(ContentError, match=r"codes.yaml: the file is not UTF-8 text"):
        load(folder)

    (folder / "codes.yaml").unlink()
    with pytest.raises(ContentError, match=r"codes.yaml: the file cannot be read \(No such file"):
        load(folder)


def test_the_command_says_what_is_wrong_and_that_nothing_was_loaded(folder):
    write(folder, "codes.yaml", [code(405, colour="red")])

    with pytest.raises(
        CommandError,
        match=r"(?s)codes.yaml, line 1, number 405, status_class 4: there is no field.*Nothing was loaded.",
    ):
        call_command("load_content", folder)


def test_the_command_never_overwrites_content(db, capsys):
    StatusCode.objects.filter(number=404).update(summary="A curator wrote this.")

    call_command("load_content")

    assert StatusCode.objects.get(number=404, vendor=None).summary == "A curator wrote this."
    assert "nothing loaded" in capsys.readouterr().out


@pytest.mark.parametrize("error", [IntegrityError, ContentError])
def test_the_command_gives_way_to_another_process_that_loads_at_the_same_time(db, capsys, monkeypatch, error):
    def load(folder):
        raise error("It is there already.")

    # As it looks to the second of two: nothing there at first, then everything.
    looks = iter([False, True])
    monkeypatch.setattr(type(StatusCode.objects.all()), "exists", lambda self: next(looks))
    monkeypatch.setattr(load_content, "load", load)

    call_command("load_content")

    assert "Another process has just loaded the content" in capsys.readouterr().out


@pytest.mark.slow
def test_the_shipped_fixtures_are_what_a_dump_of_them_writes(db, tmp_path):
    dump(tmp_path)

    for name in FILES:
        assert (tmp_path / name).read_text() == (FIXTURES / name).read_text(), name


def test_a_dump_does_not_depend_on_the_locale_of_the_database(db, tmp_path):
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has no locale")
    with connection.cursor() as cursor:
        cursor.execute('ALTER TABLE codes_source ALTER title TYPE varchar(300) COLLATE "en-x-icu"')
        cursor.execute('ALTER TABLE codes_constant ALTER name TYPE varchar(100) COLLATE "en-x-icu"')

    dump(tmp_path)

    for name in ("constants.yaml", "sources.yaml"):
        assert (tmp_path / name).read_text() == (FIXTURES / name).read_text(), name


@pytest.mark.slow
def test_django_loads_the_fixtures_too(db, tmp_path):
    if connection.vendor != "sqlite":
        pytest.skip("the next test shows it with a part; the whole takes a quarter of a minute")
    clear()

    call_command("loaddata", *(name.removesuffix(".yaml") for name in FILES), verbosity=0)

    dump(tmp_path)
    for name in FILES:
        assert (tmp_path / name).read_text() == (FIXTURES / name).read_text(), name


@pytest.mark.slow
def test_what_django_loads_is_what_was_dumped_and_a_second_time_changes_nothing(db, tmp_path):
    # A part with rows of every model: the whole would take ten times as long.
    StatusCode.objects.exclude(number__in=(300, 301, 403, 404, 410, 499, 503)).delete()
    assert all(model._default_manager.exists() for model in FILES.values())
    dump(tmp_path)
    dumped = {name: (tmp_path / name).read_text() for name in FILES}
    clear()

    for _ in range(2):
        call_command("loaddata", *(str(tmp_path / name) for name in FILES), verbosity=0)

        dump(tmp_path)
        assert {name: (tmp_path / name).read_text() for name in FILES} == dumped


def test_a_dump_of_edited_content_loads_again(folder, tmp_path):
    load(folder)
    edited = StatusCode.objects.get(number=404, vendor=None)
    edited.description = "Lines\nwith: colons\n\n- and 'quotes' — “”\n\ttabs"
    edited.updated_at = datetime(2027, 1, 2, 3, 4, 5, 678, tzinfo=UTC)
    edited.save()
    dump(tmp_path)
    clear()

    load(tmp_path)

    code = StatusCode.objects.get(number=404, vendor=None)
    assert code.description == edited.description
    assert code.updated_at == edited.updated_at


def test_no_fixture_is_left_out_of_the_loading():
    assert {path.name for path in FIXTURES.glob("*.yaml")} == set(FILES)
