"""核对 says what stands against 定稿."""

from __future__ import annotations

from gkdesk.checks.notes import note_patch, open_issues
from ui.widgets.inline_message import InlineMessage
from ui.widgets.state_badge import StateBadge


def verdict(step):
    return step.findChild(InlineMessage).text()


def badges(step):
    return [badge.text() for badge in step.findChildren(StateBadge)]


def test_errors_warnings_notes_and_nothing(window, report_file):
    window.desk.open_path(report_file())
    editing = window.wizard.editing
    window.wizard.go("review")
    step = window.wizard.page("review")
    assert verdict(step) == "全部符合，可以定稿。"
    editing.edit({"unit.postcode": "12"}, "x")
    window.wizard.go("review")
    assert verdict(step) == "没有错误，还有 1 处提醒：改正或写了说明，就可以定稿。"
    (issue,) = [issue for issue in open_issues(editing.session) if issue.severity == "warning"]
    editing.edit(note_patch(issue, "没有邮编"), "x")
    window.wizard.go("review")
    assert verdict(step) == "没有错误，1 处提醒写了说明，可以定稿。"
    assert "已说明 1" in badges(step)
    editing.edit({"t3.new.natural": "999"}, "x")
    window.wizard.go("review")
    assert verdict(step).startswith("还不能定稿：")
