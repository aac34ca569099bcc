"""Triggers that refuse to change or remove what the journal holds, on SQLite and PostgreSQL."""

from typing import Any

TABLES = ("journal_event", "journal_read", "journal_seal")
SAYS = "the journal is append-only"
# Besides the id: what else makes a new row take the place of an old one.
SAME = {
    "journal_event": (
        "(agency_id = NEW.agency_id AND subject_type = NEW.subject_type "
        "AND subject_id = NEW.subject_id AND seq = NEW.seq)",
        "(agency_id = NEW.agency_id AND key = NEW.key)",
    ),
    "journal_seal": ("(agency_id = NEW.agency_id AND day = NEW.day)",),
}
Tables = tuple[str, ...]


def install(connection: Any, tables: Tables = TABLES) -> None:
    """Put the triggers in place; another room's log may have the same."""
    for sql in _install_sql(connection.vendor, tables):
        with connection.cursor() as cursor:
            cursor.execute(sql)


def remove(connection: Any, tables: Tables = TABLES) -> None:
    """Take them away: for the tests that forge history, and for a migration backwards."""
    for table in tables:
        for act in ("update", "delete", "truncate", "replace"):
            on = f" ON {table}" if connection.vendor == "postgresql" else ""
            with connection.cursor() as cursor:
                cursor.execute(f"DROP TRIGGER IF EXISTS {table}_no_{act}{on}")


def _install_sql(vendor: str, tables: Tables) -> list[str]:
    return _postgresql(tables) if vendor == "postgresql" else _sqlite(tables)


def _sqlite(tables: Tables) -> list[str]:
    changes = [
        f"CREATE TRIGGER {table}_no_{act} BEFORE {act.upper()} ON {table} "
        f"BEGIN SELECT RAISE(ABORT, '{SAYS}'); END"
        for table in tables
        for act in ("update", "delete")
    ]
    # INSERT OR REPLACE removes the old row without firing the trigger against removal.
    replacing = [
        f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} "
        f"WHEN EXISTS (SELECT 1 FROM {table} WHERE {same}) "
        f"BEGIN SELECT RAISE(ABORT, '{SAYS}'); END"
        for table in tables
        for same in [" OR ".join(["id = NEW.id", *SAME.get(table, ())])]
    ]
    return changes + replacing


def _postgresql(tables: Tables) -> list[str]:
    function = (
        "CREATE OR REPLACE FUNCTION journal_append_only() RETURNS trigger LANGUAGE plpgsql "
        f"AS $$ BEGIN RAISE EXCEPTION '{SAYS}'; END $$"
    )
    rows = [
        f"CREATE TRIGGER {table}_no_{act} BEFORE {act.upper()} ON {table} "
        "FOR EACH ROW EXECUTE FUNCTION journal_append_only()"
        for table in tables
        for act in ("update", "delete")
    ]
    whole = [
        f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION journal_append_only()"
        for table in tables
    ]
    return [function, *rows, *whole]
