"""The model: every table passes Qt's own tester, shows what the session holds, and tells only what changed."""

import pytest
from PySide6.QtCore import QModelIndex, Qt

from gkdesk import formats
from gkdesk.report import Report, spell
from tests.ui.grid.entries import zeros
from ui.grid.model import GridModel

Role = Qt.ItemDataRole
Flag = Qt.ItemFlag
TABLES = [(form.id, table.id) for form in formats.available() for table in form.tables]


def model_of(editing, table):
    return GridModel(editing, editing.form.table(table))


def told(model, act):
    """The cells that dataChanged names while ``act`` runs, and how many signals there were."""
    cells, count = set(), 0

    def hear(first, last, _roles=()):
        nonlocal count
        count += 1
        for row in range(first.row(), last.row() + 1):
            for column in range(first.column(), last.column() + 1):
                cells.add(model.places.owner(row, column))

    model.dataChanged.connect(hear)
    act()
    model.dataChanged.disconnect(hear)
    return cells - {None}, count


@pytest.mark.parametrize(("form", "table"), TABLES)
def test_passes_the_tester_of_qt(qtmodeltester, editing_of, form, table):
    editing = editing_of(form, zeros(form, table))
    model = model_of(editing, table)
    qtmodeltester.check(model)
    cell = editing.form.table(table).inputs[0]
    assert model.setData(model.index_of(cell), "７")
    editing.undo()
    qtmodeltester.check(model)


@pytest.mark.parametrize(("form", "table"), TABLES)
def test_each_cell_has_one_place_and_shows_its_figure(editing_of, form, table):
    cells = formats.load(form).table(table).cells
    entries = {cell: str(number) for number, cell in enumerate(formats.load(form).table(table).inputs)}
    editing = editing_of(form, entries)
    model = model_of(editing, table)
    places = set()
    for cell, definition in cells.items():
        index = model.index_of(cell)
        assert model.cell_at(index) == cell
        places.add((index.row(), index.column()))
        unit = "元" if definition.prints_unit else ""
        assert index.data() == spell(editing.session.value(cell)) + unit
        assert bool(index.flags() & Flag.ItemIsEditable) == (not definition.computed)
        assert index.flags() & Flag.ItemIsSelectable
        assert "；" in index.data(Role.AccessibleTextRole)
    assert len(places) == len(cells)


def test_bands_and_inner_headers_are_no_cells(editing_of):
    model = model_of(editing_of("2021"), "t2")
    band = model.index(0, 0)
    assert model.cell_at(band) is None
    assert band.flags() == Flag.NoItemFlags
    assert band.data() is None
    assert not model.setData(band, "1")


def test_a_merged_figure_is_editable_at_its_first_place_only(editing_of):
    model = model_of(editing_of("2021"), "t2")
    first = model.index_of("t2.licence.decisions")
    assert first.flags() & Flag.ItemIsEditable
    assert model.index(first.row(), first.column() + 1).flags() == Flag.NoItemFlags


def test_typing_reaches_the_session_as_one_named_step(editing_of):
    editing = editing_of()
    model = model_of(editing, "t3")
    assert model.setData(model.index_of("t3.new.natural"), " １２ ")
    assert editing.session.value("t3.new.natural") == 12
    assert "自然人" in editing.session.undo_stack.undo_name
    assert model.index_of("t3.new.natural").data() == "12"


def test_totals_refuse_typing(editing_of):
    model = model_of(editing_of(entries=zeros()), "t3")
    assert not model.setData(model.index_of("t3.total.natural"), "3")
    assert model.index_of("t3.total.natural").data() == "0"


def test_what_is_no_figure_is_shown_as_typed_and_explained(editing_of):
    model = model_of(editing_of(), "t3")
    index = model.index_of("t3.new.natural")
    model.setData(index, "<b>12a</b>")
    assert index.data() == "<b>12a</b>"
    assert model.look("t3.new.natural").tone == "error"
    assert "&lt;b&gt;12a" in index.data(Role.ToolTipRole)
    assert "不是数" in index.data(Role.AccessibleTextRole)


def test_a_total_that_lacks_operands_shows_the_sum_so_far(editing_of):
    editing = editing_of()
    model = model_of(editing, "t3")
    total = model.index_of("t3.new.total")
    assert total.data() == ""
    model.setData(model.index_of("t3.new.natural"), "5")
    assert total.data() == "5"
    assert model.look("t3.new.total").partial
    assert total.data(Role.EditRole) == ""
    assert "还有 5 格未填，暂计 5" in total.data(Role.ToolTipRole)
    model.setData(model.index_of("t3.new.business"), "2")
    assert total.data() == "7", "a partial sum follows although the total itself stays blank"
    for column in ("research", "charity", "legal_service", "other_org"):
        model.setData(model.index_of(f"t3.new.{column}"), "0")
    assert not model.look("t3.new.total").partial
    assert "5 + 2 = 7" in total.data(Role.ToolTipRole)


def test_a_total_of_totals_counts_with_what_they_have(editing_of):
    editing = editing_of(entries={"t3.granted.natural": "2", "t3.partial.business": "3"})
    model = model_of(editing, "t3")
    assert model.index_of("t3.total.total").data() == "5"
    assert "还有 124 格未填，暂计 5" in model.index_of("t3.total.total").data(Role.AccessibleTextRole)


