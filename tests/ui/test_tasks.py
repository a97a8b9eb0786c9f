"""Work off the interface thread, and the end of the program in the middle of it."""

from __future__ import annotations

import subprocess
import sys
import threading

import pytest
from PySide6.QtCore import QObject

from gkdesk.storage import Document
from ui.exporting import ExportJob
from ui.printed_copy import PrintedCopy
from ui.tasks import Background


@pytest.fixture
def background(qapp):
    made = Background()
    yield made
    made.close()


def test_the_answer_comes_back_on_the_interface_thread(background, qtbot):
    parent = QObject()
    task = background.run(parent, lambda: 7)
    with qtbot.waitSignal(task.done) as told:
        pass
    assert told.args == [7]


def test_what_fails_is_told_too(background, qtbot):
    parent = QObject()
    task = background.run(parent, lambda: 1 // 0)
    with qtbot.waitSignal(task.failed) as told:
        pass
    assert isinstance(told.args[0], ZeroDivisionError)


def export(window, folder, kinds):
    copy = PrintedCopy.of(window.wizard.editing, window._settings, "review")
    job = ExportJob(copy, kinds, folder, window._settings, window.background, window)
    folder.mkdir()
    job.start()


def test_closing_waits_for_all_files_of_an_export(window, report_file, tmp_path):
    window.desk.open_path(report_file())
    export(window, tmp_path / "out", ["json", "html"])
    assert window.close()
    assert len(list((tmp_path / "out").iterdir())) == 2


@pytest.fixture
def dead_share(window, report_file, tmp_path, monkeypatch):
    """An export into a folder that stops to answer in the middle of a file, until the event is set."""
    answer, begun = threading.Event(), threading.Event()

    def flush(_path):
        begun.set()
        assert answer.wait(60)

    monkeypatch.setattr("gkdesk.files.flush", flush)
    monkeypatch.setattr("ui.main_window.FINISHING", 0.1)
    monkeypatch.setattr("ui.tasks.ENDING", 0.1)
    window.desk.open_path(report_file())
    export(window, tmp_path / "out", ["json", "html"])
    assert begun.wait(30)
    yield tmp_path / "out"
    answer.set()
    window.background._thread.join(30)


def test_closing_asks_about_a_share_that_does_not_answer(window, dead_share, monkeypatch):
    asked = []
    monkeypatch.setattr("ui.dialogs.ask_unfinished", lambda _window: bool(asked.append(1)))
    assert not window.close()
    assert window.wizard is not None, "the clerk waits, and can go on"
    monkeypatch.setattr("ui.dialogs.ask_unfinished", lambda _window: True)
    path = window.document.path
    window.wizard.editing.edit({"t4.review.upheld": "5"}, "x")
    assert window.close()
    assert asked == [1]
    assert window.document is None
    # what the share has of the file is under no name that could be taken for a whole one
    assert [path for path in dead_share.iterdir() if not path.name.startswith(".gkdesk-")] == []
    with Document.open(path) as document:
        assert document.entries(2024)["t4.review.upheld"] == "5"


def test_a_hung_export_does_not_keep_the_program(tmp_path):
    """It ends though its thread never will."""
    script = (
        "import threading; from PySide6.QtCore import QCoreApplication, QObject; from ui.tasks import Background\n"
        "app = QCoreApplication([]); background = Background(); background.run(app, threading.Event().wait)\n"
        "background.close(); print('ended')"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, timeout=60, check=True
    )
    assert done.stdout == "ended\n"
