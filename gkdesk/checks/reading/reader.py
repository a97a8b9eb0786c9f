"""Reading a text: all its figures and statements, once for all rules."""

from __future__ import annotations

from functools import lru_cache

from gkdesk.checks.reading.bind import Binder
from gkdesk.checks.reading.clauses import sentences
from gkdesk.checks.reading.model import Reading
from gkdesk.checks.reading.names import hide_names
from gkdesk.checks.reading.tokens import fold
from gkdesk.checks.reading.vocabulary import vocabulary

MOST_READ = 100_000
"""Characters of a text; a whole report has a tenth of it."""


@lru_cache(maxsize=16)
def read(text: str, unit_name: str, year: int) -> Reading:
    """All figures and statements of a text, in a report of that unit for that year. Places are code points.

    Of a text of more than ``MOST_READ`` characters, the rest is not read.
    """
    folded = hide_names(fold(text[:MOST_READ]), fold(unit_name))
    return Binder(folded, year, vocabulary()).read(sentences(folded))
