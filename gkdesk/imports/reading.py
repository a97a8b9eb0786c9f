"""What an import says about a cell or a text: what was read where, and what was not and why."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from gkdesk.report.values import Value

Place = tuple[int, int, int]
Certainty = Literal["certain", "guessed"]


@dataclass(frozen=True, slots=True)
class Reading:
    """A cell as it was read: the text found, its value (None: it is blank there), where it stood.

    ``place`` is block, row and column of its cell in the source, row and column -1 for a paragraph; None where the
    source shows none. ``certain`` is False for a guess, which the user must confirm; ``doubt`` says why it is one.
    """

    text: str
    value: Value
    certain: bool
    where: str
    doubt: str = ""
    place: Place | None = None

    @property
    def certainty(self) -> Certainty:
        return "certain" if self.certain else "guessed"

    def guessed(self, doubt: str) -> Reading:
        """The same as a guess; the first doubt stays."""
        return replace(self, certain=False, doubt=self.doubt or doubt)


@dataclass(frozen=True, slots=True)
class Refusal:
    """Cells (or a text) that are in the source but cannot be read: what, why, where; ``cells`` their ids."""

    what: str
    reason: str
    where: str
    cells: tuple[str, ...] = ()
