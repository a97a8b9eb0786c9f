"""Amounts: their unit and their decimals."""

from __future__ import annotations

from decimal import Decimal

import pytest

from gkdesk.checks import open_session
from tests.checks.outcomes import HOLDS, NOT_EVALUATED, fixed, outcome, report_of, the_issue, words

FEES = "t2.fees.amount"


def fees(amount):
    return report_of(t2__fees__amount=amount)


def last(amount):
    return report_of(year=2023, t2__fees__amount=amount)


@pytest.mark.parametrize(
    ("amount", "previous", "expected"),
    [
        ("312.46", None, HOLDS),
        ("999999.99", None, HOLDS),
        ("312.46", last("300"), HOLDS),
        ("299999", last("300"), HOLDS),
        ("999999", last("0"), HOLDS),
        ("999999", report_of("2019"), HOLDS),
        ("1500000", last("900000"), HOLDS),
        (None, last("300"), NOT_EVALUATED),
        ("很多", None, NOT_EVALUATED),
    ],
)
def test_the_unit_is_plausible(amount, previous, expected):
    assert outcome(fees(amount), "t2.fee_unit", "fees", previous) == expected


def test_yuan_typed_for_ten_thousands():
    report = fees("3124600")
    issue = the_issue(report, "t2.fee_unit", "fees", last("300"))
    assert (issue.cells, issue.left, issue.right) == ((FEES,), 3124600, 300)
    assert words(issue).endswith("3124600 万元是去年 300 万元的 10415 倍，是不是按“元”填的？表中单位是万元")
    assert fixed(report, issue).values[FEES] == Decimal("312.46")


def test_too_large_without_last_year():
    issue = the_issue(fees("1000000"), "t2.fee_unit", "fees")
    assert issue.right is None
    assert words(issue).endswith("1000000 万元太大，是不是按“元”填的？表中单位是万元")


def test_an_amount_that_would_need_more_decimals_than_there_are_has_no_fix():
    report = fees("1234567.12345678")
    assert fixed(report, the_issue(report, "t2.fee_unit", "fees")) is None


def test_a_fix_may_need_all_decimals():
    report = fees("1234567.1234")
    mended = fixed(report, the_issue(report, "t2.fee_unit", "fees"))
    assert mended.values[FEES] == Decimal("123.45671234")


def test_a_fix_needs_the_figure():
    issue = the_issue(fees("1000000"), "t2.fee_unit", "fees")
    assert fixed(fees("很多"), issue) is None


def test_the_2019_form_leaves_the_unit_open_so_that_is_what_is_mended():
    cells = {"t2__procurement__amount": "3456000"}
    plain = report_of("2019", **cells)
    assert outcome(plain, "t2.fee_unit", "procurement") == HOLDS
    wrong = report_of("2019", **cells, units__t2__procurement__amount="万元")
    issue = the_issue(wrong, "t2.fee_unit", "procurement")
    assert fixed(wrong, issue).money_unit("t2.procurement.amount") == "元"


def test_another_unit_is_looked_at_by_itself():
    session = open_session(report_of("2019", t2__procurement__amount="3456000"))
    session.edit({"units.t2.procurement.amount": "万元"})
    assert [issue.rule for issue in session.issues if issue.cells == ("t2.procurement.amount",)] == [
        "t2.fee_unit"
    ]


@pytest.mark.parametrize(
    ("amount", "expected"), [("312.46", HOLDS), ("312", HOLDS), ("312.4600", HOLDS), (None, NOT_EVALUATED)]
)
def test_decimals(amount, expected):
    assert outcome(fees(amount), "t2.fee_decimals", "fees") == expected


def test_too_many_decimals():
    issue = the_issue(fees("24252.311082"), "t2.fee_decimals", "fees")
    assert (issue.severity, issue.left, issue.right) == ("hint", 6, 2)
    assert words(issue).endswith("24252.311082 有 6 位小数，一般保留 2 位")
