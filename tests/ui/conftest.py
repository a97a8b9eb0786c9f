"""Windows for tests: with the program's look, closed and emptied at the end."""

from __future__ import annotations

from pathlib import Path

import pytest

from gkdesk import paths
from gkdesk.report import report_json
from tests.builders import balanced

HERE = Path(__file__).parent


def pytest_collection_modifyitems(items):
    """A warning of Qt fails the test."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.qt_log_level_fail("WARNING"))


@pytest.fixture
def look(qapp):
    from ui import theme

    theme.apply(qapp)
    yield theme
    theme.apply(qapp)


@pytest.fixture
def window(qtbot, look):
    from ui.main_window import MainWindow
    from ui.settings import Settings

    made = MainWindow(Settings())
    made.resize(1366, 768)
    made.show()
    yield made
    made.close()
    assert made.document is None
    made.deleteLater()


@pytest.fixture
def report_file(tmp_path):
    """Write a correct report as JSON; returns a function of the format's id and the year."""
    from gkdesk import formats

    def make(id="2021", year=2024, *, stated=False, name="report.json"):
        path = tmp_path / name
        report = balanced(formats.load(id), year, [2] * 170, stated=stated)
        path.write_text(report_json.dumps(report), encoding="utf-8")
        return path

    return make


@pytest.fixture
def sample():
    return paths.resources() / "samples" / "sample-2021.json"


@pytest.fixture
def show(qtbot):
    """Show a widget and wait until it can take the focus."""

    def _show(widget, width=0, height=0):
        qtbot.addWidget(widget)
        if width:
            widget.resize(width, height)
        with qtbot.waitExposed(widget):
            widget.show()
        widget.activateWindow()
        return widget

    return _show
