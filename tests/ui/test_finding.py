"""Finding and replacing in the texts, from the keyboard."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

TEXTS = {
    "text.intro": "没有要找的。",
    "text.overview": "第一段写群众。\n第二段也写群众，还有群众。",
    "text.requests_note": "表前也有群众。",
    "text.problems": "没有。",
    "text.other_matters": "群众最后一次。",
}


@pytest.fixture
def opened(window, report_file):
    window.desk.open_path(report_file())
    window.wizard.editing.edit(TEXTS, "x")
    window.wizard.go("info")
    return window


def press(qapp, key, modifiers=Qt.KeyboardModifier.NoModifier):
    QTest.keyClick(qapp.focusWidget(), key, modifiers)


def search(window, qapp, words, *, replacing=False):
    control = Qt.KeyboardModifier.ControlModifier
    press(qapp, Qt.Key.Key_H if replacing else Qt.Key.Key_F, control)
    bar = window.wizard.find_bar
    assert bar.words.hasFocus()
    bar.words.setText(words)
    return bar


def place(window):
    """Step and selected words of the text that is shown."""
    editor = window.wizard.text_editor()
    return window.wizard.current, editor.field.id, editor.selected_span()


def test_enter_goes_through_all_texts_and_around(opened, qapp):
    bar = search(opened, qapp, "群众")
    assert "5" in bar._count.text()
    seen = []
    for _time in range(6):
        press(qapp, Qt.Key.Key_Return)
        assert bar.words.hasFocus()
        seen.append(place(opened))
    assert [step for step, _field, _span in seen] == ["overview"] * 3 + ["requests", "other", "overview"]
    assert seen[0] == seen[5] == ("overview", "overview", (4, 6))
    press(qapp, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert place(opened) == seen[4]


def test_f3_goes_on_where_the_cursor_is_and_escape_gives_the_text_the_focus(opened, qapp):
    bar = search(opened, qapp, "群众")
    press(qapp, Qt.Key.Key_Return)
    press(qapp, Qt.Key.Key_Escape)
    assert not bar.isVisible()
    editor = opened.wizard.page("overview").editors[0]
    assert editor.hasFocus()
    assert editor.selected() == "群众"
    editor.select_span(11, 11)
    press(qapp, Qt.Key.Key_F3)
    assert place(opened) == ("overview", "overview", (13, 15))
    assert editor.hasFocus()
    press(qapp, Qt.Key.Key_F3, Qt.KeyboardModifier.ShiftModifier)
    assert place(opened)[2] == (4, 6)


def test_f3_without_words_asks_for_them(opened, qapp):
    press(qapp, Qt.Key.Key_F3)
    assert opened.wizard.find_bar.words.hasFocus()


def test_what_is_selected_is_searched_for(opened, qapp):
    opened.wizard.go("overview")
    opened.wizard.page("overview").editors[0].select_span(4, 6)
    press(qapp, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert opened.wizard.find_bar.words.text() == "群众"


def test_replacing_one_after_the_other(opened, qapp):
    bar = search(opened, qapp, "群众", replacing=True)
    bar.instead.setText("社会公众")
    bar.instead.setFocus()
    session = opened.wizard.editing.session
    press(qapp, Qt.Key.Key_Return)  # shows the first
    assert session.text("text.overview") == TEXTS["text.overview"]
    press(qapp, Qt.Key.Key_Return)
    press(qapp, Qt.Key.Key_Return)
    assert session.text("text.overview") == "第一段写社会公众。\n第二段也写社会公众，还有群众。"
    assert bar.instead.hasFocus()
    opened.commands.undo()
    assert session.text("text.overview") == "第一段写社会公众。\n第二段也写群众，还有群众。"


def test_replacing_by_words_that_hold_the_words_comes_to_an_end(opened, qapp):
    bar = search(opened, qapp, "群众", replacing=True)
    bar.instead.setText("人民群众")
    for _time in range(4):
        bar.replace.click()
    session = opened.wizard.editing.session
    assert session.text("text.overview").count("人民群众") == 3
    assert "人民人民" not in session.text("text.overview")


def test_replacing_all_is_one_step_over_all_texts(opened, qapp):
    bar = search(opened, qapp, "群众", replacing=True)
    bar.instead.setText("公众")
    bar.replace_all.click()
    session = opened.wizard.editing.session
    assert not any("群众" in session.text(key) for key in TEXTS)
    assert "5" in opened.wizard.message.text()
    opened.commands.undo()
    assert {key: session.text(key) for key in TEXTS} == TEXTS


def test_only_this_step(opened, qapp):
    opened.wizard.go("other")
    bar = search(opened, qapp, "群众", replacing=True)
    bar.scope.setCurrentIndex(1)
    bar.scope.activated.emit(1)
    bar.instead.setText("公众")
    bar.replace_all.click()
    session = opened.wizard.editing.session
    assert session.text("text.other_matters") == "公众最后一次。"
    assert session.text("text.overview") == TEXTS["text.overview"]


def test_places_are_marked_while_the_bar_is_open_and_follow_what_is_typed(opened, qapp, qtbot):
    opened.wizard.go("overview")
    editor = opened.wizard.page("overview").editors[0]
    search(opened, qapp, "群众")

    def marked():
        return [
            m.cursor.selectedText() for m in editor.extraSelections() if m.cursor.selectedText() == "群众"
        ]

    assert len(marked()) == 3
    opened.wizard.editing.edit({"text.overview": "群众"}, "x")
    qtbot.waitUntil(lambda: len(marked()) == 1)
    press(qapp, Qt.Key.Key_Escape)
    assert marked() == []


def test_a_final_report_is_searched_but_not_changed(window, report_file, qapp):
    window.desk.open_path(report_file())
    window.desk.set_state(2024, "final", "x")
    bar = search(window, qapp, "工作", replacing=True)
    assert not bar.replace_all.isVisible()
    assert "处" in bar._count.text()


def test_a_text_that_would_become_too_long_is_left_as_it_is_and_told(opened, qapp):
    session = opened.wizard.editing.session
    opened.wizard.editing.edit({"text.overview": "群" * 3000}, "x")
    bar = search(opened, qapp, "群", replacing=True)
    bar.instead.setText("群" * 100)
    before, undo = session.text("text.overview"), session.undo_stack.undo_name
    bar.replace_all.click()
    assert session.text("text.overview") == before
    assert session.undo_stack.undo_name == undo
    assert "太长" in opened.wizard.message.text()
