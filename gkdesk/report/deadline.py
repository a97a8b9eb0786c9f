"""When an annual report is due (《条例》第四十九条), unless the unit has a date of its own."""

from __future__ import annotations

import re
import unicodedata
from contextlib import suppress
from datetime import date

from gkdesk.errors import KnownError
from gkdesk.i18n import _

GOVERNMENT = "government"
_DAY = re.compile(r"(?:[0-9]{4}\s*[年./-]\s*)?([0-9]{1,2})\s*[月./-]\s*([0-9]{1,2})\s*[日号]?")
_LEAP_YEAR = 2000


class NoDayError(KnownError):
    """What was typed is no day of the year."""


def deadline(year: int, kind: str, own: str = "") -> date:
    """Last day for the report of a year: 31 January for departments, 31 March for governments.

    县级以上政府部门每年 1 月 31 日前提交并公布；县级以上地方政府的主管部门每年 3 月 31 日前公布。
    ``own`` is the unit's own day (``01-20``), where whoever collects the reports asks for them earlier.
    """
    if own:
        month, day = int(own[:2]), int(own[3:])
        # the 29th of February, in a year without it
        return date(year + 1, month, min(day, 28) if month == 2 else day)
    return date(year + 1, 3, 31) if kind == GOVERNMENT else date(year + 1, 1, 31)


def parse_day(text: str) -> str:
    """A day of the year as people write it (1月20日, 1-20, 2026.1.20) as ``01-20``; empty stays empty.

    Raises NoDayError.
    """
    plain = unicodedata.normalize("NFKC", text).strip()
    if not plain:
        return ""
    found = _DAY.fullmatch(plain)
    if found is not None:
        with suppress(ValueError):
            return f"{date(_LEAP_YEAR, int(found[1]), int(found[2])):%m-%d}"
    raise NoDayError(_("“{text}”不是日期，应写成 1月20日 的样子。").format(text=text.strip()[:20]))


def due_year(today: date) -> int:
    """The report year that a unit works on now: from October on the running year, before it the last."""
    return today.year if today.month >= 10 else today.year - 1
