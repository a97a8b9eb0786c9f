"""Typing like a spreadsheet: every key that a clerk uses, in a shown grid."""

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QInputMethodEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from tests.ui.grid.entries import zeros

Key = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


def value(editor, cell):
    return editor.editing.session.value(cell)


def opened(editor):
    return editor.view._figures.editor


def test_the_first_input_is_current(editor_of):
    assert editor_of("t3").current_cell == "t3.new.natural"
    assert editor_of("t2").current_cell == "t2.regulations.made"


def test_type_enter_goes_down_and_shift_enter_up(editor_of, press):
    editor = editor_of()
    press("12", Key.Key_Return)
    assert value(editor, "t3.new.natural") == 12
    assert editor.current_cell == "t3.carried_in.natural"
    press("3", Key.Key_Enter)
    assert editor.current_cell == "t3.granted.natural"
    press(Key.Key_Return, modifier=SHIFT)
    assert editor.current_cell == "t3.carried_in.natural"


def test_typing_replaces_what_was_there(editor_of, press):
    editor = editor_of(entries=zeros(new__natural="77"))
    press("5", Key.Key_Return)
    assert value(editor, "t3.new.natural") == 5


def test_enter_skips_totals_and_goes_on_in_the_next_column(editor_of, press):
    editor = editor_of(entries=zeros())
    editor.go_to("t3.other_rest.natural")
    press(Key.Key_Return)
    assert editor.current_cell == "t3.carried_out.natural"
    press("1", Key.Key_Return)
    assert editor.current_cell == "t3.new.business"
    press(Key.Key_Return, modifier=SHIFT)
    assert editor.current_cell == "t3.carried_out.natural"


def test_enter_on_the_last_input_of_all_commits_and_stays(editor_of, press):
    editor = editor_of(entries=zeros())
    editor.go_to("t3.carried_out.other_org")
    press("4", Key.Key_Return)
    assert value(editor, "t3.carried_out.other_org") == 4
    assert editor.current_cell == "t3.carried_out.other_org"
    assert editor.view.hasFocus()


def test_enter_may_move_right(editor_of, press):
    editor = editor_of()
    editor.set_enter_moves_right(True)
    press("1", Key.Key_Return)
    assert editor.current_cell == "t3.new.business"
    press(Key.Key_Return, modifier=SHIFT)
    assert editor.current_cell == "t3.new.natural"


def test_tab_skips_totals_and_wraps_to_the_next_row(editor_of, press):
    editor = editor_of()
    editor.go_to("t3.new.other_org")
    press("1", Key.Key_Tab)
    assert editor.current_cell == "t3.carried_in.natural"
    press(Key.Key_Backtab, modifier=SHIFT)
    assert editor.current_cell == "t3.new.other_org"


def test_tab_tab_enter_returns_to_the_first_column(editor_of, press):
    editor = editor_of()
    editor.go_to("t3.new.business")
    press("1", Key.Key_Tab, "2", Key.Key_Tab, "3", Key.Key_Return)
    assert editor.current_cell == "t3.carried_in.business"
    assert [value(editor, f"t3.new.{name}") for name in ("business", "research", "charity")] == [1, 2, 3]


def test_an_arrow_forgets_where_tab_began(editor_of, press):
    editor = editor_of()
    press(Key.Key_Tab, Key.Key_Tab, Key.Key_Right, Key.Key_Return)
    assert editor.current_cell == "t3.carried_in.legal_service"[:14] + "charity"


