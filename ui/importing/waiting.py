"""Reading off the interface thread, with a bar that moves and a button to cancel."""

from __future__ import annotations

import threading
from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QProgressDialog, QWidget

from gkdesk.i18n import _
from gkdesk.imports.importing import Imported
from ui.tasks import Background

PATIENCE = 300
"""Milliseconds before the bar is shown: most files are read by then."""


def read(
    name: str, work: Callable[[threading.Event], Imported], background: Background, parent: QWidget
) -> Imported | None:
    """The answer of ``work``, which stops early when its event is set; None when cancelled. Raises what it raises."""
    stop = threading.Event()
    waiting = QProgressDialog(_("正在读“{file}”…").format(file=name), _("取消"), 0, 0, parent)
    waiting.setWindowTitle(_("读入年报"))
    waiting.setWindowModality(Qt.WindowModality.WindowModal)
    waiting.setMinimumDuration(PATIENCE)
    answer: list[object] = []
    task = background.run(parent, lambda: work(stop))
    for told in (task.done, task.failed):
        told.connect(answer.append)
        told.connect(waiting.accept)
    waiting.canceled.connect(stop.set)
    waiting.exec()
    cancelled = stop.is_set()
    waiting.deleteLater()
    if cancelled or not answer:
        return None
    (found,) = answer
    if isinstance(found, BaseException):
        raise found
    assert isinstance(found, Imported)
    return found
