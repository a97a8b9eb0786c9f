"""The local date and time, in one place."""

from __future__ import annotations

from datetime import date, datetime


def now() -> datetime:
    """This moment in the local time zone."""
    return datetime.now().astimezone()


def today() -> date:
    """The local date."""
    return now().date()
