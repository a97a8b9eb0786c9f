"""Copy, paste, fill: paste after copy changes nothing, each is one step, and what happened is told."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from gkdesk import formats
from gkdesk.report import spell
from tests.ui.grid.entries import zeros
from ui.grid import clipboard
from ui.grid.blocks import figure_patch, parse_html, parse_tsv

Key = Qt.Key
TABLES = [(form.id, table.id) for form in formats.available() for table in form.tables]
FIGURES = st.one_of(
    st.integers(0, 99_999).map(str),
    st.sampled_from(["", "-3", "12a", "/", '"', "1.5", "<td>", "９", "12.5万元", "a&b;"]),
)


def values(editor):
    session = editor.editing.session
    return {cell: spell(session.value(cell)) for cell in editor.table.cells} | {
        key: session.text(key) for key in (f"units.{cell}" for cell in editor.table.cells)
    }


def put(text=None, html=None):
    mime = QMimeData()
    if text is not None:
        mime.setText(text)
    if html is not None:
        mime.setHtml(html)
    QApplication.clipboard().setMimeData(mime)


def paste(editor, qtbot, text=None, html=None):
    put(text, html)
    with qtbot.waitSignal(editor.pasted) as heard:
        editor.paste()
    return heard.args[0]


def select(editor, first, last):
    view, model = editor.view, editor.model
    editor.go_to(first)
    a, b = model.index_of(first), model.index_of(last)
    view.setSelection(
        view.visualRect(a).united(view.visualRect(b)),
        view.selectionModel().SelectionFlag.ClearAndSelect,
    )


# ---------------------------------------------------------------- identity


@pytest.mark.parametrize(("form", "table"), TABLES)
def test_paste_after_copy_is_identity(editor_of, form, table):
    editor = editor_of(table, form)
    view, places = editor.view, editor.model.places
    cells = editor.table.cells
    every = st.sampled_from(sorted(cells))
    blank = dict.fromkeys(cells) | {f"units.{id}": None for id, cell in cells.items() if cell.units}
    reports = []
    view.pasted.connect(reports.append)

    @given(st.dictionaries(every, FIGURES, max_size=12), every, every, st.booleans())
    def check(texts, start, end, headers):
        editor.editing.edit(blank, "清除")
        for cell, text in texts.items():
            # a total is stated by a number only
            if text.isdigit() or not cells[cell].computed:
                editor.editing.edit(figure_patch(editor.editing.session, cells[cell], text), "填写")
        before = values(editor)
        corners = [places.place[start], places.place[end]]
        rows, columns = (range(min(axis), max(axis) + 1) for axis in zip(*corners, strict=True))
        chosen = [cell for cell, spot in places.place.items() if spot[0] in rows and spot[1] in columns]
        mime = clipboard.mime_of(clipboard.copied(view, rows, columns, headers=headers))
        assert parse_tsv(mime.text()) == parse_html(mime.html()), "both say the same"
        editor.editing.edit(dict.fromkeys(chosen), "清除")
        editor.go_to(chosen[0])
        # the corner of the block may be a place that a merged figure covers
        view.current_place = (rows[0], columns[0])
        QApplication.clipboard().setMimeData(mime)
        clipboard.paste(view)
        assert not reports.pop().skipped
        assert values(editor) == before

    check()


def test_copying_the_whole_table_takes_the_form_along(editor_of, press):
    editor = editor_of("t3", "2021", zeros())
    press(Key.Key_A, Key.Key_C, modifier=Qt.KeyboardModifier.ControlModifier)
    mime = QApplication.clipboard().mimeData()
    block = parse_html(mime.html())
    assert len(block) == len(editor.table.rows)
    assert len(block[0]) == len(editor.table.widths)
    for box in editor.table.boxes:
        if box.cell is None:
            assert block[box.row][box.column] == box.text
    assert 'rowspan="22"' in mime.html()
    assert "border:1px solid" in mime.html()
    # as printed: a line of the form from the left, titles and figures in the middle
    assert mime.html().count("text-align:left") == sum(
        box.role == "label" and box.rowspan == 1 for box in editor.table.boxes
    )


def test_copying_some_cells_takes_figures_only(editor_of):
    editor = editor_of("t3", "2021", zeros(new__natural="5"))
    select(editor, "t3.new.natural", "t3.carried_in.business")
    editor.copy()
    assert QApplication.clipboard().text() == "5\t0\r\n0\t0\r\n"


def test_copy_with_headers_takes_only_those_that_belong(editor_of):
    editor = editor_of("t3", "2021", zeros())
    select(editor, "t3.refused_law.business", "t3.refused_security.research")
    editor.copy_with_headers()
    block = parse_html(QApplication.clipboard().mimeData().html())
    assert block[1][3] == "法人或其他组织"
    assert block[2][3:] == ["商业企业", "科研机构"]
    assert block[3] == ["三、本年度办理结果", "（三）不予公开", "2.其他法律行政法规禁止公开", "0", "0"]
    assert "自然人" not in str(block)


def test_a_selection_with_holes_is_not_copied(editor_of):
    editor = editor_of("t3", "2021", zeros())
    put("before")
    editor.go_to("t3.new.natural")
    flags = editor.view.selectionModel().SelectionFlag
    editor.view.selectionModel().select(editor.model.index_of("t3.granted.business"), flags.Select)
    editor.copy()
    assert QApplication.clipboard().text() == "before"
    assert "连续" in editor.message.text()


# ---------------------------------------------------------------- paste


def test_a_block_from_the_current_cell_is_one_step(editor_of, qtbot):
    editor = editor_of()
    editor.go_to("t3.granted.business")
    report = paste(editor, qtbot, "1\t２\r\n3\t4\r\n")
    session = editor.editing.session
    assert (report.taken, report.skipped, report.rejected) == (4, 0, ())
    assert session.value("t3.granted.research") == 2
    assert session.value("t3.partial.research") == 4
    assert session.undo_stack.undo_name == "粘贴"
    assert "已粘贴 4 格" in editor.message.text()
    editor.undo()
    assert session.value("t3.granted.business") is None
    assert session.undo_stack.undo_name is None


def test_one_value_fills_the_inputs_of_the_selection(editor_of, qtbot):
    editor = editor_of()
    select(editor, "t3.new.other_org", "t3.carried_in.total")
    report = paste(editor, qtbot, "7")
    assert report.taken == 2
    assert editor.editing.session.value("t3.carried_in.other_org") == 7
    assert not editor.editing.session.is_stated("t3.new.total")


def test_a_block_that_the_selection_holds_several_times_is_repeated(editor_of, qtbot):
    editor = editor_of()
    select(editor, "t3.granted.natural", "t3.partial.other_org")
    report = paste(editor, qtbot, "1\t2\r\n")
    session = editor.editing.session
    assert report.taken == 12
    assert [session.value(f"t3.partial.{column}") for column in ("natural", "business", "research")] == [
        1,
        2,
        1,
    ]


def test_other_sizes_are_asked_about(editor_of, qtbot):
    editor = editor_of()
    select(editor, "t3.granted.natural", "t3.partial.business")
    put("1\t2\t3\r\n")
    editor.paste()
    session = editor.editing.session
    assert "1 行 3 列" in editor.message.text()
    assert "2 行 2 列" in editor.message.text()
    _yes, no = editor.message.buttons()
    no.click()
    assert session.revision == 0
    editor.paste()
    yes, _no = editor.message.buttons()
    with qtbot.waitSignal(editor.pasted) as heard:
        yes.click()
    assert heard.args[0].taken == 3
    assert session.value("t3.granted.research") == 3
    assert session.value("t3.partial.natural") is None


def test_figures_that_came_with_their_labels_are_not_asked_about(editor_of, qtbot):
    editor = editor_of()
    editor.select_all()
    report = paste(editor, qtbot, "（一）予以公开\t\t\t4\t5\r\n")
    assert report.taken == 2
    assert editor.editing.session.value("t3.granted.business") == 5


def test_merged_figures_have_the_size_that_they_are_copied_with(editor_of, press):
    editor = editor_of("t2", "2021", {"t2.licence.decisions": "7", "t2.penalty.decisions": "8"})
    select(editor, "t2.licence.decisions", "t2.penalty.decisions")
    editor.copy()
    select(editor, "t2.licence.decisions", "t2.penalty.decisions")
    editor.paste()
    assert not editor.message.buttons()


def test_everything_that_was_not_taken_can_be_listed(editor_of, qtbot, monkeypatch):
    shown = []
    monkeypatch.setattr("ui.grid.table_editor.show_text", lambda _parent, _title, text: shown.append(text))
    editor = editor_of()
    editor.go_to("t3.new.legal_service")
    report = paste(editor, qtbot, "x\ty\t9\t33\r\n")
    assert report.left_out == ("33",)
    (button,) = editor.message.buttons()
    button.click()
    lines = shown[0].splitlines()
    assert len(lines) == len(report.rejected) + len(report.differing) + 1
    assert "33" in lines[-1]
    paste(editor, qtbot, "1\t2\r\n")
    assert not editor.message.buttons()


def test_what_reaches_over_the_table_is_counted(editor_of, qtbot):
    editor = editor_of()
    editor.go_to("t3.carried_out.other_org")
    report = paste(editor, qtbot, "1\t1\t9\r\n5\t5\t5\r\n")
    assert (report.taken, report.skipped) == (2, 4)
    assert "4 个数在表外" in editor.message.text()


def test_what_is_no_figure_is_kept_and_told(editor_of, qtbot):
    editor = editor_of()
    report = paste(editor, qtbot, "3\t12%\t/\r\n")
    assert report.taken == 1
    assert [cell for cell, _why in report.rejected] == ["t3.new.business", "t3.new.research"]
    assert editor.model.index_of("t3.new.business").data() == "12%"
    assert "2 格不是数" in editor.message.text()


def test_a_very_long_text_is_not_kept(editor_of, qtbot):
    editor = editor_of()
    report = paste(editor, qtbot, "x" * 1_000)
    assert report.taken == 0
    assert editor.editing.session.value("t3.new.natural") is None
    assert len(editor.message.text()) < 200


def test_totals_are_compared_and_kept_while_they_differ(editor_of, qtbot):
    editor = editor_of()
    report = paste(editor, qtbot, "1\t2\t3\t0\t0\t0\t6\r\n1\t0\t0\t0\t0\t0\t9\r\n")
    session = editor.editing.session
    assert report.differing == ("t3.carried_in.total",)
    assert not session.is_stated("t3.new.total")
    assert session.is_stated("t3.carried_in.total")
    assert "1 个总计与各项之和不符" in editor.message.text()
    editor.go_to("t3.carried_in.total")
    editor.adopt_sums()
    assert session.value("t3.carried_in.total") == 1


def test_words_in_the_place_of_a_total_are_not_stated(editor_of, qtbot):
    editor = editor_of()
    report = paste(editor, qtbot, "1\t2\t3\t0\t0\t0\t—\r\n")
    assert editor.editing.session.value("t3.new.total") == 6
    assert report.rejected[0][0] == "t3.new.total"


def test_a_copied_form_with_other_punctuation_finds_its_rows(editor_of, qtbot):
    editor = editor_of()
    html = (
        "<table><tr><td colspan=3>项目情况</td><td>自然人</td><td>商业企业</td></tr>"
        "<tr><td rowspan=2>三、本年度 办理结果</td><td colspan=2>(一)予以公开</td><td>4</td><td>5</td></tr>"
        "<tr><td colspan=2>(二)部分公开(区分处理的,只计这一情形,不计其他情形)</td><td>6</td><td>7</td></tr></table>"
    )
    report = paste(editor, qtbot, "unused", html)
    assert (report.taken, report.skipped) == (4, 0)
    assert editor.editing.session.value("t3.granted.natural") == 4
    assert editor.editing.session.value("t3.partial.business") == 7


def test_a_block_goes_into_the_table_even_while_a_cell_is_edited(editor_of, press):
    editor = editor_of()
    put("1\t2\r\n")
    press("9")
    press(Key.Key_V, modifier=Qt.KeyboardModifier.ControlModifier)
    assert editor.editing.session.value("t3.new.natural") == 1
    assert editor.editing.session.value("t3.new.business") == 2


def test_html_is_preferred_and_text_is_the_way_out(editor_of, qtbot):
    editor = editor_of()
    paste(editor, qtbot, "1", "<table><tr><td>2</td></tr></table>")
    assert editor.editing.session.value("t3.new.natural") == 2
    paste(editor, qtbot, "3", "<p>3</p>")
    assert editor.editing.session.value("t3.new.natural") == 3


@pytest.mark.parametrize(
    ("text", "html", "why"),
    [
        ("1" * 10_000_000, None, "太大"),
        ("\t".join(["1"] * 100_000), None, "太大"),
        ("1", "<table><tr><td><table><tr><td>1</td></tr></table></td></tr></table>", "套着表格"),
        ("1", "<table>" + "<tr><td>1</td></tr>" * 5_000 + "</table>", "太大"),
        ("", "<img src='x.png'>", "图片"),
        ("\r\n", "<table><tr><td><IMG src='x.png'></td></tr></table>", "图片"),
        ("", None, "空的"),
        (None, None, "空的"),
    ],
    ids=["10 MB", "100000 columns", "nested", "5000 rows", "img", "img in a table", "empty", "nothing"],
)
def test_hostile_contents_are_refused_and_change_nothing(editor_of, qtbot, text, html, why):
    editor = editor_of(entries=zeros())
    before = values(editor)
    report = paste(editor, qtbot, text, html)
    assert why in report.problem
    assert editor.message.text() == report.problem
    assert values(editor) == before
    assert editor.editing.session.undo_stack.undo_name is None


def test_an_image_alone_is_refused(editor_of, qtbot):
    editor = editor_of()
    QApplication.clipboard().setImage(QImage(4, 4, QImage.Format.Format_RGB32))
    with qtbot.waitSignal(editor.pasted) as heard:
        editor.paste()
    assert "图片" in heard.args[0].problem


def test_read_only_takes_no_paste(editor_of, qtbot):
    editor = editor_of(entries=zeros())
    editor.editing.read_only = True
    report = paste(editor, qtbot, "5")
    assert report.problem
    assert editor.editing.session.value("t3.new.natural") == 0


# ---------------------------------------------------------------- fill and clear


def test_fill_down_leaves_totals_alone(editor_of):
    editor = editor_of(entries=zeros(new__other_org="2", new__natural="1"))
    select(editor, "t3.new.other_org", "t3.granted.total")
    editor.fill_down()
    session = editor.editing.session
    assert session.value("t3.granted.other_org") == 2
    assert not session.is_stated("t3.granted.total")
    assert session.undo_stack.undo_name == "向下填充"


def test_fill_over_merged_figures_with_units(editor_of):
    editor = editor_of("t2", "2019", zeros("2019", "t2", licence__previous="4"))
    select(editor, "t2.licence.previous", "t2.licence.decisions")
    editor.fill_right()
    session = editor.editing.session
    assert session.value("t2.licence.change") == 4
    assert session.value("t2.licence.decisions") == 4


def test_fill_with_nothing_to_copy_is_no_step(editor_of):
    editor = editor_of(entries=zeros())
    editor.go_to("t3.new.natural")
    editor.fill_down()
    editor.fill_right()
    assert editor.editing.session.undo_stack.undo_name is None


def test_fill_zero_fills_blanks_only_in_one_step(editor_of):
    editor = editor_of(entries={"t3.new.natural": "5", "t3.new.business": "x"})
    editor.fill_zero()
    session = editor.editing.session
    count = len(editor.table.inputs) - 2
    assert str(count) in editor.message.text()
    assert editor.view.hasFocus()
    assert session.value("t3.carried_out.other_org") == 0
    assert session.value("t3.new.natural") == 5
    assert editor.model.index_of("t3.new.business").data() == "x"
    (undo,) = editor.message.buttons()
    undo.click()
    assert session.value("t3.carried_out.other_org") is None
    assert session.value("t3.new.natural") == 5
    assert not editor.message.isVisible()
    editor.fill_zero()
    assert session.value("t3.carried_out.other_org") == 0
    editor.fill_zero()
    assert editor.message.text() == "没有空白格。"


def test_clear_on_a_stated_total_adopts_its_sum(editor_of):
    editor = editor_of(entries=zeros(new__total="4"))
    editor.go_to("t3.new.total")
    editor.clear()
    assert editor.editing.session.value("t3.new.total") == 0
    editor.clear()
    assert editor.editing.session.undo_stack.undo_name == "清除"
    editor.undo()
    assert editor.editing.session.value("t3.new.total") == 4
