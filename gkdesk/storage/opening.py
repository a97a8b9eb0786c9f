"""Opening a document: found, locked, checked, brought to the present version, its owner named."""

from __future__ import annotations

import os
import sqlite3
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from gkdesk.errors import KnownError
from gkdesk.i18n import _
from gkdesk.storage import connection, copying, owner, pulse, reading, schema
from gkdesk.storage.failures import (
    READ_ERRORS,
    Damaged,
    DiskTrouble,
    Locked,
    NotWritable,
    ProgramFault,
    StorageError,
    explain,
)
from gkdesk.storage.journal import check_journal
from gkdesk.storage.places import check_is_file

if TYPE_CHECKING:
    from gkdesk.storage.owner import Owner
    from gkdesk.storage.reading import Content


def opened(place: Path) -> tuple[sqlite3.Connection, Content, Owner]:
    """All of `Document.open` but the object."""
    try:
        check_is_file(place)
        other = pulse.at_work(place)
        if other is not None:
            raise Locked(place, other)
        check_journal(place)
        conn = connection.connect(place)
    except (OSError, *READ_ERRORS) as error:
        raise explain(error, place) from error
    try:
        connection.take_lock(conn)
        version = reading.check_version(conn, place)
        connection.check_writable(conn)
        if version < schema.version():
            _upgrade(conn, place)
        reading.check_structure(conn, place)
        return conn, reading.read_content(conn, place), owner.leave(place)
    except (OSError, *READ_ERRORS, StorageError) as error:
        connection.let_go(conn)
        failure = explain(error, place)
        if isinstance(failure, Locked):
            failure = Locked(place, owner.holder(place))
        elif isinstance(failure, DiskTrouble) and not os.access(place.parent, os.W_OK):
            failure = NotWritable(place)  # there is no room for a journal
        elif isinstance(failure, ProgramFault) and _about_the_file(error):
            # SQLite has many words for a file that makes no sense, and for some of them no code.
            failure = Damaged(place, _("数据库结构错误"))
        raise failure from error


def _about_the_file(error: Exception) -> bool:
    """Whether SQLite complains about what it reads; its other complaints are about the program."""
    return isinstance(error, sqlite3.OperationalError) or type(error) is sqlite3.DatabaseError


def _upgrade(conn: sqlite3.Connection, path: Path) -> None:
    """Migrate an older document, after a backup of it as it was, which newer ones do not push out.

    Where the folder of backups cannot be used the copy lies beside the document: `<name>.v<n>.gkd`.
    """
    from gkdesk.storage import backups

    (version,) = conn.execute("PRAGMA user_version").fetchone()
    (document_id,) = conn.execute("SELECT value FROM meta WHERE key = 'document_id'").fetchone() or ("",)
    name = path.with_name(f"{path.stem} v{version}{path.suffix}")
    try:
        folder = backups.default_folder(str(document_id))
        backups.write(conn, folder, name, datetime.now())  # noqa: DTZ005 - the name is for people: their clock
    except KnownError:
        copy = path.with_name(f"{path.stem}.v{version}{path.suffix}")
        if not copy.exists():
            copying.verified_copy(conn, copy)
    schema.migrate(conn)
