"""Bringing the window onto the screen."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from gkdesk.i18n import _
from ui import trail
from ui.app import set_language
from ui.main_window import MainWindow
from ui.settings import Settings
from ui.widgets.states import State

PRELOAD_AFTER = 300
"""Milliseconds after the first paint."""
SMALL_SCREEN = 1440
"""Screens narrower than this are filled, unless the window has its place there from before."""
_kept: list[MainWindow] = []
"""The window that came in another language: Qt alone would not keep it."""


def show(settings: Settings, path: Path | None) -> MainWindow:
    """The window, on the screen; a document is opened right after the first paint."""
    window = MainWindow(settings)
    screen = window.screen().availableSize()
    small = screen.width() < SMALL_SCREEN or screen != screen.expandedTo(window.size())
    if small and not window.placed:
        window.showMaximized()
    else:
        window.show()
    if path is None:
        trail.offer(window)
        QTimer.singleShot(PRELOAD_AFTER, window, _preload)
    else:
        QTimer.singleShot(0, window, partial(window.desk.open_path, path))
    QApplication.setActiveWindow(window)
    return window


def show_in_language(window: MainWindow, settings: Settings) -> None:
    """The window anew in the language of the settings, at the same place of the same report.

    Nothing changes when the clerk wants to stay with what could not be saved; a copy to read would be gone.
    """
    document, wizard = window.document, window.wizard
    if document is not None and document.read_only:
        window.message_shown.show_message(State.HINT, _("下次打开程序时，就是另一种语言。"))
        return
    path = document.path if document is not None else None
    place = (wizard.editing.session.year, wizard.current) if wizard is not None else None
    if not window.desk.close():
        return
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    set_language(app, settings.language)
    anew = MainWindow(settings)
    _kept[:] = [anew]
    anew.restoreGeometry(window.saveGeometry())
    anew.show()
    window.close()
    window.deleteLater()
    if path is not None:
        anew.desk.open_path(path)
    if place is not None and anew.document is not None:
        year, step = place
        anew.desk.open_year(year)
        if anew.wizard is not None:
            anew.wizard.go(step)
    anew.activateWindow()


def _preload() -> None:
    """Import what opening a document needs while the clerk is still reading the start page."""
    import babel.dates  # noqa: F401 - for the deadline

    import ui.opening
    import ui.wizard  # noqa: F401
