"""Whatever is done to a table, undoing all of it gives back what was there, and redoing it what came of it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QItemSelection, QItemSelectionModel, QMimeData
from PySide6.QtWidgets import QApplication

from gkdesk import formats
from ui.grid import fill

TABLES = [("2021", "t3"), ("2019", "t2")]
TEXTS = st.one_of(
    st.integers(0, 9_999).map(str), st.sampled_from(["", "-1", "12a", "１２", "1,234", "10万元", "x" * 150])
)
PLACES = st.integers(0, 10_000)
STEPS = st.one_of(
    st.tuples(st.just("type"), PLACES, TEXTS),
    st.tuples(
        st.just("paste"), PLACES, st.lists(st.lists(TEXTS, min_size=2, max_size=2), min_size=1, max_size=3)
    ),
    st.tuples(st.just("select"), PLACES, PLACES),
    st.tuples(st.just("unit"), PLACES, st.sampled_from(["元", "万元"])),
    st.tuples(st.just("text"), PLACES, st.text("公开年报\n，1", max_size=20)),
    st.tuples(
        st.sampled_from(
            ["clear", "fill_down", "fill_right", "fill_zero", "adopt_sums", "copy", "undo", "redo"]
        ),
        st.none(),
        st.none(),
    ),
)


class Doing:
    """The steps, done as menu and keys do them."""

    def __init__(self, editor) -> None:
        self.editor = editor
        self.cells = list(editor.table.cells)

    def cell(self, place):
        return self.cells[place % len(self.cells)]

    def do(self, kind, first, second) -> None:
        getattr(self, f"do_{kind}", self._command(kind))(first, second)

    def _command(self, kind):
        return lambda _first, _second: getattr(self.editor, kind)()

    def do_type(self, place, text) -> None:
        self.editor.model.setData(self.editor.model.index_of(self.cell(place)), text)

    def do_paste(self, place, block) -> None:
        self.editor.go_to(self.cell(place))
        mime = QMimeData()
        mime.setText("\n".join("\t".join(line) for line in block))
        QApplication.clipboard().setMimeData(mime)
        self.editor.paste()

    def do_select(self, first, last) -> None:
        model, selection = self.editor.model, self.editor.view.selectionModel()
        places = [model.places.place[self.cell(place)] for place in (first, last)]
        corners = [[side(axis) for axis in zip(*places, strict=True)] for side in (min, max)]
        chosen = QItemSelection(*(model.index(*corner) for corner in corners))
        selection.select(chosen, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def do_unit(self, place, unit) -> None:
        cells = [cell for cell, definition in self.editor.table.cells.items() if definition.prints_unit]
        if cells:
            self.editor.view.set_unit(cells[place % len(cells)], unit)

    def do_text(self, place, text) -> None:
        fields = self.editor.editing.form.text_fields
        self.editor.editing.edit({fields[place % len(fields)].key: text}, "输入")

    def do_fill_zero(self, _first, _second) -> None:
        fill.fill_zero(self.editor.view)


def content(editor):
    session = editor.editing.session
    looks = {cell: editor.model.look(cell) for cell in editor.table.cells}
    return dict(session.snapshot().entries()), looks, set(session.issues)


@pytest.mark.parametrize(("form", "table"), TABLES)
def test_undoing_everything_is_as_if_nothing_had_been_done(editor_of, form, table):
    entries = dict.fromkeys(formats.load(form).table(table).cells, "3")
    editor = editor_of(table, form, entries)
    doing, session = Doing(editor), editor.editing.session

    @given(st.lists(STEPS, max_size=12))
    def check(steps):
        before = content(editor)
        for step in steps:
            doing.do(*step)
        after, done = content(editor), 0
        while session.undo_stack.redo_name is not None:
            editor.redo()  # what a step of "undo" took back belongs to what was done
            after = content(editor)
        while session.undo_stack.undo_name is not None and done < 100:
            editor.undo()
            done += 1
        assert content(editor) == before
        for _step in range(done):
            editor.redo()
        assert content(editor) == after
        for _step in range(done):
            editor.undo()

    check()
