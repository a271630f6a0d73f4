"""The content state: a token that changes with every change of content, in the same commit.

Anything derived from content is cached together with the token, which is compared with the current one before use: one
small query instead of all those behind the cached value. Tokens are random, so a restored backup brings back its own,
and copies of the content that were edited separately never share one.

Database triggers write the token, because Django's signals miss bulk updates, SQL, other programs and restores. They
are created after every `migrate`, for every table of this app: a new table needs no extra step, and a table that SQLite
rebuilds gets its triggers back.
"""

from __future__ import annotations

from typing import Any

from django.apps import AppConfig, apps
from django.db import connections, transaction
from django.db.backends.utils import CursorWrapper

from codes.models import ContentState


def content_state() -> str:
    """The current token; empty if no content was ever written."""
    return ContentState.objects.values_list("token", flat=True).first() or ""


def content_tables() -> list[str]:
    """All content tables, including those of many-to-many relations."""
    models = apps.get_app_config("codes").get_models(include_auto_created=True)
    return [model._meta.db_table for model in models if model is not ContentState]


def install_triggers(sender: AppConfig, using: str, plan: list[Any] | None = None, **kwargs: Any) -> None:
    """Create the missing triggers (a receiver of `post_migrate`).

    Args:
        sender: the app.
        using: the alias of the database.
        plan: the migrations that were applied. They may have changed content before the triggers existed.
    """
    connection = connections[using]
    tables = set(connection.introspection.table_names())
    # The app may have been migrated back to before the table existed.
    if ContentState._meta.db_table not in tables:
        return
    existing = [table for table in content_tables() if table in tables]
    with transaction.atomic(using=using), connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            _install_on_sqlite(cursor, existing)
        else:
            _install_on_postgresql(cursor, existing)
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
    """Create one row-level trigger per table and operation.

    It deletes and inserts because an upsert would inherit the conflict clause of the statement that fired the trigger:
    `INSERT OR IGNORE` would keep the old token.
    """
    for table in tables:
        for change in ("insert", "update", "delete"):
            cursor.execute(
                f'CREATE TRIGGER IF NOT EXISTS "content_state_{table}_{change}" AFTER {change} ON "{table}" '
                f"BEGIN {_DELETE_ROW}; {_INSERT_ROW['sqlite']}; END"
            )


def _install_on_postgresql(cursor: CursorWrapper, tables: list[str]) -> None:
    """Create deferred triggers, which act once per transaction, at commit.

    Concurrent transactions lock the row that they share last and only briefly, so they do not wait for each other's
    work and cannot deadlock.
    """
    # Serialize hosts that start at the same time.
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
