"""Help: F1 where the clerk is, the manual in the window, a rule from its issue."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QTextTable
from PySide6.QtTest import QTest

from gkdesk import formats, paths
from ui.help_window import PAGES, HelpWindow


@pytest.fixture
def manual(qtbot, look):
    made = HelpWindow()
    qtbot.addWidget(made)
    return made


def test_the_contents_have_every_page_of_the_manual(manual):
    assert sorted(PAGES) == sorted(page.name for page in (paths.resources() / "help").glob("*.md"))
    assert manual.pages.count() == len(PAGES)
    for row in range(manual.pages.count()):
        manual.pages.setCurrentRow(row)
        title = manual.pages.item(row).text()
        assert manual.browser.toPlainText().startswith(title)


def test_every_rule_leads_to_its_heading(manual):
    for rule in {rule.id for form in formats.available() for rule in form.rules}:
        manual.show_page("rules.md", rule)
        heading = manual.browser.textCursor().block().text()
        assert heading.endswith(rule), rule


def test_a_rule_stands_at_the_top_when_the_manual_comes(manual, qapp):
    manual.show_page("rules.md", "year.swing")
    qapp.processEvents()
    assert 0 <= manual.browser.cursorRect().top() < manual.browser.viewport().height() / 10


def test_links_stay_in_the_manual_and_find_their_heading(manual):
    manual.show_page("rules.md")
    manual.browser.anchorClicked.emit(QUrl("check.md#勾稽关系怎么调平"))
    assert manual.browser.textCursor().block().text() == "勾稽关系怎么调平"
    assert manual.pages.currentItem().text() == "核对"


def test_tables_have_room(manual):
    manual.show_page("shortcuts.md")
    tables = [
        frame
        for frame in manual.browser.document().rootFrame().childFrames()
        if isinstance(frame, QTextTable)
    ]
    assert tables
    assert all(table.format().cellPadding() >= 4 for table in tables)


def test_a_search_leaves_the_pages_that_hold_the_words_and_goes_through_them(manual, qtbot):
    manual.search.setText("签批单")
    shown = [
        manual.pages.item(row).text()
        for row in range(manual.pages.count())
        if not manual.pages.item(row).isHidden()
    ]
    assert "导出" in shown
    assert "开始" not in shown
    seen = set()
    for _time in range(8):
        qtbot.keyClick(manual.search, Qt.Key.Key_Return)
        assert manual.browser.textCursor().selectedText() == "签批单"
        seen.add(manual.pages.currentItem().text())
    assert seen == set(shown)


@pytest.mark.parametrize("id", ["2019", "2021"])
def test_f1_tells_of_each_step_and_leads_on_into_the_manual(window, report_file, qapp, id):
    window.desk.open_path(report_file(id, 2020 if id == "2019" else 2024))
    for step in window.wizard._ids:
        window.wizard.go(step)
        window.commands.show_help()
        help_window = window.findChild(HelpWindow)
        title = window.wizard.help_text().partition("\n")[0]
        assert help_window.browser.toPlainText().startswith(title)
        page, _hash, heading = window.wizard.help_page().partition("#")
        text = (paths.resources() / "help" / page).read_text(encoding="utf-8")
        assert not heading or f"## {heading}\n" in text
        help_window.close()


def test_f1_in_a_cell_tells_of_the_cell_and_the_work_goes_on_beside(window, report_file, qapp):
    window.desk.open_path(report_file())
    window.wizard.go("requests")
    editor = window.wizard.page("requests").editor
    editor.go_to("t3.refused_process.business")
    QTest.keyClick(qapp.focusWidget(), Qt.Key.Key_F1)
    help_window = window.findChild(HelpWindow)
    assert help_window.isVisible()
    assert not help_window.isModal()
    words = help_window.browser.toPlainText()
    assert "四类过程性信息：讨论记录" in words
    assert "商业企业" in words
    editor.go_to("t3.granted.business")
    window.commands.show_help()
    assert window.findChildren(HelpWindow) == [help_window]
    assert "四类过程性信息：讨论记录" not in help_window.browser.toPlainText()
    QTest.keyClick(help_window, Qt.Key.Key_Escape)
    assert not help_window.isVisible()


def test_an_issue_leads_to_its_rule(window, report_file, qtbot):
    window.desk.open_path(report_file())
    window.wizard.editing.edit({"t3.new.business": "99"}, "x")
    panel = window.wizard.panel
    qtbot.waitUntil(lambda: len(panel.list.lines()) >= 2)
    panel.list.setCurrentIndex(panel.list.model().index(1, 0))
    qtbot.mouseClick(panel.mending.rule, Qt.MouseButton.LeftButton)
    assert "t3.balance" in window.findChild(HelpWindow).browser.textCursor().block().text()


def test_ctrl_q_in_front_of_the_help_ends_the_program(window, report_file, qapp, qtbot, monkeypatch):
    window.desk.open_path(report_file())
    window.commands.show_help()
    help_window = window.findChild(HelpWindow)
    qtbot.waitUntil(lambda: qapp.activeWindow() is help_window)
    monkeypatch.setattr(window, "_may_end", lambda: False)
    QTest.keyClick(help_window, Qt.Key.Key_Q, Qt.KeyboardModifier.ControlModifier)
    assert window.isVisible(), "what stands against it is asked about as ever"
    monkeypatch.undo()
    QTest.keyClick(help_window, Qt.Key.Key_Q, Qt.KeyboardModifier.ControlModifier)
    assert not window.isVisible()
    assert window.document is None
