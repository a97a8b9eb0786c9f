"""Asking for a file or a folder: each question begins where the last one of its kind was answered, else in 文档."""

from __future__ import annotations

from enum import StrEnum
from functools import partial
from pathlib import Path

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QFileDialog, QWidget

from gkdesk.files import is_folder
from gkdesk.i18n import _
from ui.settings import Settings
from ui.tasks import run_and_wait

PATIENCE = 2.0
"""Seconds that the folder of last time may take to answer: it may lie on a share that is gone."""


class Purpose(StrEnum):
    """What is asked for; each has a folder of its own."""

    OPEN = "open"
    IMPORT = "import"
    SAVE = "save"
    EXPORT = "export"
    FONT = "font"


def documents() -> Path:
    """The user's folder for documents (文档), or the home folder where there is none."""
    found = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    return Path(found) if found and is_folder(Path(found)) else Path.home()


def beginning(settings: Settings, purpose: Purpose) -> Path:
    """Where a question begins: the folder of last time, if it is still there and answers."""
    last = settings.folder(purpose)
    if last is None:
        return documents()
    try:
        there = run_and_wait(partial(is_folder, last), PATIENCE)
    except TimeoutError:
        there = False
    return last if there else documents()


def ask_file(parent: QWidget, settings: Settings, purpose: Purpose, title: str, kinds: str) -> Path | None:
    """Which file to read; None when the clerk thinks better of it. ``kinds`` are filters as Qt writes them."""
    begin = str(beginning(settings, purpose))
    return _kept(settings, purpose, QFileDialog.getOpenFileName(parent, title, begin, kinds)[0])


def ask_document(parent: QWidget, settings: Settings) -> Path | None:
    """Which document to open, or which report of before to read in."""
    kinds = (
        _("年报文件 (*.gkd *.json)"),
        _("Word、Excel、PDF、网页 (*.docx *.xlsx *.pdf *.html *.htm *.mht *.txt)"),
        _("所有文件 (*)"),
    )
    return ask_file(parent, settings, Purpose.OPEN, _("打开年报文件"), ";;".join(kinds))


def ask_place(parent: QWidget, settings: Settings, name: str, title: str = "") -> Path | None:
    """Where to put a document of that name, elsewhere unless the title says more; None when it is given up."""
    words = title or _("另存到其他位置")
    begin = str(beginning(settings, Purpose.SAVE) / name)
    chosen = QFileDialog.getSaveFileName(parent, words, begin, _("年报文件 (*.gkd)"))[0]
    if chosen and not chosen.lower().endswith(".gkd"):
        chosen += ".gkd"
    return _kept(settings, Purpose.SAVE, chosen)


def ask_folder(parent: QWidget, title: str, begin: Path) -> Path | None:
    """Which folder; whether it is kept for the next time is for the caller to say."""
    chosen = QFileDialog.getExistingDirectory(parent, title, str(begin))
    return Path(chosen) if chosen else None


def _kept(settings: Settings, purpose: Purpose, chosen: str) -> Path | None:
    """The answer, whose folder is where the next question of its kind begins."""
    if not chosen:
        return None
    settings.keep_folder(purpose, Path(chosen).parent)
    return Path(chosen)
