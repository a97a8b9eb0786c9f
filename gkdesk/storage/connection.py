"""How SQLite is set up, locked and written: the modes that lost nothing in simulated power cuts.

Rollback journal in TRUNCATE mode with synchronous=FULL, never WAL: clerks copy the one file to sticks and
shares, and a copied WAL file lacks its data. The exclusive lock is taken when the document is opened and held
until it is closed, so two programs can never write the same document in turns.
"""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path, PurePath

BUSY_SECONDS = 0.5
"""How long to wait for a lock: long enough for a virus scanner to let go."""


def connect(path: Path, *, read_only: bool = False) -> sqlite3.Connection:
    """A connection to the existing file at the absolute `path`, for the calling thread only.

    Nothing is read yet. Transactions are begun and ended by hand (`transaction`).
    Raises sqlite3.OperationalError when the file cannot be opened.
    """
    uri = f"{uri_of(path)}?mode={'ro' if read_only else 'rw'}"
    conn = sqlite3.connect(uri, uri=True, timeout=BUSY_SECONDS, isolation_level=None)
    for pragma in ("trusted_schema = OFF", "cell_size_check = ON", "mmap_size = 0", "temp_store = MEMORY"):
        conn.execute(f"PRAGMA {pragma}")
    return conn


def uri_of(path: PurePath) -> str:
    """The absolute `path` as SQLite's URI. A share's server belongs into its path: as a host it is refused."""
    uri = path.as_uri()
    return uri if uri.startswith("file:///") else uri.replace("file://", "file:////", 1)


def take_lock(conn: sqlite3.Connection) -> None:
    """Take the exclusive lock, kept until `let_go`, and set the journal.

    A journal that a killed program left behind is rolled back here.
    Raises sqlite3.OperationalError (locked), sqlite3.DatabaseError (not a database).
    """
    conn.execute("PRAGMA locking_mode = EXCLUSIVE")
    # A plain read would take a shared lock only, and two programs can have that together.
    conn.execute("BEGIN EXCLUSIVE")
    conn.execute("COMMIT")
    (journal,) = conn.execute("PRAGMA journal_mode = TRUNCATE").fetchone()
    if journal != "truncate":
        raise sqlite3.OperationalError(f"disk I/O error: journal mode is {journal}")
    conn.execute("PRAGMA synchronous = FULL")


def check_writable(conn: sqlite3.Connection) -> None:
    """Raises sqlite3.OperationalError when the file, or the journal beside it, cannot be written.

    SQLite says nothing when it opens a read-only file, and its BEGIN EXCLUSIVE takes no lock there.
    """
    (version,) = conn.execute("PRAGMA user_version").fetchone()
    conn.execute("BEGIN IMMEDIATE")
    try:
        conn.execute(f"PRAGMA user_version = {version}")
    finally:
        conn.execute("ROLLBACK")


def let_go(conn: sqlite3.Connection) -> None:
    """Give the lock back, remove the empty journal and close."""
    with suppress(
        sqlite3.Error, UnicodeDecodeError
    ):  # a stick that is gone must not keep the program from closing
        if conn.in_transaction:
            conn.execute("ROLLBACK")
        conn.execute("PRAGMA locking_mode = NORMAL")
        conn.execute("SELECT 1 FROM sqlite_master").fetchone()  # the lock is given back by the next read only
        conn.execute("PRAGMA journal_mode = DELETE")
    conn.close()


@contextmanager
def transaction(conn: sqlite3.Connection) -> Iterator[None]:
    """BEGIN IMMEDIATE, then COMMIT, or ROLLBACK when anything is raised. What follows the block is on the disk."""
    conn.execute("BEGIN IMMEDIATE")
    try:
        yield
        conn.execute("COMMIT")
    except BaseException:
        if conn.in_transaction:  # SQLite itself rolls back on some errors
            with suppress(sqlite3.Error, UnicodeDecodeError):
                conn.execute("ROLLBACK")
        raise
