"""The history window: by day, in words, against now, and back to a moment."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt

from ui.history_dialog import NUMBER, OLDER, HistoryDialog


@pytest.fixture
def dialog(window, report_file):
    window.desk.open_path(report_file())
    editing = window.wizard.editing
    editing.edit({"t3.new.business": "12"}, "输入")
    editing.edit({"t3.new.business": "15", "text.problems": "全新的文字。"}, "粘贴")
    made = HistoryDialog(window.document, window)
    made.show()
    return made


def lines(dialog):
    return [dialog.lines.item(row).text() for row in range(dialog.lines.count())]


def moments(dialog):
    day = dialog.tree.topLevelItem(dialog.tree.topLevelItemCount() - 1)
    return [day.child(row) for row in range(day.childCount())]


def choose(dialog, moment):
    """As a click does, whatever keys an earlier test left down."""
    dialog.tree.setCurrentItem(moment, 0, QItemSelectionModel.SelectionFlag.ClearAndSelect)


def compare_with(dialog, words):
    dialog.against.setCurrentIndex(dialog.against.findText(words))
    dialog.against.activated.emit(dialog.against.currentIndex())


def test_each_step_stands_with_what_it_changed(dialog):
    assert ["粘贴" in moments(dialog)[0].text(0), "输入" in moments(dialog)[1].text(0)] == [True, True]
    assert any("商业企业" in line and "12 → 15" in line for line in lines(dialog))
    choose(dialog, moments(dialog)[1])
    assert len(lines(dialog)) == 1
    assert "→ 12" in lines(dialog)[0]


def test_against_now(dialog):
    choose(dialog, moments(dialog)[1])
    compare_with(dialog, "与现在对照")
    assert any("12 → 15" in line for line in lines(dialog))
    choose(dialog, moments(dialog)[0])
    assert lines(dialog) == ["和现在一样。"]


def test_going_back_is_one_step_that_can_be_undone(dialog, window, qtbot):
    session = window.wizard.editing.session
    choose(dialog, moments(dialog)[1])
    qtbot.mouseClick(dialog.restore, Qt.MouseButton.LeftButton)
    assert session.value("t3.new.business") == 12
    assert session.text("text.problems") != "全新的文字。"
    assert "恢复到" in moments(dialog)[0].text(0)
    window.commands.undo()
    assert session.value("t3.new.business") == 15
    assert session.text("text.problems") == "全新的文字。"


def name_it(dialog, qtbot, name):
    """As the clerk does with the keyboard."""
    dialog.name.setFocus()
    qtbot.keyClick(dialog.name, Qt.Key.Key_Return)
    dialog.naming.setText(name)
    qtbot.keyClick(dialog.naming, Qt.Key.Key_Return)


def test_a_version_gets_a_name(dialog, qtbot):
    choose(dialog, moments(dialog)[1])
    name_it(dialog, qtbot, "送审前")
    assert dialog.isVisible()
    assert dialog.naming.isHidden()
    assert dialog.restore.isVisible()
    assert dialog.tree.topLevelItem(0).child(0).text(0) == "★ 送审前"
    assert "★ 送审前" in moments(dialog)[1].text(0)


def test_a_name_is_thought_better_of(dialog, window, qtbot):
    for leave in (
        lambda: qtbot.keyClick(dialog.naming, Qt.Key.Key_Escape),
        lambda: qtbot.mouseClick(dialog.cancel, Qt.MouseButton.LeftButton),
        lambda: choose(dialog, moments(dialog)[1]),
    ):
        choose(dialog, moments(dialog)[0])
        qtbot.mouseClick(dialog.name, Qt.MouseButton.LeftButton)
        assert dialog.naming.isVisible()
        dialog.naming.setText("送审前")
        leave()
        assert (dialog.isVisible(), dialog.naming.isVisible(), dialog.name.isVisible()) == (True, False, True)
    # a name that is none is asked for again
    name_it(dialog, qtbot, "  ")
    assert dialog.naming.isVisible()
    assert window.document.history(2024, 1)[1] == []


def test_two_moments_of_choice_are_compared(dialog):
    newest, older, first = moments(dialog)[:3]
    choose(dialog, newest)
    first.setSelected(True)
    assert any("商业企业" in line and line.endswith("→ 15") for line in lines(dialog))
    assert dialog._title.text().index("读入") < dialog._title.text().index("粘贴"), (
        "from the older to the newer"
    )
    assert not dialog.restore.isEnabled()
    older.setSelected(True)
    assert "只能对照两处" in dialog._title.text()
    assert lines(dialog) == []
    first.setSelected(False)
    newest.setSelected(False)
    assert dialog.chosen() == [older.data(0, NUMBER)]
    assert dialog.restore.isEnabled()


def test_a_named_version_is_compared_with(dialog, window, qtbot):
    choose(dialog, moments(dialog)[1])
    name_it(dialog, qtbot, "送审前")
    choose(dialog, moments(dialog)[0])
    compare_with(dialog, "与“送审前”对照")
    assert any("12 → 15" in line for line in lines(dialog))
    window.wizard.editing.edit({"t3.new.business": "12"}, "又改")
    dialog.load()
    choose(dialog, moments(dialog)[1])
    assert dialog.against.currentText() == "与“送审前”对照", "what was chosen stays"
    assert any("12 → 15" in line for line in lines(dialog)), "the older one stands before the newer one"


def test_a_long_history_comes_page_by_page(dialog, window, qtbot, monkeypatch):
    editing = window.wizard.editing
    number = window.document.history(2024, 1)[0].revisions[0].number
    window.document.name_version(2024, "很早以前", number)
    for n in range(20):
        editing.edit({"t3.new.research": str(n + 100)}, f"第 {n} 次")
    paged = HistoryDialog(window.document, window, page=6)
    assert len(moments_listed(paged)) == 6
    (version,) = [item for item in listed(paged) if "很早以前" in item.text(0)]
    choose(paged, version)  # not on this page
    assert any("12 → 15" in line for line in lines(paged))
    compare_with(paged, "与现在对照")
    assert any("119" in line for line in lines(paged))
    counts = []
    while True:
        last = paged.tree.topLevelItem(paged.tree.topLevelItemCount() - 1)
        if not last.data(0, OLDER):
            break
        counts.append(last.text(0))
        paged._on_item_activated(last)
    assert len(counts) == 3
    assert "17" in counts[0]
    assert len(moments_listed(paged)) == 23
    compare_with(paged, "这一步改了什么")
    for item in moments_listed(paged)[:-1]:
        choose(paged, item)
        assert len(lines(paged)) in (1, 2)
    choose(paged, moments_listed(paged)[-3])
    qtbot.mouseClick(paged.restore, Qt.MouseButton.LeftButton)
    assert editing.session.value("t3.new.business") == 15
    assert editing.session.value("t3.new.research") != 119


def listed(dialog):
    tops = [dialog.tree.topLevelItem(row) for row in range(dialog.tree.topLevelItemCount())]
    return [top.child(row) for top in tops for row in range(top.childCount())]


def moments_listed(dialog):
    """The revisions by day, without versions and states."""
    return [
        item for day in dialog._days.values() for item in (day.child(row) for row in range(day.childCount()))
    ]


def test_a_printed_code_finds_its_version(dialog, window, qtbot):
    from gkdesk.report.fingerprint import fingerprint
    from ui.verify_dialog import VerifyDialog

    code = fingerprint(window.wizard.editing.session.snapshot())
    asking = VerifyDialog(window.document, window)
    asking.show()

    def told(typed: str) -> str:
        asking.code.setText(typed)
        qtbot.keyClick(asking.code, Qt.Key.Key_Return)
        assert asking.isVisible()
        return asking.answer.toPlainText()

    assert "一致" in told(code.lower())
    window.wizard.editing.edit({"t3.new.business": "16"}, "x")
    assert "15 → 16" in told(code)
    assert "不是核对码" in told("不是码")
    asking.close()
