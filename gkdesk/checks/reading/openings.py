"""Where lists of parts open in a sentence, and whether they are to hold all parts."""

from __future__ import annotations

from collections.abc import Sequence

from gkdesk.checks.reading.clauses import Clause
from gkdesk.checks.reading.model import Opening, Passage
from gkdesk.checks.reading.state import State
from gkdesk.checks.reading.tokens import GAP
from gkdesk.checks.reading.vocabulary import KIND

MOST = 60
"""Figures and lists of a sentence that are read."""

_OPEN, _COMPLETE, _ETC = KIND["open"], KIND["complete"], KIND["etcetera"]
_TURN, _COMPARE, _SUBJECT, _CUTS = KIND["each_in_turn"], KIND["compare"], KIND["subject"], KIND["restrict"]
_BY, _SORTED, _TOUCH = KIND["by"], KIND["sorted"], KIND["touch"]
_EACH, _WITHOUT = KIND["each_same"], KIND["without"]
_FROM, _COMPOSED = KIND["from"], KIND["composed"]
_EACH_OF = frozenset({"对", "对于"})
"""对其中 17 件，予以公开；对其中 27 件 … : each says where it is one of the parts itself."""
_COMMAS = frozenset(",，")


def _is_share(clause: Clause) -> bool:
    """True for （占 43.8%）, which is no part."""
    figure = clause.tokens[clause.figures[0]].figure
    return figure is not None and figure.percent


class Lists:
    """The lists of one sentence, noted clause by clause before its figures are read."""

    def __init__(self, passage: Passage, state: State, clauses: Sequence[Clause]) -> None:
        self.passage = passage
        self.state = state
        self._composed = any(clause.flags & _COMPOSED for clause in clauses)
        self._sorted: bool | None = None

    def open(self, at: int, depth: int, *, complete: bool = False, leads: bool = True) -> None:
        """Open a list after so many figures; ``leads`` where the next figure is its first part."""
        self._add(Opening(at, depth, complete))
        if leads:
            self.state.head, self.state.within = self.state.cur, None

    def _add(self, opening: Opening) -> None:
        if len(self.passage.openings) < MOST:
            self.passage.openings.append(opening)

    def note(self, clause: Clause, index: int, following: Clause | None) -> None:
        """其中, 包括, 分为, a colon after a total, 按 … 分: lists open; 等: they are not complete."""
        count = len(self.passage.said)
        if not clause.figures:
            if clause.flags & _BY and clause.tokens[-1].flags & _SORTED:
                self._note_sorted(clause, count)
        elif count:
            self._note_mark(clause, index, count)
            self._note_verb(clause, count)
        if clause.flags & (_OPEN | _ETC | _TURN):
            self._note_words(clause, following, count)

    def _note_sorted(self, clause: Clause, count: int) -> None:
        """按来件渠道分，网上 35 件、信函 7 件."""
        if any(token.flags & _SUBJECT for token in clause.tokens) and not clause.tokens[-1].flags & _COMPLETE:
            # 按“其他处理”统计: what it is counted as
            return
        again, complete = self._sorted is not None, bool(clause.tokens[-1].flags & _COMPLETE)
        self._sorted = complete
        if count and clause.before != ";" and not again:
            self.open(count, clause.depth, complete=complete)

    def note_total(self, clause: Clause, following: Clause | None) -> None:
        """按渠道分，全年 47 件，网上 35 件、信函 12 件: the total stands behind the words that open its list."""
        said, complete = self.passage.said, self._sorted
        if complete is None or following is None or following.before not in _COMMAS:
            return
        if len(said) > 1:
            return
        clear = not any(
            token.kind == GAP or token.flags & _CUTS for token in clause.tokens[: clause.figures[0]]
        )
        whole = not said[0].dimension or said[0].dimension.endswith(".stages")
        if following.figures and clear and whole:
            self.open(1, clause.depth, complete=complete)

    def _note_mark(self, clause: Clause, index: int, count: int) -> None:
        """收到 47 件：网上 35 件、信函 12 件; 收到 47 件（网上 35 件、信函 12 件）."""
        last = self.passage.said[-1]
        if last.clause != index - 1 or not last.figure.unit:
            return
        if clause.before == ":":
            self.open(count, clause.depth)
        elif (
            clause.before == "("
            and not last.figure.percent
            and len(clause.figures) == 1
            and not _is_share(clause)
            and not self._is_open(count)
        ):
            self._add(Opening(count, clause.depth))

    def _note_verb(self, clause: Clause, count: int) -> None:
        """由 … 组成; 涉及 …, where one thing may be about several."""
        first = clause.tokens[0].flags
        if first & _FROM and self._composed:
            self.open(count, clause.depth, complete=True)
        elif first & _TOUCH and clause.before in _COMMAS and not self._is_open(count):
            self._add(Opening(count, clause.depth, overlapping=True))

    def _is_open(self, count: int) -> bool:
        return any(opening.at == count for opening in self.passage.openings)

    def _note_words(self, clause: Clause, following: Clause | None, said: int) -> None:
        figures = clause.figures
        for at, token in enumerate(clause.tokens):
            flags = token.flags
            count = said + sum(place < at for place in figures)
            leads = not figures or at < figures[0]
            in_turn = flags & _TURN and figures and leads
            # 10 件申请的提交渠道分别为在线平台 5 件、挂号信 3 件
            behind = flags & _TURN and len(figures) > 1 and figures[0] < at and at + 1 < figures[1]
            each = at and clause.tokens[at - 1].text in _EACH_OF
            if (
                (flags & _OPEN and not each)
                or behind
                or (in_turn and (at + 1 < figures[0] or self._goes_on(clause)))
            ):
                # 其中包括 opens no list of all parts
                whole = flags & _COMPLETE and not (at and clause.tokens[at - 1].flags & _OPEN)
                self.open(count, clause.depth, complete=bool(whole), leads=leads)
                if leads and not clause.flags & _WITHOUT:
                    self.state.within = self.state.fact
            elif flags & _ETC and len(self.passage.et_cetera) < MOST:
                self.passage.et_cetera.append(count)

    def _goes_on(self, clause: Clause) -> bool:
        """True for 共 12 件，分别为 8 件和 4 件, and 各期分别为 …: a clause of figures alone after their total."""
        said = self.passage.said
        alone = clause.figures[0] == 1 or bool(clause.tokens[0].flags & _EACH)
        return alone and bool(said) and not said[-1].figure.percent
