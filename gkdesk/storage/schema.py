"""The tables of a document, what their columns mean, and the way from older versions to this one.

A file is ours when its `application_id` is `APPLICATION_ID`; its `user_version` counts the migrations that
made it. Documents are made and migrated by sqlite-utils inside one transaction of our own: its nested
`atomic()` blocks become savepoints there, so a migration happens completely or not at all.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from gkdesk.storage.connection import transaction

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable

    from sqlite_utils import Database

APPLICATION_ID = 0x474B444B
"""The letters GKDK, at byte 68 of the file; `file` and SQLite show it."""


@dataclass(frozen=True)
class Column:
    """`kind` is int or str; `what` is its meaning."""

    name: str
    kind: type
    what: str


@dataclass(frozen=True)
class Table:
    """No column may be NULL: what is blank has no row."""

    name: str
    what: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    indexes: tuple[tuple[str, ...], ...] = ()


_VERSION_1 = (
    Table(
        "meta",
        "the document as a whole",
        ("key",),
        (
            Column(
                "key",
                str,
                "unit_name, document_id (random, kept by every copy), created; due (MM-DD) where set",
            ),
            Column("value", str, "text"),
        ),
    ),
    Table(
        "report",
        "one report a year",
        ("year",),
        (
            Column("year", int, "the year reported on"),
            Column("format", str, "id of the format, 2019 or 2021"),
            Column("created", str, "when it was added, ISO 8601 with offset"),
        ),
    ),
    Table(
        "entry",
        "what was typed or stated; computed totals are never stored",
        ("year", "key"),
        (
            Column("year", int, "report.year"),
            Column("key", str, "cell id or field, as t3.new.natural or text.overview"),
            Column("value", str, "the text as typed, also when it is no number"),
        ),
    ),
    Table(
        "revision",
        "one row for every committed patch, never changed and never removed",
        ("id",),
        (
            Column("id", int, "counts over all years of the document"),
            Column("year", int, "report.year"),
            Column("time", str, "ISO 8601 with offset"),
            Column("user", str, "login name"),
            Column("name", str, "what was done, as shown in undo"),
            Column("format", str, "id of the format that the report had then"),
            Column("change", str, "JSON: the patch's keys with what changed in their texts (see delta)"),
            Column("sha256", str, "hash of the year's content after it; empty when the report was removed"),
        ),
        (("year",),),
    ),
    Table(
        "state",
        "the way of a report through the office; the newest row of a year holds",
        ("id",),
        (
            Column("id", int, "counts"),
            Column("year", int, "report.year"),
            Column("revision", int, "the year's newest revision.id at that moment"),
            Column("time", str, "ISO 8601 with offset"),
            Column("user", str, "login name"),
            Column("state", str, "filling (填报中), review (送审) or final (定稿)"),
            Column(
                "reason", str, "why, where one is asked for, or where the report was read from; may be empty"
            ),
        ),
        (("year",),),
    ),
    Table(
        "version",
        "names that somebody gave to contents",
        ("id",),
        (
            Column("id", int, "counts"),
            Column("year", int, "report.year"),
            Column("revision", int, "revision.id after which the content is meant"),
            Column("time", str, "when it was named, ISO 8601 with offset"),
            Column("user", str, "login name"),
            Column("name", str, "the name"),
        ),
        (("year",),),
    ),
)

TABLES = _VERSION_1
"""The tables of the present version; a test compares them with what the migrations make."""


def make_tables(db: Database, tables: tuple[Table, ...]) -> None:
    """Create `tables` with their keys and indexes."""
    for table in tables:
        made = db.table(table.name)
        made.create(
            {column.name: column.kind for column in table.columns},
            pk=table.key if len(table.key) > 1 else table.key[0],
            not_null=[column.name for column in table.columns],
        )
        for index in table.indexes:
            made.create_index(list(index))


def _to_version_1(db: Database) -> None:
    make_tables(db, _VERSION_1)


MIGRATIONS: list[Callable[[Database], None]] = [_to_version_1]
"""`MIGRATIONS[n]` takes a document from version n to n + 1. Released ones are never edited, only added to."""


def version() -> int:
    """The version that this program writes."""
    return len(MIGRATIONS)


def migrate(conn: sqlite3.Connection) -> None:
    """Bring an older document to the present version, in one transaction."""
    with transaction(conn):
        _apply(database(conn))


def make(conn: sqlite3.Connection, meta: dict[str, str]) -> None:
    """Make a document of the empty file behind `conn`, in one transaction."""
    db = database(conn)
    with transaction(conn):
        _apply(db)
        db.table("meta").insert_all({"key": key, "value": value} for key, value in meta.items())


def _apply(db: Database) -> None:
    """Run the migrations that are missing; both marks are part of the transaction."""
    (found,) = db.conn.execute("PRAGMA user_version").fetchone()
    for migration in MIGRATIONS[found:]:
        migration(db)
    db.conn.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    db.conn.execute(f"PRAGMA user_version = {version()}")


def database(conn: sqlite3.Connection) -> Database:
    """The connection as sqlite-utils sees it. Loaded here and not before: its import takes over 100 ms."""
    from sqlite_utils import Database

    # Plugins of other programs have no business in a document.
    return Database(conn, execute_plugins=False)
