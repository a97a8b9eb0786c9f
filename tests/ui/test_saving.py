"""What the window says of saving is true, and nothing that was typed is lost on the way out."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt
from PySide6.QtTest import QTest

from gkdesk.report import Report
from gkdesk.storage import Document, SaveState
from ui.documents import OpenDocument

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
    assert "正在输入" in window.header._saved.text()
    qtbot.waitUntil(lambda: "已保存" in window.header._saved.text())
    assert "z" in window.wizard.editing.session.text("text.overview")


CELL = "t4.review.upheld"


@pytest.fixture
def typing_in_a_cell(window, report_file, qtbot, qapp):
    """The window, with 7 in an open line of table 四 and nowhere else."""
    qtbot.waitUntil(window.isActiveWindow)
    window.desk.open_path(report_file())
    window.wizard.go("reviews")
    qtbot.waitUntil(lambda: "已保存" in window.header._saved.text())
    window.wizard.page("reviews").editor.go_to(CELL)
    typed(qapp, "7")
    assert window.wizard.editing.session.value(CELL) == 2
    return window


def test_a_figure_being_typed_is_not_called_saved(typing_in_a_cell, qtbot, qapp):
    header = typing_in_a_cell.header
    assert "正在输入" in header._saved.text()
    QTest.keyClick(qapp.focusWidget(), Qt.Key.Key_Escape)
    assert "已保存" in header._saved.text()
    typed(qapp, "7")
    assert "正在输入" in header._saved.text()
    QTest.keyClick(qapp.focusWidget(), Qt.Key.Key_Backspace)
    typed(qapp, "2")  # as it was
    assert "已保存" in header._saved.text()
    typed(qapp, "7")
    QTest.keyClick(qapp.focusWidget(), Qt.Key.Key_Return)
    assert "正在保存" in header._saved.text()
    qtbot.waitUntil(lambda: "已保存" in header._saved.text())
    assert typing_in_a_cell.wizard.editing.session.value(CELL) == 27


@pytest.mark.parametrize(
    "act",
    [
        lambda window: window.close(),
        lambda window: window.show_home(),
        lambda window: window.wizard.go_by(1),
        lambda window: window.actions_by_id["save"].trigger(),
        lambda window: window.actions_by_id["show_output"].trigger(),
        lambda window: window.zoom(110),
    ],
    ids=["close", "home", "next step", "Ctrl+S", "export", "zoom"],
)
def test_a_figure_being_typed_is_kept_by(typing_in_a_cell, act):
    window = typing_in_a_cell
    path = window.document.path
    act(window)
    window.close()
    assert stored(path, 2024).values[CELL] == 7


@pytest.mark.parametrize("what", ["history", "backups", "verify_print", "settings"])
def test_a_figure_being_typed_is_there_in(typing_in_a_cell, what, monkeypatch):
    monkeypatch.setattr("ui.dialogs.run", lambda _dialog: None)
    window = typing_in_a_cell
    getattr(window.commands, what if what == "verify_print" else f"show_{what}")()
    assert window.wizard.editing.session.value(CELL) == 7


def test_the_first_key_of_a_figure_has_nothing_laid_out_anew(typing_in_a_cell, qtbot, qapp):
    """It costs as much as painting the figure."""
    header = typing_in_a_cell.header
    QTest.keyClick(qapp.focusWidget(), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "已保存" in header._saved.text())
    qapp.processEvents()
    seen = []

    class Watch(QObject):
        def eventFilter(self, _watched, event):  # noqa: N802 - Qt's name
            seen.append(event.type())
            return False

    watch = Watch()
    header.installEventFilter(watch)
    typed(qapp, "8")
    qapp.processEvents()
    assert "正在输入" in header._saved.text()
    assert QEvent.Type.LayoutRequest not in seen
    header._saved.tell("很长的话" * 9, "saved")
    header._fit()
    qapp.processEvents()
    assert QEvent.Type.LayoutRequest in seen, "or the test watches the wrong thing"
    header.removeEventFilter(watch)


def test_the_words_on_saving_give_way_but_for_a_failure(window, report_file):
    window.desk.open_path(report_file())
    header, label = window.header, window.header._saved
    header.setParent(None)
    header.resize(300, header.height())
    header.show_saved(SaveState("saved"))
    header._fit()
    assert label.sizeHint().width() < label.words_width()
    assert "已保存" in label.toolTip()
    assert "已保存" in label.accessibleName()
    header.show_saved(SaveState("failed", 3, "磁盘已满。"))
    assert label.sizeHint().width() > label.words_width()
    assert "磁盘已满" in label.toolTip()
    header.show_saved(SaveState("saved"))
    assert label.sizeHint().width() < label.words_width()
    header.deleteLater()


def test_asking_to_save_says_that_all_is_saved(typing_in_a_cell, qtbot, monkeypatch):
    window = typing_in_a_cell
    assert window.actions_by_id["save"].shortcut().toString() == "Ctrl+S"
    window.commands.save()
    assert "自动保存" in window.foot.note()
    retried = []
    qtbot.waitUntil(lambda: window.document.state.kind == "saved")
    monkeypatch.setattr(window.desk, "retry", lambda: retried.append(1))
    monkeypatch.setattr(
        type(window.document.worker), "state", property(lambda _self: SaveState("failed", 1, "磁盘已满"))
    )
    window.commands.save()
    monkeypatch.undo()
    assert retried == [1]


def test_a_day_that_is_none_is_not_called_saved(window, report_file, qapp, monkeypatch):
    window.desk.open_path(report_file())
    window.wizard.go("info")
    line = window.wizard.page("info").due
    line.setFocus()
    typed(qapp, "soon")
    assert "正在输入" in window.header._saved.text()
    asked = []
    monkeypatch.setattr("ui.dialogs.ask_drop", lambda _window, refused: asked.append(list(refused)))
    assert not window.close()
    assert asked == [["上报期限"]]
    assert window.wizard.current == "info"
    line.selectAll()
    typed(qapp, "1-20")
    window.commit_pending()
    assert "已保存" in window.header._saved.text()
    assert window.wizard.editing.due == "01-20"


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


def test_a_date_is_not_rewritten_while_it_is_typed(window, report_file, qapp, qtbot):
    """After 2025-1-2 and a breath there is still a 0 to come."""
    window.desk.open_path(report_file())
    window.wizard.go("info")
    line = window.wizard.page("info").lines["date"]
    line.setFocus()
    line.selectAll()
    typed(qapp, "2025-1-2")
    session = window.wizard.editing.session
    qtbot.waitUntil(lambda: session.text("date") == "2025-01-02")
    assert line.text() == "2025-1-2"
    typed(qapp, "0")
    window.commit_pending()
    assert session.text("date") == "2025-01-20"
    window.wizard.page("info").lines["unit.phone"].setFocus()
    assert line.text() == "2025-01-20"
    window.commands.undo()
    assert line.text() == "2025-01-02"


def test_what_is_handed_on_late_goes_into_its_own_year(window, report_file):
    window.desk.open_path(report_file())
    document, earlier = window.document, window.wizard.editing
    document.add_year(2025)
    document.edit_year(2025)
    earlier.edit({"text.problems": "晚了一步。"}, "x")
    assert document.report(2024).text("problems") == "晚了一步。"
    assert document.report(2025).text("problems") != "晚了一步。"


def test_what_does_not_open_leaves_nothing_behind(window, tmp_path, qapp):
    path = tmp_path / "none.gkd"
    path.write_bytes(b"no document")
    for _time in range(3):
        window.desk.open_path(path)
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert window.desk.findChildren(OpenDocument) == []