def test_a_stated_total_is_marked_until_its_sum_is_adopted(editing_of):
    editing = editing_of(entries=zeros(new__total="9"))
    model = model_of(editing, "t3")
    index = model.index_of("t3.new.total")
    assert index.data() == "9"
    assert model.look("t3.new.total").stated
    assert "采用合计" in index.data(Role.ToolTipRole)
    editing.adopt_sums(["t3.new.total"], "采用合计")
    assert index.data() == "0"
    assert not model.look("t3.new.total").stated


def test_only_what_changed_is_told_in_few_signals(editing_of):
    editing = editing_of(entries=zeros())
    model = model_of(editing, "t3")
    cells, count = told(model, lambda: model.setData(model.index_of("t3.granted.business"), "4"))
    assert {
        "t3.granted.business",
        "t3.granted.total",
        "t3.total.business",
        "t3.total.total",
        # the balance of both columns is broken now
        "t3.new.business",
        "t3.carried_in.total",
        "t3.carried_out.business",
    } <= cells
    assert not {cell for cell in cells if cell.endswith((".natural", ".research"))}
    assert count <= 8, "one signal a block"


def test_a_text_tells_nothing(editing_of):
    editing = editing_of(entries=zeros())
    model = model_of(editing, "t3")
    assert told(model, lambda: editing.edit({"text.overview": "有"}, "写")) == (set(), 0)


def test_a_broken_balance_marks_its_cells_and_columns(editing_of):
    editing = editing_of(entries=zeros())
    model = model_of(editing, "t3")
    assert model.broken_columns == frozenset()
    model.setData(model.index_of("t3.new.business"), "3")
    assert model.broken_columns == {1, 6}
    assert model.look("t3.carried_out.business").tone == "error"
    assert model.look("t3.granted.business").tone == "plain"
    assert "相差 3" in "".join(model.column_problems(1))
    header = model.headerData(1, Qt.Orientation.Horizontal, Role.AccessibleTextRole)
    assert "商业企业" in header
    assert "不平" in header
    editing.undo()
    assert model.broken_columns == frozenset()
    assert model.look("t3.carried_out.business").tone == "plain"
    assert model.column_problems(1) == []


def test_a_stated_total_marks_its_row(editing_of):
    model = model_of(editing_of(entries=zeros(granted__total="2")), "t3")
    row = model.index_of("t3.granted.total").row()
    assert model.broken_rows == {row}
    assert "相差 2" in "".join(model.row_problems(row))


def test_empty_cells_are_not_red(editing_of):
    model = model_of(editing_of(), "t3")
    assert {model.look(cell).tone for cell in model.table.cells} == {"plain"}
    assert "没有发生的填 0" in model.index_of("t3.new.natural").data(Role.ToolTipRole)


def test_last_year_stands_in_tooltip_and_look(editing_of):
    editing = editing_of(entries=zeros(), last=zeros(carried_out__natural="4"))
    model = model_of(editing, "t3")
    index = model.index_of("t3.carried_in.natural")
    assert model.look("t3.carried_in.natural").tone == "warning"
    assert model.look("t3.carried_out.natural").last == "4"
    assert "应为" in index.data(Role.ToolTipRole)
    assert "上年同格：4" in model.index_of("t3.carried_out.natural").data(Role.ToolTipRole)
    cells, _count = told(model, lambda: editing.set_previous(None))
    assert cells == set(model.table.cells)
    assert model.look("t3.carried_out.natural").last == ""
    assert model.look("t3.carried_in.natural").tone == "plain"
    editing.set_previous(Report.from_entries(editing.form, 2023, zeros(carried_out__natural="6")))
    assert "6" in index.data(Role.ToolTipRole)


def test_money_shows_its_unit_and_takes_one_that_is_typed(editing_of):
    editing = editing_of("2019")
    model = model_of(editing, "t2")
    cell = "t2.procurement.amount"
    index = model.index_of(cell)
    model.setData(index, "8000")
    assert index.data() == "8000元"
    model.setData(index, "12.5万元")
    assert index.data() == "12.5万元"
    assert editing.session.text(f"units.{cell}") == "万元"
    assert editing.session.text(cell) == "12.5"
    editing.undo()
    assert index.data() == "8000元", "figure and unit are one step"
    model.setData(index, "万元")
    assert model.look(cell).tone == "error"


def test_read_only_changes_nothing_and_says_so(editing_of, qtbot):
    editing = editing_of(entries=zeros())
    model = model_of(editing, "t3")
    editing.read_only = True
    assert not model.index_of("t3.new.natural").flags() & Flag.ItemIsEditable
    with qtbot.waitSignal(model.refused):
        assert not model.setData(model.index_of("t3.new.natural"), "3")
    assert model.index_of("t3.new.natural").data() == "0"


def test_a_refused_patch_is_told(editing_of, qtbot):
    model = model_of(editing_of("2019"), "t2")
    with qtbot.waitSignal(model.refused) as heard:
        assert not model.apply({"units.t2.procurement.amount": "美元"}, "改")
    assert "美元" in heard.args[0]


def test_an_index_elsewhere_is_nothing(editing_of):
    model = model_of(editing_of(), "t3")
    assert not model.index_of("t4.review.total").isValid()
    assert model.data(QModelIndex()) is None
    assert model.flags(QModelIndex()) == Flag.NoItemFlags
    assert model.cell_at(QModelIndex()) is None
    assert model.rowCount(model.index(0, 0)) == 0
