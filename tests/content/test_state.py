"""The content state: another token after every change of content, however it is made."""

import pytest
from django.apps import apps
from django.db import connection, transaction

from codes.content.state import content_state, content_tables, install_triggers
from codes.models import FormerPhrase, StatusCode, Vendor

# Django's own tests run in a transaction that is never committed: there the triggers of PostgreSQL are asked to act.
ACT_NOW = """
    SET CONSTRAINTS content_state IMMEDIATE;
    SET CONSTRAINTS content_state DEFERRED;
    RESET statusdocs.content_state
"""


def committed_state():
    """The state as a commit would leave it."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(ACT_NOW)
    return content_state()


def execute(statement, *parameters):
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return cursor.rowcount


def test_every_model_of_the_reference_has_its_table_among_those_that_count():
    models = apps.get_app_config("codes").get_models(include_auto_created=True)

    assert {model._meta.db_table for model in models} - set(content_tables()) == {"codes_contentstate"}
    assert {"codes_statuscode", "codes_rfc_obsoletes", "codes_rfc_updates"} <= set(content_tables())


@pytest.mark.parametrize("table", content_tables())
def test_every_kind_of_change_of_a_table_changes_the_state(db, table):
    # What refers to the row is out of the way: this is about triggers, not about references.
    rows = connection.ops.quote_name(table)
    column = connection.ops.quote_name(connection.introspection.get_primary_key_column(connection.cursor(), table))
    seen = [committed_state()]

    assert execute(f"UPDATE {rows} SET {column} = {column}"), f"no fixture has rows for {table}"
    seen.append(committed_state())
    with connection.constraint_checks_disabled():
        execute(
            f"CREATE TEMPORARY TABLE kept AS SELECT * FROM {rows} WHERE {column} = (SELECT min({column}) FROM {rows})"
        )
        execute(f"DELETE FROM {rows} WHERE {column} IN (SELECT {column} FROM kept)")
        seen.append(committed_state())
        execute(f"INSERT INTO {rows} SELECT * FROM kept")
    seen.append(committed_state())
    execute("DROP TABLE kept")

    assert len(set(seen)) == 4


def test_reading_changes_nothing(db):
    before = committed_state()

    list(StatusCode.objects.for_detail())

    assert committed_state() == before != ""


def test_a_bulk_change_an_ignored_conflict_and_raw_sql_change_the_state(db):
    code = StatusCode.objects.get(number=404, vendor=None)
    seen = [committed_state()]

    Vendor.objects.update(company="Another")
    seen.append(committed_state())
    FormerPhrase.objects.bulk_create([FormerPhrase(code=code, phrase="Gone Fishing")], ignore_conflicts=True)
    seen.append(committed_state())
    execute("UPDATE codes_statuscode SET summary = 'Other.' WHERE number = %s", 404)
    seen.append(committed_state())

    assert len(set(seen)) == 4


def test_a_change_that_is_rolled_back_leaves_the_state(db):
    before = committed_state()

    with transaction.atomic():
        Vendor.objects.update(company="Another")
        transaction.set_rollback(True)

    assert committed_state() == before


def test_triggers_that_a_rebuilt_table_lost_come_back_and_a_migration_counts_as_a_change(db):
    drop = 'DROP TRIGGER "content_state_codes_vendor_update"'
    if connection.vendor == "postgresql":
        drop = "DROP TRIGGER content_state ON codes_vendor; DROP TRIGGER content_state_truncate ON codes_vendor"
    execute(drop)
    before = committed_state()
    Vendor.objects.update(company="Another")
    assert committed_state() == before

    install_triggers(apps.get_app_config("codes"), "default", plan=["a migration"])
    migrated = committed_state()
    Vendor.objects.update(company="Yet another")

    assert len({before, migrated, committed_state()}) == 3


def test_emptying_a_table_of_postgresql_changes_the_state(db):
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has no TRUNCATE")
    before = committed_state()

    execute("TRUNCATE codes_keyword")

    assert committed_state() != before
