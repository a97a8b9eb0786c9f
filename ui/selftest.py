"""The window of `gkdesk --selftest`: opened on a document without a screen, looked at, closed."""

from __future__ import annotations

import pkgutil
from importlib import import_module
from pathlib import Path

from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QApplication

import ui
from gkdesk import i18n
from gkdesk.errors import KnownError
from gkdesk.i18n import _

TABLE = "requests"
"""The step whose picture is looked at: the large table."""


def run(path: Path) -> str:
    """Open the document, go through its steps and paint the table; returns words about it.

    Raises KnownError for what is wrong.
    """
    for module in pkgutil.walk_packages(ui.__path__, "ui."):
        import_module(module.name)
    from ui import app, theme
    from ui.main_window import MainWindow
    from ui.settings import Settings

    # Named here, for not every system hands environment variables through to Qt.
    program = QApplication.instance() or QApplication(["gkdesk", "-platform", "offscreen"])
    assert isinstance(program, QApplication)
    settings = Settings()
    language = i18n.language()
    translators = app.set_language(program, "zh")
    theme.apply(program, settings.scheme, settings.scale)
    window = MainWindow(settings)
    window.resize(1366, 768)
    window.show()
    try:
        window.desk.open_path(path)
        wizard = window.wizard
        if wizard is None:
            raise KnownError(_("窗口没有打开文档"))
        wizard.go(TABLE)
        program.processEvents()
        picture = window.grab().toImage()
        if _colours(picture) < 3:
            raise KnownError(_("窗口是空白的"))
        wizard.go_to_number(1)
        steps = 1
        while wizard.can_go(1):
            wizard.go_by(1)
            program.processEvents()
            steps += 1
    finally:
        window.close()
        window.deleteLater()
        program.processEvents()
        i18n.set_language(language)
    if len(translators) < 2:
        raise KnownError(_("没有 Qt 的中文译文"))
    words = _("打开文档，{steps} 步都能显示（{platform}）")
    return words.format(steps=steps, platform=QGuiApplication.platformName())


def _colours(picture: QImage) -> int:
    """How many colours every seventh pixel has."""
    across, down = range(0, picture.width(), 7), range(0, picture.height(), 7)
    return len({picture.pixel(x, y) for x in across for y in down})
