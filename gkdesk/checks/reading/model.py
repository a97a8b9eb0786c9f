"""What a text says: figures with their subjects, lists of parts, and statements that nothing happened."""

from __future__ import annotations

from dataclasses import dataclass, field

from gkdesk.checks.reading import PLAIN
from gkdesk.checks.reading.tokens import Figure

Term = tuple[str, str, str]
"""Domain, first slot, second slot: ("requests", "new", "natural")."""
Meaning = tuple[Term, ...]
"""Terms that are added up."""


@dataclass(slots=True, eq=False)
class Fact:
    """A figure that stands for cells of the tables.

    ``readings`` are the ways to understand it, the likeliest first: it is wrong only when it fits none.
    ``year`` is the year that the text names, None where it names none or the report's own.
    """

    figure: Figure
    readings: tuple[Meaning, ...]
    year: int | None = None
    scoped: bool = False
    includes_carried: bool = False
    of_stage: bool = False
    """True for 办结 253 件 of 新收 258 件: of those alone, which is all only where nothing came from last year."""
    line: int = 0
    less: bool = False
    """True for a decrease: the table holds it with a minus sign."""
    told: int = 0
    """Where the words end that say what all of a figure is (收到 9 件，均为企业提出); 0 for a figure's own words."""


@dataclass(slots=True, eq=False)
class Said:
    """A figure in its sentence, whether it could be bound or not.

    ``label`` is the text in front of it, ``behind`` what follows the last figure of a clause. ``dimension`` is the
    slot that it fills by itself; ``rest`` is true for 其他, ``closes`` for 合计 behind a list; ``overlapping`` for
    channels, which may count the same thing twice. ``year`` is another year than the report's. ``segment`` counts the
    semicolons before it.
    """

    figure: Figure
    label: str
    behind: str
    clause: int
    depth: int
    segment: int
    before: str
    role: str = PLAIN
    increase: bool | None = None
    fact: Fact | None = None
    dimension: str = ""
    """domain.slot, or domain.stages for 收到, 办结 …"""
    value: str = ""
    year: int | None = None
    rest: bool = False
    closes: bool = False
    overlapping: bool = False
    share: bool = False
    in_turn: bool = False
    whole: bool = False
    """True for a figure that is named as the whole of a share: 占办结89件的…"""
    named: bool = False
    """True where the words in front of it name something, or are not understood: 新收申请同比增长 18%."""


@dataclass(slots=True, eq=False)
class Opening:
    """A word that opens a list of parts: ``at`` is how many figures stand before it in the sentence.

    ``complete``: the list should hold all parts (分为), not some of them (其中). ``overlapping``: one thing may
    be counted under several parts (涉及).
    """

    at: int
    depth: int
    complete: bool = False
    overlapping: bool = False


@dataclass(slots=True, eq=False)
class Passage:
    """A sentence: its figures in order, and the lists that open in it."""

    start: int
    end: int
    line: int
    said: list[Said] = field(default_factory=list)
    before: list[Said] = field(default_factory=list)
    """Figures of the sentence before, where this one goes on with it (其中…)."""
    openings: list[Opening] = field(default_factory=list)
    et_cetera: list[int] = field(default_factory=list)
    """How many figures stand before each 等."""


@dataclass(slots=True, eq=False)
class Claim:
    """A statement that something did not happen; each term must be 0."""

    start: int
    end: int
    terms: Meaning
    year: int | None = None
    scoped: bool = False
    line: int = 0


@dataclass(slots=True, eq=False)
class Reading:
    """All that a text says."""

    passages: list[Passage] = field(default_factory=list)
    facts: list[Fact] = field(default_factory=list)
    claims: list[Claim] = field(default_factory=list)
