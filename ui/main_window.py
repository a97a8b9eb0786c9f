"""The one window: its layout, what it shows, and who is told of what. The document is the desk's."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from gkdesk.errors import KnownError
from gkdesk.i18n import _
from gkdesk.report.deadline import due_year
from gkdesk.storage.history import FILLING
from gkdesk.words import named
from ui import actions, clock, dialogs, icons, theme
from ui.commands import Commands
from ui.desk import Desk
from ui.foot_bar import FootBar
from ui.header_bar import HeaderBar
from ui.places import sample_path
from ui.settings import Settings
from ui.start_page import StartPage
from ui.tasks import Background, is_waiting
from ui.trail import Trail, Whereabouts
from ui.widgets.floating_message import FloatingMessage
from ui.widgets.inline_message import InlineMessage
from ui.widgets.states import State

if TYPE_CHECKING:
    # what only an open document needs is imported then: the window comes up sooner
    from gkdesk.report import Changes
    from gkdesk.storage import SaveState
    from ui.documents import OpenDocument
    from ui.editing import Editing
    from ui.wizard import Wizard

TOOLS = ("undo", "redo", "paste", "toggle_last_year", "toggle_issues", "show_output")
MINIMUM = QSize(880, 520)
ZOOM_MIN, ZOOM_MAX = 70, 200
FINISHING = 5.0
"""Seconds for which closing waits for an export or a print before it asks."""


class MainWindow(QMainWindow):
    """Header bar, messages, start page or wizard, foot bar."""

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self._settings = settings
        self.background = Background()
        self._wizard: Wizard | None = None
        self.zoom_percent = 100
        self.trail = Trail()
        self.desk = Desk(self, settings)
        self.commands = Commands(self, settings)
        self.header = HeaderBar(self)
        self.saving = InlineMessage(self)
        self.start = StartPage(due_year(clock.today()), self)
        self.foot = FootBar(self)
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self.start)
        self.message = FloatingMessage(self._stack)
        self.actions_by_id = actions.build(self, self.commands)
        self.header.add_tools([self.actions_by_id[id] for id in TOOLS])
        self._lay_out()
        self._wire()
        self.setWindowIcon(icons.app_icon())
        self.setMinimumSize(MINIMUM)
        self.setAcceptDrops(True)
        self.placed = self.restoreGeometry(settings.geometry)
        if not self.placed:
            self.resize(theme.gap(1280), theme.gap(720))
            if settings.maximised:
                self.setWindowState(Qt.WindowState.WindowMaximized)
        self.show_home()

    def _lay_out(self) -> None:
        centre = QWidget(self)
        column = QVBoxLayout(centre)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addWidget(self._stack, 1)
        # below the page: what the clerk is looking at stays where it is
        column.addWidget(self.saving)
        column.addWidget(self.foot)
        self.setCentralWidget(centre)

    def _wire(self) -> None:
        self.header.home_wanted.connect(self.commands.show_home)
        self.header.settings_wanted.connect(self.commands.show_settings)
        self.header.help_wanted.connect(self.commands.show_help)
        self.saving.acted.connect(self._on_saving_acted)
        self.start.new_document.connect(self.desk.new_document)
        self.start.new_year.connect(self.desk.new_year)
        self.start.year_chosen.connect(self.desk.open_year)
        self.start.remove_wanted.connect(self.desk.remove_year)
        self.start.bring_back_wanted.connect(self.desk.bring_back)
        self.start.open_wanted.connect(self.commands.open_document)
        self.start.import_wanted.connect(self.commands.import_report)
        self.start.paste_wanted.connect(self.commands.paste_report)
        self.start.sample_wanted.connect(self._on_sample_wanted)
        self.start.recent_chosen.connect(self.desk.open_path)
        self.foot.stepped.connect(self._on_stepped)
        self.desk.saved_state_changed.connect(self._on_saved_state_changed)
        self.desk.edited.connect(self._on_edited)
        self.desk.closed.connect(self._on_closed)

    @property
    def wizard(self) -> Wizard | None:
        """The wizard of the open report; None on the start page."""
        return self._wizard

    @property
    def document(self) -> OpenDocument | None:
        """The open document."""
        return self.desk.document

    @property
    def message_shown(self) -> InlineMessage:
        """Where a message is seen: over the wizard, or on the start page."""
        return self.message if self._wizard else self.start.message

    # ------------------------------------------------------------ what is shown

    def show_home(self) -> None:
        """The start page: of the open document, or the one that begins or opens one."""
        if not self.may_leave():
            return
        if self.document is None:
            self.header.show_home(_("政府信息公开年报填报助手"))
            self.start.show_welcome(self._recent())
        else:
            from ui.summaries import summaries

            try:
                years = summaries(self.document)
                own_due = self.document.due()
                removed = self.document.removed_years()
                newest = next((summary.unit for summary in reversed(years) if summary.unit), "")
                unit = newest if years else self.document.unit_name()
            except KnownError as error:
                # saving has failed: the report stays on the screen, with what can be done about it
                self.message.show_message(State.ERROR, str(error))
                return
            self.header.show_home(self.document.path.stem)
            self._show_saved()
            self._remember_unit(unit)
            others = [(path, name) for path, name in self._recent() if path != self.document.path]
            self.start.show_document(
                unit,
                years,
                clock.today(),
                others,
                own_due,
                removed=removed,
                read_only=self.document.read_only,
            )
        self._drop_wizard()
        self._stack.setCurrentWidget(self.start)
        self._show_commands()
        self.start.focus_first()

    def show_report(self, editing: Editing) -> None:
        """The wizard of a report, at the first step that is not done."""
        assert self.document is not None
        from ui.wizard import Wizard

        self._drop_wizard()
        self.actions_by_id["toggle_last_year"].setChecked(editing.session.previous is not None)
        wizard = Wizard(editing, self._settings, self.background, self)
        wizard.step_changed.connect(self._on_step_changed)
        wizard.issues_counted.connect(self._on_issues_counted)
        wizard.page_made.connect(self._on_page_made)
        wizard.panel_shown.connect(self.actions_by_id["toggle_issues"].setChecked)
        wizard.due_changed.connect(self._on_due_changed)
        wizard.status_changed.connect(self.foot.show_status)
        wizard.noted.connect(self.foot.show_note)
        wizard.zoomed.connect(self.zoom)
        wizard.help_wanted.connect(self.commands.show_help)
        wizard.rule_wanted.connect(self.commands.show_rule)
        wizard.state_wanted.connect(self._on_state_wanted)
        wizard.zoom(self.zoom_percent)
        wizard.show_states()  # anew, now that they are listened to
        self._wizard = wizard
        self._stack.addWidget(wizard)
        self._stack.setCurrentWidget(wizard)
        self.header.show_report(editing, clock.today())
        self._show_saved()
        self._remember_unit(editing.session.text("unit.name"))
        wizard.show_last_year(self.actions_by_id["toggle_last_year"].isChecked())
        wizard.go(wizard.first_open())
        self._show_commands()

    def _recent(self) -> list[tuple[Path, str]]:
        """Documents opened lately, and whose they are where that is known."""
        return [(path, self._settings.unit_of(path)) for path in self._settings.recent]

    def _remember_unit(self, unit: str) -> None:
        if self.document is not None and not self.document.read_only and unit:
            self._settings.remember_unit(self.document.path, unit)

    def _show_saved(self) -> None:
        if self.document is not None and self.document.read_only:
            self.header.show_read_only()
        elif self.document is not None:
            self.header.show_saved(self.document.shown_state, typing=self.document.typing)

    def _drop_wizard(self) -> None:
        if self._wizard is not None:
            self._wizard.commit_pending()
            self._wizard.editing.forget_typed()
            self._stack.removeWidget(self._wizard)
            self._wizard.deleteLater()
            self._wizard = None

    def commit_pending(self) -> None:
        """Hand what is being typed to the report."""
        if self._wizard:
            self._wizard.commit_pending()

    def may_leave(self) -> bool:
        """Hand on what is being typed; False when something was refused and the clerk goes back to mend it."""
        self.commit_pending()
        if self._wizard is None or not self._wizard.editing.refused():
            return True
        refused = self._wizard.editing.refused()
        if dialogs.ask_drop(self, {self._wizard.name_of(key): reason for key, reason in refused.items()}):
            return True
        self._wizard.show_field(next(iter(refused)))
        return False

    def zoom(self, percent: int) -> None:
        """Size of the tables in per cent, within what can be read."""
        self.zoom_percent = min(ZOOM_MAX, max(ZOOM_MIN, percent))
        self.foot.show_zoom(self.zoom_percent)
        if self._wizard:
            self._wizard.zoom(self.zoom_percent)

    def _show_commands(self) -> None:
        wizard = self._wizard
        self.foot.setVisible(wizard is not None)
        actions.allow(self.actions_by_id, document=self.document is not None, report=wizard is not None)
        if wizard and wizard.current:
            back, forward = wizard.can_go(-1), wizard.can_go(1)
            self.foot.allow(back=back, forward=forward)
            self.actions_by_id["previous_step"].setEnabled(back)
            self.actions_by_id["next_step"].setEnabled(forward)
        if self.document is not None and self.document.read_only:
            for id in actions.CHANGING:
                self.actions_by_id[id].setEnabled(False)
        self._show_undo()
        self.zoom(self.zoom_percent)
        self.show_place()

    def show_place(self) -> None:
        """Name the document in the title, and remember where the clerk is, for the start after a crash."""
        document, wizard = self.document, self._wizard
        name = _("政府信息公开年报填报助手")
        self.setWindowTitle(name if document is None else f"{document.path.stem} - {name}")
        if document is None or document.read_only:
            self.trail.note(None)
        elif wizard is None or not wizard.current:
            self.trail.note(Whereabouts(str(document.path)))
        else:
            year = wizard.editing.session.year
            self.trail.note(Whereabouts(str(document.path), year, wizard.current, wizard.current_words))

    def _show_undo(self) -> None:
        stack = self._wizard.editing.session.undo_stack if self._wizard else None
        typing = bool(self._wizard and self._wizard.editing.typed)
        for id, words, name in (
            ("undo", _("撤销"), stack.undo_name if stack else None),
            ("redo", _("重做"), stack.redo_name if stack else None),
        ):
            action = self.actions_by_id[id]
            # what is being typed is a step as soon as it is asked for
            action.setEnabled(name is not None or (typing and id == "undo"))
            action.setText(words)
            action.setToolTip(named(words, name) if name else words)

    # ------------------------------------------------------------ slots

    def _on_sample_wanted(self) -> None:
        self.desk.open_path(sample_path())

    def _on_state_wanted(self, state: str, reason: str) -> None:
        assert self._wizard is not None
        if self.desk.set_state(self._wizard.editing.session.year, state, reason):
            self._wizard.go("review")
            # the next move of the report is a decision of its own: one Enter too many must not make it
            on = self.foot.back if state == FILLING else self.foot.next
            on.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_due_changed(self) -> None:
        if self._wizard:
            self.header.show_report(self._wizard.editing, clock.today())

    def _on_edited(self, changes: Changes) -> None:
        self._show_undo()
        if changes.patch:
            self.foot.show_note("")  # undo and redo speak after this
        if self._wizard and any(key.startswith("unit.") for key in changes.fields):
            self.header.show_report(self._wizard.editing, clock.today())

    def _on_saved_state_changed(self, state: SaveState) -> None:
        self._show_undo()
        self._show_saved()
        retry, elsewhere = ("retry", _("重试")), ("elsewhere", _("另存到其他位置"))
        if state.kind == "failed" and self.saving.text() != state.reason:
            self.saving.show_message(State.ERROR, state.reason, [retry, elsewhere], closable=False)
        elif self.document is not None and self.document.hangs:
            words = _("磁盘没有响应，最近的修改还没有存上，都在内存里。可以等一等，也可以另存到其他位置。")
            self.saving.show_message(State.WARNING, words, [elsewhere], closable=False)
        elif state.kind == "saved":
            self.saving.clear()

    def _on_saving_acted(self, action: str) -> None:
        if action == "retry":
            self.desk.retry()
        elif action == "elsewhere":
            self.desk.save_elsewhere()

    def _on_closed(self) -> None:
        self._drop_wizard()
        self.message.clear()
        self.saving.clear()

    def _on_issues_counted(self, count: int) -> None:
        words = _("问题清单")
        self.actions_by_id["toggle_issues"].setIconText(f"{words} {count}" if count else words)

    def _on_page_made(self) -> None:
        # Tab goes on from the page to the next step: the bar stands before the page in Qt's own order
        last = self.previousInFocusChain()
        while last.focusPolicy() == Qt.FocusPolicy.NoFocus:
            last = last.previousInFocusChain()
        self.setTabOrder(last, self.foot.next)
        self.setTabOrder(self.foot.next, self.foot.back)

    def _on_step_changed(self, _step: str) -> None:
        self._show_commands()

    def _on_stepped(self, distance: int) -> None:
        if self._wizard:
            self._wizard.go_by(distance)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # Qt's buttons answer to Enter in dialogs only; clerks press it everywhere
        focus = QApplication.focusWidget()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and isinstance(focus, QAbstractButton):
            if not event.isAutoRepeat():
                focus.click()
            return
        super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if len(event.mimeData().urls()) == 1 and event.mimeData().urls()[0].isLocalFile():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        path = Path(event.mimeData().urls()[0].toLocalFile())
        event.acceptProposedAction()
        # the program that the file comes from waits until the drop is over
        QTimer.singleShot(0, self, partial(self.desk.open_path, path))

    def _may_end(self) -> bool:
        """Whether nothing is being written or printed any more, or the clerk does not want to wait for it."""
        return self.background.settle(FINISHING) or dialogs.ask_unfinished(self)

    def closeEvent(self, event: QCloseEvent) -> None:
        event.ignore()  # whatever happens on the way, the window stays until all is saved
        if is_waiting() or not self._may_end() or not self.desk.close():
            return
        self._settings.geometry = self.saveGeometry()
        self._settings.maximised = self.isMaximized()
        self.trail.end()
        self.background.close()
        event.accept()
