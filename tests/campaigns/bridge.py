"""The shipped storage code on a disk of our own: `Document` with apsw's SQLite and a VFS written here.

apsw (a test dependency) lets a VFS be written in Python; its connection is dressed up as one of `sqlite3`, so that
everything above `connection.connect` is the code that is shipped.
"""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager

import apsw

from gkdesk.storage import connection

DATA_ERRORS = (apsw.CorruptError, apsw.NotADBError)


class Rows:
    """A finished statement, with what the storage code asks of a cursor."""

    def __init__(self, rows, lastrowid):
        self._rows = iter(rows)
        self.lastrowid = lastrowid

    def __iter__(self):
        return self._rows

    def fetchone(self):
        return next(self._rows, None)

    def fetchall(self):
        return list(self._rows)


class Bridge:
    """An apsw connection that looks like one of `sqlite3`, errors included."""

    def __init__(self, path, vfs):
        with _translated():
            self._conn = apsw.Connection(str(path), flags=apsw.SQLITE_OPEN_READWRITE, vfs=vfs)
            self._conn.set_busy_timeout(int(connection.BUSY_SECONDS * 1000))

    @property
    def in_transaction(self):
        return self._conn.in_transaction

    def execute(self, sql, parameters=()):
        with _translated():
            rows = list(self._conn.execute(sql, parameters))
            return Rows(rows, self._conn.last_insert_rowid())

    def close(self):
        with _translated():
            self._conn.close(True)


@contextmanager
def _translated():
    try:
        yield
    except apsw.Error as error:
        kind = sqlite3.DatabaseError if isinstance(error, DATA_ERRORS) else sqlite3.OperationalError
        translated = kind(str(error))
        translated.sqlite_errorcode = error.extendedresult
        raise translated from error


@contextmanager
def shipped_code_on(vfs, *settings):
    """Within it every `connection.connect` goes through the VFS of that name.

    `settings` are pragmas that spoil the shipped ones once the lock is taken: a wrong mode, to see it caught.
    """
    connect, take_lock = connection.connect, connection.take_lock

    def bridged(path, *, read_only=False):
        conn = Bridge(path, vfs)
        for pragma in (
            "trusted_schema = OFF",
            "cell_size_check = ON",
            "mmap_size = 0",
            "temp_store = MEMORY",
        ):
            conn.execute(f"PRAGMA {pragma}")
        return conn

    def spoiled(conn):
        take_lock(conn)
        for setting in settings:
            conn.execute(f"PRAGMA {setting}")

    connection.connect, connection.take_lock = bridged, spoiled
    try:
        yield
    finally:
        connection.connect, connection.take_lock = connect, take_lock
