"""The open document: its storage worker, its years, and the report being edited.

The interface never waits for the disk while the clerk types: each change is handed to the worker, and
the saved state follows from what the worker acknowledges.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from gkdesk import formats
from gkdesk.checks import open_session
from gkdesk.checks.drafting import next_draft
from gkdesk.errors import KnownError
from gkdesk.i18n import _
from gkdesk.report import Changes, Report, ReportSession
from gkdesk.report.deadline import due_year
from gkdesk.report.unit_kind import likely_kind
from gkdesk.storage import BackupPolicy, Document, SavedElsewhere, SaveState, StorageWorker
from gkdesk.storage.history import FILLING
from ui import clock
from ui.editing import Editing
from ui.state_bar import READ_IN
from ui.tasks import run_and_wait, wait_for

if TYPE_CHECKING:
    from gkdesk.storage import Backup
    from gkdesk.storage.content import Revision
    from gkdesk.storage.history import Mark, Moment, Page, StateChange, Version

PATIENCE = 15.0
"""Seconds that the window waits for the disk before it says so."""


MOVE_PATIENCE = 60.0
"""Seconds that saving in another place may take, with all the history."""
CLOSING = 10.0
"""Seconds for which closing waits for what is still being saved."""
SLOW = 10_000
"""Milliseconds without an answer of the disk after which the clerk is told."""


class OpenDocument(QObject):
    """A `.gkd` file at work. Raises KnownError from the constructors when it cannot be opened or made."""

    saved_state_changed = Signal(object)
    """``SaveState``, on the interface thread."""
    edited = Signal(object)
    """``Changes`` of the report being edited."""
    backup_failed = Signal(str)
    """Why the second folder for backups gets none; told once until it works again."""
    _told = Signal(object)
    _copied = Signal(object)

    def __init__(self, opener: Callable[[], Document], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.editing: Editing | None = None
        self.read_only = False
        self._told.connect(self._on_told, Qt.ConnectionType.QueuedConnection)
        self._copied.connect(self._on_copied, Qt.ConnectionType.QueuedConnection)
        self._backups = BackupPolicy(on_trouble=self._copied.emit)
        self.hangs = False
        """Whether the disk has not answered for so long that the clerk should know."""
        self._seen = 0
        self._slow = QTimer(self, singleShot=True, interval=SLOW)
        self._slow.timeout.connect(self._on_slow)
        self.worker = StorageWorker(opener, self._told.emit, backups=self._backups)
        try:
            self.path: Path = wait_for(self.worker.opened, PATIENCE)
        except Exception as error:
            # the parent would keep what never became a document; a disk that answers late tells nobody any more
            self._backups.on_trouble = _no_more
            self.deleteLater()
            if not isinstance(error, TimeoutError):
                raise
            self.worker.close(0, discard=True)
            raise KnownError(_("磁盘没有响应，文件没有打开。请检查 U 盘或网络，稍后再试。")) from error
        self.state: SaveState = self.worker.state

    @classmethod
    def open(cls, path: Path, parent: QObject | None = None) -> OpenDocument:
        return cls(lambda: Document.open(path), parent)

    @classmethod
    def open_copy(cls, path: Path, parent: QObject | None = None) -> OpenDocument:
        """A document that somebody else has open, as a copy to read."""
        document = cls(lambda: Document.open_copy(path), parent)
        document.read_only = True
        return document

    @classmethod
    def create(cls, path: Path, unit: str, parent: QObject | None = None) -> OpenDocument:
        return cls(lambda: Document.create(path, unit), parent)

    # ------------------------------------------------------------ years

    def unit_name(self) -> str:
        """The unit that the document was made for."""
        unit: str = self._ask(lambda document: document.unit_name())
        return unit

    def years(self) -> list[int]:
        """Report years in the document, oldest first."""
        years: list[int] = self._ask(lambda document: document.years())
        return sorted(years)

    def report(self, year: int) -> Report:
        """The stored report of a year."""
        form_id, entries = self._ask(lambda document: (document.format_of(year), document.entries(year)))
        try:
            return Report.from_entries(formats.load(form_id), year, entries)
        except KeyError as error:
            message = _("{year} 年报里有本程序不认识的内容（{key}），请升级程序后再打开。")
            raise KnownError(message.format(year=year, key=error.args[0])) from error

    def add(self, report: Report, name: str, *, read_in: bool = False) -> None:
        """Store a new year; ``read_in`` where it was made elsewhere, as the name says."""
        entries = report.entries()
        self._do(
            lambda document: document.add_report(
                report.year, report.form.id, entries, name, name if read_in else ""
            )
        )
        if self.editing is not None and self.editing.session.year == report.year + 1:
            # the year that was at work has a last year now
            self.editing.set_previous(report)

    def add_year(self, year: int) -> None:
        """Start a year from the last one in the document: unit, contact, what was carried over, texts as a draft."""
        known = self.years()
        earlier = [other for other in known if other < year]
        nearest = earlier[-1] if earlier else known[0] if known else None
        last = self.report(nearest) if nearest is not None else None
        report = next_draft(formats.for_year(year), year, last)
        if last is None:
            unit = self.unit_name()
            fields = {"unit.name": unit, "unit.kind": likely_kind(unit)}
            report = replace(report, fields={**report.fields, **fields})
        self.add(report, _("新建 {year} 年报").format(year=year))

    def remove_year(self, year: int) -> Backup:
        """Remove a year that is not on the screen, right after a backup. Raises KnownError; nothing is removed then."""
        name = _("移除 {year} 年报").format(year=year)
        work = self.worker.call_backed_up(lambda document: document.remove_report(year, name))
        try:
            backup, _number = wait_for(work, MOVE_PATIENCE)
        except TimeoutError as error:
            if work.cancel():
                raise KnownError(_("磁盘没有响应。请检查 U 盘或网络，稍后再试。")) from error
            self._outdate(year)
            raise KnownError(_("磁盘很慢，备份还没有做完，做完就移除。过一会儿再回首页看看。")) from error
        self._outdate(year)
        return backup

    def removed_years(self) -> list[int]:
        """The years that were removed and can be brought back, oldest first."""
        years: list[int] = self._ask(lambda document: document.removed_years())
        return years

    def bring_back(self, year: int) -> None:
        """A year again as it was before it was removed. Raises KnownError."""
        name = _("找回 {year} 年报").format(year=year)
        self._do(lambda document: document.bring_back(year, name))
        self._outdate(year)

    def _outdate(self, year: int) -> None:
        """Leave what was edited last, where it is that year or stands beside it."""
        if self.editing is not None and self.editing.session.year in (year, year + 1):
            self.editing.deleteLater()
            self.editing = None

    def session(self, year: int) -> ReportSession:
        """A session on a stored year, with the year before it to compare."""
        previous = self.report(year - 1) if year - 1 in self.years() else None
        return open_session(self.report(year), previous)

    def edit_year(self, year: int) -> Editing:
        """Make a year the one being edited."""
        state = self.state_of(year)
        old = self.editing
        if old is not None and old.session.year == year and old.state == state:
            return old  # coming back to it keeps what can be undone
        editing = Editing(self.session(year), self, state=state, read_only=self.read_only)
        editing.stage = self.stage_of(year)
        editing.due = self.due()
        editing.keep_due = self.set_due
        editing.changed.connect(self._on_changed)
        editing.typing_changed.connect(self._on_typing_changed)
        if self.editing is not None:
            self.editing.deleteLater()
        self.editing = editing
        return editing

    def state_of(self, year: int) -> str:
        """Where a year's report is on its way: 填报中, 送审 or 定稿."""
        state: str = self._ask(lambda document: document.state_of(year))
        return state

    def stage_of(self, year: int) -> str:
        """The state as the clerk would call it: a report of a year past that was made elsewhere is 已读入.

        That it is not filled in here any more; what is read in for the year at work is filled in from there.
        """
        state = self.state_of(year)
        if state == FILLING and year < due_year(clock.today()):
            states: list[StateChange] = self._ask(lambda document: document.states(year))
            if len(states) == 1 and states[0].reason:
                return READ_IN
        return state

    @property
    def shown_state(self) -> SaveState:
        """What may be said of saving: nothing is called saved while something is only in the window."""
        typed = self.editing.typed if self.editing else {}
        if self.state.kind != "saved" or not typed:
            return self.state
        reason = next((reason for reason in typed.values() if reason), "")
        return SaveState("failed" if reason else "saving", len(typed), reason)

    @property
    def typing(self) -> bool:
        """Whether all that is not saved is still being typed: the disk has nothing to do yet."""
        return self.state.kind == "saved" and self.shown_state.kind == "saving"

    def set_state(self, year: int, state: str, reason: str) -> None:
        """Move a report on or back. Raises KnownError."""
        self._do(lambda document: document.set_state(year, state, reason))

    def due(self) -> str:
        """The unit's own day, MM-DD, by which reports are asked for; empty where it has none."""
        day: str = self._ask(lambda document: document.due())
        return day

    def set_due(self, day: str) -> None:
        """Keep the unit's own day. Raises KnownError."""
        self._do(lambda document: document.set_due(day))

    def edited_at(self, year: int) -> datetime | None:
        """When a year's report was changed last."""
        newest: list[Revision] = self._ask(lambda document: document.revisions(year, 1))
        return datetime.fromisoformat(newest[0].time) if newest else None

    # ------------------------------------------------------------ history

    def history(self, year: int, limit: int) -> tuple[Page, list[Version], list[StateChange]]:
        """The newest revisions, named versions, and changes of state of a year. Raises KnownError."""
        found: tuple[Page, list[Version], list[StateChange]] = self._ask(
            lambda document: (
                document.history_page(year, limit),
                document.versions(year),
                document.states(year),
            )
        )
        return found

    def older_history(self, year: int, limit: int, mark: Mark) -> Page:
        """The revisions before the mark of an earlier page. Raises KnownError."""
        page: Page = self._ask(lambda document: document.history_page(year, limit, mark))
        return page

    def moment(self, year: int, number: int, mark: Mark | None = None) -> Moment:
        """A revision and the content after it, found from a mark behind it. Raises KnownError."""
        moment: Moment = self._ask(lambda document: document.moment(year, number, mark))
        return moment

    def verify(self, code: str) -> list[str]:
        """Which version a printed code belongs to, in words. Raises KnownError for what is no code."""
        from gkdesk.report.fingerprint import normalised
        from gkdesk.verify import find_printed, in_words

        wanted = normalised(code)
        return in_words(self._ask(lambda document: find_printed(document, wanted)), self.path, wanted)

    def name_version(self, year: int, name: str, number: int) -> None:
        """Give a revision a name."""
        self._do(lambda document: document.name_version(year, name, number))

    # ------------------------------------------------------------ backups

    @property
    def id(self) -> str:
        """What tells the document from others, in every copy of it. Raises KnownError."""
        id: str = self._ask(lambda document: document.document_id)
        return id

    def keep_backups_in(self, folder: Path | None) -> None:
        """Have a copy of each backup put there as well."""
        if folder != self._backups.second:
            self._backups.use_second(folder)

    def back_up(self) -> Backup:
        """Back up now. Raises KnownError."""
        try:
            return wait_for(self.worker.backup_now(), MOVE_PATIENCE)
        except TimeoutError as error:
            raise KnownError(_("磁盘没有响应，没有备份。请检查 U 盘或网络，稍后再试。")) from error

    def _on_copied(self, trouble: KnownError | None) -> None:
        if trouble is not None:
            self.backup_failed.emit(str(trouble))

    # ------------------------------------------------------------ saving

    def retry(self) -> None:
        self.worker.retry()

    def save_elsewhere(self, path: Path) -> SavedElsewhere:
        """Go on in a new place with everything that was not saved. Raises KnownError."""
        moved = wait_for(self.worker.save_elsewhere(path, timeout=MOVE_PATIENCE), 2 * MOVE_PATIENCE)
        self.path = moved.path
        self.read_only = False
        self._on_told(self.worker.state)
        return moved

    def close(self, *, discard: bool = False) -> bool:
        """Save what is waiting and close. False when something could not be saved: the document stays open."""
        closed = run_and_wait(lambda: self.worker.close(CLOSING, discard=discard), 2 * PATIENCE)
        if closed:
            self._backups.on_trouble = _no_more  # a copy on its way to a share may still end
        return closed

    def _ask(self, question: Any) -> Any:
        """Read something, also while saving has failed. Raises KnownError."""
        return _answer(self.worker.read(question))

    def _do(self, work: Any) -> Any:
        """Have the document changed. Raises KnownError, also while saving has failed."""
        return _answer(self.worker.call(work))

    def _on_changed(self, changes: Changes) -> None:
        # a page on its way out may still hand on what was typed, when another year is edited by now
        editing = self.sender()
        assert isinstance(editing, Editing)
        if changes.patch:
            self.worker.submit(editing.session.year, changes.patch, changes.name)
            self._on_told(self.worker.state)
        if editing is self.editing:
            self.edited.emit(changes)

    def _on_typing_changed(self) -> None:
        self.saved_state_changed.emit(self.state)

    def _on_told(self, _state: SaveState) -> None:
        # the worker may be further by now than when it told
        self.state = self.worker.state
        if self.state.kind != "saving":
            self._slow.stop()
            self.hangs = False
        elif not self._slow.isActive() and not self.hangs:
            self._watch()
        self.saved_state_changed.emit(self.state)

    def _watch(self) -> None:
        self._seen = self.worker.acknowledged
        self._slow.start()

    def _on_slow(self) -> None:
        self.hangs = self.worker.state.kind == "saving" and self.worker.acknowledged == self._seen
        if not self.hangs and self.worker.state.kind == "saving":
            self._watch()  # slowly, but it gets on
        self.saved_state_changed.emit(self.state)


def _no_more(_trouble: object) -> None:
    """Nobody is there to be told."""


def _answer(future: Future[Any]) -> Any:
    """Wait for the document's thread, but not for ever: the disk may hang. Raises KnownError."""
    try:
        return wait_for(future, PATIENCE)
    except TimeoutError as error:
        raise KnownError(_("磁盘没有响应。请检查 U 盘或网络，稍后再试；修改仍保留在内存中。")) from error
