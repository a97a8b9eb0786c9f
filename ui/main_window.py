"""The one window: header bar, start page or wizard, status bar; opens, saves and closes documents."""

from __future__ import annotations

from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, QTimer
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import (
    QMainWindow,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from gkdesk.errors import KnownError
from gkdesk.i18n import _
from gkdesk.report.deadline import due_year
from ui import about, actions, clock, dialogs, icons, theme
from ui.foot_bar import FootBar
from ui.header_bar import HeaderBar
from ui.places import default_path, sample_path
from ui.settings import Settings
from ui.start_page import StartPage
from ui.tasks import Background
from ui.widgets.inline_message import InlineMessage
from ui.widgets.states import State

if TYPE_CHECKING:
    # what only an open document needs is imported then: the window comes up sooner
    from gkdesk.report import Changes
    from gkdesk.storage import SaveState
    from ui.documents import OpenDocument
    from ui.wizard import Wizard

NEED_REPORT = (
    "show_output",
    "show_history",
    "verify_print",
    "next_issue",
    "previous_issue",
    "next_step",
    "previous_step",
    "toggle_last_year",
    "toggle_issues",
    "zoom_in",
    "zoom_out",
    "zoom_reset",
)
TOOLS = ("undo", "redo", "toggle_last_year", "toggle_issues", "show_output")
OWN_SUFFIXES = (".gkd", ".json")
"""Files that are opened; others are read in and looked over first."""
MINIMUM = QSize(880, 520)
ZOOM_STEP = 10
ZOOM_MIN, ZOOM_MAX = 70, 200


class MainWindow(QMainWindow):
    """Owns the open document. Every command of :mod:`ui.actions` is a method of its id."""

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self._settings = settings
        self.background = Background()
        self._document: OpenDocument | None = None
        self._wizard: Wizard | None = None
        self._zoom = 100
        self.setWindowIcon(icons.app_icon())
        self.header = HeaderBar(self)
        self.header.home_wanted.connect(self.show_home)
        self.header.settings_wanted.connect(self.show_settings)
        self.header.help_wanted.connect(self.show_help)
        self.message = InlineMessage(self)
        self.saving = InlineMessage(self)
        self.saving.acted.connect(self._on_message_acted)
        self.start = StartPage(due_year(clock.today()), self)
        self.start.new_document.connect(self._on_new_document)
        self.start.new_year.connect(self._on_new_year)
        self.start.year_chosen.connect(self.open_year)
        self.start.open_wanted.connect(self.open_document)
        self.start.import_wanted.connect(self.import_report)
        self.start.sample_wanted.connect(self._on_sample)
        self.start.recent_chosen.connect(self.open_path)
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self.start)
        self.foot = FootBar(self)
        self.foot.stepped.connect(self._on_stepped)
        centre = QWidget(self)
        column = QVBoxLayout(centre)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addWidget(self.saving)
        column.addWidget(self.message)
        column.addWidget(self._stack, 1)
        column.addWidget(self.foot)
        self.setCentralWidget(centre)
        self.actions_by_id = actions.build(self)
        self.header.add_tools([self.actions_by_id[id] for id in TOOLS])
        self.setMinimumSize(MINIMUM)
        self.setAcceptDrops(True)
        if not self.restoreGeometry(settings.geometry):
            self.resize(theme.gap(1280), theme.gap(720))
        self.show_home()

    @property
    def wizard(self) -> Wizard | None:
        """The wizard of the open report; None on the start page."""
        return self._wizard

    @property
    def document(self) -> OpenDocument | None:
        """The open document."""
        return self._document

    # ------------------------------------------------------------ documents

    def forget(self, path: Path) -> None:
        """Leave a document out of those opened lately."""
        self._settings.forget_recent(path)

    def open_path(self, path: Path) -> None:
        """Open a document, or bring report JSON into one; tells in the window what went wrong."""
        if self._document and self._document.path == path:
            self.show_home()
            return
        if path.suffix.lower() not in OWN_SUFFIXES:
            from ui.import_flow import read_in

            self._commit_pending()
            read_in(self, path)
            return
        previous = self._document.path if self._document else None
        if not self.close_document():
            return
        from ui.opening import open_any

        try:
            document, year = open_any(path, self)
        except KnownError as error:
            from ui.rescue import Rescuer

            if previous is not None:
                with suppress(KnownError):
                    self.take(open_any(previous, self)[0])
            self.show_home()
            Rescuer(self, path, error)
            return
        self.take(document)
        if year is None:
            self.show_home()
        else:
            self.open_year(year)

    def take(self, document: OpenDocument) -> None:
        """Work with this document from now on."""
        self._document = document
        document.saved_state_changed.connect(self._on_saved_state_changed)
        document.edited.connect(self._on_edited)
        if not document.read_only:
            self._settings.add_recent(document.path)

    def open_year(self, year: int) -> None:
        """Go on with a year's report."""
        assert self._document is not None
        self._commit_pending()
        try:
            editing = self._document.edit_year(year)
        except KnownError as error:
            (self.message if self._wizard else self.start.message).show_message(State.ERROR, str(error))
            return
        from ui.wizard import Wizard

        self._drop_wizard()
        self.actions_by_id["toggle_last_year"].setChecked(editing.session.previous is not None)
        wizard = Wizard(editing, self._settings, self.background, self)
        wizard.step_changed.connect(self._on_step_changed)
        wizard.status_changed.connect(self.foot.show_status)
        wizard.zoomed.connect(self._set_zoom)
        wizard.help_wanted.connect(self.show_help)
        wizard.state_wanted.connect(self._on_state_wanted)
        wizard.zoom(self._zoom)
        self._wizard = wizard
        self._stack.addWidget(wizard)
        self._stack.setCurrentWidget(wizard)
        self.header.show_report(editing, clock.today())
        self.header.show_saved(self._document.state)
        wizard.show_last_year(self.actions_by_id["toggle_last_year"].isChecked())
        wizard.issues_counted.connect(self._on_issues_counted)
        wizard.panel_shown.connect(self.actions_by_id["toggle_issues"].setChecked)
        wizard.go(wizard.first_open())
        self._show_commands()

    def _drop_wizard(self) -> None:
        if self._wizard is not None:
            self._wizard.commit_pending()
            self._stack.removeWidget(self._wizard)
            self._wizard.deleteLater()
            self._wizard = None

    def close_document(self) -> bool:
        """Save and close; False when the clerk wants to stay with what could not be saved."""
        self._commit_pending()
        document = self._document
        if document is None:
            return True
        if not document.close() and not (
            dialogs.ask_discard(self, document.worker.state) and document.close(discard=True)
        ):
            return False
        self._drop_wizard()
        document.saved_state_changed.disconnect(self._on_saved_state_changed)
        document.deleteLater()
        self._document = None
        self.message.clear()
        self.saving.clear()
        return True

    # ------------------------------------------------------------ commands

    def show_home(self) -> None:
        self._commit_pending()
        if self._document is None:
            self.header.show_home(_("政府信息公开年报填报助手"))
            self.start.show_welcome(self._settings.recent)
        else:
            from ui.summaries import summaries

            try:
                years = summaries(self._document)
            except KnownError as error:
                # saving has failed: the report stays on the screen, with what can be done about it
                self.message.show_message(State.ERROR, str(error))
                return
            self.header.show_home(self._document.path.stem)
            self.header.show_saved(self._document.state)
            unit = next((summary.unit for summary in reversed(years) if summary.unit), "")
            others = [path for path in self._settings.recent if path != self._document.path]
            self.start.show_document(unit, years, clock.today(), others)
        self._drop_wizard()
        self._stack.setCurrentWidget(self.start)
        self._show_commands()
        self.start.focus_first()

    def open_document(self) -> None:
        folder = self._document.path.parent if self._document else default_path("").parent
        chosen = dialogs.ask_open(self, folder)
        if chosen:
            self.open_path(chosen)

    def import_report(self) -> None:
        from ui.import_flow import choose

        choose(self)

    def save_elsewhere(self) -> None:
        if self._document is None:
            return
        self._commit_pending()
        chosen = dialogs.ask_save(self, self._document.path.name)
        if not chosen:
            return
        try:
            self._document.save_elsewhere(chosen)
        except KnownError as error:
            self.message.show_message(State.ERROR, str(error))
            return
        self._settings.add_recent(self._document.path)
        self.message.show_message(
            State.DONE, _("已存到“{path}”，以后都存在那里。").format(path=self._document.path)
        )

    def show_output(self) -> None:
        if self._wizard:
            self._wizard.go_to_output()

    def show_history(self) -> None:
        if self._document is None or self._wizard is None:
            return
        from ui.history_dialog import HistoryDialog

        self._commit_pending()
        dialog = HistoryDialog(self._document, self)
        dialog.exec()
        dialog.deleteLater()

    def verify_print(self) -> None:
        if self._document is not None:
            self._commit_pending()
            dialogs.verify_print(self, self._document)

    def undo(self) -> None:
        if self._wizard:
            self._wizard.commit_pending()
            self._wizard.editing.undo()

    def redo(self) -> None:
        if self._wizard:
            self._wizard.commit_pending()
            self._wizard.editing.redo()

    def next_issue(self) -> None:
        if self._wizard:
            self._wizard.commit_pending()
            self._wizard.jump_by(1)

    def previous_issue(self) -> None:
        if self._wizard:
            self._wizard.commit_pending()
            self._wizard.jump_by(-1)

    def next_step(self) -> None:
        if self._wizard:
            self._wizard.go_by(1)

    def previous_step(self) -> None:
        if self._wizard:
            self._wizard.go_by(-1)

    def go_to_step(self) -> None:
        if self._wizard:
            self._wizard.go_to_number(int(self.sender().property("step")))

    def toggle_issues(self) -> None:
        if self._wizard:
            self._wizard.show_panel(self.actions_by_id["toggle_issues"].isChecked())

    def toggle_last_year(self) -> None:
        if self._wizard:
            self._wizard.show_last_year(self.actions_by_id["toggle_last_year"].isChecked())

    def zoom_in(self) -> None:
        self._set_zoom(self._zoom + ZOOM_STEP)

    def zoom_out(self) -> None:
        self._set_zoom(self._zoom - ZOOM_STEP)

    def zoom_reset(self) -> None:
        self._set_zoom(100)

    def show_settings(self) -> None:
        from ui.settings_dialog import SettingsDialog

        self._commit_pending()
        SettingsDialog(self._settings, self).exec()

    def show_help(self) -> None:
        about.show_help(self, self._wizard.help_text() if self._wizard else None)

    def show_shortcuts(self) -> None:
        about.show_shortcuts(self)

    def show_about(self) -> None:
        about.show_about(self, self._document.path if self._document else None)

    # ------------------------------------------------------------ slots

    def _on_new_document(self, unit: str, year: int) -> None:
        path = default_path(unit)
        if path.exists():
            self.open_path(path)
            if self._document and year not in self._document.years():
                self._on_new_year(year)
            return
        from ui.opening import new_document

        try:
            document = new_document(path, unit, year, self)
        except KnownError as error:
            self.start.message.show_message(State.ERROR, str(error))
            return
        self.take(document)
        self.open_year(year)

    def _on_new_year(self, year: int) -> None:
        assert self._document is not None
        try:
            self._document.add_year(year)
        except KnownError as error:
            self.start.message.show_message(State.ERROR, str(error))
            return
        self.open_year(year)

    def _on_sample(self) -> None:
        self.open_path(sample_path())

    def _on_state_wanted(self, state: str, reason: str) -> None:
        assert self._document is not None
        assert self._wizard is not None
        year = self._wizard.editing.session.year
        try:
            self._document.set_state(year, state, reason)
        except KnownError as error:
            self.message.show_message(State.ERROR, str(error))
            return
        self.open_year(year)
        self._wizard.go("review")

    def _on_edited(self, changes: Changes) -> None:
        self._show_undo()
        if (
            self._document
            and self._document.editing
            and any(key.startswith("unit.") for key in changes.fields)
        ):
            self.header.show_report(self._document.editing, clock.today())

    def _on_saved_state_changed(self, state: SaveState) -> None:
        self.header.show_saved(state)
        if state.kind == "failed" and self.saving.text() != state.reason:
            self.saving.show_message(
                State.ERROR,
                state.reason,
                [("retry", _("重试")), ("elsewhere", _("另存到其他位置"))],
                closable=False,
            )
        elif state.kind == "saved":
            self.saving.clear()

    def _on_message_acted(self, action: str) -> None:
        if action == "retry" and self._document:
            self._document.retry()
        elif action == "elsewhere":
            self.save_elsewhere()

    def _on_issues_counted(self, count: int) -> None:
        words = _("问题清单")
        self.actions_by_id["toggle_issues"].setIconText(f"{words} {count}" if count else words)

    def _on_step_changed(self, _step: str) -> None:
        self._show_commands()

    def _on_stepped(self, distance: int) -> None:
        if self._wizard:
            self._wizard.go_by(distance)

    def _set_zoom(self, percent: int) -> None:
        self._zoom = min(ZOOM_MAX, max(ZOOM_MIN, percent))
        self.foot.show_zoom(self._zoom)
        if self._wizard:
            self._wizard.zoom(self._zoom)

    def _commit_pending(self) -> None:
        if self._wizard:
            self._wizard.commit_pending()

    def _show_commands(self) -> None:
        wizard = self._wizard
        name = _("政府信息公开年报填报助手")
        if self._document is not None:
            name = f"{self._document.path.stem} - {name}"
        self.setWindowTitle(name)
        self.foot.setVisible(wizard is not None)
        for id in NEED_REPORT:
            self.actions_by_id[id].setEnabled(wizard is not None)
        self.actions_by_id["save_elsewhere"].setEnabled(self._document is not None)
        if wizard and wizard.current:
            back, forward = wizard.can_go(-1), wizard.can_go(1)
            self.foot.allow(back=back, forward=forward)
            self.actions_by_id["previous_step"].setEnabled(back)
            self.actions_by_id["next_step"].setEnabled(forward)
        self._show_undo()
        self._set_zoom(self._zoom)

    def _show_undo(self) -> None:
        stack = self._wizard.editing.session.undo_stack if self._wizard else None
        for id, words, name in (
            ("undo", _("撤销"), stack.undo_name if stack else None),
            ("redo", _("重做"), stack.redo_name if stack else None),
        ):
            action = self.actions_by_id[id]
            action.setEnabled(name is not None)
            action.setText(words)
            action.setToolTip(f"{words}：{name}" if name else words)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if len(event.mimeData().urls()) == 1 and event.mimeData().urls()[0].isLocalFile():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        path = Path(event.mimeData().urls()[0].toLocalFile())
        event.acceptProposedAction()
        # the program that the file comes from waits until the drop is over
        QTimer.singleShot(0, self, partial(self.open_path, path))

    def closeEvent(self, event: QCloseEvent) -> None:
        event.ignore()  # whatever happens on the way, the window stays until all is saved
        if not self.close_document():
            return
        self._settings.geometry = self.saveGeometry()
        self.background.close()
        event.accept()
