"""Steps that can be undone."""

from __future__ import annotations

from gkdesk.report.undo import UndoStack


def stack(*names, limit=1000):
    made = UndoStack(limit)
    for name in names:
        made.push(name, {"a": name}, {"a": None})
    return made


def test_undo_and_redo_name_what_they_would_do():
    made = stack("输入", "粘贴")
    assert (made.undo_name, made.redo_name) == ("粘贴", None)
    assert made.take_undo().name == "粘贴"
    assert (made.undo_name, made.redo_name) == ("输入", "粘贴")
    assert made.take_redo().patch == {"a": "粘贴"}
    made.take_undo()
    made.take_undo()
    assert (made.undo_name, made.take_undo()) == (None, None)


def test_a_new_step_forgets_the_undone_ones():
    made = stack("输入", "粘贴")
    made.take_undo()
    made.push("清空", {}, {})
    assert (made.undo_name, made.redo_name, made.take_redo()) == ("清空", None, None)


def test_the_oldest_steps_are_forgotten():
    made = stack("一", "二", "三", limit=2)
    assert [made.take_undo().name, made.take_undo().name, made.take_undo()] == ["三", "二", None]
