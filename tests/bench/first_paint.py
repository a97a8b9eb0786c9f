"""Open the window, print the monotonic time of its first finished paint, and close it."""

from __future__ import annotations

import sys
import time

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication


class _Watch(QObject):
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if event.type() == QEvent.Type.Paint and watched.objectName() == "header":
            watched.removeEventFilter(self)
            QTimer.singleShot(0, self, self._tell)
        return False

    def _tell(self) -> None:
        print(time.monotonic(), flush=True)
        QApplication.quit()


def main() -> int:
    app = QApplication(sys.argv)
    watch = _Watch(app)
    app.installEventFilter(watch)
    from ui.app import run

    return run(None)


if __name__ == "__main__":
    raise SystemExit(main())
