"""The document: all years of one unit in one file, every patch on the disk when `commit` returns."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Self

from gkdesk.files import flush_folder
from gkdesk.i18n import _
from gkdesk.storage import borrowing, connection, copying, delta, history, owner, reading, rows, schema
from gkdesk.storage.content import Patch, Revision, applied, checked, content_hash, printable
from gkdesk.storage.failures import (
    READ_ERRORS,
    AlreadyExists,
    DiskFull,
    IsFinal,
    NoFolder,
    NoReport,
    ReadOnlyCopy,
    ReasonNeeded,
    Replaced,
    ReportExists,
    StorageError,
    explain,
)
from gkdesk.storage.history import FILLING, FINAL, STATES, Mark, Moment, Page, StateChange, Version
from gkdesk.storage.opening import opened
from gkdesk.storage.places import absolute, check_is_file, identity
from gkdesk.storage.pulse import Pulse
from gkdesk.storage.reading import Content, Held

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import datetime

    from gkdesk.storage.backups import Backup
    from gkdesk.storage.owner import Owner


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
        self._changes = 0
        self._identity: tuple[int, int] | None = None
        with suppress(OSError):
            self._identity = identity(path)
        self.read_only = False
        """A copy to read (`open_copy`): whatever would change it raises ReadOnlyCopy."""
        borrowing.opened_here(path)
        self._pulse = Pulse(path)

    @classmethod
    def create(cls, path: str | Path, unit_name: str) -> Self:
        """A new document without reports, open, readable by its owner only.

        Raises AlreadyExists (nothing is overwritten), NoFolder, NotWritable, DiskFull, DiskTrouble.
        """
        place = absolute(path)
        meta = {"unit_name": unit_name, "document_id": os.urandom(16).hex(), "created": owner.now()}
        checked(meta)
        return cls.from_content(place, Content(meta, {}), "")

    @classmethod
    def open(cls, path: str | Path) -> Self:
        """An existing document, checked, brought to the present version where it is older, and locked.

        Raises NotFound, NotADocument, NewerVersion, Damaged, Locked (with the owner where known), NotWritable,
        DiskTrouble.
        """
        place = absolute(path)
        return cls(place, *opened(place))

    @classmethod
    def open_copy(cls, path: str | Path) -> Self:
        """A document that somebody else has open, as a copy to read; closing it removes the copy.

        Its `path` is the copy's. Raises Locked where this process has it open itself, or as `open`.
        """
        copy = borrowing.borrow(path)
        try:
            document = cls.open(copy)
        except StorageError:
            borrowing.give_back(copy)
            raise
        document.read_only = True
        return document

    @classmethod
    def from_content(cls, path: Path, content: Content, name: str) -> Self:
        """A new document at the absolute `path` with `content`, each year of it as one revision `name`, open.

        Raises as `create`; nothing remains at the path then.
        """
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
                document.add_report(year, held.format_id, held.entries, name)
                if held.state != FILLING:
                    document.set_state(year, held.state, name)
            flush_folder(path.parent)
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
    def changes(self) -> int:
        """How many transactions have changed the document since it was opened here."""
        return self._changes

    @property
    def document_id(self) -> str:
        """Random text that every copy of the document keeps."""
        return self._content.meta["document_id"]

    def unit_name(self) -> str:
        """The unit that the document belongs to."""
        return self._content.meta["unit_name"]

    def due(self) -> str:
        """The day of the year, MM-DD, by which the unit has to hand in; empty for the statutory one."""
        return self._content.meta.get("due", "")

    def set_due(self, day: str) -> None:
        """Keep the unit's own day, MM-DD, for the reports of every year; empty for the statutory one."""
        checked({"due": day})
        with self._transaction() as conn:
            conn.execute("INSERT OR REPLACE INTO meta (key, value) VALUES ('due', ?)", (day,))
        self._content.meta["due"] = day

    def years(self) -> list[int]:
        """The years that have a report, oldest first."""
        return sorted(self._content.reports)

    def format_of(self, year: int) -> str:
        """Id of the report's format. Raises NoReport."""
        return self._held(year).format_id

    def entries(self, year: int) -> dict[str, str]:
        """What was typed or stated, key -> text, as of the last commit. Raises NoReport."""
        return dict(self._held(year).entries)

    def in_memory(self) -> Content:
        """The content of all years as of the last commit, without its history. Any thread may call this."""
        held = {
            year: Held(each.format_id, dict(each.entries), each.state)
            for year, each in list(self._content.reports.items())
        }
        return Content(dict(self._content.meta), held)

    def content_hash(self, year: int) -> str:
        """SHA-256 of the year's content. Raises NoReport."""
        held = self._held(year)
        return content_hash(held.format_id, year, held.entries)

    def add_report(
        self, year: int, format_id: str, entries: Mapping[str, str], name: str, source: str = ""
    ) -> int:
        """Add the report of `year`; returns the number of the revision `name`. Raises ReportExists.

        `source` says where it was read from and is kept as the reason of its first state; empty for one begun here.
        """
        if year in self._content.reports:
            raise ReportExists(self._path, year)
        held = Held(format_id, dict(entries))
        patch = checked(held.entries)
        time = owner.now()
        with self._writing(year, content_hash(format_id, year, held.entries)) as conn:
            rows.put_report(conn, year, held, time)
            number = self._record(conn, (year, time, name, format_id), dict.fromkeys(patch), patch)
            conn.execute(rows.STATE, (year, number, time, self._owner.user, FILLING, printable(source)))
        self._content.reports[year] = held
        return number

    def remove_report(self, year: int, name: str) -> int:
        """Remove the report of `year`; its revisions stay, with all it held in the last one (see `bring_back`).

        Raises NoReport, IsFinal.
        """
        held = self._changeable(year)
        with self._writing(year, "") as conn:
            rows.take_out_report(conn, year)
            what = (year, owner.now(), name, held.format_id)
            number = self._record(conn, what, held.entries, dict.fromkeys(held.entries))
        del self._content.reports[year]
        return number

    def removed_years(self) -> list[int]:
        """The years whose report was removed and that have none now, oldest first."""
        with self._failures_explained():
            return [year for year in history.years(self._open_connection()) if year not in self.years()]

    def bring_back(self, year: int, name: str) -> int:
        """The report of `year` again, as it was before it was removed, with its state; returns the revision's number.

        Raises ReportExists, NoReport where none was removed, Damaged.
        """
        if year in self._content.reports:
            raise ReportExists(self._path, year)
        with self._failures_explained():
            found = history.removed(self._open_connection(), self._path, year)
        held = Held(found.format_id, found.entries, found.state)
        with self._writing(year, content_hash(held.format_id, year, held.entries)) as conn:
            rows.put_report(conn, year, held, found.created)
            what = (year, owner.now(), name, held.format_id)
            number = self._record(conn, what, dict.fromkeys(held.entries), held.entries)
        self._content.reports[year] = held
        return number

    def commit(self, year: int, patch: Patch, name: str, at: datetime | None = None) -> int:
        """Lay `patch` over the year as one transaction and one revision; returns the revision's number.

        `name` says what was done, as undo shows it; `at` (with a time zone) is when, now unless given.
        Raises NoReport, IsFinal, Unstorable, NotWritable, DiskFull, DiskTrouble; the patch is on the disk in full or
        not at all. Raises NotFound or Replaced when the file was taken away from its place: nothing of it is in that
        place then, but `copy_to` still has everything.
        """
        held = self._changeable(year)
        after = checked(patch)
        before = {key: held.entries.get(key) for key in after}
        entries = applied(held.entries, after)
        time = at.isoformat(timespec="seconds") if at else owner.now()
        with self._writing(year, content_hash(held.format_id, year, entries)) as conn:
            rows.lay_over(conn, year, after)
            number = self._record(conn, (year, time, name, held.format_id), before, after)
        held.entries = entries
        # Taken away meanwhile: nobody may be told that it is saved. Committing the patch once more does no harm.
        self._check_place()
        return number

    def revisions(self, year: int, limit: int | None = None) -> list[Revision]:
        """The newest `limit` revisions of the year (all without a limit), newest first. Raises Damaged."""
        with self._failures_explained():
            return history.page(
                self._open_connection(), self._path, year, self._present(year), limit
            ).revisions

    def history_page(self, year: int, limit: int, mark: Mark | None = None) -> Page:
        """The newest `limit` revisions before the mark (None: before now). Raises Damaged."""
        with self._failures_explained():
            return history.page(self._open_connection(), self._path, year, mark or self._present(year), limit)

    def moment(self, year: int, number: int, mark: Mark | None = None) -> Moment:
        """Revision `number` and the content after it; from a mark behind it the way is shorter.

        Raises NoRevision, Damaged.
        """
        with self._failures_explained():
            return history.moment(
                self._open_connection(), self._path, year, mark or self._present(year), number
            )

    def entries_after(self, year: int, number: int) -> dict[str, str]:
        """The year's content after revision `number`, as its hash tells. Raises NoRevision, Damaged."""
        return self.moment(year, number).entries

    def name_version(self, year: int, name: str, number: int | None = None) -> Version:
        """Give the content after revision `number` (the newest) of the year a name. Raises NoReport, NoRevision."""
        if number is not None:
            self.entries_after(year, number)
        name = printable(name)
        with self._writing(year, self.content_hash(year)) as conn:
            meant = history.newest(conn, year) if number is None else number
            row = (year, meant, owner.now(), self._owner.user, name)
            conn.execute(rows.VERSION, row)
        return Version(*row)

    def versions(self, year: int) -> list[Version]:
        """The named versions of the year, oldest first."""
        with self._failures_explained():
            return history.versions(self._open_connection(), year)

    def state_of(self, year: int) -> str:
        """filling (填报中), review (送审) or final (定稿). Raises NoReport."""
        return self._held(year).state

    def states(self, year: int) -> list[StateChange]:
        """Every change of the report's state, oldest first."""
        with self._failures_explained():
            return history.states(self._open_connection(), year)

    def set_state(self, year: int, state: str, reason: str = "") -> None:
        """Record that the report is in `state` from now on, and why.

        Raises NoReport, ReasonNeeded when a report that is 定稿 is opened again without one, ValueError for no state.
        """
        held = self._held(year)
        if state not in STATES:
            raise ValueError(state)
        reason = printable(reason)
        if held.state == FINAL and state != FINAL and not reason.strip():
            raise ReasonNeeded(year)
        with self._writing(year, self.content_hash(year)) as conn:
            number = history.newest(conn, year)
            conn.execute(rows.STATE, (year, number, owner.now(), self._owner.user, state, reason))
        held.state = state

    def copy_to(self, target: str | Path) -> bool:
        """A verified copy at `target`, where nothing may be yet; this document stays the open one.

        False when the file could no longer be read: then the copy has the content, but not the history.
        """
        place = absolute(target)
        if place.exists():
            raise AlreadyExists(place)
        try:
            if self._conn is not None:
                copying.verified_copy(self._conn, place)
            else:
                self._copy_unopened(place)
        except (AlreadyExists, DiskFull):
            raise
        except (*READ_ERRORS, OSError, StorageError):
            type(self).from_content(place, self._content, _("从内存恢复")).close()
            return False
        return True

    def back_up_to(self, folder: Path, now: datetime) -> Backup:
        """A verified backup in `folder`, which is made, with the moment in its name. Raises a StorageError."""
        from gkdesk.storage import backups

        with self._failures_explained():
            return backups.write(self._open_connection(), folder, self._path, now)

    def reopen(self) -> None:
        """Open the same file again after the disk was away. Raises Replaced when it is another one now.

        Until this has succeeded the content in memory stays what it is and can be copied elsewhere.
        """
        check_is_file(self._path)
        if not self._is_replaced():  # otherwise what is still open can be copied with its history
            self.close()
        conn, content, who = opened(self._path)
        if not self._is_ours(content):
            owner.remove(self._path, who)
            connection.let_go(conn)
            raise Replaced(self._path)
        if self._conn is not None:
            self._conn.close()
        self._conn, self._owner, self._content = conn, who, content
        self._pulse.stop()
        self._pulse = Pulse(self._path)
        with suppress(OSError):
            self._identity = identity(self._path)
        borrowing.opened_here(self._path)

    def close(self) -> None:
        """Give up the lock and the owner record. Everything committed is on the disk already. May be called twice."""
        if self._conn is not None:
            self._pulse.stop()
            # While the lock is ours: later the record could be somebody else's.
            owner.remove(self._path, self._owner)
            if self._is_replaced():
                # Letting go removes the journal by its name, and that is another file's by now.
                self._conn.close()
            else:
                connection.let_go(self._conn)
            self._conn = None
            borrowing.closed_here(self._path)
            if self.read_only:
                borrowing.give_back(self._path)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_exception: object) -> None:
        self.close()

    def _held(self, year: int) -> Held:
        try:
            return self._content.reports[year]
        except KeyError:
            raise NoReport(self._path, year) from None

    def _changeable(self, year: int) -> Held:
        held = self._held(year)
        if held.state == FINAL:
            raise IsFinal(self._path, year)
        return held

    def _is_replaced(self) -> bool:
        """Whether another file is in this place now."""
        with suppress(OSError):
            found = identity(self._path)
            return None not in (found, self._identity) and found != self._identity
        return False

    def _check_place(self) -> None:
        """Raises NotFound or Replaced where what is written would go into a file without a name; DiskTrouble."""
        if self._identity is None:
            return
        try:
            found = identity(self._path)
        except OSError as error:
            raise explain(error, self._path) from error
        if found not in (None, self._identity):
            raise Replaced(self._path)

    def _present(self, year: int) -> Mark:
        """From where history is walked back; without content where the report was removed."""
        held = self._content.reports.get(year)
        return history.present(held.entries if held else {})

    def _open_connection(self) -> sqlite3.Connection:
        if self._conn is None:
            # As after a stick was pulled: `reopen` failed, and everything fails alike until it works.
            raise sqlite3.OperationalError("unable to open: the document is closed")
        return self._conn

    def _copy_unopened(self, place: Path) -> None:
        """Copy a file that could not be opened anew for writing, as on a stick that is mounted for reading by now."""
        check_is_file(self._path)
        with closing(connection.connect(self._path, read_only=True)) as conn:
            if not self._is_ours(reading.read_content(conn, self._path)):
                raise Replaced(self._path)
            copying.verified_copy(conn, place)

    def _is_ours(self, content: Content) -> bool:
        """Whether this is the document as it was last written, or as it was tried to be."""
        known, found = self._content.hashes(), content.hashes()
        return content.meta["document_id"] == self.document_id and all(
            found.get(year, "") in {known.get(year, ""), self._attempted.get(year, known.get(year, ""))}
            for year in known.keys() | found.keys()
        )

    @contextmanager
    def _failures_explained(self) -> Iterator[None]:
        try:
            yield
        except READ_ERRORS as error:
            raise explain(error, self._path) from error

    @contextmanager
    def _writing(self, year: int, digest: str) -> Iterator[sqlite3.Connection]:
        """A transaction that gives `year` the content with the hash `digest`."""
        if self.read_only:
            raise ReadOnlyCopy(self._path)
        self._attempted[year] = digest
        with self._transaction() as conn:
            yield conn

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        if self.read_only:
            raise ReadOnlyCopy(self._path)
        self._check_place()
        with self._failures_explained():
            conn = self._open_connection()
            with connection.transaction(conn):
                yield conn
            self._changes += 1

    def _record(
        self, conn: sqlite3.Connection, what: tuple[int, str, str, str], before: Patch, after: Patch
    ) -> int:
        """Insert the revision `what` (year, time, name, format) within `_writing`; returns its number."""
        year, time, name, format_id = what
        change = delta.encode(before, after)
        row = (year, time, self._owner.user, printable(name), format_id, change, self._attempted[year])
        number = conn.execute(rows.REVISION, row).lastrowid
        assert number is not None
        return number
