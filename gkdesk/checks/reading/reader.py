"""Reading a text: all its figures and statements, once for all rules."""

from __future__ import annotations

import re
from functools import lru_cache

from gkdesk.checks.pattern import Pattern
from gkdesk.checks.reading.bind import Binder
from gkdesk.checks.reading.clauses import sentences
from gkdesk.checks.reading.model import Reading
from gkdesk.checks.reading.tokens import OWN, fold
from gkdesk.checks.reading.vocabulary import vocabulary

_LOCAL = Pattern(r"[县市区旗州盟省]([\u3400-\u9fff]{3,})$")
"""A unit's name within its own place: 县档案局."""


_KINDS = ("街道", "分局")
"""What such a unit calls itself without 我 or 本: 街道收到申请 3 件."""
_OTHERS = "各全镇乡等该有我本个"
"""Characters in front of it that make it other units, or a word that is known."""


@lru_cache(maxsize=16)
def read(text: str, unit_name: str, year: int) -> Reading:
    """All figures and statements of a text, in a report of that unit for that year. Places are code points."""
    folded = fold(text)
    for name in _names(unit_name):
        folded = folded.replace(name, OWN * len(name))
    for kind in _KINDS:
        if f"{kind}办事处" in unit_name or unit_name.endswith(kind):
            folded = re.sub(f"(?<![{_OTHERS}]){kind}(?:办事处)?", lambda found: OWN * len(found[0]), folded)
    return Binder(folded, year, vocabulary()).read(sentences(folded))


def _names(unit_name: str) -> list[str]:
    """What the unit is called: by its full name, and without that of its place."""
    local = _LOCAL.re.search(unit_name)
    return [unit_name, *([local[0]] if local else [])] if unit_name else []
