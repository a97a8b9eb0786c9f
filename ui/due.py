"""When a report is due and when it was changed last, in words."""

from __future__ import annotations

from datetime import date, datetime

from gkdesk.i18n import _
from gkdesk.words import day, full_day, time

SOON = 30
"""Days before the deadline from which it is shown in the colour of a warning."""
FAR = 366
LATE = 60
"""Days before and after the deadline between which it is spoken of at all."""


def due_words(due: date, today: date, *, final: bool = False, short: bool = False) -> tuple[str, str]:
    """What is said about a deadline, and the field of the colour set for it; nothing about one that is long ago.

    A report that is 定稿 is late no more. ``short`` leaves out the day itself.
    """
    days = (due - today).days
    if days > FAR or days < -LATE or (days < 0 and final):
        return "", "secondary"
    if days > 0:
        words = _("还有 {days} 天") if short else _("距{day}还有 {days} 天")
        words = words.format(day=day(due), days=days)
        return words, "warning" if days <= SOON else "secondary"
    if days == 0:
        words = _("今天到期") if short else _("今天是最后一天（{day}）")
        return words.format(day=day(due)), "warning"
    words = _("已过 {days} 天") if short else _("{day}已过 {days} 天")
    return words.format(day=day(due), days=-days), "error"


def edited_words(moment: datetime, today: date) -> str:
    """When something was changed last, as one would say it today."""
    moment = moment.astimezone()
    when = moment.date()
    if when == today:
        spoken = _("今天 {time}").format(time=time(moment))
    elif when.year == today.year:
        spoken = f"{day(when)} {time(moment)}"
    else:
        spoken = full_day(when)
    return _("上次修改：{when}").format(when=spoken)
