"""Typing into table 三 of the real window, timed from the key to the finished paint."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from gkdesk.report import Report, report_json
from gkdesk.storage import Document


def measure(report: Report, rounds: int, *, commit_takes: float = 0) -> tuple[list[float], list[float]]:
    """Milliseconds of each key and of each Enter, ``rounds`` of them; a commit is delayed by so many seconds."""
    commit = Document.commit

    def slow(*arguments: Any) -> int:
        time.sleep(commit_takes)
        return commit(*arguments)

    Document.commit = slow if commit_takes else commit  # type: ignore[method-assign]
    try:
        return _measure(report, rounds)
    finally:
        Document.commit = commit  # type: ignore[method-assign]


def _measure(report: Report, rounds: int) -> tuple[list[float], list[float]]:
    app = QApplication.instance() or QApplication([])
    from gkdesk import paths
    from ui import theme
    from ui.main_window import MainWindow
    from ui.settings import Settings

    assert isinstance(app, QApplication)
    theme.apply(app)
    source = Path(paths.data_folder()) / "bench.json"
    source.write_text(report_json.dumps(report), encoding="utf-8")
    window = MainWindow(Settings())
    window.resize(1366, 768)
    window.show()
    window.desk.open_path(source)
    wizard = window.wizard
    assert wizard is not None
    wizard.show_panel(True)
    wizard.go("requests")
    view = wizard.page("requests").editor.view  # type: ignore[attr-defined]
    table = report.form.table("t3")
    cells = [cell for cell in table.inputs if table.cells[cell].column == "natural"]
    QTest.qWait(300)
    keys, enters = [], []
    for number in range(rounds + 1):
        view.go_to(cells[number % len(cells)])
        _settle()
        start = time.perf_counter()
        QTest.keyClick(app.focusWidget(), str(number % 10))
        _settle()
        keys.append(1000 * (time.perf_counter() - start))
        focus: QWidget = app.focusWidget()
        start = time.perf_counter()
        QTest.keyClick(focus, Qt.Key.Key_Return)
        _settle()
        enters.append(1000 * (time.perf_counter() - start))
    window.close()
    return keys[1:], enters[1:]


def _settle() -> None:
    """Until nothing is left to paint: what a zero timer starts is painted in the second turn."""
    QCoreApplication.processEvents()
    QCoreApplication.processEvents()
