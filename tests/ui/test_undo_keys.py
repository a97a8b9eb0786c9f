"""The keys of undo and redo, wherever the clerk is in the report."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from ui.undo_keys import offer_undo

CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def opened(window, report_file, qtbot):
    """An open report in a window that has the focus: keys of actions go to active windows only."""
    window.desk.open_path(report_file())
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    return window


@pytest.mark.parametrize("key", ["text.overview", "unit.address"])
def test_undo_of_the_report_answers_its_keys_in_texts_and_fields(opened, key, qtbot):
    opened.wizard.show_field(key)
    page = opened.wizard.page(opened.wizard.current)
    field = page.editors[0] if key.startswith("text.") else page.lines[key]
    field.setFocus()
    session = opened.wizard.editing.session
    before = session.text(key)
    QTest.keyClicks(field, "ab")
    QTest.keyClick(field, Qt.Key.Key_Z, CONTROL)
    assert session.text(key) == before
    QTest.keyClick(field, Qt.Key.Key_Y, CONTROL)
    assert "ab" in session.text(key)
    QTest.keyClick(field, Qt.Key.Key_Z, CONTROL)
    QTest.keyClick(field, Qt.Key.Key_Z, CONTROL | SHIFT)
    assert "ab" in session.text(key)


def test_last_year_text_leaves_undo_to_the_report(opened):
    opened.wizard.go("overview")
    page = opened.wizard.page("overview")
    page.editors[0].insertPlainText("ab")
    session = opened.wizard.editing.session
    before = session.text("text.overview")
    page._side.last.setFocus()
    QTest.keyClick(page._side.last, Qt.Key.Key_Z, CONTROL)
    assert session.text("text.overview") == before


@pytest.mark.parametrize("key", ["text.overview", "unit.address"])
def test_the_menu_of_a_text_or_field_has_the_reports_undo(opened, key):
    opened.wizard.show_field(key)
    page = opened.wizard.page(opened.wizard.current)
    field = page.editors[0] if key.startswith("text.") else page.lines[key]
    menu = field.createStandardContextMenu()
    offer_undo(menu, opened)
    first, second = menu.actions()[:2]
    assert (first, second) == (opened.actions_by_id["undo"], opened.actions_by_id["redo"])
    assert not [action for action in menu.actions() if action.objectName().startswith("edit-undo")]
    menu.deleteLater()


def test_the_menu_comes_up_with_it(opened, qtbot):
    opened.wizard.go("info")
    line = opened.wizard.page("info").lines["unit.address"]
    line.customContextMenuRequested.emit(line.rect().center())
    qtbot.waitUntil(lambda: isinstance(QApplication.activePopupWidget(), QMenu))
    menu = QApplication.activePopupWidget()
    assert opened.findChild(QAction, "undo") in menu.actions()
    menu.close()


def test_undo_goes_to_what_it_changes_and_says_what_it_was(opened, qtbot):
    wizard = opened.wizard
    wizard.editing.edit({"t3.granted.natural": "7"}, "第一")
    wizard.editing.edit({"text.problems": "甲乙丙丁"}, "第二")
    wizard.editing.edit({"text.problems": "甲乙丁"}, "第三")
    wizard.editing.edit({"unit.fax": "1"}, "第四")
    wizard.editing.edit({"t4.review.upheld": "1"}, "第五")
    wizard.go("review")
    opened.commands.undo()
    assert wizard.current == "reviews"
    assert wizard.page("reviews").editor.current_cell == "t4.review.upheld"
    assert opened.foot.note() == "已撤销：第五"
    opened.commands.undo()
    assert wizard.current == "info"
    assert wizard.page("info").lines["unit.fax"].hasFocus()
    opened.commands.undo()
    assert wizard.current == "problems"
    (editor,) = wizard.page("problems").editors
    assert editor.hasFocus()
    assert editor.selected_span() == (3, 3)  # behind what came back
    opened.commands.undo()
    opened.commands.undo()
    assert wizard.current == "requests"
    assert wizard.page("requests").editor.current_cell == "t3.granted.natural"
    opened.commands.redo()
    opened.commands.redo()
    assert wizard.current == "problems"
    assert opened.foot.note() == "已重做：第二"
    wizard.editing.edit({"unit.fax": "2"}, "第六")
    assert opened.foot.note() == ""


def test_undo_of_several_stays_on_the_page_where_one_of_them_is(opened):
    wizard = opened.wizard
    wizard.editing.edit({"t3.new.natural": "7", "text.problems": "甲"}, "x")
    wizard.go("problems")
    opened.commands.undo()
    assert wizard.current == "problems"
    wizard.go("requests")
    opened.commands.redo()
    assert wizard.current == "requests"
    assert wizard.page("requests").editor.current_cell == "t3.new.natural"
