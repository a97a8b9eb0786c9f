"""Copies of a document that are known to be good before they get their name.

The copy is made by SQLite itself from the open connection (the file is never read behind SQLite's back), lies
under a temporary name beside its target until it is on the disk and has been checked, and never replaces a file.
"""

from __future__ import annotations

import os
from contextlib import closing, suppress
from typing import TYPE_CHECKING

from gkdesk.files import flush, flush_folder
from gkdesk.storage import connection, reading, schema
from gkdesk.storage.failures import READ_ERRORS, AlreadyExists, StorageError, explain

if TYPE_CHECKING:
    import sqlite3
    from pathlib import Path


def new_file(path: Path) -> None:
    """An empty file that only its owner may read. Raises FileExistsError and other OSError."""
    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))


def verified_copy(conn: sqlite3.Connection, target: Path) -> None:
    """Write the document behind `conn` (no transaction open) to the absolute path `target`.

    Raises AlreadyExists, NotWritable, DiskFull, DiskTrouble, Damaged (nothing remains at the target then).
    """
    if target.exists():
        raise AlreadyExists(target)
    temporary = target.with_name(f".{target.name}.{os.urandom(4).hex()}.tmp")
    try:
        new_file(temporary)
        conn.execute("VACUUM INTO CAST(? AS TEXT)", (_sqlite_name(temporary),))
        flush(temporary)
        check_copy(temporary, target)
        take_name(temporary, target)
    except (*READ_ERRORS, OSError, StorageError) as error:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)
        raise explain(error, target) from error


def _sqlite_name(path: Path) -> str | bytes:
    """The name as SQLite's driver takes it: as bytes where it is no UTF-8, as names of old sticks are."""
    try:
        return str(path).encode().decode()
    except UnicodeEncodeError:
        return os.fsencode(path)


def check_copy(path: Path, name: Path) -> None:
    """Raises Damaged, naming `name`, unless `path` is a whole document."""
    with closing(connection.connect(path, read_only=True)) as conn:
        version = reading.check_version(conn, name)
        if version == schema.version():
            reading.check_structure(conn, name)
            reading.read_content(conn, name)
        else:  # an older one, about to be migrated
            reading.check_pages(conn, name)


def take_name(temporary: Path, target: Path) -> None:
    """Rename to a name that nobody else has taken, and have the folder on the disk as well. Raises OSError."""
    new_file(target)  # claims the name; sticks know no hard links, and a rename alone would overwrite
    try:
        temporary.replace(target)
    except OSError:
        target.unlink(missing_ok=True)
        raise
    flush_folder(target.parent)
