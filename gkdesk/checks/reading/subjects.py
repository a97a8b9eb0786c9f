"""What the words around a figure say that it counts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from gkdesk.checks.reading.model import Meaning
from gkdesk.checks.reading.tokens import CARRY, DAY, MARK, YEAR, Token
from gkdesk.checks.reading.vocabulary import (
    FILLER,
    FIRST,
    KIND,
    RESTRICT,
    SECOND,
    SUBJECT,
    UNKNOWN,
    Vocabulary,
)
from gkdesk.checks.reading.ways import without_ways

UNCLEAR = "unclear"
TOTAL = "total"
EVERYBODY = frozenset({"natural", "legal"})
"""自然人和法人: all applicants there are."""

_READINGS = 12
_TITLES = frozenset({"局", "委", "所", "单位", "部门", "政府"})
_CAUSES = frozenset({"因", "由于", "因为"})
_ALL_CHANNELS = 3
"""From so many channels on, 当面、信函和网络提交的申请 are all of them."""
_CHANNEL, _ETC = KIND["channel"], KIND["etcetera"]
_EACH = KIND["each_in_turn"] | KIND["each_same"]


@dataclass(slots=True)
class Slots:
    """Values of both slots, in the order of the text; joined ones are added up."""

    domain: str
    first: list[str] = field(default_factory=list)
    second: list[str] = field(default_factory=list)
    joint: dict[str, bool] = field(default_factory=lambda: dict.fromkeys((FIRST, SECOND), False))
    noun: bool = False
    reasons: list[str] = field(default_factory=list)
    """Reasons of a result that its figure may be the sum of."""

    def __bool__(self) -> bool:
        return bool(self.first or self.second or self.noun)

    @property
    def unclear(self) -> bool:
        return UNCLEAR in self.first or UNCLEAR in self.second

    def meanings(self) -> tuple[Meaning, ...]:
        """All ways to read the slots, the first value first."""
        firsts = [self.first] if self.joint[FIRST] else [[value] for value in self.first]
        seconds = [self.second] if self.joint[SECOND] else [[value] for value in self.second]
        if self.joint[SECOND] and set(self.second) == EVERYBODY:
            seconds = [[TOTAL]]
        found = [
            tuple((self.domain, first, second) for first in some for second in others)
            for some in firsts
            for others in seconds
        ]
        if self.reasons:
            found += [
                tuple((self.domain, first, second) for first in self.reasons for second in others)
                for others in seconds
            ]
        return tuple(dict.fromkeys(found))[:_READINGS]


@dataclass(slots=True)
class Around:
    """The tokens beside a figure as far as they are understood, in the order of the text."""

    known: list[Token]
    gap: Token | None = None
    beyond: bool = False
    """True where a subject stands behind what is not understood."""
    restricted: bool = False
    denies: bool = False
    """True where something is denied among what is read: 无对应信息."""
    far: bool = False
    """True where a part is spoken of behind what is not understood."""

    def is_cut(self, *, precise: bool) -> bool:
        """True where only a part may be counted; what is ``precise`` is hardly ever divided again."""
        return self.restricted or (self.far and not precise)


def role(token: Token, domain: str, year: int) -> str:
    """What a token is beside a figure of that domain."""
    if token.word is not None:
        return token.word.roles[domain]
    if token.kind == CARRY:
        if domain != "requests":
            return UNKNOWN
        return SUBJECT if carried(token, year) else RESTRICT
    return FILLER if token.kind in (YEAR, DAY, MARK) else UNKNOWN


def is_joint(token: Token) -> bool:
    """True for 、 和 及 … between two subjects."""
    return bool(token.flags & KIND["joint"]) or token.text == "、"


def carried(token: Token, year: int) -> str:
    """Which way 2023年结转, 结转2025年 goes for a report of that year; empty where it is neither."""
    if token.text == "in":
        return "carried_in" if token.number == year - 1 else ""
    return "carried_out" if token.number == year + 1 else ""


def understand(
    outward: Iterable[Token],
    domain: str,
    year: int,
    *,
    backward: bool,
    named: bool = False,
    all_ways: bool = False,
) -> Around:
    """Read tokens from the figure outward, up to the first one that is not understood.

    Behind a figure whose subject is ``named`` before it, a part of the year says when it was done. ``all_ways``
    where 等渠道 may stand for all ways by which applications come.
    """
    around = Around([])
    outward = list(outward)
    ours = any(token.flags & KIND["matter"] for token in outward)
    channels = sum(1 for token in outward if token.flags & _CHANNEL)
    waits = any(("carried_out" in value) for token in outward for _slot, value in senses(token, domain, year))
    around.denies = any(token.flags & KIND["none"] for token in outward)
    if all_ways and domain == "requests":
        outward = without_ways(outward) if backward else without_ways(outward[::-1])[::-1]
    if backward:
        outward = _without_examples(outward, domain, year)
    for token in outward:
        what = role(token, domain, year)
        if what == RESTRICT and not (
            (named and token.flags & KIND["period"])
            or (channels >= _ALL_CHANNELS and token.flags & _CHANNEL)
            or (ours and domain == "reviews" and token.flags & KIND["answers"])
        ):
            around.restricted |= around.gap is None
            around.far |= around.gap is not None
        elif around.gap is not None:
            around.beyond |= what == SUBJECT
        elif what == UNKNOWN and not (waits and token.flags & KIND["due"]):
            around.gap = _with_title(token, around.known)
        else:
            around.known.append(token)
    if backward:
        around.known.reverse()
    return around


def _with_title(gap: Token, known: list[Token]) -> Token:
    """What is not understood, with 局 or 委 behind it: 质监局."""
    if known and known[-1].text in _TITLES and known[-1].start == gap.end:
        title = known.pop()
        return Token(gap.kind, gap.start, title.end, gap.text + title.text)
    return gap


def _without_examples(outward: list[Token], domain: str, year: int) -> list[Token]:
    """Tokens without what is only an example or a cause.

    请示、磋商信函等 of 请示、磋商信函等过程性信息; 因课题研究需要 of 科研机构因课题研究需要提出的申请.
    """
    kept: list[Token] = []
    skipping = False
    for at, token in enumerate(outward):
        what = role(token, domain, year)
        example = token.flags & _ETC and bool(kept) and role(kept[-1], domain, year) == SUBJECT
        # 因申请人撤回等原因: 撤回 says why, not which
        why = what == UNKNOWN or (what == RESTRICT and any(each.flags & _ETC for each in outward[:at]))
        cause = why and any(each.text in _CAUSES for each in outward[at:])
        ends = what == SUBJECT or token.text in _CAUSES
        skipping = not ends if skipping else bool(example or cause)
        if not skipping:
            kept.append(token)
    return kept


def collect(
    tokens: Sequence[Token], domain: str, year: int, words: Vocabulary, *, apart: bool = False
) -> Slots:
    """The slots that these tokens fill; ``apart`` where figures for each of several reasons may follow."""
    apart = apart or any(token.flags & _EACH for token in tokens)
    slots = Slots(domain)
    joined = dict.fromkeys((FIRST, SECOND), False)
    joints: dict[str, list[bool]] = {FIRST: [], SECOND: []}
    for token in tokens:
        if is_joint(token):
            joined = dict.fromkeys((FIRST, SECOND), True)
            continue
        for slot, value in senses(token, domain, year):
            values = slots.first if slot == FIRST else slots.second
            if value not in values:
                values.append(value)
                joints[slot].append(joined[slot])
            joined[slot] = False
        slots.noun = slots.noun or (token.word is not None and domain in token.word.nouns)
    named = list(slots.first)
    for slot, values in ((FIRST, slots.first), (SECOND, slots.second)):
        together = len(values) > 1 and all(joints[slot][1:])
        ordinary = words.ranks[domain].vague | words.ranks[domain].plain
        # 不掌握相关信息、无法提供的 9 件: a reason and its result are one thing
        nested = any(other.startswith(f"{value}_") for value in values for other in values)
        slots.joint[slot] = together and not nested and not set(values) <= ordinary
        if not slots.joint[slot]:
            values[:] = narrowed(values, domain, words)
    if not apart:
        _sum_up(slots, named)
    return slots


def senses(token: Token, domain: str, year: int) -> list[tuple[str, str]]:
    """Slots and values that a subject fills in a domain."""
    if token.word is None:
        return [(FIRST, carried(token, year))] if token.kind == CARRY else []
    return token.word.senses.get(domain, [])


def _sum_up(slots: Slots, named: list[str]) -> None:
    """Several reasons of one result that are not counted apart: 因本机关不掌握或需另行制作无法提供 14 件."""
    results = {value.partition("_")[0] for value in slots.first}
    if len(slots.first) > 1 and len(results) == 1 and all("_" in value for value in slots.first):
        (result,) = results
        if result in named:
            slots.reasons, slots.first = slots.first, [result]


def narrowed(values: list[str], domain: str, words: Vocabulary) -> list[str]:
    """The most precise of the values: 不予公开 gives way to its reason, 办理 to any result."""
    ranks = words.ranks[domain]
    left = [value for value in values if value not in ranks.vague] or values
    left = [value for value in left if value not in ranks.plain] or left
    return [value for value in left if not any(other.startswith(value + "_") for other in left)]


def explicit(tokens: Iterable[Token]) -> set[str]:
    """The domains that these tokens alone give away."""
    found: set[str] = set()
    for token in tokens:
        if token.word is not None:
            found |= token.word.explicit
        elif token.kind == CARRY:
            found.add("requests")
    if "reviews" in found:
        # an application is what the review is about
        found.discard("requests")
    return found
