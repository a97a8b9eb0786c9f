"""Statements that something did not happen, such as 未收到, 未发生, 无."""

from __future__ import annotations

from collections.abc import Sequence

from gkdesk.checks.reading.clauses import Clause
from gkdesk.checks.reading.model import Claim
from gkdesk.checks.reading.state import State
from gkdesk.checks.reading.subjects import EVERYBODY, TOTAL, UNCLEAR, Around, Slots, collect, understand
from gkdesk.checks.reading.tokens import FIGURE, Token
from gkdesk.checks.reading.vocabulary import KIND, SUBJECT, Vocabulary

_NONE, _SUFFIX, _TOUCH = KIND["none"], KIND["suffix"], KIND["touch"]
_SUBJECT, _REST = KIND["subject"], KIND["rest"]
_MATTER, _LAST = KIND["matter"], KIND["last"]
_CUTS, _OTHER_WORDS = KIND["restrict"], KIND["opaque"] | KIND["foreign"]
_NAME = 5
"""Characters of another's name, at least."""


def denial_of(clause: Clause) -> int | None:
    """The place of the word that makes a clause such a statement; None where it is none.

    未收到一件申请 is one, 未按时答复 3 件 is not: any figure but one takes it for something else.
    """
    none = next((at for at, token in enumerate(clause.tokens) if token.flags & _NONE), None)
    if none is None or any(at < none or not _is_one(clause.tokens[at]) for at in clause.figures):
        return None
    return none


def claim_of(clause: Clause, none: int, state: State, words: Vocabulary, year: int) -> Claim | None:
    """What a clause says that denies something at that place, where it is understood to its end."""
    tokens = clause.tokens
    before = tokens[:none]
    if any(token.flags & _REST for token in tokens[none + 1 :]):
        # 收取易地建设费 321.5 万元，无其他收费项目: there was one
        return None
    if _is_of_others(before, words):
        # and what the sentence denies behind it
        state.part_of_year = True
        return None
    after = [
        token for token in tokens[none + 1 :] if token.figure is None and not token.flags & (_SUFFIX | _TOUCH)
    ]
    named = any(token.flags & _SUBJECT for token in after)
    domain = (state.domain(after) if named else None) or state.domain([*after, *before])
    if domain is None:
        return None
    ahead = understand(after, domain, year, backward=False, all_ways=state.all_ways)
    slots = _slots(collect(ahead.known, domain, year, words), before, state, words, year)
    if slots is None:
        return None
    if len(slots.second) > 1:
        # 未收到企业、科研机构及其他组织提出的申请: those that have a column
        slots.second = [value for value in slots.second if value != UNCLEAR]
    if domain == "reviews" and _is_of_matter(clause):
        # 未发生因政府信息公开工作引发举报、投诉、行政复议等事件: whatever stands between
        known = [token for token in after if token.word is not None and token.word.roles[domain] == SUBJECT]
        if known:
            slots, ahead = collect(known, domain, year, words), Around(known)
    if ahead.gap is not None or ahead.restricted or not slots or slots.unclear or state.part_of_year:
        return None
    return _claim(slots, tokens[none].start, tokens[-1].end, state)


def _slots(slots: Slots, before: Sequence[Token], state: State, words: Vocabulary, year: int) -> Slots | None:
    """What is denied, with what stands in front of the denial or was said before it; None where that is not clear."""
    domain = slots.domain
    if slots.reasons:
        # 未出现因属于国家秘密或者危及“三安全一稳定”不予公开的情形
        slots.first = slots.reasons
    if slots.first == [UNCLEAR] and any(token.flags & _LAST for token in before):
        # 上年无结转
        slots.first = ["carried_in"]
    if not slots:
        back = understand(reversed(before), domain, year, backward=True, all_ways=state.all_ways)
        if back.gap is not None or back.restricted:
            return None
        return collect(back.known, domain, year, words) or state.pending or slots
    if slots.second and not slots.first:
        own = collect(before, domain, year, words).first
        if domain == "reviews" and own:
            # 行政诉讼零败诉
            slots.first = own
        elif state.pending is not None and state.pending.domain == domain:
            # 行政强制方面，未作出处理决定
            slots.first = list(state.pending.first)
        elif domain == "items" and state.files:
            # 新制发规范性文件 1 件，无文件废止
            slots.first = [state.files]
    return slots


def _is_of_others(before: Sequence[Token], words: Vocabulary) -> bool:
    """True for 下属单位 and 县不动产登记中心 in front of a denial: it is not the unit's own; 中心 alone is."""
    named = ""
    for token in before:
        if token.flags & _CUTS:
            return True
        named = named + token.text if token.word is None or token.flags & _OTHER_WORDS else ""
        if len(named) >= _NAME and named.endswith(words.actors):
            return True
    return False


def _is_of_matter(clause: Clause) -> bool:
    """True for what names 政府信息公开 or an application for it."""
    return bool(clause.flags & _MATTER) or any(
        token.word is not None and "requests" in token.word.nouns for token in clause.tokens
    )


def _claim(slots: Slots, start: int, end: int, state: State) -> Claim | None:
    firsts = slots.first or (["received"] if slots.domain == "requests" else [])
    if not firsts and slots.domain == "reviews" and state.cur is not None and state.cur.domain == "reviews":
        # 行政复议 3 件，没有被纠正的
        firsts = state.cur.first
    seconds = slots.second or [TOTAL]
    if set(seconds) >= EVERYBODY:
        seconds = [TOTAL]
    terms = tuple((slots.domain, first, second) for first in firsts for second in seconds)
    carried = all(first == "carried_in" for _domain, first, _second in terms)
    return Claim(start, end, terms, None if carried else state.year, state.scoped) if terms else None


def _is_one(token: Token) -> bool:
    return token.kind == FIGURE and token.figure is not None and token.figure.value == 1
