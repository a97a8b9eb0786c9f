"""Texts that nobody writes: no check may fail on them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gkdesk import formats
from gkdesk.checks import check, explain, fix
from gkdesk.checks.reading.reader import MOST_READ, read
from gkdesk.checks.text_check import MOST_ISSUES
from gkdesk.report import Report, View
from tests.checks.outcomes import report_of

MEGABYTE = 1_000_000
FORM = formats.load("2021")


@pytest.mark.parametrize(
    "piece",
    [
        "收到申请88件，其中自然人62件、企业14件，占70.5%；办结89件。",
        "\u202e申请\U0001f600\u200f88件\x01（，",
        "9",
        "一",
        "1,234",
        "《",
        "（(",
        "1%",
        "未收到",
        "其中1件",
        "甲1件、",
        "比上年1件增长1%，",
        ",",
        "好 ",
        "\n",
        "2023年，",
        "国办公开办函〔2019〕60号",
        "13812345678,",
        "由甲乙丙",
        "\x00",
        "\ufffe",
        "\ue000",
        "县人社局市监局",
        "行政处罚",
    ],
)
def test_a_megabyte_of_it(piece):
    text = (piece * (MEGABYTE // len(piece) + 1))[:MEGABYTE]
    report = report_of(text__overview=text, unit__name="云溪县水务局", t3__new__total=1)
    issues = check(report)
    rules = [issue.rule for issue in issues if issue.field == "text.overview"]
    assert all(rules.count(rule) <= MOST_ISSUES for rule in rules)
    for issue in issues[:200]:
        assert explain(issue, FORM)


def test_of_an_endless_text_the_start_is_read():
    found = read("收到申请88件。\n" * 20_000, "云溪县水务局", 2024).facts
    assert found[-1].figure.unit_end <= MOST_READ
    assert MOST_READ - found[-1].figure.unit_end < 20


@pytest.mark.parametrize(
    "text",
    [
        "申请由0.00000001件增至999999999999999.99999999万亿件，增长5.123456%。",
        "上年1件，今年九十九亿亿亿亿亿亿亿亿亿亿亿亿亿亿亿亿亿件，增长5%。",
        "收到999999999999999.99999999万亿件，其中网上0.00000001件，占0.000001%，信函9亿亿亿件。",
    ],
)
def test_numerals_beyond_all_measure(text):
    report = report_of(text__overview=text, unit__name="云溪县水务局", t3__new__total=1)
    for issue in check(report):
        assert explain(issue, FORM)


@settings(max_examples=150)
@given(st.text(max_size=300), st.text(max_size=20))
def test_anything(text, name):
    report = Report(FORM, 2024, {}, {"text.overview": text, "text.intro": text[::-1], "unit.name": name})
    view = View.of(report, Report(FORM, 2023, {}, {"text.overview": text}))
    for issue in check(report, Report(FORM, 2023, {}, {"text.overview": text})):
        assert explain(issue, FORM)
        patch = fix(issue, view)
        assert patch is None or all(isinstance(value, str) for value in patch.values())
        if issue.span is not None:
            start, end = issue.span
            assert 0 <= start < end <= len(report.fields[issue.field])
