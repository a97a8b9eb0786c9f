"""A failure of the program itself: written down, told once and from outside of what failed, and the work goes on."""

from __future__ import annotations

import sys
import threading

import pytest
from PySide6.QtCore import QEventLoop, QTimer

from gkdesk import paths
from ui import crash
from ui.preview.page import PageWidget
from ui.widgets.card import Card
from ui.widgets.elided_label import ElidedLabel
from ui.widgets.inline_message import InlineMessage
from ui.widgets.ring import Ring
from ui.widgets.state_badge import StateBadge
from ui.widgets.states import State


@pytest.fixture
def boxes(monkeypatch):
    """Texts of the dialogs that are shown, and how deep in event loops."""
    shown = []
    monkeypatch.setattr(crash, "_told", {})
    monkeypatch.setattr(crash, "_shown", [])
    monkeypatch.setattr("ui.crash.QMessageBox.exec", lambda box: shown.append(box.text()))
    return shown


@pytest.fixture
def watched(monkeypatch):
    monkeypatch.setattr(sys, "excepthook", crash.on_failure)
    monkeypatch.setattr(threading, "excepthook", crash._on_failure_of_thread)


def fail(*_arguments, **_named):
    raise ValueError("电话 0871-1234567")


def run_loop(milliseconds=0):
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def written():
    return (paths.log_folder() / "errors.log").read_text(encoding="utf-8")


def test_it_is_told_after_what_failed_has_returned(qapp, boxes, watched):
    told_inside = []

    def failing():
        try:
            fail()
        except ValueError as error:
            crash.on_failure(type(error), error, error.__traceback__)
            told_inside.extend(boxes)

    QTimer.singleShot(0, failing)
    run_loop()
    run_loop()
    assert told_inside == []
    assert len(boxes) == 1
    assert "ValueError" in written()


def test_before_the_program_has_come_up_it_is_told_at_once(qapp, boxes):
    try:
        fail()
    except ValueError as error:
        crash.on_failure(type(error), error, error.__traceback__)
    assert len(boxes) == 1


def test_the_same_failure_is_not_told_with_each_paint_but_another_is(qapp, boxes, monkeypatch):
    crash.tell("Traceback\n  here\nValueError: 1")
    crash.tell("Traceback\n  here\nValueError: 2")
    assert len(boxes) == 1
    crash.tell("Traceback\n  there\nValueError: 1")
    assert len(boxes) == 2
    monkeypatch.setattr(crash, "AGAIN", 0.0)
    crash.tell("Traceback\n  here\nValueError: 1")
    assert len(boxes) == 3


def _button_that_copies(box):
    return next(button for button in box.buttons() if "复制" in button.text())


def test_the_report_has_nothing_that_was_typed(qapp, monkeypatch):
    monkeypatch.setattr(crash, "_told", {})
    monkeypatch.setattr("ui.crash.QMessageBox.exec", lambda _box: 0)
    monkeypatch.setattr("ui.crash.QMessageBox.clickedButton", _button_that_copies)
    crash.tell("Traceback\n  File x\nValueError: 电话 0871-1234567")
    copied = qapp.clipboard().text()
    qapp.clipboard().setText("")
    assert "ValueError" in copied
    assert "0871" not in copied


def test_a_thread_that_fails_is_written_down(qapp, boxes, watched):
    thread = threading.Thread(target=fail)
    thread.start()
    thread.join()
    assert "ValueError" in written()
    assert boxes == []


def made(kind):
    widget = kind("一") if kind in (Card, ElidedLabel) else kind()
    if isinstance(widget, InlineMessage):
        widget.show_message(State.HINT, "一")
    widget.resize(100, 60)
    return widget


@pytest.mark.parametrize("kind", [Card, ElidedLabel, InlineMessage, PageWidget, Ring, StateBadge])
def test_a_paint_that_fails_leaves_no_painter_at_work(show, qtbot, look, monkeypatch, kind):
    """Qt would paint nothing on the widget any more, and end the program when it is closed."""
    widget = show(made(kind))
    with qtbot.capture_exceptions() as failures:
        monkeypatch.setattr("ui.theme.colour", fail)
        monkeypatch.setattr(ElidedLabel, "_shown", fail)
        QTimer.singleShot(0, widget.repaint)
        run_loop(20)
        monkeypatch.undo()
    assert failures  # which hold the frame, and all that is in it
    assert not widget.paintingActive()


def test_a_table_that_fails_in_painting_leaves_no_painter_at_work(window, sample, qtbot, monkeypatch):
    window.desk.open_path(sample)
    window.wizard.go("requests")
    editor = window.wizard.page("requests").editor
    parts = [
        editor.view.viewport(),
        editor.view.horizontalHeader().viewport(),
        editor.view._corner,
        editor.strip,
    ]
    run_loop(50)
    with qtbot.capture_exceptions() as failures:
        monkeypatch.setattr(type(editor.view.form), "box_rect", fail)
        monkeypatch.setattr(type(editor.strip), "_frozen_edge", fail)
        for part in parts:
            QTimer.singleShot(0, part.repaint)
        run_loop(50)
        monkeypatch.undo()
    assert len(failures) >= len(parts)
    assert not [part for part in parts if part.paintingActive()]
