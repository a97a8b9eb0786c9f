"""How paths are handed to SQLite, and that transactions end."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import PurePosixPath, PureWindowsPath

import pytest

from gkdesk.storage.connection import connect, take_lock, transaction, uri_of


@pytest.mark.parametrize(
    ("path", "uri"),
    [
        (PurePosixPath("/a/b?c#d%.gkd"), "file:///a/b%3Fc%23d%25.gkd"),
        (PureWindowsPath("C:\\a b\\c.gkd"), "file:///C:/a%20b/c.gkd"),
        (PureWindowsPath("\\\\server\\share\\c.gkd"), "file:////server/share/c.gkd"),
    ],
)
def test_paths_as_sqlite_wants_them(path, uri):
    assert uri_of(path) == uri


def test_a_missing_file_is_not_made(tmp_path):
    with pytest.raises(sqlite3.OperationalError):
        connect(tmp_path / "a.gkd")
    assert not (tmp_path / "a.gkd").exists()


def test_a_share_of_the_lock_is_not_enough(closed):
    """Two that both only read could never write: the lock is exclusive from the start."""
    with closing(connect(closed)) as first, closing(connect(closed)) as second:
        take_lock(first)
        with pytest.raises(sqlite3.OperationalError, match="locked"):
            second.execute("SELECT 1 FROM entry").fetchall()


@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt])
def test_what_fails_is_rolled_back(closed, error):
    def write_and_fail(conn):
        with transaction(conn):
            conn.execute("DELETE FROM entry")
            raise error

    with closing(connect(closed)) as conn:
        with pytest.raises(error):
            write_and_fail(conn)
        assert not conn.in_transaction
        assert conn.execute("SELECT count(*) FROM entry").fetchone() == (3,)
