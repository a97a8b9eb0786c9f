"""What a figure leaves unsaid, taken from what was said before it."""

from __future__ import annotations

from dataclasses import replace

from gkdesk.checks.reading.state import State
from gkdesk.checks.reading.subjects import TOTAL, Slots
from gkdesk.checks.reading.vocabulary import FIRST

_WHOLES = frozenset({"received", "new", "handled", "answered"})
"""Values of 申请 whose parts are results."""
_OF_FILES = frozenset({"made", "repealed", "in_force"})
"""What only 规章 and 规范性文件 are counted by."""


def completed(slots: Slots, state: State, *, of_all: bool = False) -> Slots | None:
    """The slots with what was said before in the place of what is missing; None where nothing tells it.

    ``of_all``: a whole that does not go on from the last figure.
    """
    pending = _of(state.pending, slots.domain)
    if not slots and pending is not None:
        slots = pending
    if not slots:
        return Slots(slots.domain) if state.turn else None
    done = replace(slots, first=list(slots.first), second=list(slots.second), joint=dict(slots.joint))
    if pending is not None and done.first == ["answered"] and any("_" in value for value in pending.first):
        # 本机关不掌握的，出具书面答复 9 份
        done.first = list(pending.first)
    head, cur = _of(state.head, slots.domain), None if of_all else _of(state.cur, slots.domain)
    if not done.first and not _first(done, head, pending, cur, state):
        return None
    if not done.second:
        _second(done, head, pending)
    if head is not None and not _is_part(done, head):
        return None
    return done


def _is_part(done: Slots, head: Slots) -> bool:
    """False for a part that is the total again, and for results of 上年结转 or of another result."""
    if (done.first, done.second) == (head.first, head.second):
        return False
    if done.domain != "requests" or done.first == head.first:
        return True
    whole = {value for value in head.first if value not in _WHOLES}
    return not whole or any(value.startswith(f"{other}_") for value in done.first for other in whole)


def _first(done: Slots, head: Slots | None, pending: Slots | None, cur: Slots | None, state: State) -> bool:
    """The first slot from the head of the list, the clause before, or the last figure."""
    if done.domain == "reviews" and cur is not None and head is not None and cur.first != head.first:
        # 行政诉讼 2 件，其中复议后起诉 1 件，结果维持 1 件: of the part that was named last, or of all
        done.first = [*cur.first, *head.first]
        return True
    source = next((each for each in (head, pending, cur) if each is not None and each.first), None)
    if source is not None and (done.second or source is not cur):
        done.first, done.joint[FIRST] = list(source.first), source.joint[FIRST]
        if done.domain == "reviews" and head is None and not done.joint[FIRST]:
            # 维持 2 件 after 复议 3 件、诉讼 1 件: of either
            done.first = list(dict.fromkeys([*done.first, *state.groups]))
        return True
    if done.domain == "requests":
        # 自然人 62 件 of those that came or of those that were answered
        done.first = ["received", "answered"] if done.second else ["received"]
        return True
    if state.files and done.domain == "items" and _OF_FILES.issuperset(done.second):
        # 开展规范性文件清理，全年制发 2 件，废止 1 件
        done.first = [state.files]
        return True
    if done.domain == "reviews" and done.second and state.earlier:
        # 行政复议 6 件。结果维持 5 件
        done.first = list(state.earlier)
        return True
    return False


def _second(done: Slots, head: Slots | None, pending: Slots | None) -> None:
    """The second slot: all of them, or those of the list's head as well; the indicator named before."""
    if done.domain == "items":
        done.second = pending.second if head is None and pending is not None and pending.second else [""]
        return
    done.second = [TOTAL]
    if head is not None and head.second and head.second != [TOTAL]:
        done.second = [*head.second, TOTAL]


def _of(slots: Slots | None, domain: str) -> Slots | None:
    return slots if slots is not None and slots.domain == domain else None
