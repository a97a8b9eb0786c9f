"""Whatever SQLite and the system report is told in plain words."""

from __future__ import annotations

import errno
import sqlite3
from pathlib import Path

import pytest

from gkdesk.errors import KnownError
from gkdesk.storage import failures
from gkdesk.storage.failures import explain

PLACE = Path("/某处/年报.gkd")


def coded(code):
    error = sqlite3.OperationalError("?")
    error.sqlite_errorcode = code
    return error


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (coded(sqlite3.SQLITE_FULL), failures.DiskFull),
        (coded(sqlite3.SQLITE_IOERR_WRITE), failures.DiskTrouble),
        (coded(sqlite3.SQLITE_IOERR_FSYNC), failures.DiskTrouble),
        (coded(sqlite3.SQLITE_CANTOPEN), failures.DiskTrouble),
        (coded(sqlite3.SQLITE_READONLY_DBMOVED), failures.NotWritable),
        (coded(sqlite3.SQLITE_BUSY), failures.Locked),
        (coded(sqlite3.SQLITE_CORRUPT_INDEX), failures.Damaged),
        (coded(sqlite3.SQLITE_NOTADB), failures.NotADocument),
        (coded(sqlite3.SQLITE_CONSTRAINT), failures.ProgramFault),
        (sqlite3.OperationalError("database or disk is full"), failures.DiskFull),
        (sqlite3.OperationalError("attempt to write a readonly database"), failures.NotWritable),
        (sqlite3.OperationalError("Could not decode to UTF-8 column"), failures.Damaged),
        (sqlite3.ProgrammingError("Cannot operate on a closed database."), failures.ProgramFault),
        (FileExistsError(), failures.AlreadyExists),
        (FileNotFoundError(), failures.NotFound),
        (PermissionError(), failures.NotWritable),
        (OSError(errno.EROFS, ""), failures.NotWritable),
        (OSError(errno.ENOSPC, ""), failures.DiskFull),
        (OSError(errno.EIO, ""), failures.DiskTrouble),
        (ZeroDivisionError(), failures.ProgramFault),
    ],
)
def test_failures_are_told_apart(error, kind):
    told = explain(error, PLACE)
    assert type(told) is kind
    assert isinstance(told, KnownError)
    assert "\n" not in str(told)
    if kind is not failures.ProgramFault:
        assert "年报.gkd" in str(told)


def test_what_is_explained_stays():
    known = failures.NoReport(PLACE, 2024)
    assert explain(known, PLACE) is known
