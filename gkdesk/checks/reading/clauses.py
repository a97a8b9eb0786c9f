"""From tokens to sentences and clauses.

A clause ends at a comma, a semicolon, a colon, a bracket, or at “、” when a figure stands before it. What
stands in brackets is a clause of its own, one level deeper; the words around it belong together when no
figure stands before the bracket.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache

from gkdesk.checks.reading.tokens import CHINESE, MARK, ORDINAL, UNITS, Token, about, tokens
from gkdesk.checks.reading.vocabulary import KIND, Word, trie_pattern, vocabulary

_PIECES = re.compile(r"[^。？！?!\n]+|\n")
_BREAKS = frozenset(".,，;:")
_OPENING = frozenset("([【")
_CLOSING = frozenset(")]】")
_PARTING = frozenset("—…/")
_JOINING = frozenset("-~·")
_DEEPEST = 4
_NONE = KIND["none"]
LONGEST = 150
"""Tokens of a clause, and clauses of a sentence, that are read; nobody writes longer ones."""


@dataclass(slots=True, eq=False)
class Clause:
    """Tokens between marks, ``figures`` are the places of those with a figure, ``flags`` the kinds of all words.

    ``before`` is the mark in front of it, empty where none counts; ``depth`` is its level of brackets.
    """

    before: str
    depth: int
    tokens: list[Token] = field(default_factory=list)
    figures: list[int] = field(default_factory=list)
    flags: int = 0

    @property
    def before_last_figure(self) -> list[Token]:
        """The tokens up to the last figure, all where there is none: what stands behind says when it was done."""
        return self.tokens[: self.figures[-1]] if self.figures else self.tokens

    def add(self, token: Token) -> None:
        """Take one more token."""
        if token.figure is not None:
            self.figures.append(len(self.tokens))
        self.tokens.append(token)
        self.flags |= token.flags


@dataclass(slots=True, eq=False)
class Sentence:
    """Clauses up to a full stop or the end of a line, and whether it begins and ends a line.

    ``is_item``: it begins with a number of a list, such as （一）, 1., 一是. A sentence that states no figure and
    denies nothing has no clauses; ``words`` are those that tell what it is about.
    """

    begins_line: bool
    ends_line: bool
    clauses: list[Clause] = field(default_factory=list)
    words: list[Word] = field(default_factory=list)
    is_item: bool = False
    length: int = 0


def sentences(text: str) -> Iterator[Sentence]:
    """The sentences of a folded text, without empty ones."""
    telling = _telling()
    begins_line = True
    for piece in _PIECES.finditer(text):
        start, end = piece.span()
        if text[start:end].isspace():
            begins_line = begins_line or text[start] == "\n"
            continue
        ends_line = end == len(text) or text[end] == "\n"
        sentence = Sentence(begins_line, ends_line, length=end - start)
        if telling.search(text, start, end):
            builder = _Builder(sentence)
            for token in tokens(text, start, end):
                builder.add(token)
            sentence.clauses = [clause for clause in sentence.clauses if 0 < len(clause.tokens) <= LONGEST][
                :LONGEST
            ]
        else:
            sentence.is_item, sentence.words = about(text, start, end)
        begins_line = False
        yield sentence


@cache
def _telling() -> re.Pattern[str]:
    """What a sentence holds that is read in full: a figure, or a word that denies something."""
    denials = [word.text for word in vocabulary().words.values() if word.flags & KIND["none"]]
    return re.compile(f"[0-9]|百分之|[{CHINESE}](?:{UNITS})|{trie_pattern(denials)}")


class _Builder:
    def __init__(self, sentence: Sentence) -> None:
        self.sentence = sentence
        self._around: list[Clause] = []
        self._open("", 0)

    def _open(self, before: str, depth: int) -> None:
        self.clause = Clause(before, depth)
        self.sentence.clauses.append(self.clause)

    def add(self, token: Token) -> None:
        """Put a token into its clause, or open another one at a mark."""
        if token.kind == MARK:
            self._mark(token)
        elif token.kind == ORDINAL:
            if not self.sentence.clauses[0].tokens:
                self.sentence.is_item = True
            elif self.clause.tokens:
                self._open(",", self.clause.depth)
        else:
            if token.flags & self.clause.flags & _NONE and self.clause.tokens[-1].flags & _NONE == 0:
                # 无行政处罚、无行政强制: two statements
                if self.clause.tokens[-1].kind == MARK:
                    self.clause.tokens.pop()
                self._open("", self.clause.depth)
            self.clause.add(token)

    def _mark(self, token: Token) -> None:
        mark, clause = token.text, self.clause
        if mark == "、" and clause.before == ")" and not clause.tokens:
            # 通知 80 条（人事类 12 条）、动态 100 条: the mark behind the bracket is what parts them
            clause.before = mark
        elif mark in _BREAKS:
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
            if [token.figure is None for token in clause.tokens] == [False] and clause.before == "(":
                # 予以公开（121 件）: the figure stands as if there were no bracket
                self.sentence.clauses.remove(clause)
                self.clause = outer
                outer.add(clause.tokens[0])
            elif outer.figures:
                self._open(")", outer.depth)
            else:
                self.clause = outer
        elif mark in _PARTING:
            self._open(",", clause.depth)
        elif mark in _JOINING:
            clause.add(token)
