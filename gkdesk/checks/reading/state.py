"""What was said so far in a sentence: its topic, its year, and the figures that the next one may go on from."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from gkdesk.checks.reading.clauses import Clause
from gkdesk.checks.reading.model import Fact, Meaning, Said
from gkdesk.checks.reading.roles import moves
from gkdesk.checks.reading.subjects import Slots, explicit
from gkdesk.checks.reading.tokens import CARRY, DAY, YEAR, Token
from gkdesk.checks.reading.vocabulary import DOMAINS, FIRST, FOREIGN, KIND, RESTRICT, SUBJECT, Word

_SUBJECT, _NAMES, _EXPLICIT, _FOREIGN = KIND["subject"], KIND["names"], KIND["explicit"], KIND["foreign"]
_COMPARE, _PERIOD, _THIS, _LAST = KIND["compare"], KIND["period"], KIND["this"], KIND["last"]
_SCOPE, _OWN = KIND["scope"], KIND["own"]
_OF_TIME = _PERIOD | _THIS | _LAST | _SCOPE | _OWN
_UNTIL, _SINCE = KIND["until"], KIND["since"]
_LAST_MONTH = frozenset({"12月", "12月底", "12月末", "12月份"})
"""截至 2024 年 12 月: the whole year."""
_DUE, _CUTS, _TURN = KIND["due"], KIND["restrict"], KIND["each_in_turn"]
_APPLICANTS = frozenset({"business", "research", "charity", "legal_service", "legal"})
SOFT, HARD = 1, 2
_ALL_PARTS = 2
"""From so many parts by channel on, a list is all of it."""


@dataclass(slots=True)
class State:
    """What the next figure may go on from.

    ``cur`` are the slots of the last figure, ``head`` those of the total before a list, ``pending`` those that a
    clause without a figure named, ``turn`` what the next figures of 分别 count.
    ``aside`` is SOFT after something that was not understood, until words that are ours alone; it is HARD after
    something that is not ours, or not all of it, until one of our domains is named again. ``loose`` is a figure
    that stands before its words: 5 件申请未到期，结转下年度.
    ``parts`` counts the parts by channel in the list that is open; ``groups`` are 复议 and 诉讼 of the sentence;
    ``earlier`` those of the sentence before; ``within`` is the figure that 含… speaks of; ``files`` is 规章 or
    规范性文件, whichever of them the sentence names alone; ``ours`` is true behind 政府信息公开, until something
    else is named; ``wide`` where the sentence began with the whole area, which is spoken of again behind a
    semicolon; ``listed`` where a list goes on with what is not ours; ``all_ways`` where 等渠道 may stand for all
    ways; ``fact`` is the last figure that was bound, and ``depth`` how deep in brackets it goes on.
    """

    topic: str | None = None
    evidence: frozenset[str] = frozenset()
    cur: Slots | None = None
    head: Slots | None = None
    pending: Slots | None = None
    turn: list[tuple[Meaning, ...]] = field(default_factory=list)
    year: int | None = None
    scoped: bool = False
    wide: bool = False
    listed: bool = False
    part_of_year: bool = False
    aside: int = 0
    loose: Said | None = None
    parts: int = 0
    groups: list[str] = field(default_factory=list)
    earlier: list[str] = field(default_factory=list)
    within: Fact | None = None
    fact: Fact | None = None
    depth: int = 0
    files: str = ""
    ours: bool = False
    all_ways: bool = False

    def go_on(self, last: State, *, of_one: bool) -> None:
        """其中…: the sentence goes on with the one before; ``of_one`` where that has one whole only."""
        if of_one:
            self.cur = self.head = last.head or last.cur
            self.fact = last.fact
        self.year, self.scoped = last.year, last.scoped
        self.part_of_year, self.aside = last.part_of_year, last.aside

    def come_back(self, outer: State) -> None:
        """Behind a bracket, or 除 … 外, the sentence goes on where it was in front of it.

        What waits there for words is over, and parts of the year stay said.
        """
        self.cur, self.head, self.fact, self.pending = outer.cur, outer.head, outer.fact, None
        self.year, self.scoped = outer.year, outer.scoped
        self.topic, self.aside = outer.topic, outer.aside

    def note_time(self, clause: Clause, year: int) -> None:
        """Take the year and the scope that a clause names; those it compares with are not its own."""
        tokens = clause.before_last_figure
        if not clause.flags & _OF_TIME and not any(token.kind == YEAR for token in clause.tokens):
            return
        compares = bool(clause.flags & _COMPARE) or moves(clause.flags)
        if not compares and len({token.number for token in clause.tokens if token.kind == YEAR}) > 1:
            self.part_of_year = True
            return
        part, wide = self.part_of_year, self.scoped
        for token, following in itertools.zip_longest(clause.tokens, clause.tokens[1:]):
            if (
                token.kind == YEAR
                and token.number != year
                and following is not None
                and following.flags & _SINCE
            ):
                self.part_of_year = True
            elif token.kind == YEAR and not compares:
                self.year = None if token.number == year else token.number
                if part and self.part_of_year:
                    self.part_of_year, self.aside = False, 0
            elif token.flags & _OF_TIME:
                self._note_word(token.flags if token in tokens else token.flags & ~_PERIOD, year, compares)
        if wide and not self.scoped and clause.flags & _TURN:
            # 全县许可 2.3 万件、处罚 1874 件，其中我局分别为 1286 件、47 件: which is which is not followed
            self.pending, self.aside = None, HARD

    def _note_word(self, flags: int, year: int, compares: bool) -> None:
        self.part_of_year = self.part_of_year or bool(flags & _PERIOD)
        if flags & _THIS:
            self.year = None
        elif flags & _LAST and not compares:
            self.year = year - 1
        if flags & _SCOPE:
            self.scoped = self.wide = True
        elif flags & _OWN and self.scoped:
            # 全县收到 900 件，其中我局 17 件: no part of what our tables hold
            self.scoped, self.pending = False, self.head or self.cur
            self.cur = self.head = None

    def note_topic(self, clause: Clause) -> None:
        """What is spoken of: the domain that is named last, or something else."""
        # 涉及土地的行政复议 3 件、行政诉讼 1 件: neither is ours
        self.listed = listed = clause.before == "、" and bool(self.aside)
        if not clause.flags & (_EXPLICIT | _FOREIGN):
            return
        for token in clause.tokens:
            flags, word = token.flags, token.word
            if (
                word is not None
                and not listed
                and (names(token, clause.tokens) or (flags & _EXPLICIT and self.aside < HARD))
            ):
                self.topic, self.aside = min(word.explicit), 0
            elif flags & _FOREIGN:
                self.topic, self.aside = FOREIGN, HARD

    def is_part(self, clause: Clause) -> bool:
        """True where a clause speaks of a part of the year."""
        tokens = clause.before_last_figure
        until = any(token.flags & _UNTIL for token in tokens)
        return self.part_of_year or any(
            token.kind == DAY and not (until and token.text in _LAST_MONTH) for token in tokens
        )

    def set_aside(self, *, restricted: bool, listed: bool, how: int = HARD) -> None:
        """After a figure that is only a part, words do not speak of the whole, unless all parts were listed."""
        self.parts = self.parts + 1 if restricted and listed else 0
        self.aside = how if self.parts < _ALL_PARTS else 0
        if not self.parts:
            self.cur = self.head = None

    def may_wait(self, tokens: list[Token]) -> bool:
        """True for 有 4 件未到答复期限, 反映纠纷的 8 件: what they count is said in the next clause, if at all."""
        if any(token.flags & _CUTS for token in tokens):
            # 其中 1 件由申请人撤回，计入其他处理: one of those
            return False
        waits = self.evidence == {"requests"} or any(token.flags & _DUE for token in tokens)
        return self.topic != FOREIGN and not self.aside and waits

    def domain(self, tokens: list[Token]) -> str | None:
        """The domain that the words around a figure belong to; None where they leave it open."""
        found = explicit(tokens)
        if found == {"requests"} and self.depth and self.cur is not None and self.cur.domain == "reviews":
            # 行政复议 1 件（含上年结转 1 件）
            return None
        if (
            found == {"requests"}
            and self.cur is not None
            and self.cur.domain == "reviews"
            and all(token.kind == CARRY for token in tokens if token.word is None or token.word.explicit)
        ):
            # 复议、诉讼未审结各 1 件，合计 2 件转入 2025 年
            return None
        if len(found) > 1 or self.listed:
            return None
        if self.aside == HARD and not any(names(token, tokens) for token in tokens):
            return None
        if found:
            return next(iter(found))
        if self.topic == FOREIGN or self.aside:
            return None
        some = [token.word for token in tokens if token.word is not None and token.flags & _SUBJECT]
        if self.topic in DOMAINS and any(word.roles[self.topic] == RESTRICT for word in some):
            # 行政许可方面，受理 1300 件
            return None
        for domain in self._likely():
            if any(word.roles[domain] == SUBJECT for word in some):
                return domain
        if some:
            # 依申请公开工作实现零复议, 政府信息公开领域零诉讼
            only = {domain for word in some for domain in word.senses}
            return "reviews" if only == {"reviews"} and (self.ours or self.topic == "requests") else None
        if self.pending is not None:
            return self.pending.domain
        return self.turn[0][0][0][0] if self.turn else None

    def _likely(self) -> Iterable[str]:
        """What was named last, then the domains from the nearest to the farthest."""
        likely = [slots.domain for slots in (self.head, self.cur) if slots is not None]
        if self.topic in DOMAINS:
            likely.insert(0, self.topic)
        return [*likely, *self.evidence] if len(self.evidence) == 1 else likely


def names(token: Token, around: Sequence[Token]) -> bool:
    """True for a word that names its domain; 依申请公开 alone may be a class of documents as well."""
    if not token.flags & KIND["class"]:
        return bool(token.flags & _NAMES) or _names_applicants(token, around)
    return any(
        slot == FIRST
        for other in around
        if other.word is not None
        for slot, _value in other.word.senses.get("requests", ())
    )


def _names_applicants(token: Token, around: Sequence[Token]) -> bool:
    """True for 申请 beside those that only the form tells apart: 商业企业提出的申请."""
    return (
        token.word is not None
        and "requests" in token.word.nouns
        and any(
            value in _APPLICANTS
            for other in around
            if other.word is not None
            for _slot, value in other.word.senses.get("requests", ())
        )
    )


def topic_of(words: Iterable[Word], topic: str | None) -> str | None:
    """What sentences after these words are about."""
    for word in words:
        if word.explicit and not (topic == FOREIGN and word.flags & KIND["class"]):
            topic = min(word.explicit)
        elif word.flags & _FOREIGN:
            topic = FOREIGN
    return topic
