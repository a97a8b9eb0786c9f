"""The editor as the window uses it: signals, messages, the menu, and what it tells about a selection."""

from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMenu

from tests.ui.grid.entries import zeros
from ui.grid.menu import context_menu

Key = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


def actions(editor):
    menu = context_menu(editor.view)
    menu.triggered.connect(editor._on_command)
    return {action.text(): action for action in menu.actions() if action.text()}, menu


def test_it_tells_the_current_cell(editor_of, press, qtbot):
    editor = editor_of()
    with qtbot.waitSignal(editor.current_cell_changed) as heard:
        press(Key.Key_Right)
    assert heard.args == ["t3.new.business"]
    with qtbot.waitSignal(editor.current_cell_changed) as heard:
        assert editor.go_to("t3.carried_out.total")
    assert heard.args == ["t3.carried_out.total"]
    assert not editor.go_to("t4.review.total")
    assert editor.current_cell == "t3.carried_out.total"


def test_go_to_shows_the_cell_and_commits_what_is_open(editor_of, press):
    editor = editor_of("t3", "2021", zeros(), size=(850, 350))
    press("6")
    editor.go_to("t3.carried_out.other_org")
    assert editor.editing.session.value("t3.new.natural") == 6
    rect = editor.view.visualRect(editor.view.currentIndex())
    assert editor.view.viewport().rect().contains(rect)


def test_it_sums_the_selection(editor_of, press, qtbot):
    editor = editor_of("t3", "2021", zeros(new__natural="120", new__business="15"))
    with qtbot.waitSignal(editor.selection_summed, check_params_cb="选中 3 格　合计 135".__eq__):
        press(Key.Key_Right, Key.Key_Right, modifier=SHIFT)
    assert editor.selection_text() == "选中 3 格　合计 135"
    editor.editing.edit({"t3.new.natural": "1"}, "填写")
    assert editor.selection_text() == "选中 3 格　合计 16"
    press(Key.Key_Left)
    assert editor.selection_text() == ""


def test_sums_are_exact_and_units_are_not_mixed(editor_of, press):
    editor = editor_of("t2", "2021", {"t2.fees.amount": "0.1", "t2.coercion.decisions": "3"})
    editor.go_to("t2.fees.amount")
    press(Key.Key_Up, modifier=SHIFT)
    assert editor.selection_text() == "选中 2 格"
    editor = editor_of("t2", "2019", {"t2.procurement.amount": "0.1", "units.t2.procurement.amount": "万元"})
    editor.go_to("t2.procurement.amount")
    press(Key.Key_Left, modifier=SHIFT)
    assert editor.selection_text() == "选中 2 格　合计 0.1万元"


def test_a_message_goes_with_the_next_change(editor_of):
    editor = editor_of()
    assert not editor.message.isVisible()
    editor.tell("提示")
    assert editor.message.isVisible()
    editor.editing.edit({"t3.new.natural": "4"}, "填写")
    assert not editor.message.isVisible()
    editor.tell("<b>不是标记</b>", problem=True)
    editor.tell("")
    assert not editor.message.isVisible()


def test_a_message_moves_nothing_and_never_lies_on_the_current_cell(editor_of, press):
    editor = editor_of("t3", "2021", zeros(), size=(850, 400))
    view = editor.view
    for cell in ("t3.new.natural", "t3.carried_out.natural"):
        editor.go_to(cell)
        before = (view.geometry(), view.visualRect(view.currentIndex()))
        editor.tell("提示", problem=True)
        assert (view.geometry(), view.visualRect(view.currentIndex())) == before
        here = before[1].translated(view.viewport().pos())
        assert not editor.message.geometry().intersects(here)
    editor.go_to("t3.new.natural")
    editor.tell("提示")
    low = editor.message.y()
    editor.go_to("t3.carried_out.natural")
    assert editor.message.y() < low, "it makes room for the cell"
    press(Key.Key_Escape)
    assert not editor.message.isVisible()


def test_a_question_can_be_put_away_by_escape(editor_of, press):
    editor = editor_of()
    agreed = []
    editor.ask("都贴入吗？", "贴入", partial(agreed.append, 1))
    assert editor.message.buttons()[0].hasFocus(), "Enter is enough"
    press(Key.Key_Escape)
    assert not editor.message.isVisible()
    assert editor.view.hasFocus()
    assert agreed == []


