"""Whether a figure is this year's, the one that it is compared with, or the difference."""

from __future__ import annotations

from collections.abc import Sequence

from gkdesk.checks.reading import BASE, DELTA, PLAIN
from gkdesk.checks.reading.tokens import Token
from gkdesk.checks.reading.vocabulary import KIND

_COMPARE, _LAST, _REACH = KIND["compare"], KIND["last"], KIND["reach"]
_FROM, _JOINT = KIND["from"], KIND["joint"]
_MORE, _LESS = KIND["more"], KIND["less"]
_SHORT = frozenset({"多", "少", "增", "减", "增多", "多了", "少了"})
"""Words that speak of a change only beside 比 or 较."""


def role_of(before: Sequence[Token], after: Sequence[Token], compares: int) -> tuple[str, bool | None]:
    """The role of the figure between these words, and for a difference whether it is an increase.

    ``compares`` is not 0 where its clause has a word of comparison.
    """
    if _any(before, _FROM) and _any(after, _REACH):
        # 由 160 件降至 120 件
        return BASE, None
    if before and before[0].flags & _JOINT and after and after[0].flags & _COMPARE:
        # 与 2023 年的 8 件相比
        return BASE, None
    for token in reversed(before):
        flags = token.flags
        if flags & _REACH:
            return PLAIN, None
        if flags & (_MORE | _LESS) and (compares or token.text not in _SHORT):
            return DELTA, bool(flags & _MORE)
    if compares and _any(before, _COMPARE | _LAST):
        return BASE, None
    return PLAIN, None


def moves(flags: int) -> bool:
    """True for a clause that goes from one figure to another."""
    return bool(flags & _FROM and flags & _REACH)


def _any(tokens: Sequence[Token], kinds: int) -> bool:
    return any(token.flags & kinds for token in tokens)
