"""Starting the program with a window."""

from __future__ import annotations

import faulthandler
import gc
import logging
import os
import sys
import traceback
from contextlib import suppress
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QLibraryInfo, QLocale, QTimer, QTranslator
from PySide6.QtWidgets import QApplication

from gkdesk import i18n, paths
from gkdesk.errors import KnownError
from ui import plugins, theme
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
    sys.excepthook = _on_bug
    _write_down_crashes()
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


def _write_down_crashes() -> None:
    """Have a crash inside Qt or Python itself leave its trace in the log folder."""
    with suppress(OSError, KnownError):
        file = (paths.log_folder() / "crashes.log").open("a", encoding="utf-8")  # open until the end
        faulthandler.enable(file)


def _on_bug(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """An unforeseen failure: keep working, write it down, and say so."""
    if issubclass(kind, KeyboardInterrupt):
        QApplication.quit()
        return
    text = "".join(traceback.format_exception(kind, error, trace))
    logging.getLogger("gkdesk").error(text)
    try:
        with (paths.log_folder() / "errors.log").open("a", encoding="utf-8") as file:
            file.write(text + "\n")
    except (OSError, KnownError):
        sys.stderr.write(text)
    from ui.crash import tell

    tell(text)
