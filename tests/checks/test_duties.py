"""What a report has to mention."""

from __future__ import annotations

import pytest

from tests.checks.outcomes import HOLDS, NOT_EVALUATED, outcome, report_of, said, the_issue, words


def other(text, unpaid, **more):
    return report_of(text__other_matters=text, t3__other_unpaid__total=unpaid, **more)


@pytest.mark.parametrize(
    ("text", "unpaid", "expected"),
    [
        ("无。", 0, HOLDS),
        ("收取信息处理费2件，共400元。", 2, HOLDS),
        ("没有收取信息处理费。", 2, HOLDS),
        ("没有发出信息处理费收费通知。", None, HOLDS),
        ("无。", None, NOT_EVALUATED),
        (None, 2, NOT_EVALUATED),
    ],
)
def test_fees(text, unpaid, expected):
    assert outcome(other(text, unpaid), "text.fee", "other_matters") == expected


def test_unpaid_fees_that_are_not_reported():
    issue = the_issue(other("无。", 3), "text.fee", "other_matters")
    assert (issue.cells, issue.left) == (("t3.other_unpaid.total",), 3)
    assert words(issue) == "表三有 3 件逾期未缴费，“其他需要报告的事项”没有报告收取信息处理费的情况"


@pytest.mark.parametrize(
    "text",
    [
        "全年收取政府信息公开信息处理费共计1200元。",
        "收取信息公开处理费共1,200元。",
        "信息处理费0.12万元已入库。",
    ],
)
@pytest.mark.parametrize("unpaid", [0, None])
def test_fees_that_another_text_names(text, unpaid):
    issue = the_issue(other("无。", unpaid, text__overview=text), "text.fee", "other_matters")
    assert words(issue).startswith("文字写了“")
    assert "没有报告收取信息处理费的情况" in words(issue)
    assert issue.cells == ()


@pytest.mark.parametrize("text", ["收取信息处理费0元。", "没有收取信息处理费。", "收取行政事业性收费12元。"])
def test_no_fees_were_charged(text):
    assert outcome(other("无。", 0, text__overview=text), "text.fee", "other_matters") == HOLDS


@pytest.mark.parametrize(
    ("text", "unpaid", "overview", "told"),
    [
        (
            "没有发出信息处理费收费通知。",
            2,
            None,
            "“没有发出信息处理费收费通知”：表三却有 2 件逾期未按收费通知缴费",
        ),
        ("无信息处理费收费通知。", 2, None, "“无信息处理费收费通知”：表三却有 2 件逾期未按收费通知缴费"),
        (
            "未收取信息处理费。",
            0,
            "收取信息处理费200元。",
            "“未收取信息处理费”：前面的文字却写了“收取信息处理费200元”",
        ),
        (
            "未产生信息处理费。",
            0,
            "计收信息处理费1件，金额100元。",
            "“未产生信息处理费”：前面的文字却写了“信息处理费1件，金额100元”",
        ),
    ],
)
def test_fees_that_six_denies(text, unpaid, overview, told):
    report = other(text, unpaid, text__overview=overview)
    issue = the_issue(report, "text.fee", "other_matters")
    assert words(issue) == told
    assert said(report, issue) + "。" == text


def test_fees_that_another_text_names_before_six_is_written():
    issue = the_issue(other(None, None, text__overview="收取信息处理费200元。"), "text.fee", "other_matters")
    assert "没有报告收取信息处理费的情况" in words(issue)


def test_the_2019_form_has_no_such_row():
    assert "text.fee" not in {rule.id for rule in report_of("2019").form.rules}


ALL = "开展工作考核和社会评议，没有发生责任追究。"


@pytest.mark.parametrize(
    ("kind", "text", "expected"),
    [
        ("government", ALL, HOLDS),
        ("government", "列入年度考核；请群众评议；没有人被问责。", HOLDS),
        ("department", "全年平稳。", HOLDS),
        (None, "全年平稳。", NOT_EVALUATED),
        ("government", None, NOT_EVALUATED),
    ],
)
def test_what_a_government_reports_besides(kind, text, expected):
    assert outcome(report_of(text__overview=text, unit__kind=kind), "text.assessment", "overview") == expected


def test_a_government_that_leaves_something_out():
    report = report_of(text__overview="开展工作考核。", unit__kind="government")
    issue = the_issue(report, "text.assessment", "overview")
    assert words(issue) == "“总体情况”没有写社会评议、责任追究：政府的年报应当报告"
