"""The history window: by day, in words, against now, and back to a moment."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QInputDialog

from ui.history_dialog import HistoryDialog


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


def test_each_step_stands_with_what_it_changed(dialog):
    assert ["粘贴" in moments(dialog)[0].text(0), "输入" in moments(dialog)[1].text(0)] == [True, True]
    assert any("商业企业" in line and "12 → 15" in line for line in lines(dialog))
    dialog.tree.setCurrentItem(moments(dialog)[1])
    assert len(lines(dialog)) == 1
    assert "→ 12" in lines(dialog)[0]


def test_against_now(dialog):
    dialog.tree.setCurrentItem(moments(dialog)[1])
    dialog.with_now.setChecked(True)
    assert any("12 → 15" in line for line in lines(dialog))
    dialog.tree.setCurrentItem(moments(dialog)[0])
    assert lines(dialog) == ["和现在一样。"]


def test_going_back_is_one_step_that_can_be_undone(dialog, window, qtbot):
    session = window.wizard.editing.session
    dialog.tree.setCurrentItem(moments(dialog)[1])
    qtbot.mouseClick(dialog.restore, Qt.MouseButton.LeftButton)
    assert session.value("t3.new.business") == 12
    assert session.text("text.problems") != "全新的文字。"
    assert "恢复到" in moments(dialog)[0].text(0)
    window.commands.undo()
    assert session.value("t3.new.business") == 15
    assert session.text("text.problems") == "全新的文字。"


def test_a_version_gets_a_name(dialog, qtbot, monkeypatch):
    monkeypatch.setattr(QInputDialog, "getText", lambda *_a, **_k: ("送审前", True))
    dialog.tree.setCurrentItem(moments(dialog)[1])
    qtbot.mouseClick(dialog.name, Qt.MouseButton.LeftButton)
    assert dialog.tree.topLevelItem(0).child(0).text(0) == "★ 送审前"
    assert "★ 送审前" in moments(dialog)[1].text(0)


def test_a_printed_code_finds_its_version(dialog, window, monkeypatch):
    from gkdesk.report.fingerprint import fingerprint
    from ui import dialogs

    told = []
    code = fingerprint(window.wizard.editing.session.snapshot())
    monkeypatch.setattr(QInputDialog, "getText", lambda *_a, **_k: (code.lower(), True))
    monkeypatch.setattr(dialogs, "show_text", lambda _parent, _title, text: told.append(text))
    window.commands.verify_print()
    window.wizard.editing.edit({"t3.new.business": "16"}, "x")
    window.commands.verify_print()
    monkeypatch.setattr(QInputDialog, "getText", lambda *_a, **_k: ("不是码", True))
    window.commands.verify_print()
    assert "一致" in told[0]
    assert "15 → 16" in told[1]
    assert told[2]
