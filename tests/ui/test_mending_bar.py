"""What is offered about an issue, and where the key of the next issue leads."""

from __future__ import annotations

from PySide6.QtWidgets import QMenu

from gkdesk.checks.notes import LONGEST
from gkdesk.checks.progress import is_gap
from gkdesk.errors import KnownError
from ui.note_dialog import NoteDialog


def off_by_one(window, report_file):
    window.desk.open_path(report_file())
    window.wizard.editing.edit({"t3.new.business": "49"}, "x")
    return next(issue for issue in window.wizard.editing.issues if issue.each == "business")


def test_rows_that_are_numbered_for_themselves_stand_under_their_group(window, report_file):
    issue = off_by_one(window, report_file)
    menu = window.wizard.panel.mending.spread_menu(issue)
    groups = {group.title()[:3]: group for group in menu.findChildren(QMenu)}
    assert list(groups) == ["（三）", "（四）", "（五）", "（六）"]
    plain = [action.text() for action in menu.actions()]
    assert not [words for words in plain if words[0].isdigit()]
    # what is in a group can be chosen as what is not
    bar = window.wizard.panel.mending
    menu.triggered.connect(bar._on_candidate_chosen)
    before = window.wizard.editing.session.value("t3.other_rest.business")
    groups["（六）"].actions()[-1].trigger()
    assert window.wizard.editing.session.value("t3.other_rest.business") != before
    assert "t3.balance" not in {other.rule for other in window.wizard.editing.issues}
    menu.deleteLater()


def test_the_next_issue_is_an_error_first_and_a_hint_last(window, report_file):
    window.desk.open_path(report_file())
    wizard = window.wizard
    wizard.editing.edit(
        {"unit.phone": None, "text.overview": None, "t3.new.business": "49", "t4.review.upheld": "二"}, "x"
    )
    wizard.editing.check_texts()
    visited = []
    for _issue in wizard.editing.issues:
        wizard.jump_by(1)
        visited.append(wizard.panel.list.current_issue())
    assert set(visited) == set(wizard.editing.issues)
    form = wizard.editing.form
    ranks = ["gap" if is_gap(issue, form) else issue.severity for issue in visited]
    order = ["error", "gap", "warning", "hint"]
    assert ranks == sorted(ranks, key=order.index)
    assert ranks[0] == "error"
    assert {"gap", "warning"} <= set(ranks)


def test_a_change_that_is_refused_is_told(window, report_file, monkeypatch):
    issue = off_by_one(window, report_file)
    window.wizard.jump(issue)

    def refuse(*_arguments):
        raise KnownError("文字太长。")

    monkeypatch.setattr(window.wizard.editing, "edit", refuse)
    bar = window.wizard.panel.mending
    menu = bar.spread_menu(issue)
    menu.triggered.connect(bar._on_candidate_chosen)
    next(action for action in menu.actions() if not action.menu()).trigger()
    assert window.wizard.message.text() == "文字太长。"
    menu.deleteLater()


def test_a_note_that_is_too_long_is_neither_kept_nor_cut(show):
    dialog = show(NoteDialog("文字与表格不符", "字" * (LONGEST + 2)))
    assert not dialog.keep.isEnabled()
    assert "2 字" in dialog.length.text()
    dialog.text.setPlainText("　字" * (LONGEST // 2))
    assert dialog.keep.isEnabled()
    assert not dialog.length.isVisible()
    assert dialog.note() == "　字" * (LONGEST // 2)