def test_a_cell_of_a_group_tells_its_sub_total(editor_of, qtbot):
    editor = editor_of("t3", "2021", {"t3.refused_secret.natural": "2", "t3.refused_law.natural": "3"})
    editor.go_to("t3.granted.natural")
    assert editor.selection_text() == ""
    with qtbot.waitSignal(editor.selection_summed) as heard:
        editor.go_to("t3.refused_secret.natural")
    assert heard.args[0] == "（三）不予公开小计：自然人 5　总计 5"
    editor.go_to("t3.refused_secret.business")
    assert editor.selection_text() == "（三）不予公开小计：总计 5"
    editor.go_to("t3.refused_secret.total")
    assert editor.selection_text() == "（三）不予公开小计：总计 5"
    editor.go_to("t3.unavailable_not_held.natural")
    assert editor.selection_text() == "", "nothing typed yet"


def test_the_menu_is_complete_and_says_its_keys(editor_of):
    editor = editor_of("t3", "2021", zeros())
    found, _menu = actions(editor)
    assert set(found) == {
        "撤销",
        "重做",
        "复制",
        "带表头复制",
        "粘贴",
        "清除",
        "向下填充",
        "向右填充",
        "填零：空白格都填 0",
        "采用合计",
        "全选",
        "本格说明",
    }
    assert found["复制"].shortcut().toString() == "Ctrl+C"
    assert not found["采用合计"].isEnabled()
    assert not found["撤销"].isEnabled()
    editor.clear()
    found, _menu = actions(editor)
    assert found["撤销“清除”"].isEnabled()
    found["撤销“清除”"].trigger()
    assert editor.editing.session.value("t3.new.natural") == 0
    found, _menu = actions(editor)
    assert found["重做“清除”"].isEnabled()


def test_the_menu_adopts_a_sum_and_fills_zeros(editor_of):
    editor = editor_of("t3", "2021", {"t3.new.total": "5"})
    editor.go_to("t3.new.total")
    found, _menu = actions(editor)
    found["填零：空白格都填 0"].trigger()
    assert editor.editing.session.value("t3.new.natural") == 0
    found["采用合计"].trigger()
    assert editor.editing.session.value("t3.new.total") == 0


def test_the_menu_switches_the_unit_of_money(editor_of):
    editor = editor_of("t2", "2019", {"t2.procurement.amount": "8"})
    editor.go_to("t2.procurement.amount")
    _found, menu = actions(editor)
    units = next(part for part in menu.findChildren(QMenu) if part.title() == "金额单位")
    assert [(action.text(), action.isChecked()) for action in units.actions()] == [
        ("元", True),
        ("万元", False),
    ]
    units.actions()[1].trigger()
    assert editor.model.index_of("t2.procurement.amount").data() == "8万元"
    assert "万元" in editor.editing.session.undo_stack.undo_name


def test_read_only_offers_copies_only(editor_of):
    editor = editor_of("t2", "2019", {"t2.procurement.amount": "8"})
    editor.editing.read_only = True
    editor.go_to("t2.procurement.amount")
    found, _menu = actions(editor)
    able = {text for text, action in found.items() if action.isEnabled()}
    assert able == {"复制", "带表头复制", "全选", "本格说明"}


def test_the_menu_opens_at_the_mouse(editor_of, qtbot):
    editor = editor_of()
    editor.view.customContextMenuRequested.emit(editor.view.viewport().rect().center())
    assert QApplication.activePopupWidget() is not None
    QApplication.activePopupWidget().close()


@pytest.mark.parametrize(
    "command", ["copy", "copy_with_headers", "fill_down", "fill_right", "clear", "adopt_sums"]
)
def test_commands_of_the_window_are_there(editor_of, press, command):
    editor = editor_of("t3", "2021", zeros())
    press("5")
    getattr(editor, command)()
    editor.undo()
    editor.redo()


def test_two_editors_of_one_report_follow_each_other(editor_of):
    first = editor_of("t3", "2021", zeros())
    second = editor_of("t3", editing=first.editing)
    first.model.setData(first.model.index_of("t3.new.natural"), "8")
    assert second.model.index_of("t3.new.natural").data() == "8"
    assert second.strip.standings["t3.balance", "natural"].broken