def test_tab_beyond_the_last_cell_leaves_the_table(editor_of, press, qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    line = QLineEdit(window)
    editor = editor_of(entries=zeros())
    editor.setParent(window)
    QWidget.setTabOrder(editor.view, line)
    window.show()
    window.activateWindow()
    editor.go_to("t3.carried_out.other_org")
    qtbot.waitUntil(editor.view.hasFocus)
    press("6", Key.Key_Tab)
    assert value(editor, "t3.carried_out.other_org") == 6
    assert line.hasFocus()


@pytest.mark.parametrize(
    ("key", "cell"),
    [
        (Key.Key_Right, "t3.granted.charity"),
        (Key.Key_Left, "t3.granted.business"),
        (Key.Key_Up, "t3.carried_in.research"),
        (Key.Key_Down, "t3.partial.research"),
    ],
)
def test_an_arrow_leaves_a_cell_that_was_typed_over(editor_of, press, key, cell):
    editor = editor_of()
    editor.go_to("t3.granted.research")
    press("8", key)
    assert value(editor, "t3.granted.research") == 8
    assert editor.current_cell == cell


def test_an_arrow_stays_inside_a_cell_that_is_edited(editor_of, press):
    editor = editor_of(entries=zeros(new__natural="12"))
    press(Key.Key_F2, Key.Key_End, Key.Key_Left, "5", Key.Key_Return)
    assert value(editor, "t3.new.natural") == 152


def test_f2_turns_typing_over_into_editing(editor_of, press):
    editor = editor_of()
    press("12", Key.Key_F2, Key.Key_Left, "5", Key.Key_Return)
    assert value(editor, "t3.new.natural") == 152


def test_escape_restores(editor_of, press):
    editor = editor_of(entries=zeros(new__natural="12"))
    press("9", Key.Key_Escape)
    assert value(editor, "t3.new.natural") == 12
    assert opened(editor) is None
    assert editor.current_cell == "t3.new.natural"
    assert editor.editing.session.undo_stack.undo_name is None


def test_full_width_from_an_input_method_opens_the_editor(editor_of, press):
    editor = editor_of()
    event = QInputMethodEvent()
    event.setCommitString("１２")
    QApplication.sendEvent(editor.view, event)
    assert opened(editor) is not None
    press(Key.Key_Return)
    assert value(editor, "t3.new.natural") == 12


def test_a_total_can_be_reached_but_not_typed(editor_of, press):
    editor = editor_of(entries=zeros())
    editor.go_to("t3.new.other_org")
    press(Key.Key_Right)
    assert editor.current_cell == "t3.new.total"
    press("5")
    assert opened(editor) is None
    assert editor.current_cell == "t3.new.total", "typing does not search"
    assert "自动" in editor.message.text()
    assert editor.message.isVisible()


def test_delete_clears_the_selection_in_one_step(editor_of, press):
    editor = editor_of(entries=zeros(new__natural="3", new__business="4"))
    press(Key.Key_Right, modifier=SHIFT)
    press(Key.Key_Delete)
    assert value(editor, "t3.new.natural") is None
    assert value(editor, "t3.new.business") is None
    press(Key.Key_Z, modifier=CONTROL)
    assert value(editor, "t3.new.natural") == 3
    assert value(editor, "t3.new.business") == 4
    press(Key.Key_Y, modifier=CONTROL)
    assert value(editor, "t3.new.natural") is None


def test_undo_and_redo_go_over_several_kinds_of_steps(editor_of, press):
    editor = editor_of()
    press("1", Key.Key_Return, "2", Key.Key_Return)
    press(Key.Key_L, modifier=CONTROL)
    press(Key.Key_Z, Key.Key_Z, modifier=CONTROL)
    assert value(editor, "t3.carried_in.natural") is None
    assert value(editor, "t3.new.natural") == 1
    press(Key.Key_Y, modifier=CONTROL)
    assert value(editor, "t3.carried_in.natural") == 2


def test_arrows_go_over_bands_and_merged_figures(editor_of, press):
    editor = editor_of("t2", "2019", zeros("2019", "t2"))
    editor.go_to("t2.normative.published")
    press(Key.Key_Down)
    assert editor.current_cell == "t2.licence.change"
    press(Key.Key_Right)
    assert editor.current_cell == "t2.licence.decisions"
    press(Key.Key_Left, Key.Key_Left)
    assert editor.current_cell == "t2.licence.previous"
    editor.go_to("t2.coercion.change")
    press(Key.Key_Down)
    assert editor.current_cell == "t2.fees.previous"
    press(Key.Key_Right)
    assert editor.current_cell == "t2.fees.change"
    press(Key.Key_Down, Key.Key_Down, Key.Key_Down)
    assert editor.current_cell == "t2.procurement.amount"


def test_selecting_with_shift_takes_merged_figures_whole(editor_of, press):
    editor = editor_of("t2", "2019", zeros("2019", "t2", licence__change="3", penalty__change="-1"))
    editor.go_to("t2.licence.change")
    press(Key.Key_Down, Key.Key_Down, modifier=SHIFT)
    assert editor.view.selected() == ["t2.licence.change", "t2.other_services.change", "t2.penalty.change"]
    assert editor.selection_text() == "选中 3 格　合计 2"


def test_home_end_and_control_arrows(editor_of, press):
    editor = editor_of(entries=zeros())
    press(Key.Key_End)
    assert editor.current_cell == "t3.new.total"
    press(Key.Key_Home)
    assert editor.current_cell == "t3.new.natural"
    press(Key.Key_Down, modifier=CONTROL)
    assert editor.current_cell == "t3.carried_out.natural"
    press(Key.Key_End, modifier=CONTROL)
    assert editor.current_cell == "t3.carried_out.total"
    press(Key.Key_Home, modifier=CONTROL)
    assert editor.current_cell == "t3.new.natural"
    press(Key.Key_PageDown)
    assert editor.current_cell not in {"t3.new.natural", "t3.carried_in.natural"}
    press(Key.Key_PageUp)
    assert editor.current_cell == "t3.new.natural"


def test_select_all_selects_every_cell(editor_of, press):
    editor = editor_of("t2", "2021", zeros(table="t2"))
    press(Key.Key_A, modifier=CONTROL)
    assert editor.view.selected() == list(editor.table.cells)


def test_fill_down_and_right(editor_of, press):
    editor = editor_of(entries=zeros(granted__natural="6"))
    editor.go_to("t3.granted.natural")
    press(Key.Key_Down, modifier=SHIFT)
    press(Key.Key_D, modifier=CONTROL)
    assert value(editor, "t3.partial.natural") == 6
    editor.go_to("t3.granted.business")
    press(Key.Key_R, modifier=CONTROL)
    assert value(editor, "t3.granted.business") == 6, "one cell alone takes its neighbour's figure"
    assert editor.editing.session.undo_stack.undo_name == "向右填充"


def test_control_e_adopts_the_sum(editor_of, press):
    editor = editor_of(entries=zeros(new__total="8"))
    editor.go_to("t3.new.total")
    press(Key.Key_E, modifier=CONTROL)
    assert value(editor, "t3.new.total") == 0
    press(Key.Key_E, modifier=CONTROL)
    assert "不用采用合计" in editor.message.text()


def test_f1_asks_for_help(editor_of, press, qtbot):
    editor = editor_of()
    with qtbot.waitSignal(editor.help_requested) as heard:
        press(Key.Key_F1)
    assert heard.args == ["t3.new.natural"]


def test_zoom_by_keys_and_wheel(editor_of, press):
    editor = editor_of()
    height = editor.view.form.sizes.y[-1]
    press(Key.Key_Plus, modifier=CONTROL)
    assert editor.view.zoom == 110
    assert editor.view.form.sizes.y[-1] > height
    press(Key.Key_Minus, Key.Key_Minus, modifier=CONTROL)
    assert editor.view.zoom == 90
    press(Key.Key_0, modifier=CONTROL)
    assert editor.view.zoom == 100
    wheel(editor, 120)
    assert editor.view.zoom == 110
    wheel(editor, -120)
    assert editor.view.zoom == 100


def wheel(editor, delta):
    viewport = editor.view.viewport()
    middle = QPointF(viewport.rect().center())
    event = QWheelEvent(
        middle,
        QPointF(viewport.mapToGlobal(viewport.rect().center())),
        QPoint(),
        QPoint(0, delta),
        Qt.MouseButton.NoButton,
        CONTROL,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(viewport, event)


def test_changes_from_elsewhere_do_not_wipe_the_typing(editor_of, press):
    editor = editor_of(entries=zeros())
    press("12")
    editor.editing.edit({"t3.new.natural": "5", "t3.new.business": "6"}, "别处")
    assert opened(editor).text() == "12"
    press(Key.Key_Return)
    assert value(editor, "t3.new.natural") == 12


def test_an_editor_that_changed_nothing_writes_nothing(editor_of, press):
    editor = editor_of(entries=zeros())
    press(Key.Key_F2, Key.Key_Return)
    assert editor.editing.session.undo_stack.undo_name is None


def test_commit_pending_writes_the_open_editor(editor_of, press):
    editor = editor_of()
    press("42")
    editor.commit_pending()
    assert value(editor, "t3.new.natural") == 42
    assert editor.current_cell == "t3.new.natural"
    assert editor.view.hasFocus()
    editor.commit_pending()
    assert editor.editing.session.revision == 1


def test_losing_the_focus_commits(editor_of, press, qtbot):
    editor = editor_of()
    press("42")
    other = QLineEdit(editor)
    other.show()
    other.setFocus()
    qtbot.waitUntil(lambda: value(editor, "t3.new.natural") == 42)


def test_read_only_opens_no_editor(editor_of, press):
    editor = editor_of(entries=zeros())
    editor.editing.read_only = True
    press("4")
    assert opened(editor) is None
    assert "只读" in editor.message.text()
    press(Key.Key_Delete)
    assert value(editor, "t3.new.natural") == 0


def test_the_mouse_ends_a_run_of_tabs(editor_of, press, qtbot):
    editor = editor_of()
    press(Key.Key_Tab, Key.Key_Tab)
    view = editor.view
    rect = view.visualRect(editor.model.index_of("t3.granted.business"))
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=rect.center())
    press(Key.Key_Return)
    assert editor.current_cell == "t3.partial.business"


def test_a_double_click_edits(editor_of, press, qtbot):
    editor = editor_of(entries=zeros(new__natural="12"))
    view = editor.view
    spot = view.visualRect(editor.model.index_of("t3.new.natural")).center()
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    qtbot.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    assert opened(editor) is not None
    assert not opened(editor).typed_over


def test_the_unit_of_money_can_be_switched_in_the_editor(editor_of, press, qtbot):
    editor = editor_of("t2", "2019", {"t2.procurement.amount": "8000"})
    editor.go_to("t2.procurement.amount")
    press(Key.Key_F2)
    line = opened(editor)
    button = line.findChild(QWidget, "unit")
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert line.unit == "万元"
    press("12.5", Key.Key_Return)
    assert editor.model.index_of("t2.procurement.amount").data() == "12.5万元"
    editor.go_to("t2.procurement.amount")
    press(Key.Key_F2)
    opened(editor).clear()
    qtbot.mouseClick(opened(editor).findChild(QWidget, "unit"), Qt.MouseButton.LeftButton)
    press(Key.Key_Return)
    assert editor.editing.session.text("units.t2.procurement.amount") == "元"
    assert value(editor, "t2.procurement.amount") is None


def test_a_hidden_shortcut_override_leaves_typing_to_the_editor(editor_of, press):
    editor = editor_of()
    press("1")
    assert QApplication.focusWidget() is opened(editor)
    assert editor.view.state() == editor.view.State.EditingState
    QApplication.sendEvent(editor.view, QEvent(QEvent.Type.LanguageChange))
    assert opened(editor).text() == "1"
