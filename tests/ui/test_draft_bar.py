"""Last year's years and figures in a text: shown until each is changed or confirmed."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QWidget

from gkdesk import formats
from gkdesk.checks import open_session
from gkdesk.report import Report
from gkdesk.report.draft import marks
from ui import theme
from ui.draft_bar import DraftBar
from ui.editing import Editing
from ui.text_editor import TextEditor

FORM = formats.load("2021")
KEY = "text.overview"


@pytest.fixture
def page(qtbot, look):
    """The bar over one editor, with two marks."""
    holder = QWidget()
    qtbot.addWidget(holder)
    fields = {KEY: "2023年收到申请120件。", "draft.text.overview": "0-4 9-12"}
    editing = Editing(open_session(Report(FORM, 2024, {}, fields)), holder)
    holder.editor = TextEditor(editing, next(part for part in FORM.text_fields if part.key == KEY), holder)
    holder.bar = DraftBar(editing, [holder.editor], holder)
    holder.editing = editing
    holder.show()
    return holder


def shown(page):
    """The words that lie on the colour of last year's."""
    colour = theme.colour("warning_back")
    return [
        mark.cursor.selectedText()
        for mark in page.editor.extraSelections()
        if mark.format.background().color() == colour
    ]


def test_marks_are_seen_and_counted(page):
    assert shown(page) == ["2023", "120"]
    assert "2 处" in page.bar.words.text()
    assert page.bar.isVisible()


def test_typing_over_a_mark_takes_it_away(page):
    page.bar.next.click()
    assert page.editor.selected() == "2023"
    page.editor.textCursor().insertText("2024")
    page.editor.commit_pending()
    assert shown(page) == ["120"]
    assert "1 处" in page.bar.words.text()


def test_confirming_goes_on_to_the_next(page):
    page.bar.next.click()
    page.bar.hold.click()
    assert page.editor.selected() == "120"
    page.bar.hold.click()
    assert shown(page) == []
    assert page.bar.isHidden()
    page.editing.undo()
    assert shown(page) == ["120"]
    assert not page.bar.isHidden()


def test_all_at_once(page):
    page.bar.hold_all.click()
    assert marks(page.editing.session.view.fields, KEY) == ()
    assert page.editing.session.text(KEY) == "2023年收到申请120件。"
    page.editing.undo()
    assert shown(page) == ["2023", "120"]


def test_next_goes_round(page):
    found = []
    for _each in range(3):
        page.bar.next.click()
        found.append(page.editor.selected())
    assert found == ["2023", "120", "2023"]


def test_nothing_to_confirm_where_nothing_is_selected(page):
    page.editor.select_span(5, 5)
    assert not page.bar.hold.isEnabled()
    page.editor.select_span(9, 12)
    assert page.bar.hold.isEnabled()
