"""The names of output files."""

from __future__ import annotations

from itertools import chain, count
from pathlib import Path
from typing import TYPE_CHECKING

from gkdesk.files import is_there, safe_name
from gkdesk.report import Report

if TYPE_CHECKING:
    from gkdesk.paper import Copy

ENDINGS = {"pdfa": "（归档）.pdf"}
"""What a file's name ends with, where that is not its kind."""

COPIES: dict[Copy, str] = {"review": "（送审稿）", "final": "（正式稿）"}
"""What tells the copies on paper apart; the bare report has the plain name."""


def file_name(report: Report, kind: str, copy: Copy = "plain") -> str:
    """``<单位><年>年政府信息公开工作年度报告.<kind>`` (the report's title), with nothing a file system refuses.

    A PDF of a review or final copy says so, so that none takes another's place.
    """
    ending = ENDINGS.get(kind, f".{kind}")
    return safe_name(report.title, COPIES.get(copy, "") + ending if kind in ("pdf", "pdfa") else ending)


def free_name(path: Path) -> Path:
    """The path, or where something is there already, the first of …（2）, …（3）, … that is free."""
    numbered = (path.with_name(f"{path.stem}（{number}）{path.suffix}") for number in count(2))
    return next(each for each in chain([path], numbered) if not is_there(each))
