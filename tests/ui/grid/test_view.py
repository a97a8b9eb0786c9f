"""The picture: every printed word is drawn, merged boxes meet, and it fits the pane."""

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QColor, QHelpEvent
from PySide6.QtWidgets import QApplication, QToolTip

from gkdesk import formats
from tests.ui.grid.entries import zeros
from ui import theme
from ui.grid.painting import FormPainter
from ui.grid.places import Area, Places

TABLES = [(form.id, table.id) for form in formats.available() for table in form.tables]


def drawn_words(editor, monkeypatch):
    """Texts of the boxes that one picture of the whole editor draws."""
    found = []
    words = FormPainter.words

    def hear(self, painter, rect, box, body, **state):
        found.append(box.text)
        words(self, painter, rect, box, body, **state)

    monkeypatch.setattr(FormPainter, "words", hear)
    editor.grab()
    monkeypatch.undo()
    return found


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("form", "table"), TABLES)
def test_every_word_of_the_form_is_drawn(editor_of, qapp, monkeypatch, form, table, scheme):
    theme.apply(qapp, scheme)
    editor = editor_of(table, form, zeros(form, table), size=(900, 1400))
    words = drawn_words(editor, monkeypatch)
    assert set(words) == {box.text for box in editor.table.boxes if box.cell is None}


@pytest.mark.parametrize(("form", "table"), TABLES)
def test_the_areas_share_out_every_box(form, table):
    places = Places(formats.load(form).table(table))
    shown = {(box.row, box.column) for area in Area for box in places.area_boxes(area)}
    assert shown == {(box.row, box.column) for box in places.table.boxes}


@pytest.mark.parametrize(("form", "table"), TABLES)
def test_it_fits_the_pane_of_a_small_screen(editor_of, form, table):
    editor = editor_of(table, form, size=(850, 560))
    assert editor.view.horizontalScrollBar().maximum() == 0


def test_table_three_fits_with_large_type_too(editor_of, qapp):
    theme.apply(qapp, "light", 150)
    editor = editor_of("t3", size=(850, 560))
    assert editor.view.horizontalScrollBar().maximum() == 0


def test_a_band_reaches_from_the_labels_into_the_figures(editor_of):
    """The picture of 表二 has no line through its bands."""
    editor = editor_of("t2", "2021")
    view = editor.view
    picture = editor.grab().toImage()
    seam = view.viewport().mapTo(editor, QPoint(0, view.rowHeight(0) - 4))
    line = QColor(theme.current().line)
    ratio = picture.devicePixelRatio()
    around = [
        picture.pixelColor(round((seam.x() + x) * ratio), round(seam.y() * ratio)) for x in range(-3, 4)
    ]
    assert line not in around
    below = [
        picture.pixelColor(round((seam.x() + x) * ratio), round((seam.y() + view.rowHeight(1)) * ratio))
        for x in range(-3, 4)
    ]
    assert line in below, "the header row under it is divided"


def test_labels_stay_while_figures_scroll(editor_of, monkeypatch):
    editor = editor_of("t3", size=(500, 400))
    view = editor.view
    view.horizontalScrollBar().setValue(view.horizontalScrollBar().maximum())
    view.verticalScrollBar().setValue(view.verticalScrollBar().maximum())
    words = drawn_words(editor, monkeypatch)
    assert "四、结转下年度继续办理" in words
    assert "申请人情况" in words
    assert "一、本年新收政府信息公开申请数量" not in words


def test_a_broken_column_is_drawn_in_another_colour_and_marked(editor_of):
    editor = editor_of("t3", "2021", zeros())
    error = QColor(theme.current().error)
    assert not colours_of(editor.view.horizontalHeader(), error)
    editor.editing.edit({"t3.new.business": "3"}, "填写")
    assert colours_of(editor.view.horizontalHeader(), error)


def colours_of(widget, colour):
    picture = widget.grab().toImage()
    return sum(
        picture.pixelColor(x, y) == colour
        for x in range(picture.width())
        for y in range(0, picture.height(), 2)
    )


