"""Percentages, rates and growth."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.checks.outcomes import HOLDS, NOT_EVALUATED, fixed, outcome, report_of, said, the_issue, words


def percent(text):
    return outcome(report_of(text__overview=text), "text.percent", "overview")


def growth(text, previous=None, **cells):
    return outcome(report_of(text__overview=text, **cells), "text.growth", "overview", previous)


def the(rule, text, previous=None, **cells):
    report = report_of(text__overview=text, **cells)
    return report, the_issue(report, rule, "overview", previous)


@pytest.mark.parametrize(
    "text",
    [
        "受理信件2742件，办结2629件，办结率95.9%。",
        "受理信件2742件，办结2629件，办结率96%。",
        "予以公开46件，占办结89件的51.7%。",
        "收到申请88件，其中自然人62件，占70.5%，企业26件，占29.5%。",
        "收到申请88件。其中，自然人62件，占比70.45%。",
        "新收申请88件，上年结转5件，办结89件，办结率95.7%。",
        "抽查栏目48个，合格45个，合格率93.75%。",
        "行政复议8件，其中维持5件、纠正3件，维持率62.5%。",
    ],
)
def test_right_percentages(text):
    assert percent(text) == HOLDS


@pytest.mark.parametrize(
    "text",
    [
        "",
        "办结率100%。",
        "收到申请88件，办结率100%。",
        "受理信件2742件，办结2629件，办结率约95%。",
        "自然人62件，占70%。",
        "收到申请88件，其中自然人62件、企业26件，分别占70%、30%。",
        "收到申请88件，办结0件，占同类的5%。",
        "收到申请0件，办结0件，办结率100%。",
        "受理0件，其中自然人0件，占10%。",
        "收到申请0件。其中自然人0件，占10%。",
        "办结46件，占约90件的51.7%。",
        "占办结89件的51.7%。",
        "予以公开46件，占办结0件的51.7%。",
        "发布80条，举办5期，占6%。",
        "抽查10个，走访20个，检查30个，合格8人，合格率80%。",
        "图解12篇、视频解读6篇，解读率10%。",
        "受理甲类10件、乙类20件，转办5件，答复15件，答复率7%。",
        "率5%。",
        "满意率98%，满意度较高。",
    ],
)
def test_percentages_that_cannot_be_told(text):
    assert percent(text) in (NOT_EVALUATED, HOLDS)


def test_a_rate_that_was_cut_instead_of_rounded():
    report, issue = the("text.percent", "受理信件2742件，办结2629件，办结率95.8%。")
    assert (issue.severity, said(report, issue)) == ("warning", "95.8")
    assert (issue.left, issue.right) == (Decimal("95.8"), Decimal("95.9"))
    assert words(issue) == "“办结率95.8%”：2629 ÷ 2742 = 95.88%，应写 95.9%"
    assert outcome(fixed(report, issue), "text.percent", "overview") == HOLDS


def test_decimals_of_the_fix_are_those_of_the_text():
    report, issue = the("text.percent", "收到申请80件，其中自然人60件，占76.00%。")
    assert fixed(report, issue).text("overview").endswith("占75.00%。")
    report, issue = the("text.percent", "收到申请80件，其中自然人60件，占76%。")
    assert fixed(report, issue).text("overview").endswith("占75%。")


def test_a_part_that_is_more_than_the_whole_is_another_totals():
    assert percent("收到申请50件，办结60件，办结率98%。") == HOLDS


def test_any_figure_nearby_may_be_the_whole():
    assert percent("收到申请90件，其中网上40件，自然人62件，占77.5%。全年办结80件。") == HOLDS
    assert len(percent("收到申请90件，其中自然人62件，占77.5%。\n全年办结80件。")) == 1


# ---------------------------------------------------------------- growth


@pytest.mark.parametrize(
    "text",
    [
        "新收申请88件，比上年的80件增长10%。",
        "新收申请88件，比上年的80件增长10.0%，增加8件。",
        "新收申请88件，较2023年增加8件，增长10%。",
        "与上年80件相比，新收申请88件，增加8件。",
        "由上年的160件降至120件，下降25%。",
        "办结率98.5%，比上年的96.2%提高2.3个百分点。",
        "收到来信51件，同比下降25%（2023年为68件）。",
        "受理34件，由上年的17件增长1倍。",
        "信息80条，较上年的80条增长0%。",
    ],
)
def test_right_changes(text):
    assert growth(text) == HOLDS


@pytest.mark.parametrize(
    "text",
    [
        "",
        "同比增长10%。",
        "新收申请88件，同比增长10%。",
        "新收申请88件，比上年的80件增长约10%。",
        "新收申请88件，比上年的0件增长10%。",
        "新收申请88件，比上年的80条增长10%。",
        "办结率98.5%，提高2.3个百分点。",
        "新收申请5件，较上年增加8件，增长10%。",
        "有所增加。",
    ],
)
def test_changes_that_cannot_be_told(text):
    assert growth(text) == NOT_EVALUATED


def test_wrong_growth():
    report, issue = the("text.growth", "新收申请88件，比上年的80件增长11.0%。")
    assert (issue.severity, said(report, issue)) == ("warning", "11.0")
    assert (issue.left, issue.right) == (Decimal("11.0"), Decimal(10))
    assert words(issue) == "“比上年的80件增长11.0%”：从 80 到 88 是增加 10%"
    assert fixed(report, issue).text("overview") == "新收申请88件，比上年的80件增长10.0%。"


def test_the_wrong_direction_has_no_fix():
    report, issue = the("text.growth", "新收申请70件，比上年的80件增长12.5%。")
    assert words(issue).endswith("从 80 到 70 是减少 12.5%")
    assert fixed(report, issue) is None


def test_no_change_at_all():
    _report, issue = the("text.growth", "新收申请80件，比上年的80件增长5%。")
    assert words(issue).endswith("从 80 到 80 没有变化")


def test_differences_in_the_unit_itself_and_in_points():
    report, issue = the("text.growth", "投资1.5万元，比上年的1.2万元增加0.4万元。")
    assert words(issue) == "“比上年的1.2万元增加0.4万元”：从 1.2 到 1.5 是增加 0.3万元"
    assert "增加0.3万元" in fixed(report, issue).text("overview")
    _report, issue = the("text.growth", "办结率98.5%，比上年的96.2%提高2.4个百分点。")
    assert words(issue).endswith("从 96.2 到 98.5 是增加 2.3个百分点")


CELLS = {"t3__new__total": 88, "unit__name": "甲"}


def test_against_last_years_report():
    before = report_of(year=2023, t3__new__total=80)
    text = "新收政府信息公开申请88件，同比增长{}。"
    assert growth(text.format("10%"), before, **CELLS) == HOLDS
    assert growth(text.format("12%"), before, **CELLS)[0].right == 10
    assert growth("新收政府信息公开申请88件，较上年增加8件。", before, **CELLS) == HOLDS
    assert growth(text.format("10%"), report_of(year=2023), **CELLS) == NOT_EVALUATED
    assert growth("全县新收政府信息公开申请88件，同比增长12%。", before, **CELLS) == NOT_EVALUATED
    assert growth("发布信息88条，同比增长12%。", before, **CELLS) == NOT_EVALUATED
