"""Words put together in the language of the interface: lists, remarks, dates and figures.

Marks stand between words that come from elsewhere (labels of the form, names of files), so the catalogue cannot
hold the whole sentence; each language has its own marks. Dates and figures are babel's.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Final

from gkdesk.i18n import language

_MARKS: Final = {
    "zh": {
        "list": "、",
        "clause": "，",
        "part": "；",
        "colon": "：",
        "open": "（",
        "close": "）",
        "gap": "　",
        "quote": "“",
        "unquote": "”",
    },
    "en": {
        "list": ", ",
        "clause": ", ",
        "part": "; ",
        "colon": ": ",
        "open": " (",
        "close": ")",
        "gap": "  ",
        "quote": '"',
        "unquote": '"',
    },
}
_LOCALES: Final = {"zh": "zh_CN", "en": "en_US"}


def listed(words: Iterable[object]) -> str:
    """甲、乙、丙; in English, with commas."""
    return _mark("list").join(map(str, words))


def clauses(words: Iterable[str]) -> str:
    """Parts of a sentence, with commas; empty ones are left out."""
    return _mark("clause").join(filter(None, words))


def parts(words: Iterable[str]) -> str:
    """Sentences in one line, with semicolons; empty ones are left out."""
    return _mark("part").join(filter(None, words))


def spaced(words: Iterable[str]) -> str:
    """Things side by side, with a wide gap; empty ones are left out."""
    return _mark("gap").join(filter(None, words))


def named(name: str, words: str) -> str:
    """A name and what is said of it: 名称：内容."""
    return f"{name}{_mark('colon')}{words}"


def remarked(words: str, remark: str) -> str:
    """Words and a remark in brackets: 撤销（Ctrl+Z）."""
    return f"{words}{_mark('open')}{remark}{_mark('close')}"


def in_quotes(words: str) -> str:
    """Words of the form, or of the clerk, inside a sentence: “总计”."""
    return f"{_mark('quote')}{words}{_mark('unquote')}"


def day(of: date) -> str:
    """A day within the year: 1月31日, Jan 31."""
    from babel.dates import format_skeleton

    return format_skeleton("MMMd", of, locale=_LOCALES[language()])


def full_day(of: date) -> str:
    """A day with its year: 2026年1月31日, January 31, 2026."""
    from babel.dates import format_date

    return format_date(of, "long", locale=_LOCALES[language()])


def moment(of: datetime) -> str:
    """Day and time: 2026年1月31日 14:05."""
    return f"{full_day(of)} {time(of)}"


def time(of: datetime) -> str:
    """Hour and minute, of 24 hours in either language, as documents of an office give it."""
    from babel.dates import format_time

    return format_time(of, "HH:mm", locale=_LOCALES[language()])


def _mark(name: str) -> str:
    return _MARKS[language()][name]
