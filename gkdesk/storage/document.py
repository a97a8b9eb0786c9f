"""The document: all years of one unit in one file, every patch on the disk when `commit` returns."""

from __future__ import annotations

import json
import os
import sqlite3
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Self

from gkdesk.i18n import _
from gkdesk.storage import connection, copying, owner, reading, schema
from gkdesk.storage.content import Patch, Revision, applied, canonical_json, checked, content_hash
from gkdesk.storage.failures import (
    AlreadyExists,
    DiskFull,
    Locked,
    NoFolder,
    NoReport,
    NotADocument,
    NotFound,
    Replaced,
    ReportExists,
    StorageError,
    explain,
)
from gkdesk.storage.reading import FILLING, Content, Held

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import datetime

    from gkdesk.storage.owner import Owner

_UPSERT = "INSERT INTO entry VALUES (?, ?, ?) ON CONFLICT (year, key) DO UPDATE SET value = excluded.value"
_REVISION = (
    "INSERT INTO revision (year, time, user, name, before, after, sha256) VALUES (?, ?, ?, ?, ?, ?, ?)"
)


class Document:
    """An open document. One thread opens, uses and closes it (SQLite's connection insists); see `worker`.

    The content of all years is held in memory as well: nobody else can change the file while it is open, and
    when the file is lost under us the content can still be saved elsewhere.

    Every method that touches the file raises a `StorageError` when it cannot do so; nothing has changed then.
    """

    def __init__(self, path: Path, conn: sqlite3.Connection, content: Content, who: Owner) -> None:
        """For `create` and `open`, which hold the lock and have left the owner record by now."""
        self._path = path
        self._conn: sqlite3.Connection | None = conn
        self._content = content
        self._owner = who
        # Hashes of what was last written or tried: a commit may be on the disk though its answer was an error.
        self._attempted: dict[int, str] = {}

    @classmethod
    def create(cls, path: str | Path, unit_name: str) -> Self:
        """A new document without reports, open, readable by its owner only.

        Raises AlreadyExists (nothing is overwritten), NoFolder, NotWritable, DiskFull, DiskTrouble.
        """
        place = _absolute(path)
        meta = {"unit_name": unit_name, "document_id": os.urandom(16).hex(), "created": owner.now()}
        checked(meta)
        return cls._make(place, Content(meta, {}))

    @classmethod
    def open(cls, path: str | Path) -> Self:
        """An existing document, checked, brought to the present version where it is older, and locked.

        Raises NotFound, NotADocument, NewerVersion, Damaged, Locked (with the owner where known), NotWritable,
        DiskTrouble.
        """
        place = _absolute(path)
        return cls(place, *_opened(place))

    @classmethod
    def _make(cls, path: Path, content: Content) -> Self:
        """A new file with `content`, each year of it as one revision."""
        try:
            copying.new_file(path)
        except FileNotFoundError:
            raise NoFolder(path) from None
        except OSError as error:
            raise explain(error, path) from error
        conn = None
        try:
            conn = connection.connect(path)
            connection.take_lock(conn)
            schema.make(conn, content.meta)
            document = cls(path, conn, Content(content.meta, {}), owner.leave(path))
            for year, held in content.reports.items():
                document.add_report(year, held.format_id, held.entries, _("从内存恢复"))
                if held.state != FILLING:
                    document.set_state(year, held.state, _("从内存恢复"))
            copying.flush_folder(path.parent)
        except (OSError, sqlite3.Error, StorageError) as error:
            if conn is not None:
                connection.let_go(conn)
            for leftover in (path, owner.record_path(path)):
                with suppress(OSError):
                    leftover.unlink()
            raise explain(error, path) from error
        return document

    @property
    def path(self) -> Path:
        """The absolute path of the file."""
        return self._path

    @property
    def document_id(self) -> str:
        """Random text that every copy of the document keeps."""
        return self._content.meta["document_id"]

    def unit_name(self) -> str:
        """The unit that the document belongs to."""
        return self._content.meta["unit_name"]

    def years(self) -> list[int]:
        """The years that have a report, oldest first."""
        return sorted(self._content.reports)

    def format_of(self, year: int) -> str:
        """Id of the report's format. Raises NoReport."""
        return self._held(year).format_id

    def entries(self, year: int) -> dict[str, str]:
        """What was typed or stated, key -> text, as of the last commit. Raises NoReport."""
        return dict(self._held(year).entries)

    def content_hash(self, year: int) -> str:
        """SHA-256 of the year's content. Raises NoReport."""
        held = self._held(year)
        return content_hash(held.format_id, year, held.entries)

    def add_report(self, year: int, format_id: str, entries: Mapping[str, str], name: str) -> int:
        """Add the report of `year`; returns the number of the revision `name`. Raises ReportExists."""
        if year in self._content.reports:
            raise ReportExists(self._path, year)
        held = Held(format_id, dict(entries))
        patch = checked(held.entries)
        time = owner.now()
        with self._writing(year, content_hash(format_id, year, held.entries)) as conn:
            db = schema.database(conn)
            db.table("report").insert({"year": year, "format": format_id, "created": time})
            rows = [{"year": year, "key": key, "value": value} for key, value in held.entries.items()]
            db.table("entry").insert_all(rows)
            state = {"year": year, "time": time, "user": self._owner.user, "state": FILLING, "reason": ""}
            db.table("state").insert(state)
            number = self._record(conn, (year, time, name), dict.fromkeys(patch), patch)
        self._content.reports[year] = held
        return number

    def remove_report(self, year: int, name: str) -> int:
        """Remove the report of `year`; its revisions stay, with all it held in the last one. Raises NoReport."""
        held = self._held(year)
        with self._writing(year, "") as conn:
            db = schema.database(conn)
            for table in ("entry", "report"):
                db.table(table).delete_where("year = ?", [year])
            what = (year, owner.now(), name)
            number = self._record(conn, what, held.entries, dict.fromkeys(held.entries))
        del self._content.reports[year]
        return number

    def commit(self, year: int, patch: Patch, name: str, at: datetime | None = None) -> int:
        """Lay `patch` over the year as one transaction and one revision; returns the revision's number.

        `name` says what was done, as undo shows it; `at` (with a time zone) is when, now unless given.
        Raises NoReport, Unstorable, NotWritable, DiskFull, DiskTrouble; the patch is on the disk in full or not at all.
        """
        held = self._held(year)
        after = checked(patch)
        before = {key: held.entries.get(key) for key in after}
        entries = applied(held.entries, after)
        time = at.isoformat(timespec="seconds") if at else owner.now()
        # Plain SQL: this is the way of every keystroke, and sqlite-utils would take 120 ms to load for the first.
        with self._writing(year, content_hash(held.format_id, year, entries)) as conn:
            for key, value in after.items():
                if value is None:
                    conn.execute("DELETE FROM entry WHERE year = ? AND key = ?", (year, key))
                else:
                    conn.execute(_UPSERT, (year, key, value))
            number = self._record(conn, (year, time, name), before, after)
        held.entries = entries
        return number

    def revisions(self, year: int, limit: int | None = None) -> list[Revision]:
        """The newest `limit` revisions of the year (all without a limit), newest first."""
        with self._failures_explained():
            rows = list(
                schema.database(self._open_connection())
                .table("revision")
                .rows_where("year = ?", [year], order_by="id desc", limit=limit)
            )
        return [
            Revision(
                row["id"],
                row["year"],
                row["time"],
                row["user"],
                row["name"],
                json.loads(row["before"]),
                json.loads(row["after"]),
                row["sha256"],
            )
            for row in rows
        ]

    def state_of(self, year: int) -> str:
        """filling (填报中), review (送审) or final (定稿). Raises NoReport."""
        return self._held(year).state

    def set_state(self, year: int, state: str, reason: str = "") -> None:
        """Record that the report is in `state` from now on, and why. Raises NoReport."""
        held = self._held(year)
        row = {"year": year, "time": owner.now(), "user": self._owner.user, "state": state, "reason": reason}
        with self._writing(year, self.content_hash(year)) as conn:
            schema.database(conn).table("state").insert(row)
        held.state = state

    def copy_to(self, target: str | Path) -> bool:
        """A verified copy at `target`, where nothing may be yet; this document stays the open one.

        False when the file could no longer be read: then the copy has the content, but not the history.
        """
        place = _absolute(target)
        if place.exists():
            raise AlreadyExists(place)
        try:
            copying.verified_copy(self._open_connection(), place)
        except (AlreadyExists, DiskFull):
            raise
        except (sqlite3.Error, StorageError):
            type(self)._make(place, self._content).close()
            return False
        return True

    def reopen(self) -> None:
        """Open the same file again after the disk was away. Raises Replaced when it is another one now.

        Until this has succeeded the content in memory stays what it is and can be copied elsewhere.
        """
        self.close()
        conn, content, who = _opened(self._path)
        known, found = self._content.hashes(), content.hashes()
        same = content.meta["document_id"] == self.document_id and all(
            found.get(year, "") in {known.get(year, ""), self._attempted.get(year, known.get(year, ""))}
            for year in known.keys() | found.keys()
        )
        self._conn, self._owner = conn, who
        if not same:
            self.close()
            raise Replaced(self._path)
        self._content = content

    def close(self) -> None:
        """Give up the lock and the owner record. Everything committed is on the disk already. May be called twice."""
        if self._conn is not None:
            # While the lock is ours: later the record could be somebody else's.
            owner.remove(self._path, self._owner)
            connection.let_go(self._conn)
            self._conn = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_exception: object) -> None:
        self.close()

    def _held(self, year: int) -> Held:
        try:
            return self._content.reports[year]
        except KeyError:
            raise NoReport(self._path, year) from None

    def _open_connection(self) -> sqlite3.Connection:
        if self._conn is None:
            # As after a stick was pulled: `reopen` failed, and everything fails alike until it works.
            raise sqlite3.OperationalError("unable to open: the document is closed")
        return self._conn

    @contextmanager
    def _failures_explained(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            raise explain(error, self._path) from error

    @contextmanager
    def _writing(self, year: int, digest: str) -> Iterator[sqlite3.Connection]:
        """A transaction that gives `year` the content with the hash `digest`."""
        self._attempted[year] = digest
        with self._failures_explained():
            conn = self._open_connection()
            with connection.transaction(conn):
                yield conn

    def _record(
        self, conn: sqlite3.Connection, what: tuple[int, str, str], before: Patch, after: Patch
    ) -> int:
        """Insert the revision `what` (year, time, name) within `_writing`; returns its number."""
        year, time, name = what
        name = name.encode("utf-8", "replace").decode()
        change = canonical_json(dict(before)), canonical_json(dict(after))
        row = (year, time, self._owner.user, name, *change, self._attempted[year])
        number = conn.execute(_REVISION, row).lastrowid
        assert number is not None
        return number


def _absolute(path: str | Path) -> Path:
    return Path(os.path.abspath(path))  # noqa: PTH100 - resolve() would turn a mapped drive into its share


def _opened(place: Path) -> tuple[sqlite3.Connection, Content, Owner]:
    """All of `Document.open` but the object."""
    try:
        if not place.exists():
            raise NotFound(place)
        if not place.is_file() or place.stat().st_size == 0:
            raise NotADocument(place)
        conn = connection.connect(place)
    except (OSError, sqlite3.Error) as error:
        raise explain(error, place) from error
    try:
        connection.take_lock(conn)
        version = reading.check_version(conn, place)
        connection.check_writable(conn)
        if version < schema.version():
            _upgrade(conn, place)
        reading.check_structure(conn, place)
        return conn, reading.read_content(conn, place), owner.leave(place)
    except (OSError, sqlite3.Error, StorageError) as error:
        connection.let_go(conn)
        failure = explain(error, place)
        if isinstance(failure, Locked):
            failure = Locked(place, owner.holder(place))
        raise failure from error


def _upgrade(conn: sqlite3.Connection, path: Path) -> None:
    """Migrate an older document, after a copy of it as it was: `<name>.v<n>.gkd` beside it."""
    (version,) = conn.execute("PRAGMA user_version").fetchone()
    copy = path.with_name(f"{path.stem}.v{version}{path.suffix}")
    if not copy.exists():
        copying.verified_copy(conn, copy)
    schema.migrate(conn)
