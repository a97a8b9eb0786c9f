"""The JSON of a check: the shape that other programs rely on."""

from __future__ import annotations

import json
from decimal import Decimal

from gkdesk import formats, i18n
from gkdesk.checks import check, check_json
from gkdesk.report import Issue, Report
from tests.builders import balanced

FORM = formats.load("2021")
RESULTS = [
    row for row in FORM.table("t3").row_ids if row not in ("new", "carried_in", "total", "carried_out")
]


def result(patch):
    report = balanced(FORM, 2024, [1] * 170, stated=True)
    changed = Report.from_entries(FORM, 2024, report.entries() | patch)
    return json.loads(check_json.dumps(changed, check(changed)))


def test_nothing_to_mend():
    assert result({}) == {
        "unit": "云溪县水务局",
        "year": 2024,
        "format": "2021",
        "summary": {"error": 0, "warning": 0, "hint": 0},
        "issues": [],
    }


def test_a_column_out_of_balance():
    found = result({"t3.carried_in.business": "3"})
    assert found["summary"] == {"error": 2, "warning": 0, "hint": 0}
    row, column = found["issues"]
    assert column == {
        "rule": "t3.balance",
        "severity": "error",
        "cells": [
            "t3.new.business",
            "t3.carried_in.business",
            "t3.total.business",
            "t3.carried_out.business",
        ],
        "field": None,
        "span": None,
        "left": 25,
        "right": 22,
        "message": "商业企业：第一项 22 + 第二项 3 = 25，第三项总计 21 + 第四项 1 = 22，相差 3",
    }
    assert list(column) == ["rule", "severity", "cells", "field", "span", "left", "right", "message"]
    columns = ("natural", "business", "research", "charity", "legal_service", "other_org", "total")
    assert row["rule"] == "t3.applicants_total"
    assert row["cells"] == [f"t3.carried_in.{name}" for name in columns]


def test_operands_come_in_the_order_of_the_rule():
    (found,) = [
        issue for issue in result({"t3.total.charity": "20"})["issues"] if issue["rule"] == "t3.results_total"
    ]
    assert found["cells"] == [f"t3.{row}.charity" for row in RESULTS] + ["t3.total.charity"]
    assert (found["left"], found["right"]) == (21, 20)
    (found,) = result({"t4.review.total": "9"})["issues"]
    assert found["cells"] == [
        f"t4.review.{name}" for name in ("upheld", "corrected", "other", "pending", "total")
    ]


def test_texts_are_named_as_in_report_json_and_lines_of_the_unit_by_their_key():
    found = result({"text.problems": "无", "unit.postcode": "1"})["issues"]
    assert [(issue["rule"], issue["field"], issue["cells"]) for issue in found] == [
        ("text.missing", "problems", []),
        ("unit.contact", "unit.postcode", []),
    ]


def test_sums_that_are_not_whole_are_exact_texts_and_a_span_is_a_pair():
    report = balanced(FORM, 2024, [])
    issue = Issue(
        "t4.total",
        "error",
        each="review",
        field="text.overview",
        span=(3, 7),
        left=Decimal("0.10"),
        right=Decimal(2),
    )
    found = check_json.to_json(report, [issue])["issues"][0]
    assert (found["span"], found["left"], found["right"]) == ([3, 7], "0.1", 2)
    assert isinstance(found["right"], int)


def test_chinese_can_be_read_in_the_file():
    assert '"unit": "云溪县水务局"' in check_json.dumps(balanced(FORM, 2024, []), ())


def test_messages_follow_the_language(monkeypatch):
    monkeypatch.setattr(i18n._Chosen, "texts", {"“{field}”还没有写": "“{field}” is missing"})
    (found,) = result({"text.problems": ""})["issues"]
    assert found["message"].endswith("is missing")
