"""What a document writes into its tables, each within a transaction of the document's own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gkdesk.storage import schema

if TYPE_CHECKING:
    import sqlite3

    from gkdesk.storage.content import Patch
    from gkdesk.storage.reading import Held

REVISION = (
    "INSERT INTO revision (year, time, user, name, format, change, sha256) VALUES (?, ?, ?, ?, ?, ?, ?)"
)
STATE = "INSERT INTO state (year, revision, time, user, state, reason) VALUES (?, ?, ?, ?, ?, ?)"
VERSION = "INSERT INTO version (year, revision, time, user, name) VALUES (?, ?, ?, ?, ?)"
_UPSERT = "INSERT INTO entry VALUES (?, ?, ?) ON CONFLICT (year, key) DO UPDATE SET value = excluded.value"


def put_report(conn: sqlite3.Connection, year: int, held: Held, created: str) -> None:
    """The report of a year that has none; `created` is when it was added, ISO 8601 with offset."""
    db = schema.database(conn)
    db.table("report").insert({"year": year, "format": held.format_id, "created": created})
    db.table("entry").insert_all(
        [{"year": year, "key": key, "value": value} for key, value in held.entries.items()]
    )


def take_out_report(conn: sqlite3.Connection, year: int) -> None:
    """The report of a year goes; its revisions, states and versions stay."""
    db = schema.database(conn)
    for table in ("entry", "report"):
        db.table(table).delete_where("year = ?", [year])


def lay_over(conn: sqlite3.Connection, year: int, patch: Patch) -> None:
    """A patch over the entries of a year.

    Plain SQL: this is the way of every keystroke, and sqlite-utils would take 120 ms to load for the first.
    """
    for key, value in patch.items():
        if value is None:
            conn.execute("DELETE FROM entry WHERE year = ? AND key = ?", (year, key))
        else:
            conn.execute(_UPSERT, (year, key, value))
