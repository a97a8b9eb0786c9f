"""What the commands of the menus do: one method for each id of :mod:`ui.actions`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication

from gkdesk.i18n import _, language
from ui import about, asking, dialogs
from ui.settings import Settings

if TYPE_CHECKING:
    from ui.help_window import HelpWindow
    from ui.main_window import MainWindow
    from ui.wizard import Wizard

ZOOM_STEP = 10


class Commands(QObject):
    """Commands of the window. One that needs an open report or document does nothing without it."""

    def __init__(self, window: MainWindow, settings: Settings) -> None:
        super().__init__(window)
        self._window = window
        self._settings = settings

    @property
    def _wizard(self) -> Wizard | None:
        return self._window.wizard

    # ------------------------------------------------------------ file

    def show_home(self) -> None:
        self._window.show_home()

    def open_document(self) -> None:
        chosen = asking.ask_document(self._window, self._settings)
        if chosen:
            self._window.desk.open_path(chosen)

    def import_report(self) -> None:
        from ui.importing.flow import choose

        choose(self._window, self._settings)

    def paste_report(self) -> None:
        from ui.importing.flow import paste

        paste(self._window)

    def save(self) -> None:
        """What habit asks for: all is saved already, but for what is still being typed or the disk has refused."""
        document = self._window.document
        if document is None:
            return
        self._window.commit_pending()
        if document.worker.state.kind == "failed":
            self._window.desk.retry()
        elif document.shown_state.kind != "failed":
            self._window.foot.show_note(_("填写的内容都自动保存，不用另外保存。"))

    def save_elsewhere(self) -> None:
        self._window.desk.save_elsewhere()

    def show_output(self) -> None:
        if self._wizard:
            self._wizard.go_to_output()

    def verify_print(self) -> None:
        if self._window.document is not None:
            self._window.commit_pending()
            from ui.verify_dialog import VerifyDialog

            dialogs.run(VerifyDialog(self._window.document, self._window))

    def show_history(self) -> None:
        if self._window.document is None or self._wizard is None:
            return
        from ui.history_dialog import HistoryDialog

        self._window.commit_pending()
        dialogs.run(HistoryDialog(self._window.document, self._window))

    def show_backups(self) -> None:
        from ui.backups_dialog import BackupsDialog

        self._window.commit_pending()
        dialogs.run(BackupsDialog(self._window, self._settings))

    def close(self) -> None:
        self._window.close()

    # ------------------------------------------------------------ edit

    def undo(self) -> None:
        if self._wizard:
            self._wizard.commit_pending()
            self._wizard.editing.undo()

    def redo(self) -> None:
        if self._wizard:
            self._wizard.commit_pending()
            self._wizard.editing.redo()

    def copy(self) -> None:
        """What is selected where the keyboard is."""
        self._press(QKeySequence.StandardKey.Copy)

    def paste(self) -> None:
        """The clipboard into the table, text or field where the keyboard is."""
        self._press(QKeySequence.StandardKey.Paste)

    def _press(self, key: QKeySequence.StandardKey) -> None:
        """Press a key where the keyboard is: the open line of a table, too, knows what belongs into the table."""
        target, keys = self._window.focusWidget(), QKeySequence(key)
        if target is not None and not keys.isEmpty():  # a desktop may have no key for it
            event = QKeyEvent(QEvent.Type.KeyPress, keys[0].key(), keys[0].keyboardModifiers())
            QApplication.sendEvent(target, event)

    def find_text(self) -> None:
        if self._wizard:
            self._wizard.find(replacing=False)

    def replace_text(self) -> None:
        if self._wizard:
            self._wizard.find(replacing=True)

    def find_next(self) -> None:
        if self._wizard:
            self._wizard.find_again(1)

    def find_previous(self) -> None:
        if self._wizard:
            self._wizard.find_again(-1)

    def next_issue(self) -> None:
        if self._wizard:
            self._wizard.commit_pending()
            self._wizard.jump_by(1)

    def previous_issue(self) -> None:
        if self._wizard:
            self._wizard.commit_pending()
            self._wizard.jump_by(-1)

    # ------------------------------------------------------------ view

    def next_step(self) -> None:
        if self._wizard:
            self._wizard.go_by(1)

    def previous_step(self) -> None:
        if self._wizard:
            self._wizard.go_by(-1)

    def go_to_step(self) -> None:
        """The step whose number the action carries."""
        if self._wizard:
            self._wizard.go_to_number(int(self.sender().property("step")))

    def toggle_issues(self) -> None:
        if self._wizard:
            self._wizard.show_panel(self._window.actions_by_id["toggle_issues"].isChecked())

    def toggle_last_year(self) -> None:
        if self._wizard:
            self._wizard.show_last_year(self._window.actions_by_id["toggle_last_year"].isChecked())

    def zoom_in(self) -> None:
        self._window.zoom(self._window.zoom_percent + ZOOM_STEP)

    def zoom_out(self) -> None:
        self._window.zoom(self._window.zoom_percent - ZOOM_STEP)

    def zoom_reset(self) -> None:
        self._window.zoom(100)

    def show_settings(self) -> None:
        from ui.settings_dialog import SettingsDialog

        self._window.commit_pending()
        dialogs.run(SettingsDialog(self._settings, self._window))
        if self._settings.language != language():
            from ui.showing import show_in_language

            show_in_language(self._window, self._settings)
            return
        self._window.desk.use_settings()
        if self._wizard:
            self._wizard.take_settings()

    # ------------------------------------------------------------ help

    def show_help(self) -> None:
        """What belongs to the step and cell where the clerk is."""
        if self._wizard:
            self._help.show_topic(self._wizard.help_text(), self._wizard.help_page())
        else:
            words = _("首页\n新建一份年报，或者打开以前填的文件。\n填写时每一格都自动保存，不用点保存。")
            self._help.show_topic(words, "start.md")

    def show_manual(self) -> None:
        from ui.help_window import CONTENTS

        self._help.show_page(CONTENTS)

    def show_shortcuts(self) -> None:
        from ui.help_window import SHORTCUTS

        self._help.show_page(SHORTCUTS)

    def show_rule(self, rule: str) -> None:
        """What the manual says about a rule, by its id."""
        from ui.help_window import RULES

        self._help.show_page(RULES, rule)

    @property
    def _help(self) -> HelpWindow:
        from ui.help_window import HelpWindow

        found = self._window.findChild(HelpWindow)
        if found is None:
            found = HelpWindow(self._window)
            # the one command that belongs to the program as a whole
            found.addAction(self._window.actions_by_id["close"])
        return found

    def show_about(self) -> None:
        document = self._window.document
        about.show_about(self._window, document.path if document else None)
