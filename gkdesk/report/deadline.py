"""When an annual report is due (《条例》第四十九条)."""

from __future__ import annotations

from datetime import date

GOVERNMENT = "government"


def deadline(year: int, kind: str) -> date:
    """Last day for the report of a year: 31 January for departments, 31 March for governments.

    县级以上政府部门每年 1 月 31 日前提交并公布；县级以上地方政府的主管部门每年 3 月 31 日前公布。
    """
    return date(year + 1, 3, 31) if kind == GOVERNMENT else date(year + 1, 1, 31)


def due_year(today: date) -> int:
    """The report year that a unit works on now: from October on the running year, before it the last."""
    return today.year if today.month >= 10 else today.year - 1
