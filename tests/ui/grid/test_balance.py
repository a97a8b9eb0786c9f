"""The balance strip: what it says for complete, broken and incomplete columns, and where it stands."""

from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QApplication, QToolTip

from tests.ui.grid.entries import zeros


def standing(editor, column):
    return editor.strip.standings["t3.balance", column]


def test_only_a_table_with_an_equation_has_a_strip(editor_of):
    assert editor_of("t3").strip.isVisible()
    assert not editor_of("t4").strip.isVisible()
    assert not editor_of("t2", "2019").strip.isVisible()


def test_it_follows_each_change(editor_of):
    editor = editor_of("t3", "2021", zeros())
    assert standing(editor, "business").balanced
    editor.editing.edit({"t3.new.business": "12", "t3.carried_in.business": "3"}, "填写")
    now = standing(editor, "business")
    assert (now.left, now.right, now.broken) == (15, 0, True)
    assert "商业企业：不平，相差 15" in editor.strip.accessibleDescription()
    editor.editing.edit({"t3.granted.business": "14", "t3.carried_out.business": "1"}, "填写")
    assert standing(editor, "business").balanced
    assert standing(editor, "total").right == 15
    editor.undo()
    assert standing(editor, "business").broken


def test_missing_operands_are_not_zero(editor_of):
    editor = editor_of("t3", "2021", {"t3.new.natural": "5"})
    now = standing(editor, "natural")
    # 上年结转, 21 rows of results and 结转下年度
    assert (now.left, now.right, now.missing) == (5, None, 23)
    assert not now.balanced
    assert not now.broken
    assert "还有 23 格未填" in editor.strip.summary()


def test_a_total_that_lacks_operands_counts_with_what_it_has(editor_of):
    editor = editor_of(
        "t3", "2021", {"t3.new.natural": "5", "t3.granted.natural": "2", "t3.partial.natural": "x"}
    )
    now = standing(editor, "total")
    assert (now.left, now.right) == (5, 2)
    assert standing(editor, "natural").right == 2
    assert not now.broken
    editor.grab()


def test_it_stands_under_the_columns(editor_of):
    editor = editor_of("t3", "2021", zeros())
    (rule,) = editor.strip.rules
    for column, instance in enumerate(rule.instances):
        rect = editor.strip._column(instance)
        cell = editor.view.visualRect(editor.model.index(0, column))
        assert rect.left() == editor.view.viewport().mapTo(editor, cell.topLeft()).x()
        assert abs(rect.width() - cell.width()) <= 1


def test_it_scrolls_with_the_columns(editor_of):
    editor = editor_of("t3", "2021", zeros(), size=(500, 500))
    (rule,) = editor.strip.rules
    before = editor.strip._column(rule.instances[6]).left()
    bar = editor.view.horizontalScrollBar()
    bar.setValue(bar.maximum())
    assert editor.strip._column(rule.instances[6]).left() == before - bar.maximum()
    editor.grab()


def test_a_click_goes_to_the_column(editor_of, qtbot):
    editor = editor_of("t3", "2021", zeros())
    (rule,) = editor.strip.rules
    spot = editor.strip._column(rule.instances[4]).center()
    qtbot.mouseClick(editor.strip, Qt.MouseButton.LeftButton, pos=spot)
    assert editor.current_cell == "t3.new.legal_service"
    qtbot.mouseClick(editor.strip, Qt.MouseButton.LeftButton, pos=QPoint(3, 3))
    assert editor.current_cell == "t3.new.legal_service"


def test_the_tooltip_says_both_sums(editor_of, monkeypatch):
    editor = editor_of("t3", "2021", zeros(new__natural="4"))
    said = []
    monkeypatch.setattr(QToolTip, "showText", lambda _point, text, *_rest: said.append(text))
    (rule,) = editor.strip.rules
    spot = editor.strip._column(rule.instances[0]).center()
    event = QHelpEvent(QEvent.Type.ToolTip, spot, editor.strip.mapToGlobal(spot))
    QApplication.sendEvent(editor.strip, event)
    assert "自然人：第一项＋第二项 = 4，第三项总计＋第四项 = 0。不平，相差 4" in said[0]


def test_it_is_brief_where_the_table_has_little_room(editor_of):
    high, low = editor_of(size=(850, 600)), editor_of(size=(850, 280))
    assert low.strip.sizeHint().height() < high.strip.sizeHint().height() / 2
    low.resize(850, 600)
    assert low.strip.sizeHint() == high.strip.sizeHint()
