"""Texts: what is pasted, how it stands on the screen, what stands beside it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QFontMetricsF, QGuiApplication, QImage, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from gkdesk.report.session import MAX_TEXT
from ui.pasted_text import TooLargeError, paragraphs
from ui.steps.text_side import LAST_YEAR, POINTS


def clipboard(*, text=None, html=None):
    data = QMimeData()
    if text is not None:
        data.setText(text)
    if html is not None:
        data.setHtml(html)
    return data


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("　　第一段。\r\n　　第二段。", "第一段。\n第二段。"),
        ("第一段。\n\n\n\t第二段。\n", "第一段。\n第二段。\n"),
        ("第一\u2028第二\u00a0三", "第一\n第二 三"),
        ("a\x00b\x07c", "abc"),
        ("句中 的空格", "句中 的空格"),
        ("", ""),
    ],
)
def test_paragraphs_are_kept_and_what_sets_them_apart_is_not(text, kept):
    assert paragraphs(clipboard(text=text)) == kept


def test_rich_text_becomes_plain(qapp):
    html = "<h1>标题</h1><p style='text-indent:2em'>　　<b>第一</b>段<br>换行</p><ul><li>第二段</li></ul>"
    assert paragraphs(clipboard(html=html)) == "标题\n第一段\n换行\n第二段"
    assert paragraphs(clipboard(html="<img src='x.png'>")).strip("\ufffc") == ""


def test_too_much_is_refused_before_it_is_looked_at(qapp):
    for data in (clipboard(text="字" * (MAX_TEXT + 1)), clipboard(html="<p>" * 4_000_000)):
        with pytest.raises(TooLargeError):
            paragraphs(data)


@pytest.fixture
def overview(window, report_file):
    window.desk.open_path(report_file())
    window.wizard.go("overview")
    return window.wizard.page("overview")


def paste(editor, **content):
    QGuiApplication.clipboard().setMimeData(clipboard(**content))
    editor.paste()


def test_a_paste_is_a_step_of_its_own_and_plain(window, overview):
    (editor,) = overview.editors
    session = window.wizard.editing.session
    before = session.text("text.overview")
    editor.moveCursor(QTextCursor.MoveOperation.End)
    editor.insertPlainText("甲")
    paste(editor, html="<p><b>乙</b></p><p>丙</p>")
    assert session.text("text.overview") == before + "甲乙\n丙"
    assert not editor.textCursor().charFormat().font().bold()
    assert "粘贴" in session.undo_stack.undo_name
    window.commands.undo()
    assert session.text("text.overview") == before + "甲"


def test_a_paste_that_is_too_long_says_so_and_changes_nothing(window, overview):
    (editor,) = overview.editors
    before = editor.toPlainText()
    paste(editor, text="字" * MAX_TEXT)
    assert editor.toPlainText() == before == window.wizard.editing.session.text("text.overview")
    assert str(MAX_TEXT) in window.wizard.message.text()


def test_paragraphs_are_set_in_on_the_screen_only(window, overview):
    (editor,) = overview.editors
    window.wizard.editing.edit({"text.overview": "一段。\n二段。"}, "x")
    em = QFontMetricsF(editor.font()).horizontalAdvance("国")
    block = editor.document().begin()
    while block.isValid():
        assert block.blockFormat().textIndent() == pytest.approx(2 * em)
        assert block.blockFormat().lineHeight() == pytest.approx(1.6 * em)
        block = block.next()
    assert editor.toPlainText() == "一段。\n二段。"


@pytest.mark.parametrize(("width", "scale"), [(1366, 100), (1920, 100), (1366, 150), (1920, 150)])
def test_lines_have_28_to_40_characters(window, look, qapp, report_file, width, scale):
    look.apply(qapp, "light", scale)
    window.resize(width, 768 if width == 1366 else 1080)
    window.desk.open_path(report_file())
    window.wizard.go("problems")
    (editor,) = window.wizard.page("problems").editors
    window.wizard.editing.edit({"text.problems": "国" * 200}, "x")
    qapp.processEvents()
    line = editor.document().begin().layout().lineAt(1)
    assert 28 <= line.textLength() <= 40


def test_marks_are_mended_on_request_in_one_step(window, overview):
    editing = window.wizard.editing
    editing.edit({"text.overview": "收到3件,办结2件;其余继续办理."}, "x")
    overview._marks.click()
    assert editing.session.text("text.overview") == "收到3件，办结2件；其余继续办理。"
    assert "3" in window.wizard.message.text()
    overview._marks.click()
    assert "没有" in window.wizard.message.text()
    window.commands.undo()
    assert editing.session.text("text.overview") == "收到3件,办结2件;其余继续办理."


def test_the_count_tells_of_the_selection(overview):
    (editor,) = overview.editors
    assert str(len(editor.toPlainText())) in overview._count.text()
    editor.select_span(1, 4)
    assert "3" in overview._count.text().partition("，")[2]


def test_last_year_stands_beside_and_what_is_the_same_is_tinted(window, report_file):
    window.desk.open_path(report_file())
    editing = window.wizard.editing
    last = editing.session.snapshot()
    text = "今年推进了平台建设工作。去年独有的一句话在这里。"
    fields = {**last.fields, "text.overview": text}
    editing.set_previous(replace(last, year=2023, fields=fields))
    editing.edit({"text.overview": "新写的。今年推进了平台建设工作。"}, "x")
    window.wizard.go("overview")
    page = window.wizard.page("overview")
    window.wizard.show_last_year(True)
    assert page._side.leaf() == LAST_YEAR
    assert page._side.last.toPlainText() == text
    (mark,) = page._side.last.extraSelections()
    assert mark.cursor.selectedText() == "今年推进了平台建设工作。"
    editing.edit({"text.overview": "重写。"}, "x")
    assert page._side.last.extraSelections() == []
    window.wizard.show_last_year(False)
    assert page._side.leaf() == POINTS


def test_the_pane_folds_away_where_there_is_no_room_and_comes_when_asked_for(window, look, qapp, report_file):
    look.apply(qapp, "light", 150)
    window.resize(1366, 768)
    window.desk.open_path(report_file())
    window.wizard.go("overview")
    page = window.wizard.page("overview")
    qapp.processEvents()
    assert not page._side.isVisible()
    page._fold.click()
    assert page._side.isVisible()


def test_copy_and_paste_by_the_menu_go_where_the_keyboard_is(window, report_file, qapp):
    window.desk.open_path(report_file())
    window.wizard.go("requests")
    window.wizard.page("requests").editor.go_to("t3.new.natural")
    QGuiApplication.clipboard().setText("123")
    window.actions_by_id["paste"].trigger()
    assert window.wizard.editing.session.value("t3.new.natural") == 123
    window.actions_by_id["copy"].trigger()
    assert QGuiApplication.clipboard().text().strip() == "123"
    window.wizard.go("overview")
    (editor,) = window.wizard.page("overview").editors
    editor.selectAll()
    window.actions_by_id["paste"].trigger()
    assert window.wizard.editing.session.text("text.overview").strip() == "123"


def test_copy_and_paste_by_the_menu_in_fields_and_where_nothing_can_be_changed(window, report_file, qapp):
    copy, paste = window.actions_by_id["copy"], window.actions_by_id["paste"]
    clip = QGuiApplication.clipboard()
    window.desk.open_path(report_file())
    window.wizard.go("info")
    line = window.wizard.page("info").lines["unit.fax"]
    line.setFocus()
    clip.setText("010-123")
    paste.trigger()
    window.commit_pending()
    assert window.wizard.editing.session.text("unit.fax") == "010-123"
    window.desk.set_state(2024, "final", "")
    window.wizard.go("overview")
    (editor,) = window.wizard.page("overview").editors
    assert window.focusWidget() is editor
    before = editor.toPlainText()
    paste.trigger()
    assert editor.toPlainText() == before
    editor.selectAll()
    copy.trigger()
    assert clip.text() == before
    window.wizard.go("info")
    line = window.wizard.page("info").lines["unit.fax"]
    line.setFocus()
    line.selectAll()
    copy.trigger()
    assert clip.text() == "010-123"
    clip.setText("1")
    paste.trigger()
    assert line.text() == "010-123"
    line.clearFocus()
    assert window.focusWidget() is None
    copy.trigger()
    paste.trigger()
    assert clip.text() == "1"


def test_a_picture_is_refused_in_words(overview, window):
    (editor,) = overview.editors
    before = editor.toPlainText()
    picture = QImage(2, 2, QImage.Format.Format_RGB32)
    data = QMimeData()
    data.setImageData(picture)
    for content in (data, clipboard(html="<img src='x.png'>")):
        QGuiApplication.clipboard().setMimeData(content)
        window.wizard.message.clear()
        assert editor.canPaste()
        editor.paste()
        assert "图片" in window.wizard.message.text()
        assert editor.toPlainText() == before


def test_keys_in_a_final_text_are_answered_in_words(window, report_file):
    window.desk.open_path(report_file())
    window.desk.set_state(2024, "final", "")
    window.wizard.go("overview")
    (editor,) = window.wizard.page("overview").editors
    QTest.keyClick(editor, "a")
    assert "定稿" in window.wizard.message.text()
    assert window.wizard.message._over.isActive(), "it goes by itself"


def drop(data, target):
    copy, button, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(target, QDragEnterEvent(QPoint(5, 5), copy, data, button, none))
    QApplication.sendEvent(target, QDropEvent(QPointF(5, 5), copy, data, button, none))


@pytest.mark.parametrize("key", ["unit.name", "due"])
def test_a_file_on_a_field_is_left_to_the_window_too(window, report_file, monkeypatch, qtbot, key):
    window.desk.open_path(report_file())
    line = window.wizard.page("info").lines[key]
    before = line.text()
    file = QMimeData()
    file.setUrls([QUrl.fromLocalFile("/tmp/去年.docx")])
    file.setText("/tmp/去年.docx")  # as some file managers give it
    dropped = []
    monkeypatch.setattr(window.desk, "open_path", dropped.append)
    drop(file, line)
    after = line.text()
    window.wizard.editing.forget_typed()
    assert after == before
    qtbot.waitUntil(lambda: dropped == [Path("/tmp/去年.docx")])


def test_a_file_is_left_to_the_window(overview, window, monkeypatch, qtbot):
    """Its path, which Qt offers as text, was put into the report."""
    editor = overview.editors[0]
    before = editor.toPlainText()
    file = QMimeData()
    file.setUrls([QUrl.fromLocalFile("/tmp/去年.docx")])
    dropped = []
    monkeypatch.setattr(window.desk, "open_path", dropped.append)
    drop(file, editor.viewport())
    qtbot.waitUntil(lambda: dropped == [Path("/tmp/去年.docx")])
    editor.insertFromMimeData(file)
    assert editor.toPlainText() == before
    assert "没有粘贴" in window.wizard.message.text()
    link = QMimeData()
    link.setUrls([QUrl("https://www.gov.cn/")])
    link.setText("www.gov.cn")
    editor.insertFromMimeData(link)
    assert "www.gov.cn" in editor.toPlainText()
