"""Starting the program with a window."""

from __future__ import annotations

import gc
import os
import sys
from pathlib import Path

from PySide6.QtCore import QLibraryInfo, QLocale, QTimer, QTranslator
from PySide6.QtWidgets import QApplication

from gkdesk import i18n, paths
from ui import crash, plugins, theme
from ui.settings import Settings

GC_INTERVAL = 10_000


def run(path: Path | None = None) -> int:
    """Open the window, on a document if one is named, and return the exit code when it is closed."""
    if sys.platform.startswith("linux"):
        plugins.choose(os.environ, QLibraryInfo.path(QLibraryInfo.LibraryPath.PluginsPath))
    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    app.setApplicationName("GKDesk")
    app.setDesktopFileName("gkdesk")
    settings = Settings()
    translators = set_language(app, settings.language)
    theme.apply(app, settings.scheme, settings.scale)
    _collect_on_timer(app)
    crash.watch()
    from ui.showing import show

    window = show(settings, path)
    code = app.exec()
    del window, translators
    return code


def set_language(app: QApplication, language: str) -> list[QTranslator]:
    """Our texts, Qt's own dialogs and the locale, in place of those before; returns the application's translators.

    What Qt's own catalogue lacks in Chinese is in resources/i18n/qt_more_zh_CN.ts.
    """
    for earlier in app.findChildren(QTranslator):
        app.removeTranslator(earlier)
        earlier.deleteLater()
    i18n.set_language("en" if language == "en" else "zh")
    QLocale.setDefault(QLocale("en_US" if language == "en" else "zh_CN"))
    if language == "en":
        return []
    loaded = []
    for name, folder in (
        ("qtbase_zh_CN", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)),
        ("qt_more_zh_CN", str(paths.resources() / "i18n")),
    ):
        translator = QTranslator(app)
        if translator.load(name, folder):
            app.installTranslator(translator)
            loaded.append(translator)
    return loaded


def _collect_on_timer(app: QApplication) -> None:
    # the collector must not run on another thread: it would delete Qt objects there
    gc.disable()
    timer = QTimer(app)
    timer.timeout.connect(gc.collect)
    timer.start(GC_INTERVAL)
