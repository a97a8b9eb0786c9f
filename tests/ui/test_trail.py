"""After a crash the next start offers to go on where the clerk was; after a clean exit nothing is left."""

from __future__ import annotations

import subprocess
import sys

import pytest

from ui import trail
from ui.trail import Trail, Whereabouts

CRASH = """
import os, sys
from pathlib import Path
from PySide6.QtWidgets import QApplication
from ui import theme
from ui.main_window import MainWindow
from ui.settings import Settings
app = QApplication([])
theme.apply(app)
window = MainWindow(Settings())
window.desk.open_path(Path(sys.argv[1]))
if sys.argv[2]:
    window.desk.open_year(2024)
    window.wizard.go(sys.argv[2])
    window.wizard.editing.edit({"t4.review.upheld": "55"}, "x")
    assert window.document.worker.flush(60)
else:
    window.show_home()
print(window.document.path, flush=True)
if sys.argv[3] == "crash":
    os._exit(9)
sys.stdin.read()
"""


def run(source, step="requests", how="crash"):
    """Another run of the program, and the document that it had open when it was there."""
    process = subprocess.Popen(
        [sys.executable, "-c", CRASH, str(source), step, how],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        encoding="utf-8",
    )
    path = process.stdout.readline().strip()
    assert path
    return process, path


@pytest.fixture
def running(data_folder):
    return data_folder / "running"


def test_a_crash_is_gone_on_from(window, report_file):
    process, path = run(report_file())
    process.communicate(timeout=60)
    trail.offer(window)
    message = window.start.message
    assert "2024 年报" in message.text()
    assert "三" in message.text()
    (button,) = message.buttons()
    button.click()
    assert str(window.document.path) == path
    assert window.wizard.current == "requests"
    assert window.wizard.editing.session.value("t4.review.upheld") == 55
    assert not message.text()


def test_a_clean_exit_leaves_nothing(window, report_file, running):
    window.desk.open_path(report_file())
    window.wizard.go("requests")
    assert len(list(running.glob("*.json"))) == 1
    window.close()
    assert list(running.iterdir()) == []
    assert Trail().take_over() is None


def test_what_is_not_gone_on_from_is_offered_again_only_after_a_crash(window, report_file, running):
    process, path = run(report_file(), step="")
    process.communicate(timeout=60)
    first = Trail()
    assert first.take_over() == Whereabouts(path)
    assert Trail().take_over() is None, "the run that offers it has it now"
    del first  # as if it had crashed: its lock goes, its note stays
    assert Trail().take_over() == Whereabouts(path)
    trail.offer(window)
    assert "打开着" in window.start.message.text()


def test_a_run_that_goes_on_is_left_alone(report_file):
    process, _path = run(report_file(), how="stay")
    assert Trail().take_over() is None
    process.kill()
    process.communicate()
    assert Trail().take_over() is not None


@pytest.mark.parametrize("content", ["", "{", "[]", '{"path": 1}', '{"path": "a", "year": "b"}', "[" * 5000])
def test_a_note_without_sense_is_dropped(running, content):
    running.mkdir(parents=True)
    (running / "1-a.json").write_text(content, "utf-8")
    assert Trail().take_over() is None
    assert not (running / "1-a.json").exists()


def test_a_document_that_is_gone_is_told(window, report_file, tmp_path):
    window.trail.note(None)
    trail.Offer(window, Whereabouts(str(tmp_path / "没有.gkd"), 2024, "requests", "三"))
    window.start.message.buttons()[0].click()
    assert window.document is None
    assert "找不到" in window.start.message.text()
