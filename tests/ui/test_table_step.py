"""A table in the whole window: its keys, its settings, and messages over it."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from ui.widgets.states import State

COLUMNS = ("natural", "business")


def test_ctrl_home_takes_the_selection_along(window, report_file, qapp):
    window.desk.open_path(report_file())
    window.wizard.go("requests")
    editor = window.wizard.page("requests").editor
    editor.go_to("t3.granted.business")
    QTest.keyClick(qapp.focusWidget(), Qt.Key.Key_Home, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(qapp.focusWidget(), Qt.Key.Key_Delete)
    session = window.wizard.editing.session
    assert session.value("t3.granted.business") == 2
    assert session.value("t3.new.natural") is None


def test_tab_without_an_open_editor_stays_in_the_grid(window, report_file, qapp):
    window.desk.open_path(report_file())
    window.wizard.go("requests")
    editor = window.wizard.page("requests").editor
    editor.go_to("t3.new.natural")
    QTest.keyClick(qapp.focusWidget(), Qt.Key.Key_Tab)
    assert editor.current_cell == "t3.new.business"
    QTest.keyClick(qapp.focusWidget(), Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
    assert editor.current_cell == "t3.new.natural"


def test_enter_follows_the_settings_also_on_pages_that_are_open(window, report_file, monkeypatch):
    from ui.settings_dialog import SettingsDialog

    window.desk.open_path(report_file())
    window.wizard.go("requests")
    view = window.wizard.page("requests").editor.view
    assert not view.enter_moves_right
    monkeypatch.setattr(SettingsDialog, "exec", lambda dialog: dialog.enter.setChecked(True))
    window.commands.show_settings()
    assert view.enter_moves_right


def test_no_message_moves_the_table(window, report_file, qapp):
    window.desk.open_path(report_file())
    window.wizard.go("requests")
    view = window.wizard.page("requests").editor.view
    qapp.processEvents()
    before = view.mapTo(window, view.rect().topLeft())
    window.wizard.jump_by(1)
    window.wizard.message.show_message(State.DONE, "没有问题。")
    window.message.show_message(State.HINT, "提示")
    window.saving.show_message(State.ERROR, "磁盘已满", closable=False)
    qapp.processEvents()
    assert view.mapTo(window, view.rect().topLeft()) == before
    assert window.saving.isVisible()
    window.saving.clear()
    qapp.processEvents()
    window.wizard.page("requests").editor.go_to("t3.carried_out.natural")
    window.saving.show_message(State.ERROR, "磁盘已满", closable=False)
    qapp.processEvents()
    here = view.visualRect(view.currentIndex())
    assert view.viewport().rect().contains(here), "the last row is not left under it"
    window.saving.clear()


def test_rows_under_a_message_can_be_scrolled_free(window, report_file, qapp):
    window.desk.open_path(report_file())
    window.wizard.go("requests")
    editor = window.wizard.page("requests").editor
    view = editor.view
    view.go_to("t3.new.natural")
    editor.tell("有 3 个格子不是数。", problem=True)
    qapp.processEvents()
    bar = view.verticalScrollBar()
    bar.setValue(bar.maximum())
    last = view.visualRect(view.grid.index_of("t3.carried_out.natural"))
    covered = editor.message.geometry().translated(-view.viewport().pos())
    assert covered.top() >= last.bottom(), "the message lies below the last row"
    editor.tell("")
    qapp.processEvents()
    assert view.visualRect(view.grid.index_of("t3.carried_out.natural")).bottom() <= view.viewport().height()
    assert bar.maximum() == max(0, view.verticalHeader().length() - view.viewport().height())


def test_a_block_is_pasted_into_the_table_by_the_button_too(window, report_file, qapp):
    """The button leaves the keyboard in the open line, which is no place for several figures."""
    window.desk.open_path(report_file())
    window.wizard.go("requests")
    editor = window.wizard.page("requests").editor
    session = window.wizard.editing.session
    editor.go_to("t3.new.natural")
    QTest.keyClick(qapp.focusWidget(), Qt.Key.Key_F2)
    qapp.clipboard().setText("11\t12\n21\t22")
    window.actions_by_id["paste"].trigger()
    assert [session.value(f"t3.{row}.{column}") for row in ("new", "carried_in") for column in COLUMNS] == [
        11, 12, 21, 22
    ]  # fmt: skip
    QTest.keyClick(qapp.focusWidget(), Qt.Key.Key_F2)
    qapp.clipboard().setText("7")
    window.actions_by_id["paste"].trigger()
    QTest.keyClick(qapp.focusWidget(), Qt.Key.Key_Return)
    assert session.value("t3.new.natural") == 7
    window.actions_by_id["copy"].trigger()
    assert qapp.clipboard().text() == "21\r\n"
    qapp.clipboard().setText("")
