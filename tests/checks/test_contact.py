"""What is said of the unit's contact."""

from __future__ import annotations

import pytest

from gkdesk.checks.texts import looks_like_email
from tests.checks.outcomes import HOLDS, outcome, report_of, the_issue, words


def test_each_line():
    assert words(the_issue(report_of(), "unit.contact", "phone")) == "单位电话没有填写"
    told = words(the_issue(report_of(unit__phone="办公室"), "unit.contact", "phone"))
    assert told == "电话“办公室”不像电话号码：请写区号和号码，如 010-12345678"
    assert (
        words(the_issue(report_of(unit__postcode="12"), "unit.contact", "postcode"))
        == "邮编“12”应为 6 位数字"
    )
    assert outcome(report_of(unit__postcode="１２３４５６"), "unit.contact", "postcode") == HOLDS


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("xxgk@example.gov.cn", True),
        (" xxgk＠example.gov.cn ", True),
        ("a@example.cn、b.c@example.gov.cn", True),
        ("a@example.cn； b@example.cn", True),
        ("x@y", False),
        ("x@y.", False),
        ("xx gk@example.cn", False),
        ("a@b@example.cn", False),
        ("a@example.cn、", False),
        ("www.example.cn", False),
    ],
)
def test_the_form_of_an_email_address(text, expected):
    assert looks_like_email(text) is expected
