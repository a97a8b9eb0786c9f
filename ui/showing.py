"""Bringing the window onto the screen."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from ui import trail
from ui.main_window import MainWindow
from ui.settings import Settings

PRELOAD_AFTER = 300
"""Milliseconds after the first paint."""
SMALL_SCREEN = 1440
"""Screens narrower than this are filled at the first start."""


def show(settings: Settings, path: Path | None) -> MainWindow:
    """The window, on the screen; a document is opened right after the first paint."""
    window = MainWindow(settings)
    small = window.screen().availableGeometry().width() < SMALL_SCREEN
    if small and settings.geometry.isEmpty():
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


def _preload() -> None:
    """Import what opening a document needs while the clerk is still reading the start page."""
    import ui.opening
    import ui.wizard  # noqa: F401
