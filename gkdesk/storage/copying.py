"""Copies of a document that are known to be good before they get their name.

The copy is made by SQLite itself from the open connection (the file is never read behind SQLite's back), lies
under a temporary name beside its target until it is on the disk and has been checked, and never replaces a file.
"""

from __future__ import annotations

import os
from contextlib import closing, suppress
from typing import TYPE_CHECKING

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
        conn.execute("VACUUM INTO ?", (str(temporary),))
        flush_file(temporary)
        check_copy(temporary, target)
        take_name(temporary, target)
    except (*READ_ERRORS, OSError, StorageError) as error:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)
        raise explain(error, target) from error


def check_copy(path: Path, name: Path) -> None:
    """Raises Damaged, naming `name`, unless `path` is a whole document."""
    with closing(connection.connect(path, read_only=True)) as conn:
        version = reading.check_version(conn, name)
        if version == schema.version():
            reading.check_structure(conn, name)
            reading.read_content(conn, name)
        else:  # an older one, about to be migrated
            reading.check_pages(conn, name)


def flush_file(path: Path) -> None:
    """Return when the file's content is on the disk. Raises OSError."""
    descriptor = os.open(path, os.O_RDWR)  # Windows flushes only what it may write
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def take_name(temporary: Path, target: Path) -> None:
    """Rename to a name that nobody else has taken, and have the folder on the disk as well. Raises OSError."""
    new_file(target)  # claims the name; sticks know no hard links, and a rename alone would overwrite
    try:
        temporary.replace(target)
    except OSError:
        target.unlink(missing_ok=True)
        raise
    flush_folder(target.parent)


def flush_folder(folder: Path) -> None:
    """Have the names in `folder` on the disk, where the system can do that."""
    with suppress(OSError):  # Windows opens no folders, some shares flush none
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
