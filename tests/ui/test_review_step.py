"""核对 says what stands against 定稿."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from gkdesk.checks.notes import note_patch, open_issues
from gkdesk.storage.history import FILLING, FINAL, REVIEW
from ui.steps.review_step import _RuleCard
from ui.widgets.inline_message import InlineMessage
from ui.widgets.state_badge import StateBadge


@pytest.fixture(autouse=True)
def january(monkeypatch):
    """2024 is the year at work."""
    monkeypatch.setattr("ui.clock.today", lambda: date(2025, 1, 22))


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


def test_what_is_to_be_mended_stands_first_and_the_rest_is_folded_away(window, report_file):
    window.desk.open_path(report_file())
    editing = window.wizard.editing
    window.wizard.go("review")
    step = window.wizard.page("review")

    def shown():
        cards = [step._column.itemAt(place).widget() for place in range(step._column.count())]
        return [card.rule.id for card in cards if isinstance(card, _RuleCard) and card.isVisible()]

    assert len(shown()) == len(editing.form.rules), "nothing to mend: the list is the page"
    editing.edit({"unit.postcode": "12", "t3.new.natural": "999"}, "x")
    assert shown()[0] == "t3.balance"
    assert shown()[-1] == "unit.contact"
    assert all(step._rules[id].has_issues() for id in shown())
    assert "没有查" in step._rest.text()
    step._rest.click()
    assert len(shown()) == len(editing.form.rules)
    editing.edit({"unit.postcode": "123456"}, "x")
    assert len(shown()) == len(editing.form.rules), "what was unfolded stays so"
    step._column.activate()
    assert step._rest.x() == step._rules["t3.balance"].x()
    assert step._rest.width() < step._rules["t3.balance"].width()


def test_enter_moves_on_a_report_that_only_has_hints(window, report_file, qapp):
    window.desk.open_path(report_file())
    window.wizard.editing.edit({"t2.fees.amount": "0.12345"}, "x")
    window.wizard.go("review")
    step = window.wizard.page("review")
    assert any(card.first_jump() for card in step._rules.values())
    step.shown()
    assert qapp.focusWidget() is step.state_bar.review


def test_one_enter_too_many_does_not_move_a_report_twice(window, report_file, qapp):
    window.desk.open_path(report_file())
    window.wizard.go("review")
    for state in (REVIEW, FINAL):
        step = window.wizard.page("review")
        step.shown()
        QTest.keyClick(qapp.focusWidget(), Qt.Key.Key_Return)
        assert window.wizard.editing.state == state
        assert qapp.focusWidget() is window.foot.next
    bar = window.wizard.page("review").state_bar
    bar.back.click()
    bar.reason.setText("数字有误")
    QTest.keyClick(bar.reason, Qt.Key.Key_Return)
    qapp.processEvents()
    assert window.wizard.editing.state == FILLING
    assert window.wizard.current == "review"
    assert qapp.focusWidget() is window.foot.back


@pytest.mark.parametrize(
    ("patch", "words"),
    [
        ({}, "核对没有发现问题。"),
        ({"unit.postcode": "12"}, "核对发现 1 处提醒。"),
        (
            {"unit.postcode": "12", "t2.licence.decisions": None, "t3.new.natural": "999"},
            "核对发现 2 处错误、1 处空缺、1 处提醒：请对照原件，看看是不是读错了。",
        ),
    ],
)
def test_of_a_report_that_was_read_in_it_says_what_was_found(window, report_file, qapp, patch, words):
    window.desk.open_path(report_file(year=2023))
    window.wizard.editing.edit(patch, "x")
    window.wizard.go("review")
    step = window.wizard.page("review")
    assert verdict(step) == f"这是读入的往年年报，用来对照。{words}"
    step.shown()
    assert step._scroll.isAncestorOf(qapp.focusWidget()), "送审 is not offered for one that need not go there"


def test_a_final_report_does_not_ask_to_be_made_final(window, report_file):
    window.desk.open_path(report_file())
    window.wizard.go("review")
    step = window.wizard.page("review")
    step.state_bar.review.click()
    window.wizard.page("review").state_bar.final.click()
    assert verdict(window.wizard.page("review")) == "已定稿。"


def test_what_the_checks_found_stays_with_the_final_version(window, report_file):
    window.desk.open_path(report_file())
    editing = window.wizard.editing
    year = editing.session.year
    editing.edit({"unit.postcode": "12"}, "x")
    (issue,) = [issue for issue in open_issues(editing.session) if issue.severity == "warning"]
    editing.edit(note_patch(issue, "没有邮编"), "x")
    window.wizard.go("review")
    window.wizard.page("review").state_bar.final.click()
    assert window.wizard.editing.state == FINAL
    last = window.desk._document._ask(lambda document: document.states(year))[-1]
    assert (last.state, last.reason) == (FINAL, "核对：错误 0，已说明 1，提示 0，没有对照上年")


def test_what_was_found_meanwhile_stands_against_final(window, report_file):
    window.desk.open_path(report_file())
    window.wizard.go("review")
    step = window.wizard.page("review")
    assert step.state_bar.final.isEnabled()
    # the page is not refreshed while another one is shown
    window.wizard.go("overview")
    window.wizard.editing.edit({"unit.postcode": "12"}, "x")
    step.state_bar.final.click()
    assert window.wizard.editing.state == FILLING
    assert not step.state_bar.final.isEnabled()
    assert verdict(step).startswith("没有错误，还有 1 处提醒")