def test_a_long_figure_is_drawn_inside_its_cell(editor_of):
    editor = editor_of("t3", "2021", zeros(new__natural="123456789012"))
    view = editor.view
    rect = view.visualRect(editor.model.index_of("t3.carried_in.natural"))
    assert rect.width() < view.fontMetrics().horizontalAdvance("123456789012")
    editor.grab()
    editor.editing.edit({"t3.new.natural": "x" * 60}, "填写")
    editor.grab()


def test_headers_select_what_they_head(editor_of, qtbot):
    editor = editor_of("t3", "2021", zeros())
    header = editor.view.horizontalHeader()
    # 法人或其他组织 stands in the second header row over five columns
    y = editor.view.form.sizes.y[1] + 3
    x = header.sectionViewportPosition(1) + 3
    qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(x, y))
    assert len(editor.view.selected()) == 25 * 5
    assert editor.current_cell == "t3.new.business"
    side = editor.view.verticalHeader()
    # （三）不予公开 stands over eight rows
    y = side.sectionViewportPosition(4) + 3
    x = editor.view.form.sizes.x[1] + 3
    qtbot.mouseClick(side.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(x, y))
    assert {cell.split(".")[1][:7] for cell in editor.view.selected()} == {"refused"}
    qtbot.mouseClick(
        side.viewport(),
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.ShiftModifier,
        QPoint(editor.view.form.sizes.x[2] + 3, side.sectionViewportPosition(3) + 3),
    )
    assert len(editor.view.selected()) == 9 * 7
    qtbot.mouseClick(editor.view._corner, Qt.MouseButton.LeftButton)
    assert len(editor.view.selected()) == 175


def test_a_broken_header_says_why(editor_of, monkeypatch):
    editor = editor_of("t3", "2021", zeros(new__business="3", granted__total="1"))
    said = []
    monkeypatch.setattr(QToolTip, "showText", lambda _point, text, *_rest: said.append(text))
    for header, section in ((editor.view.horizontalHeader(), 1), (editor.view.verticalHeader(), 2)):
        spot = QPoint(5, 5)
        setattr_axis = header.sectionViewportPosition(section) + 3
        spot = (
            QPoint(setattr_axis, 5)
            if header.orientation() == Qt.Orientation.Horizontal
            else QPoint(5, setattr_axis)
        )
        QApplication.sendEvent(
            header.viewport(), QHelpEvent(QEvent.Type.ToolTip, spot, header.viewport().mapToGlobal(spot))
        )
    assert "商业企业" in said[0]
    assert "相差 3" in said[0]
    assert "相差 1" in said[1]


def test_a_group_label_tells_the_sub_totals_of_all_columns(editor_of, monkeypatch):
    editor = editor_of("t3", "2021", zeros(refused_law__natural="4", refused_law__business="1"))
    said = []
    monkeypatch.setattr(QToolTip, "showText", lambda _point, text, *_rest: said.append(text))
    header, sizes = editor.view.verticalHeader(), editor.view.form.sizes
    row, _column = editor.model.places.place["t3.refused_secret.natural"]
    spot = QPoint(sizes.x[1] + 5, header.sectionViewportPosition(row) + 5)
    QApplication.sendEvent(
        header.viewport(), QHelpEvent(QEvent.Type.ToolTip, spot, header.viewport().mapToGlobal(spot))
    )
    assert "（三）不予公开小计：自然人 4　商业企业 1　科研机构 0" in said[0]
    assert "总计 5" in said[0]


def test_theme_and_pane_changes_measure_anew(editor_of, qapp):
    editor = editor_of("t3", "2021", zeros())
    before = editor.view.form
    theme.apply(qapp, "dark", 120)
    assert editor.view.form is not before
    assert editor.view.form.sizes.y[-1] > before.sizes.y[-1]
    width = editor.view.form.sizes.x[-1]
    editor.resize(1200, 600)
    QApplication.processEvents()
    assert editor.view.form.sizes.x[-1] > width
    assert editor.view.columnWidth(0) == editor.view.form.sizes.width(3)


def test_last_year_needs_room(editor_of):
    editor = editor_of("t3", "2021", zeros(), last=zeros(new__natural="45"))
    before = editor.view.form.sizes.y[-1]
    editor.show_last_year(True)
    assert editor.view.form.sizes.y[-1] > before
    editor.grab()
    editor.show_last_year(False)
    assert editor.view.form.sizes.y[-1] == before
