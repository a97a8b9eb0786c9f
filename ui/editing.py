"""The report being edited, as the interface sees it: one way in for changes, one signal out.

Every widget that shows figures or texts keeps an :class:`Editing`, hands patches to ``edit`` and
refreshes from ``changed``. Saving listens to the same signal; nothing else writes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject, QTimer, Signal

from gkdesk.formats import Format
from gkdesk.i18n import _
from gkdesk.report import Changes, Issue, Patch, Report, ReportSession
from gkdesk.storage.history import FILLING, FINAL

DUE = "due"
"""The key, among fields being typed, of the unit's own day for handing in."""
PAUSE = 300
"""Milliseconds without an edit before the checks of texts run."""


class Editing(QObject):
    """A report session with signals. Lives on the interface thread. A report that is 定稿 is read-only."""

    changed = Signal(object)
    """``Changes`` after each edit, undo and redo that changed something, and after a new last year."""
    taken_back = Signal(object, str)
    """``Changes`` of an undo or a redo, after ``changed``, and what was undone or done again in words."""
    due_changed = Signal()

    typing_changed = Signal()
    """Something is typed that the report does not have yet, or has it by now."""

    def __init__(
        self,
        session: ReportSession,
        parent: QObject | None = None,
        *,
        state: str = FILLING,
        read_only: bool = False,
    ) -> None:
        super().__init__(parent)
        self.session = session
        self.due = ""
        """The unit's own day, MM-DD, for handing in; empty for the statutory one."""
        self.keep_due: Callable[[str], None] | None = None
        """Stores that day for the unit; set by whoever owns the document."""
        self.state = state
        self.stage = state
        """The state as the window shows it; see ``OpenDocument.stage_of``."""
        self.is_copy = read_only
        """Whether this is a copy to read of a document that is open elsewhere."""
        self.read_only = read_only or state == FINAL
        self.typed: dict[str, str] = {}
        """What stands in a field of the window only: its key, and why it could not be taken ("" where it will be)."""
        # reading whole texts takes its time: never while a key is on its way
        self._pause = QTimer(self, singleShot=True, interval=PAUSE)
        self._pause.timeout.connect(self._on_pause)
        if session.texts_unread:
            self._pause.start()

    @property
    def form(self) -> Format:
        return self.session.form

    @property
    def issues(self) -> tuple[Issue, ...]:
        return self.session.issues

    def why_read_only(self) -> str:
        """What to tell a clerk who types into a report that cannot be changed."""
        if self.state == FINAL and not self.is_copy:
            return _("已定稿。要改请到“核对”里点“退回修改”。")
        return _("这是只读的副本，不能修改。")

    def edit(self, patch: Patch, name: str) -> Changes:
        """Apply a patch as one named step. Raises KnownError, and changes nothing then."""
        if self.read_only:
            return Changes(name, self.session.revision)
        return self._tell(self.session.edit(patch, name))

    def hold(self, key: str, reason: str = "") -> None:
        """A field has a text that is not in the report: it is being typed, or was refused for `reason`."""
        if self.typed.get(key) != reason:
            self.typed[key] = reason
            self.typing_changed.emit()

    def release(self, key: str) -> None:
        """The report has what the field has."""
        if self.typed.pop(key, None) is not None:
            self.typing_changed.emit()

    def forget_typed(self) -> None:
        """The fields are gone, and what was only in them."""
        if self.typed:
            self.typed.clear()
            self.typing_changed.emit()

    def refused(self) -> dict[str, str]:
        """The fields whose text could not be taken, and why."""
        return {key: reason for key, reason in self.typed.items() if reason}

    def restore(self, entries: Mapping[str, str], name: str) -> Changes:
        """Go back to a content of before, as one step. Raises KnownError."""
        if self.read_only:
            return Changes(name, self.session.revision)
        return self._tell(self.session.restore(entries, name))

    def adopt_sums(self, totals: list[str], name: str) -> Changes:
        """采用合计: computed sums take the place of stated totals."""
        return self.edit(dict.fromkeys((id for id in totals if self.session.is_stated(id)), None), name)

    def undo(self) -> None:
        name = self.session.undo_stack.undo_name
        if name is not None and not self.read_only:
            changes = self._tell(self.session.undo())
            self.taken_back.emit(changes, _("已撤销：{step}").format(step=name))

    def redo(self) -> None:
        name = self.session.undo_stack.redo_name
        if name is not None and not self.read_only:
            changes = self._tell(self.session.redo())
            self.taken_back.emit(changes, _("已重做：{step}").format(step=name))

    def set_previous(self, previous: Report | None) -> None:
        """Take another report as last year's."""
        self.changed.emit(self.session.set_previous(previous))

    def set_due(self, day: str) -> None:
        """Keep the unit's own day for handing in; it is no part of the report. Raises KnownError."""
        if day == self.due or self.read_only:
            return
        if self.keep_due is not None:
            self.keep_due(day)
        self.due = day
        self.due_changed.emit()

    def _tell(self, changes: Changes | None) -> Changes:
        if changes is None:
            return Changes("", self.session.revision)
        if changes:
            self.changed.emit(changes)
            if self.session.texts_unread:
                self._pause.start()
        return changes

    def check_texts(self) -> None:
        """Run the checks of texts now, as before going through the issues one by one."""
        self._pause.stop()
        if self.session.texts_unread:
            self._on_pause()

    def _on_pause(self) -> None:
        changes = self.session.check_texts()
        if changes.issues_added or changes.issues_removed:
            self.changed.emit(changes)
