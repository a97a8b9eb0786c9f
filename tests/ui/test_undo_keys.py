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
