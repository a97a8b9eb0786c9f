"""A format that nobody has issued is shown, typed and checked from its TOML alone."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from gkdesk import formats
from gkdesk.report import spell
from ui.grid import TableEditor

FORM = Path(__file__).parent / "invented.toml"


@pytest.fixture
def editor(editor_of, editing_of):
    return editor_of("x", editing=editing_of(formats.load_file(FORM), year=2031))


def test_it_is_typed_through_by_keyboard(editor: TableEditor, press):
    tab, enter = Qt.Key.Key_Tab, Qt.Key.Key_Return
    press("1", tab, "2", tab, "3", enter)
    assert editor.current_cell == "x.q.a"
    press("1", tab, "4", tab, "5", tab, "12.5万元", enter)
    session = editor.editing.session
    assert session.value("x.p.sum") == 6
    assert session.value("x.q.sum") == 10
    assert spell(session.value("x.r.money")) == "12.5"
    assert session.text("units.x.r.money") == "万元"
    assert editor.model.broken_columns == {1}


def test_it_is_drawn_with_its_strip(editor: TableEditor):
    assert editor.strip.isVisible()
    assert editor.strip.rules[0].names["left_names"] == ("小一",)
    editor.editing.edit({"x.p.a": "3", "x.q.a": "3"}, "填写")
    assert editor.strip.standings["x.even", "a"].balanced
    assert editor.view.columnSpan(3, 0) == 4
    assert not editor.grab().isNull()


def test_it_copies_and_pastes_as_a_form(editor: TableEditor, press):
    editor.editing.edit({"x.p.a": "3", "x.q.c": "7", "x.r.money": "2", "units.x.r.money": "万元"}, "填写")
    control = Qt.KeyboardModifier.ControlModifier
    press(Qt.Key.Key_A, Qt.Key.Key_C, modifier=control)
    before = editor.editing.session.snapshot().entries()
    press(Qt.Key.Key_Delete)
    editor.go_to("x.q.b")
    press(Qt.Key.Key_V, modifier=control)
    assert editor.editing.session.snapshot().entries() == before
