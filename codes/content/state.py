"""The content state: a token that changes, in the same commit, with every change of content.

Whoever keeps something made of content keeps the token with it, and asks again before using it: one small query
instead of all of those that made the thing. Tokens are random, so that a restored backup brings back its own, and
content that was changed in two places never bears the same one.

Database triggers write it, because content also changes in ways that Django's signals miss: bulk updates, SQL, another
program, a restore. They are made after every `migrate`, for every table of this app: a new table needs nothing, and a
table that SQLite had to build anew for a new column gets back what it lost.
"""

from __future__ import annotations

from typing import Any

from django.apps import AppConfig, apps
from django.db import connections, transaction
from django.db.backends.utils import CursorWrapper

from codes.models import ContentState


def content_state() -> str:
    """The present token; empty where nothing was ever written."""
    return ContentState.objects.values_list("token", flat=True).first() or ""


def content_tables() -> list[str]:
    """Every table whose rows are content, those of many-to-many relations included."""
    models = apps.get_app_config("codes").get_models(include_auto_created=True)
    return [model._meta.db_table for model in models if model is not ContentState]


def install_triggers(sender: AppConfig, using: str, plan: list[Any] | None = None, **kwargs: Any) -> None:
    """Make the triggers that are missing (a receiver of `post_migrate`).

    Args:
        sender: the app.
        using: the alias of the database.
        plan: the migrations that were applied. They may have changed content before the triggers were there.
    """
    connection = connections[using]
    tables = set(connection.introspection.table_names())
    # The app may have been migrated back to before there were such tables.
    if ContentState._meta.db_table not in tables:
        return
    there = [table for table in content_tables() if table in tables]
    with transaction.atomic(using=using), connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            _install_on_sqlite(cursor, there)
        else:
            _install_on_postgresql(cursor, there)
        if plan:
            cursor.execute(_DELETE_ROW)
            cursor.execute(_INSERT_ROW[connection.vendor])


_DELETE_ROW = "DELETE FROM codes_contentstate"
_INSERT_ROW = {
    "sqlite": "INSERT INTO codes_contentstate (id, token) VALUES (1, lower(hex(randomblob(16))))",
    "postgresql": "INSERT INTO codes_contentstate (id, token) VALUES (1, replace(gen_random_uuid()::text, '-', '')) "
    "ON CONFLICT (id) DO UPDATE SET token = excluded.token",
}


def _install_on_sqlite(cursor: CursorWrapper, tables: list[str]) -> None:
    """One trigger for each table and kind of change; it runs for each row.

    It deletes and inserts, since an upsert would follow the conflict clause of the statement that fired the trigger:
    `INSERT OR IGNORE` would leave the old token.
    """
    for table in tables:
        for change in ("insert", "update", "delete"):
            cursor.execute(
                f'CREATE TRIGGER IF NOT EXISTS "content_state_{table}_{change}" AFTER {change} ON "{table}" '
                f"BEGIN {_DELETE_ROW}; {_INSERT_ROW['sqlite']}; END"
            )


def _install_on_postgresql(cursor: CursorWrapper, tables: list[str]) -> None:
    """Triggers that wait for the commit, and act once in a transaction.

    Two editors who save at once touch the one row that they share last and for a moment only: neither waits for the
    other's work, and they cannot deadlock.
    """
    # Two hosts that start at once: one after the other.
    cursor.execute("SELECT pg_advisory_xact_lock(hashtext('content_state'))")
    cursor.execute("SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname = 'content_state'")
    missing = sorted(set(tables) - {table for (table,) in cursor.fetchall()})
    if not missing:
        return
    cursor.execute(f"""
        CREATE OR REPLACE FUNCTION content_state() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF current_setting('statusdocs.content_state', true) IS DISTINCT FROM txid_current()::text THEN
                {_INSERT_ROW["postgresql"]};
                PERFORM set_config('statusdocs.content_state', txid_current()::text, true);
            END IF;
            RETURN NULL;
        END $$""")
    for table in missing:
        cursor.execute(
            f'CREATE CONSTRAINT TRIGGER content_state AFTER INSERT OR UPDATE OR DELETE ON "{table}" '
            "DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION content_state()"
        )
        cursor.execute(
            f'CREATE TRIGGER content_state_truncate AFTER TRUNCATE ON "{table}" EXECUTE FUNCTION content_state()'
        )
