"""The tables as described, and the way from an older version."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest
from sqlite_utils import Database

from gkdesk.storage import Document, backups, schema
from gkdesk.storage.failures import StorageError


@pytest.fixture
def next_version(monkeypatch):
    """A version 2 that adds a column."""

    def use(migration):
        table = schema.TABLES[0]
        wider = schema.Table(
            table.name, table.what, table.key, (*table.columns, schema.Column("more", str, "more"))
        )
        monkeypatch.setattr(schema, "MIGRATIONS", [*schema.MIGRATIONS, migration])
        monkeypatch.setattr(schema, "TABLES", (wider, *schema.TABLES[1:]))

    return use


def add_column(db):
    db.table("meta").add_column("more", str, not_null_default="")


def test_tables_are_as_described(closed):
    with closing(sqlite3.connect(closed)) as conn:
        db = Database(conn)
        assert db.table_names() == [table.name for table in schema.TABLES]
        for table in schema.TABLES:
            made = db.table(table.name)
            kinds = {int: "INTEGER", str: "TEXT"}
            assert {c.name: c.type for c in made.columns} == {c.name: kinds[c.kind] for c in table.columns}
            assert all(c.notnull or c.name in table.key for c in made.columns)
            assert tuple(made.pks) == table.key
            mine = tuple(tuple(index.columns) for index in made.indexes if index.origin == "c")
            assert mine == table.indexes
            assert all(column.what for column in table.columns)


def test_the_file_says_what_it_is(closed):
    head = closed.read_bytes()[:100]
    assert head[68:72] == b"GKDK"
    assert int.from_bytes(head[60:64], "big") == schema.version()


def test_an_older_document_is_copied_then_migrated(closed, next_version):
    with Document.open(closed) as document:
        entries = document.entries(2024)
    before = closed.stat().st_ino
    next_version(add_column)
    with Document.open(closed) as document:
        assert document.entries(2024) == entries
        document.commit(2024, {"a": "1"}, "输入")
    assert closed.stat().st_ino == before
    (copy,) = backups.of_document(document.document_id)
    assert copy.stem == f"{closed.stem} v1"
    with closing(sqlite3.connect(copy.path)) as conn:
        assert conn.execute("PRAGMA user_version").fetchone() == (1,)
        assert dict(conn.execute("SELECT key, value FROM entry")) == entries
    Document.open(closed).close()


def test_a_migration_that_fails_leaves_the_document_as_it_was(closed, next_version, monkeypatch):
    def fails(db):
        add_column(db)
        db.table("entry").delete_where("year = 2024")
        raise sqlite3.OperationalError("database or disk is full")

    with monkeypatch.context() as patched:
        patched.setattr(schema, "MIGRATIONS", [*schema.MIGRATIONS, fails])
        with pytest.raises(StorageError, match="磁盘已满"):
            Document.open(closed)
    with Document.open(closed) as document:
        assert document.years() == [2024]
        assert document.entries(2024)["t3.new.natural"] == "12"


def test_a_new_document_runs_every_migration(path, next_version):
    next_version(add_column)
    Document.create(path, "某单位").close()
    Document.open(path).close()
    assert [file.name for file in path.parent.iterdir()] == [path.name]
