"""The focus is never lost: after each jump, step and dialog the keyboard is where the clerk goes on."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QComboBox, QDialog, QLineEdit, QTextEdit

from ui.grid.view import FormTableView
from ui.help_window import HelpWindow
from ui.issue_list import IssueList

ALT, CONTROL, SHIFT = (
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
)
NONE = Qt.KeyboardModifier.NoModifier
TAKES_KEYS = (QLineEdit, QTextEdit, QComboBox, QAbstractButton, FormTableView, IssueList)
"""What a clerk can do something with."""


@pytest.fixture
def opened(window, report_file):
    window.desk.open_path(report_file())
    window.wizard.editing.edit({"t3.new.business": "9", "unit.postcode": "12", "text.problems": "无"}, "x")
    return window


def focused(qapp):
    qapp.processEvents()
    widget = qapp.focusWidget()
    assert widget is not None
    assert widget.isVisible()
    assert isinstance(widget, TAKES_KEYS), widget
    return widget


def in_page(window, qapp):
    """The focus is in the page that is shown."""
    page = window.wizard.page(window.wizard.current)
    assert page.isVisible()
    assert page.isAncestorOf(focused(qapp)), (window.wizard.current, qapp.focusWidget())
    return True


def press(qapp, key, modifiers=NONE):
    QTest.keyClick(qapp.focusWidget(), key, modifiers)


def test_through_all_steps_and_back_by_keys(opened, qapp):
    press(qapp, Qt.Key.Key_1, CONTROL)
    for step in opened.wizard._ids[1:]:
        press(qapp, Qt.Key.Key_Right, ALT)
        assert opened.wizard.current == step
        in_page(opened, qapp)
    press(qapp, Qt.Key.Key_Right, ALT)
    in_page(opened, qapp)  # nowhere to go on to
    for step in reversed(opened.wizard._ids[:-1]):
        press(qapp, Qt.Key.Key_Left, ALT)
        assert opened.wizard.current == step
        in_page(opened, qapp)


def test_by_number_and_by_the_buttons_below(opened, qapp, qtbot):
    for number in (3, 9, 5, 1):
        press(qapp, getattr(Qt.Key, f"Key_{number}"), CONTROL)
        in_page(opened, qapp)
    for _step in range(9):
        qtbot.mouseClick(opened.foot.next, Qt.MouseButton.LeftButton)
        in_page(opened, qapp)


def test_from_issue_to_issue(opened, qapp):
    for _time in range(8):
        press(qapp, Qt.Key.Key_F8)
        in_page(opened, qapp)
    for _time in range(8):
        press(qapp, Qt.Key.Key_F8, SHIFT)
        in_page(opened, qapp)


def test_a_mended_issue_leaves_the_focus_in_the_list(opened, qapp, qtbot):
    editing = opened.wizard.editing
    editing.edit({"text.overview": editing.session.text("text.overview") + "办结 3 件,结转 2 件。"}, "x")
    editing.check_texts()
    panel = opened.wizard.panel
    panel.refresh()
    model = panel.list.model()
    row = next(
        row
        for row in range(model.rowCount())
        if (issue := model.issue(model.index(row, 0))) and issue.rule == "text.punctuation"
    )
    panel.list.setCurrentIndex(model.index(row, 0))
    panel.mending.mend.setFocus()
    press(qapp, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: not panel.mending.mend.isVisible())
    assert focused(qapp) is panel.list


def test_a_panel_that_folds_away_gives_the_focus_to_the_page(opened, qapp, qtbot):
    opened.wizard.go("requests")
    qtbot.waitUntil(opened.wizard.panel.list.isVisible)
    opened.wizard.panel.list.setFocus()
    assert opened.actions_by_id["toggle_issues"].isChecked()
    press(qapp, Qt.Key.Key_F9)
    assert not opened.wizard.panel.isVisible()
    in_page(opened, qapp)


def test_the_pane_beside_a_text_gives_the_focus_to_the_text(opened, qapp):
    opened.wizard.go("problems")
    page = opened.wizard.page("problems")
    page._side._tabs.setFocus()
    page._fold.setChecked(False)
    assert focused(qapp) is page.editors[0]


def test_a_dialog_gives_the_focus_back(opened, qapp, qtbot):
    for step in ("requests", "overview", "info"):
        opened.wizard.go(step)
        before = focused(qapp)
        for command in ("show_settings", "show_history", "show_about"):
            QTimer.singleShot(0, lambda: next(iter(opened.findChildren(QDialog)[-1:])).reject())
            getattr(opened.commands, command)()
            qtbot.waitUntil(lambda before=before: focused(qapp) is before)


def test_help_gives_the_focus_back(opened, qapp, qtbot):
    opened.wizard.go("requests")
    before = focused(qapp)
    press(qapp, Qt.Key.Key_F1)
    qtbot.waitUntil(lambda: opened.findChild(HelpWindow).isAncestorOf(qapp.focusWidget()))
    press(qapp, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: focused(qapp) is before)


def test_a_message_that_is_put_away_gives_the_focus_back(opened, qapp):
    opened.wizard.go("problems")
    before = focused(qapp)
    opened.wizard.page("problems")._on_mend_marks()
    message = opened.wizard.message
    message._close.setFocus()
    press(qapp, Qt.Key.Key_Escape)
    assert not message.isVisible()
    assert focused(qapp) is before


def test_from_the_start_page_and_back(opened, qapp):
    press(qapp, Qt.Key.Key_Home, ALT)
    assert opened.start.isAncestorOf(focused(qapp))
    press(qapp, Qt.Key.Key_Return)
    in_page(opened, qapp)


def test_a_report_that_becomes_final_and_back(opened, qapp):
    opened.desk.set_state(2024, "final", "x")
    in_page(opened, qapp)
    for number in range(1, 10):
        press(qapp, getattr(Qt.Key, f"Key_{number}"), CONTROL)
        in_page(opened, qapp)


def test_filling_zeros_by_the_button_leads_back_to_the_table(opened, qapp, qtbot):
    opened.wizard.editing.edit({"t3.new.business": None}, "x")
    opened.wizard.go("requests")
    page = opened.wizard.page("requests")
    for _time in range(2):
        page._zero.setFocus()
        qtbot.mouseClick(page._zero, Qt.MouseButton.LeftButton)
        assert focused(qapp) is page.editor.view
        assert not page._zero.isEnabled()
        page.editor.message.buttons()[0].click()  # take it back
        assert focused(qapp) is page.editor.view
        assert page._zero.isEnabled()


def test_a_button_that_has_nothing_more_to_do_leaves_the_focus_to_the_table(opened, qapp):
    opened.wizard.editing.edit({"t3.new.business": None}, "x")
    opened.wizard.go("requests")
    page = opened.wizard.page("requests")
    page._zero.setFocus()
    opened.wizard.editing.edit({"t3.new.business": "1"}, "x")
    assert focused(qapp) is page.editor.view


def test_sentences_that_fold_away_leave_the_focus_to_the_table(opened, qapp, qtbot):
    opened.wizard.go("requests")
    page = opened.wizard.page("requests")
    if not page._toggle.isChecked():
        page._toggle.click()
    assert focused(qapp) is page.notes[0]
    page._toggle.setFocus()
    page._toggle.click()
    assert focused(qapp) is page.editor.view


def test_tab_leads_from_the_last_cell_to_the_next_step(opened, qapp):
    for step in ("requests", "reviews", "disclosure", "requests"):
        opened.wizard.go(step)
        view = opened.wizard.page(step).editor.view
        press(qapp, Qt.Key.Key_End, CONTROL)
        for _time in range(2):  # the last cell is a total or the one before it
            if focused(qapp) is view:
                press(qapp, Qt.Key.Key_Tab)
        assert focused(qapp) is opened.foot.next
        press(qapp, Qt.Key.Key_Tab)
        assert focused(qapp) is opened.foot.back


def test_zeros_are_filled_in_wherever_the_focus_is(opened, qapp):
    opened.wizard.editing.edit({"t3.new.charity": None}, "x")
    opened.wizard.go("requests")
    opened.foot.next.setFocus()
    press(qapp, Qt.Key.Key_L, CONTROL)
    assert opened.wizard.editing.session.value("t3.new.charity") == 0


def test_tab_goes_down_the_checklist_as_it_is_seen(opened, qapp):
    opened.wizard.go("review")
    page = opened.wizard.page("review")
    opened.wizard.editing.edit({"t3.new.charity": "8"}, "x")  # while it is shown: its line is new
    page._focus_first()
    seen = []
    while (widget := focused(qapp)) is not opened.foot.next:
        seen.append(widget)
        assert len(seen) < 30
        press(qapp, Qt.Key.Key_Tab)
    assert seen[-1] in page.state_bar.focus_order()
    assert any(card.first_jump() in seen for card in page._rules.values())
    tops = [widget.mapTo(page, widget.rect().topLeft()).y() for widget in seen]
    assert tops == sorted(tops)
    assert len(seen) == len(set(seen))


def test_f6_leads_to_the_issues_and_back(opened, qapp):
    opened.wizard.go("requests")
    opened.wizard.show_panel(False)
    panel, view = opened.wizard.panel, opened.wizard.page("requests").editor.view
    view.setFocus()
    press(qapp, Qt.Key.Key_F6)
    assert focused(qapp) is panel.list
    press(qapp, Qt.Key.Key_Down)
    assert panel.list.current_issue() is not None
    seen = []
    while focused(qapp) is not panel._copy:
        assert len(seen) < 8
        press(qapp, Qt.Key.Key_Tab)
        seen.append(focused(qapp))
    assert panel.mending.rule in seen
    press(qapp, Qt.Key.Key_F6)
    assert focused(qapp) is view
