"""Reading a text: all its figures and statements, once for all rules."""

from __future__ import annotations

from functools import lru_cache

from gkdesk.checks.reading.bind import Binder
from gkdesk.checks.reading.clauses import sentences
from gkdesk.checks.reading.model import Reading
from gkdesk.checks.reading.subjects import OWN
from gkdesk.checks.reading.tokens import fold
from gkdesk.checks.reading.vocabulary import vocabulary


@lru_cache(maxsize=16)
def read(text: str, unit_name: str, year: int) -> Reading:
    """All figures and statements of a text, in a report of that unit for that year. Places are code points."""
    folded = fold(text)
    if unit_name:
        folded = folded.replace(unit_name, OWN * len(unit_name))
    return Binder(folded, year, vocabulary()).read(sentences(folded))
