"""Reading a text: all its figures and statements, once for all rules."""

from __future__ import annotations

from functools import lru_cache

from gkdesk.checks.pattern import Pattern
from gkdesk.checks.reading.bind import Binder
from gkdesk.checks.reading.clauses import sentences
from gkdesk.checks.reading.model import Reading
from gkdesk.checks.reading.tokens import OWN, fold
from gkdesk.checks.reading.vocabulary import vocabulary

_LOCAL = Pattern(r"[县市区旗州盟省]([\u3400-\u9fff]{3,})$")
"""A unit's name within its own place: 县档案局."""


@lru_cache(maxsize=16)
def read(text: str, unit_name: str, year: int) -> Reading:
    """All figures and statements of a text, in a report of that unit for that year. Places are code points."""
    folded = fold(text)
    for name in _names(unit_name):
        folded = folded.replace(name, OWN * len(name))
    return Binder(folded, year, vocabulary()).read(sentences(folded))


def _names(unit_name: str) -> list[str]:
    """What the unit is called: by its full name, and without that of its place."""
    local = _LOCAL.re.search(unit_name)
    return [unit_name, *([local[0]] if local else [])] if unit_name else []
