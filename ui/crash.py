"""When the program itself fails: what happened is written down, the clerk is told, and the work goes on."""

from __future__ import annotations

import faulthandler
import logging
import sys
import threading
import time
import traceback
from contextlib import suppress
from functools import partial
from types import TracebackType

from PySide6.QtCore import QThread, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QMessageBox

from gkdesk import __version__, paths
from gkdesk.errors import KnownError
from gkdesk.i18n import _

AGAIN = 30.0
"""Seconds for which the same failure is not told once more: one in painting comes back as soon as it was read."""

_log = logging.getLogger("gkdesk")
_shown: list[QMessageBox] = []
_told: dict[str, float] = {}
"""When the clerk had read of a failure last, by its report."""


def watch() -> None:
    """Take note of every failure from now on, also of one inside Qt or Python itself."""
    sys.excepthook = on_failure
    threading.excepthook = _on_failure_of_thread
    with suppress(OSError, KnownError):
        file = (paths.log_folder() / "crashes.log").open("a", encoding="utf-8")  # open until the end
        faulthandler.enable(file)


def on_failure(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """An exception that nobody caught, on the interface thread: write it down, and say so."""
    if issubclass(kind, KeyboardInterrupt):
        QApplication.quit()
        return
    text = "".join(traceback.format_exception(kind, error, trace))
    _write_down(text)
    if QThread.currentThread().loopLevel():
        # not from inside what has failed: it may be a paint, and a dialog would paint too
        QTimer.singleShot(0, partial(tell, text))
    else:
        tell(text)  # the program has not come up, and is about to end


def _on_failure_of_thread(failed: threading.ExceptHookArgs) -> None:
    """A thread has ended with it: what it leaves undone is told by whoever waits for it."""
    if failed.exc_type is not SystemExit:
        _write_down(
            "".join(traceback.format_exception(failed.exc_type, failed.exc_value, failed.exc_traceback))
        )


def _write_down(text: str) -> None:
    _log.error(text)
    try:
        with (paths.log_folder() / "errors.log").open("a", encoding="utf-8") as file:
            file.write(text + "\n")
    except (OSError, KnownError):
        if sys.stderr is not None:  # a program without a console has none
            sys.stderr.write(text)


def tell(text: str) -> None:
    """Say that the program failed and that the work is saved; a report can be copied. One dialog at a time."""
    report = _without_content(text)
    lately = time.monotonic() - _told.get(report, -AGAIN) < AGAIN
    if _shown or lately or QApplication.instance() is None:
        return
    box = QMessageBox(QApplication.activeWindow())
    _shown.append(box)
    try:
        box.setIcon(QMessageBox.Icon.Critical)
        box.setWindowTitle(_("程序出了问题"))
        box.setText(_("程序出了问题，刚才的操作可能没有完成。显示“已保存”的内容都在，可以继续填写。"))
        box.setInformativeText(_("请点“复制报告”，发给技术人员。报告里没有年报的内容。"))
        copy = box.addButton(_("复制报告"), QMessageBox.ButtonRole.ActionRole)
        box.addButton(_("继续"), QMessageBox.ButtonRole.AcceptRole)
        box.exec()
        if box.clickedButton() is copy:
            QGuiApplication.clipboard().setText(f"GKDesk {__version__}\n{report}")
    finally:
        _shown.clear()
        _told[report] = time.monotonic()
        box.deleteLater()


def _without_content(text: str) -> str:
    """The traceback without the last line's message, which may quote what was typed."""
    lines = text.rstrip().splitlines()
    last = lines[-1].partition(":")[0] if lines else ""
    return "\n".join([*(line for line in lines[:-1] if line.startswith((" ", "Traceback"))), last])
