"""The document's life in the window: opened, begun, gone on with in a year, kept elsewhere, closed."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from gkdesk.errors import KnownError
from gkdesk.files import is_there
from gkdesk.i18n import _
from ui import asking, dialogs
from ui.places import default_path
from ui.settings import Settings
from ui.widgets.states import State

if TYPE_CHECKING:
    # what only an open document needs is imported then: the window comes up sooner
    from ui.documents import OpenDocument
    from ui.main_window import MainWindow

OWN_SUFFIXES = (".gkd", ".json")
"""Files that are opened; others are read in and looked over first."""


class Desk(QObject):
    """Owns the open document, one at a time. What goes wrong is told in the window, in a line."""

    saved_state_changed = Signal(object)
    """``SaveState`` of the open document."""
    edited = Signal(object)
    """``Changes`` of the report being edited."""
    closed = Signal()

    def __init__(self, window: MainWindow, settings: Settings) -> None:
        super().__init__(window)
        self._window = window
        self._settings = settings
        self._document: OpenDocument | None = None

    @property
    def document(self) -> OpenDocument | None:
        """The open document."""
        return self._document

    # ------------------------------------------------------------ opening

    def open_path(self, path: Path) -> None:
        """Open a document, or bring report JSON into one; other files are read in and looked over."""
        window = self._window
        if self._document and self._document.path == path:
            window.show_home()
            return
        if path.suffix.lower() not in OWN_SUFFIXES:
            from ui.importing.flow import read_in

            window.commit_pending()
            read_in(window, path)
            return
        previous = self._document.path if self._document else None
        if not self.close():
            return
        from ui.opening import open_any

        try:
            document, year = open_any(path, self)
        except KnownError as error:
            from ui.rescue import Rescuer

            if previous is not None:
                with suppress(KnownError):
                    self.take(open_any(previous, self)[0])
            window.show_home()
            Rescuer(window, path, error)
            return
        self.take(document)
        if year is None:
            window.show_home()
        else:
            self.open_year(year)
        self._tell_medium(document.path)

    def _tell_medium(self, path: Path) -> None:
        """Sticks are pulled and shares go away: say what that means for a document that lies there."""
        from gkdesk.storage.places import medium_of

        words = {
            "removable": _("这份年报存在 U 盘上：拔出以前先退出程序。备份放在本机。"),
            "network": _("这份年报存在网络盘上：断网时修改留在内存里，接通后自动保存；同时只能一个人改。"),
        }.get(medium_of(path))
        if words and not self._window.message_shown.text():
            self._window.message_shown.show_message(State.HINT, words)

    def take(self, document: OpenDocument) -> None:
        """Work with this document from now on."""
        self._document = document
        document.saved_state_changed.connect(self.saved_state_changed)
        document.edited.connect(self.edited)
        document.backup_failed.connect(self._on_backup_failed)
        document.keep_backups_in(self._settings.backup_folder)
        if not document.read_only:
            self._settings.add_recent(document.path)

    def use_settings(self) -> None:
        """What has been set may be about the open document."""
        if self._document is not None:
            self._document.keep_backups_in(self._settings.backup_folder)

    def _on_backup_failed(self, reason: str) -> None:
        self._window.message_shown.show_message(State.WARNING, reason)

    def forget(self, path: Path) -> None:
        """Leave a document out of those opened lately."""
        self._settings.forget_recent(path)

    def new_document(self, unit: str, year: int) -> None:
        """Begin a unit's document with its first year; one that is there already is gone on with."""
        from gkdesk.storage.places import absolute

        path = default_path(unit)
        if is_there(path):
            self.open_path(path)
            # it may not have opened, or the clerk stayed with another one
            if self._document is not None and self._document.path == absolute(path):
                self._begin(year)
            return
        from ui.opening import new_document

        try:
            document = new_document(path, unit, year, self)
        except KnownError as error:
            self._window.message_shown.show_message(State.ERROR, str(error))
            return
        self.take(document)
        self.open_year(year)

    # ------------------------------------------------------------ years

    def open_year(self, year: int) -> None:
        """Go on with a year's report."""
        assert self._document is not None
        if not self._window.may_leave():
            return
        try:
            editing = self._document.edit_year(year)
        except KnownError as error:
            self._window.message_shown.show_message(State.ERROR, str(error))
            return
        self._window.show_report(editing)

    def new_year(self, year: int) -> None:
        """Begin a year's report from the one before."""
        assert self._document is not None
        try:
            self._document.add_year(year)
        except KnownError as error:
            self._window.message_shown.show_message(State.ERROR, str(error))
            return
        self.open_year(year)

    def _begin(self, year: int) -> None:
        """Begin a year's report unless the document has it."""
        assert self._document is not None
        try:
            known = year in self._document.years()
        except KnownError as error:
            self._window.message_shown.show_message(State.ERROR, str(error))
            return
        if not known:
            self.new_year(year)

    def remove_year(self, year: int) -> None:
        """Ask, back up, and remove a year; the start page offers to bring it back."""
        assert self._document is not None
        window = self._window
        if window.wizard is not None:
            window.show_home()
        if window.wizard is not None:
            return  # something typed was refused, and the clerk went back to it
        try:
            unit = self._document.report(year).unit_name
            compared = year + 1 in self._document.years()
            if not dialogs.ask_remove(window, unit, year, compared=compared):
                return
            backup = self._document.remove_year(year)
        except KnownError as error:
            words = _("没有移除 {year} 年报：{reason}").format(year=year, reason=error)
            window.message_shown.show_message(State.ERROR, words)
            return
        window.show_home()
        words = _("已移除 {year} 年报。移除前的备份“{name}”列在“文件 → 备份…”里。").format(
            year=year, name=backup.path.name
        )
        window.start.show_removed(year, words)

    def bring_back(self, year: int) -> None:
        """A year that was removed again, as it was."""
        assert self._document is not None
        window = self._window
        try:
            self._document.bring_back(year)
        except KnownError as error:
            window.message_shown.show_message(State.ERROR, str(error))
            return
        window.show_home()
        window.start.focus_year(year)
        words = _("{year} 年报回来了，和移除前一样。").format(year=year)
        window.message_shown.show_message(State.DONE, words)

    def set_state(self, year: int, state: str, reason: str) -> bool:
        """Move a report on or back, and go on with it; False when it stays as it was."""
        assert self._document is not None
        try:
            self._document.set_state(year, state, reason)
        except KnownError as error:
            self._window.message_shown.show_message(State.ERROR, str(error))
            return False
        self.open_year(year)
        return True

    # ------------------------------------------------------------ keeping

    def retry(self) -> None:
        """Save once more what could not be saved."""
        if self._document is not None:
            self._document.retry()

    def save_elsewhere(self) -> None:
        """Ask for another place and go on there, with everything that was not saved."""
        if self._document is None:
            return
        window = self._window
        window.commit_pending()
        chosen = asking.ask_place(window, self._settings, self._document.path.name)
        if not chosen:
            return
        try:
            moved = self._document.save_elsewhere(chosen)
        except KnownError as error:
            window.message_shown.show_message(State.ERROR, str(error))
            return
        self._settings.add_recent(moved.path)
        window.show_place()
        if moved.with_history:
            words = _("已存到“{path}”，以后都存在那里。")
        else:
            words = _("已存到“{path}”，以后都存在那里。原来的文件读不出来：内容都在，修改历史没有带过来。")
        state = State.DONE if moved.with_history else State.WARNING
        window.message_shown.show_message(state, words.format(path=moved.path))

    def close(self) -> bool:
        """Save and close; False when the clerk wants to stay with what could not be saved."""
        if not self._window.may_leave():
            return False
        document = self._document
        if document is None:
            return True
        if not document.close() and not self._discard(document):
            return False
        document.saved_state_changed.disconnect(self.saved_state_changed)
        self._document = None
        self.closed.emit()
        document.deleteLater()
        return True

    def _discard(self, document: OpenDocument) -> bool:
        """Ask what shall become of patches that are not saved; whether the document is closed now."""
        answer = dialogs.ask_unsaved(self._window, document.worker.state)
        if answer == "elsewhere":
            self.save_elsewhere()
            return document.close()
        return answer == "discard" and document.close(discard=True)
