"""Ways by which applications come: 通过网站、信函等渠道 names examples of all of them, 通过网站收到 3 件 is one."""

from __future__ import annotations

from collections.abc import Iterable

from gkdesk.checks.reading.clauses import Clause
from gkdesk.checks.reading.tokens import Token
from gkdesk.checks.reading.vocabulary import FIRST, KIND

_CHANNEL, _ETC, _REST = KIND["channel"], KIND["etcetera"], KIND["rest"]
_BY_WAY, _WAYS, _MANNERS = KIND["by_way"], KIND["ways"], KIND["manners"]
_BETWEEN = 4
"""Tokens from 渠道 back to 等, at most: 等多种渠道."""


def tells_ways_apart(clauses: Iterable[Clause]) -> bool:
    """True where a sentence names one way after another: 通过网站等渠道 15 件，其余 5 件为当面提交."""
    told = [
        clause for clause in clauses if clause.flags & (_CHANNEL | _WAYS) and clause.flags & (_BY_WAY | _REST)
    ]
    return len(told) > 1


def without_ways(outward: list[Token]) -> list[Token]:
    """Tokens without 通过网站、信函等渠道, in the order away from the figure.

    What was answered 以邮寄等方式 is only some of it, and so is what came by 等线下渠道; 方式 and 形式 are ways to come
    only beside one that is known as such (信函等方式, not 告知承诺等方式).
    """
    if any((FIRST, "answered") in _senses(token) for token in outward):
        return outward
    for end, token in enumerate(outward):
        # 信函等渠道, and 信函渠道等
        near = range(max(end - 1, 0), min(end + _BETWEEN, len(outward)))
        etc = next((at for at in near if outward[at].flags & _ETC), None)
        if not token.flags & _WAYS or etc is None:
            continue
        # 网站、信函等渠道收到 3 件: without 通过 they are the subject
        start = next((at for at in range(end + 1, len(outward)) if outward[at].flags & _BY_WAY), len(outward))
        known = any(each.flags & _CHANNEL for each in outward[end + 1 : start])
        if any(each.flags & _CHANNEL for each in outward[end + 1 : etc]) or (
            token.flags & _MANNERS and not known
        ):
            return outward
        return [*outward[:end], *outward[start + 1 :]]
    return outward


def _senses(token: Token) -> list[tuple[str, str]]:
    return token.word.senses.get("requests", []) if token.word is not None else []
