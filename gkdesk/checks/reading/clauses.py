"""From tokens to sentences and clauses.

A clause ends at a comma, a semicolon, a colon, a bracket, or at “、” when a figure stands before it. What
stands in brackets is a clause of its own, one level deeper; the words around it belong together when no
figure stands before the bracket.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from gkdesk.checks.reading.tokens import MARK, ORDINAL, Token

_ENDS = frozenset("。？！?!\n")
_BREAKS = frozenset(".,，;:")
_OPENING = frozenset("([【")
_CLOSING = frozenset(")]】")
_DEEPEST = 4
LONGEST = 150
"""Tokens of a clause, and clauses of a sentence, that are read; nobody writes longer ones."""


@dataclass(slots=True, eq=False)
class Clause:
    """Tokens between marks, ``figures`` are the places of those with a figure, ``flags`` the kinds of all words.

    ``before`` is the mark in front of it, ``depth`` its level of brackets.
    """

    before: str
    depth: int
    tokens: list[Token] = field(default_factory=list)
    figures: list[int] = field(default_factory=list)
    flags: int = 0

    def add(self, token: Token) -> None:
        """Take one more token."""
        if token.figure is not None:
            self.figures.append(len(self.tokens))
        self.tokens.append(token)
        self.flags |= token.flags


@dataclass(slots=True, eq=False)
class Sentence:
    """Clauses up to a full stop or the end of a line, and whether it begins and ends a line."""

    begins_line: bool
    clauses: list[Clause] = field(default_factory=list)
    ends_line: bool = False
    is_item: bool = False
    """True where it begins with a number of a list: （一）, 1., 一是."""


def sentences(tokens: Iterable[Token]) -> Iterator[Sentence]:
    """The sentences of a text, without empty ones."""
    builder = _Builder()
    for token in tokens:
        if token.kind == MARK and token.text in _ENDS:
            done = builder.finish(line=token.text == "\n")
            if done is not None:
                yield done
        else:
            builder.add(token)
    done = builder.finish(line=True)
    if done is not None:
        yield done


class _Builder:
    def __init__(self) -> None:
        self._start(line=True)

    def _start(self, *, line: bool) -> None:
        self.sentence = Sentence(line)
        self._around: list[Clause] = []
        self._open("", 0)

    def _open(self, before: str, depth: int) -> None:
        self.clause = Clause(before, depth)
        self.sentence.clauses.append(self.clause)

    def add(self, token: Token) -> None:
        if token.kind == MARK:
            self._mark(token)
        elif token.kind == ORDINAL:
            if not self.sentence.clauses[0].tokens:
                self.sentence.is_item = True
            elif self.clause.tokens:
                self._open(",", self.clause.depth)
        else:
            self.clause.add(token)

    def _mark(self, token: Token) -> None:
        mark, clause = token.text, self.clause
        if mark in _BREAKS:
            self._open(mark, clause.depth)
        elif mark == "、":
            if clause.figures:
                self._open(mark, clause.depth)
            else:
                clause.add(token)
        elif mark in _OPENING and clause.depth < _DEEPEST:
            self._around.append(clause)
            self._open("(", clause.depth + 1)
        elif mark in _CLOSING and self._around:
            outer = self._around.pop()
            if outer.figures:
                self._open(")", outer.depth)
            else:
                self.clause = outer
        elif mark in "—…/":
            self._open(",", clause.depth)
        elif mark in "-~·":
            clause.add(token)

    def finish(self, *, line: bool) -> Sentence | None:
        sentence = self.sentence
        sentence.clauses = [clause for clause in sentence.clauses if 0 < len(clause.tokens) <= LONGEST][
            :LONGEST
        ]
        sentence.ends_line = line
        if not sentence.clauses:
            self._start(line=line or sentence.begins_line)
            return None
        self._start(line=line)
        return sentence
