"""What the window says of saving is true, and nothing that was typed is lost on the way out."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from gkdesk.report import Report
from gkdesk.storage import Document

STEPS = ["info", "intro", "overview", "disclosure", "requests", "reviews", "problems", "other", "review"]


def stored(path, year):
    from gkdesk import formats

    with Document.open(path) as document:
        return Report.from_entries(formats.load(document.format_of(year)), year, document.entries(year))


def typed(qapp, text):
    """Type as a person does: each key goes to what has the focus by then."""
    for key in text:
        QTest.keyClick(qapp.focusWidget(), key)


def test_a_date_that_is_none_stays_and_says_so(window, report_file, qapp, qtbot, monkeypatch):
    window.desk.open_path(report_file())
    window.wizard.go("info")
    line = window.wizard.page("info").lines["date"]
    line.setFocus()
    typed(qapp, "soon")
    window.wizard.go("intro")
    assert line.text() == "soon"
    assert "2025-01-20" in window.wizard.page("info")._notes["date"].text()
    assert window.wizard.editing.session.text("date") == ""
    # it is not called saved, and nobody leaves it behind unasked
    assert "未能保存" in window.header._saved.text()
    asked = []
    monkeypatch.setattr("ui.dialogs.ask_drop", lambda _window, refused: asked.append(refused))
    window.show_home()
    assert not window.close()
    assert window.wizard.current == "info"
    assert [list(refused) for refused in asked] == [["落款日期"]] * 2
    line.setFocus()
    line.selectAll()
    typed(qapp, "2025-01-20")
    window.show_home()
    qtbot.waitUntil(lambda: "已保存" in window.header._saved.text())
    assert len(asked) == 2


def test_what_is_being_typed_is_not_called_saved(window, report_file, qtbot, qapp):
    window.desk.open_path(report_file())
    window.wizard.go("overview")
    qtbot.waitUntil(lambda: "已保存" in window.header._saved.text())
    window.wizard.page("overview").editors[0].setFocus()
    typed(qapp, "z")
    assert "正在保存" in window.header._saved.text()
    qtbot.waitUntil(lambda: "已保存" in window.header._saved.text())
    assert "z" in window.wizard.editing.session.text("text.overview")


def test_a_text_takes_no_more_than_fits(window, report_file, qtbot, qapp):
    from gkdesk.report.session import MAX_TEXT

    window.desk.open_path(report_file())
    window.wizard.go("overview")
    editor = window.wizard.page("overview").editors[0]
    whole = "长" * (MAX_TEXT - 1)
    window.wizard.editing.edit({"text.overview": whole}, "粘贴")
    editor.setFocus()
    typed(qapp, "ab")
    assert (len(editor.toPlainText()), "b" in editor.toPlainText()) == (MAX_TEXT, False)
    assert "太长" in window.wizard.message.text()
    window.wizard.go("info")
    assert window.wizard.editing.session.text("text.overview") == whole + "a"
    qtbot.waitUntil(lambda: "已保存" in window.header._saved.text())


def test_a_disk_that_hangs_is_told_and_left(window, report_file, qtbot, tmp_path, monkeypatch):
    import threading

    from PySide6.QtWidgets import QFileDialog

    window.desk.open_path(report_file())
    old, answer = window.document.path, threading.Event()
    working = Document.commit

    def hangs(self, *arguments, **named):
        if self.path == old:
            assert answer.wait(60)
        return working(self, *arguments, **named)

    monkeypatch.setattr(Document, "commit", hangs)
    window.document._slow.setInterval(50)
    window.document.worker._rescue_after = 0.05
    window.wizard.editing.edit({"t4.review.upheld": "55"}, "x")
    qtbot.waitUntil(window.saving.isVisible)
    assert "没有响应" in window.saving.text()
    target = tmp_path / "b.gkd"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a, **_k: (str(target), ""))
    # leaving asks, and goes elsewhere first
    monkeypatch.setattr("ui.documents.CLOSING", 0.05)
    monkeypatch.setattr("ui.dialogs.ask_unsaved", lambda *_a: "elsewhere")
    assert window.close()
    answer.set()
    assert stored(target, 2024).values["t4.review.upheld"] == 55


def test_failing_to_save_is_said_and_nothing_is_lost(window, report_file, qtbot, monkeypatch):
    import sqlite3

    window.desk.open_path(report_file())
    path = window.document.path
    working = Document.commit

    def full(self, *arguments, **named):
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr(Document, "commit", full)
    window.wizard.editing.edit({"t4.review.upheld": "55"}, "x")
    qtbot.waitUntil(window.saving.isVisible)
    assert "磁盘" in window.saving.text()
    assert "未能保存" in window.header._saved.text()
    # neither the start page nor closing loses what waits
    monkeypatch.setattr("ui.dialogs.ask_unsaved", lambda *_a: "stay")
    window.show_home()
    assert not window.close()
    assert window.isVisible()
    window.desk.open_year(2024)
    assert window.wizard.editing.session.value("t4.review.upheld") == 55
    monkeypatch.setattr(Document, "commit", working)
    qtbot.mouseClick(window.saving.buttons()[0], Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "已保存" in window.header._saved.text())
    qtbot.waitUntil(lambda: not window.saving.isVisible())
    window.close()
    assert stored(path, 2024).values["t4.review.upheld"] == 55


def test_save_elsewhere_goes_on_there(window, report_file, tmp_path, monkeypatch):
    from PySide6.QtWidgets import QFileDialog

    window.desk.open_path(report_file())
    target = tmp_path / "usb" / "copy.gkd"
    target.parent.mkdir()
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a, **_k: (str(target), ""))
    window.desk.save_elsewhere()
    window.wizard.editing.edit({"t4.review.upheld": "66"}, "x")
    assert window.document.path == target
    assert window.windowTitle().startswith("copy")
    window.close()
    assert stored(target, 2024).values["t4.review.upheld"] == 66


@pytest.mark.parametrize(("medium", "words"), [("removable", "U 盘"), ("network", "网络盘"), ("local", "")])
def test_where_a_document_lies_is_told(window, report_file, monkeypatch, medium, words):
    monkeypatch.setattr("gkdesk.storage.places.medium_of", lambda _path: medium)
    window.desk.open_path(report_file())
    assert words in window.message.text()
    assert bool(window.message.text()) == bool(words)


@pytest.mark.parametrize("year", [2024, 2025])
def test_the_example_of_a_date_is_of_the_january_after_the_year(window, report_file, year):
    window.desk.open_path(report_file(year=year))
    window.wizard.go("info")
    page = window.wizard.page("info")
    example = f"{year + 1}-01-20"
    assert example in page.lines["date"].placeholderText()
    page.lines["date"].clear()
    QTest.keyClicks(page.lines["date"], "soon")
    page.commit_pending()
    assert example in page._notes["date"].text()
    window.wizard.editing.forget_typed()
