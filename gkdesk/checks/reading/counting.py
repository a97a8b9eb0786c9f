"""What the figures of one sentence count.

Where the words around a figure are not all understood, or leave room for something else, it stays unbound: silence
is better than a false alarm.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from gkdesk.checks.reading.clauses import Clause
from gkdesk.checks.reading.complete import completed
from gkdesk.checks.reading.model import Fact, Meaning, Passage, Reading, Said
from gkdesk.checks.reading.state import HARD, SOFT, State
from gkdesk.checks.reading.subjects import TOTAL, UNCLEAR, Around, Slots, collect, explicit, role, understand
from gkdesk.checks.reading.tokens import DAY, Figure, Token
from gkdesk.checks.reading.vocabulary import FIRST, KIND, RESTRICT, SECOND, SUBJECT, Vocabulary

_SUBJECT, _FOREIGN, _AMONG = KIND["subject"], KIND["foreign"], KIND["among"]
_TURN, _SAME = KIND["each_in_turn"], KIND["each_same"]
_CUTS, _THAT_YEAR, _DUE = KIND["restrict"], KIND["that_year"], KIND["due"]
_SHARE, _EXCEPT, _PEOPLE = KIND["share"], KIND["except"], KIND["people"]

_RECEIVED = frozenset({"received", "new", "handled"})
_CAME = frozenset({"received", "new"})
_ATTACHES = ("的", "类", "型", "性", "级")
"""How words end that say which of the things are counted."""
_PROJECTS = frozenset({"procurement", "previous", "projects"})
"""What is counted in 项."""
_PROJECT, _PIECES = "项", "件"
_ANYTHING = frozenset({"次", "项", "个", "条", "封", "笔"})
"""Units in which applications are counted where they are named, and many other things."""
_DECIDED = frozenset({"licence", "penalty", "coercion", "other_services"})
"""What is counted in decisions."""


@dataclass(slots=True)
class Counting:
    """Binds the figures of one sentence, in their order, with what was said last. ``year`` is the report's."""

    reading: Reading
    passage: Passage
    state: State
    year: int
    words: Vocabulary

    def bind(self, said: Said, before: list[Token], after: list[Token], *, part: bool) -> None:
        """Find out what a figure counts from the words beside it; ``part``: they speak of a part of the year."""
        units = self.words.units
        if said.figure.unit in units["people"] and any(token.flags & _PEOPLE for token in [*before, *after]):
            # 有 3 名申请人共提交申请 57 件
            self.state.aside = HARD
            return
        if said.figure.unit in units["times"]:
            # 平均用时 9 个工作日，全年共答复 13 件
            return
        state = self.state
        around = [*before, *after]
        # of two figures that wait, the words behind them may count either
        waits, state.loose = state.loose is not None, None
        domain = state.domain(around)
        if domain is None:
            self._note_unnamed(said, before, around, waits=waits)
            return
        if domain == "reviews" and (
            self._is_of_others(said) or any(token.flags & _SHARE for token in before)
        ):
            # 占全局行政复议案件 38 件的 36.8%: of all reviews
            return
        back = understand(reversed(before), domain, self.year, backward=True, all_ways=state.all_ways)
        named = any(role(token, domain, self.year) == SUBJECT for token in back.known)
        ahead = understand(after, domain, self.year, backward=False, named=named, all_ways=state.all_ways)
        slots = collect([*back.known, *ahead.known], domain, self.year, self.words)
        if said.rest and slots.first == ["carried_out"] and any(other.fact for other in self.passage.said):
            # 其余 2 件结转下年度
            slots.second = []
        self._note_dimension(said, slots)
        if domain == "reviews" and said.before == "、" and self._is_told_together(said, ahead, slots):
            return
        if slots.domain == "items" and said.figure.money and slots.second in ([], ["projects"]):
            # 集中采购 126.5 万元
            slots.second = ["amount"]
        precise = self._is_precise(slots)
        # 另有 1 件为 12 月底收到
        dated = set(slots.first) <= _CAME and (
            any(token.kind == DAY for token in after) or any(token.flags & _EXCEPT for token in before[:1])
        )
        cut = part or dated or back.is_cut(precise=precise) or ahead.is_cut(precise=precise)
        if cut or not self._clear(back, ahead, slots):
            self._set_aside(said, slots, cut=cut, part=part, waits=waits)
        elif not self._is_part(said, slots):
            self._note_previous(slots, said.figure)
            full = (
                completed(slots, state, of_all=_is_among(after)) if self._fits(said.figure, slots) else None
            )
            if full is not None and not self._in_turn(said, around, full) and not self._is_inside(said, full):
                self._settle(said, full, slots, back)

    def _settle(self, said: Said, full: Slots, slots: Slots, back: Around) -> None:
        """Bind a figure, and note what the next one may go on from."""
        state, figure = self.state, said.figure
        if figure.value or full.domain != "reviews":
            # what there is none of has no results: 行政诉讼 0 件，结果维持 2 件
            # 其余 10 件均已办结，其中予以公开 6 件: of all applicants
            state.cur = replace(full, second=[TOTAL]) if said.rest and full.second == [UNCLEAR] else full
        if full.domain == "reviews":
            state.groups += slots.first
        state.fact = None
        if not full.unclear and not figure.approximate:
            state.fact = said.fact = self._fact(figure, full.meanings())
            state.fact.of_stage = self._is_of_stage(full, back.known)
            if full.second == ["previous"] or full.first == ["carried_in"]:
                # last year's stand in this year's table
                state.fact.year = None
        if state.within is not None and full.domain == "requests" and full.first == ["carried_in"]:
            reading = state.within.readings[0]
            state.within.includes_carried = len(reading) == 1 and reading[0][1] in _RECEIVED

    def _set_aside(self, said: Said, slots: Slots, *, cut: bool, part: bool, waits: bool) -> None:
        """A figure that is not all of what the tables hold, or not understood: it may wait for the next clause."""
        how = HARD if cut or slots.noun else SOFT
        self.state.set_aside(restricted=cut and not part, listed=bool(self.passage.openings), how=how)
        # 组织学习 3 次，能公开的予以公开: no 件, no application
        plain = not slots.second and set(slots.first) <= self.words.ranks[slots.domain].plain
        bare = (slots.noun or said.figure.unit == _PIECES) and plain
        if bare and not (cut or waits) and slots.domain == "requests" and self._fits(said.figure, slots):
            self.state.loose = said

    def _is_part(self, said: Said, slots: Slots) -> bool:
        """True for a figure whose words are those of a whole, but that counts only some of it."""
        if said.closes and any(other.value.startswith(f"{said.value}_") for other in self.passage.said[-2:]):
            # 涉密 1 件、内部事务信息 3 件，合计 4 件不予公开: of these reasons alone
            return True
        if slots.domain == "items":
            # 制作规范性文件 4 件，余下 1 件印发于 12 月底
            return said.rest
        if slots.domain == "reviews":
            # 行政复议 192 件，其中 140 件行政复议获维持: its result is not at hand
            again = set(slots.first) <= set(self.state.groups)
            return bool(self.passage.openings and slots.first and not slots.second) and again
        if said.rest and set(slots.first) <= {"received", "new"} and slots.first:
            # 余下 1 件系 12 月 28 日收到
            return True
        # 其中，14 件由申请人撤回，39 件已答复: beside one that is not understood
        goes_on = any(opening.at == 0 for opening in self.passage.openings)
        unit = said.figure.unit
        beside = any(other.fact is None and other.figure.unit == unit for other in self.passage.said)
        return slots.first == ["answered"] and goes_on and beside

    def _is_inside(self, said: Said, full: Slots) -> bool:
        """True for 制发 2 件（新出台 1 件、修订 1 件）: a part in brackets, in the words of its whole."""
        cur = self.state.cur
        return said.depth > 0 and cur is not None and (cur.first, cur.second) == (full.first, full.second)

    def _is_told_together(self, said: Said, ahead: Around, slots: Slots) -> bool:
        """True where the state of this figure may be that of the one before it in their list, or the other way.

        行政复议 3 件、行政诉讼 3 件尚未审结: neither is all reviews; 尚在审理的行政复议 3 件、行政诉讼 3 件.
        """
        (last,) = self.passage.said[-1:] or (said,)
        if last.fact is None or last.dimension != "reviews.first":
            return False
        told = last.fact.readings[0][0][2]
        behind = collect(ahead.known, "reviews", self.year, self.words).second
        if told == TOTAL and behind:
            self.reading.facts.remove(last.fact)
            last.fact = None
        return told != TOTAL and not slots.second and "的" in last.label

    def _is_of_others(self, said: Said) -> bool:
        """True for 办理行政许可 415 件、行政复议 1 件: in a list of what is not about information."""
        before = self.passage.said[-1:]
        decided = bool(before) and before[0].dimension.startswith("items.")
        return said.before == "、" and (decided or self.state.aside == HARD)

    def _note_unnamed(self, said: Said, before: list[Token], around: list[Token], *, waits: bool) -> None:
        """A figure whose words leave open what it counts may wait for the next clause."""
        state = self.state
        if state.may_wait(around) and said.figure.unit == _PIECES and not waits:
            state.loose = said
        if explicit(around) == {"reviews", "items"}:
            # 涉及行政许可、处罚的行政复议 3 件: about decisions, not about information
            state.set_aside(restricted=False, listed=False)
        if state.parts and any(token.flags & _CUTS for token in before):
            state.set_aside(restricted=True, listed=True)

    def bind_change(self, said: Said, before: list[Token]) -> None:
        """行政许可项目 22 项，本年增加 1 项: the format of 2019 holds what changed."""
        state = self.state
        counted = any(other.fact is not None for other in self.passage.said[-1:])
        last = state.pending or (state.cur if counted else None)
        domain = state.domain(before) or (last.domain if last is not None else None)
        if domain != "items" or said.figure.unit != _PROJECT or said.figure.approximate:
            return
        slots = collect(before, domain, self.year, self.words)
        first = slots.first or (last.first if last is not None and last.domain == domain else [])
        if len(first) == 1 and not any(role(token, domain, self.year) == RESTRICT for token in before):
            said.fact = self._fact(said.figure, Slots("items", first, ["change"]).meanings())
            said.fact.less, said.fact.year = not said.increase, None

    def bind_all(self, clause: Clause) -> None:
        """收到 9 件，均为企业提出; 办结 23 件，均予以公开: what all of the last figure is."""
        fact, cur = self.state.fact, self.state.cur
        if fact is None or cur is None or fact.told or len(cur.first) != 1 or cur.second != [TOTAL]:
            return
        if fact.readings[0][0][0] != cur.domain:
            # 收到 25 件，行政诉讼 0 件，申请人都是自然人: not of what there is none of
            return
        around = understand(
            clause.tokens, cur.domain, self.year, backward=False, all_ways=self.state.all_ways
        )
        slots = collect(around.known, cur.domain, self.year, self.words)
        if (
            around.gap is not None
            or around.is_cut(precise=False)
            or slots.unclear
            or not (slots.first or slots.second)
        ):
            return
        stages = self.words.ranks[cur.domain].stages
        of_stage = False
        if cur.domain == "requests" and set(slots.first) - stages:
            # results of 上年结转 stand in no table
            if cur.first[0] not in _RECEIVED | {"answered"}:
                return
            of_stage, first = cur.first[0] != "answered", slots.first
        elif slots.second and not set(slots.first) - {*stages, *cur.first}:
            # applicants of those that came, or of those that were answered
            whole = cur.domain == "requests" and cur.first[0] in _RECEIVED | {"answered"}
            first = list(dict.fromkeys([*cur.first, "received", "answered"])) if whole else cur.first
        else:
            return
        told = Slots(cur.domain, list(first), slots.second or [TOTAL], dict(slots.joint))
        new = self._fact(fact.figure, told.meanings())
        new.told, new.of_stage, new.year, new.scoped = clause.tokens[-1].end, of_stage, fact.year, fact.scoped

    def bind_loose(self, tokens: list[Token]) -> None:
        """5 件申请未到答复期限，结转下年度: what the clause says of the figure before it."""
        state, said = self.state, self.state.loose
        assert said is not None
        aside, state.aside = state.aside, 0
        slots = self.named(tokens)
        state.aside = aside
        if slots is None or slots.domain != "requests" or slots.unclear or not slots.first:
            # 3 件需征求意见，年内未能办结，结转下年度: perhaps the clause after this one tells
            return
        state.loose = None
        ranks = self.words.ranks["requests"]
        if len(slots.first) == 1 and not slots.second and slots.first[0] not in ranks.plain | ranks.vague:
            slots.second = [TOTAL]
            # 第三方不同意公开的 3 件，决定不予公开: of that reason, which was not understood
            slots.first += ranks.reasons.get(slots.first[0], ())
            said.fact = self._fact(said.figure, slots.meanings())

    def named(self, tokens: list[Token]) -> Slots | None:
        """What a clause without figures names: the figure follows in the next one."""
        domain = self.state.domain(tokens)
        if domain is None:
            return None
        around = understand(reversed(tokens), domain, self.year, backward=True, all_ways=self.state.all_ways)
        slots = collect(around.known, domain, self.year, self.words, apart=True)
        precise = self._is_precise(slots)
        if around.beyond and domain == "items" and not around.restricted:
            # 其他对外管理服务事项运行平稳，全年作出处理决定 3,650 件
            return collect(tokens[:1], domain, self.year, self.words, apart=True) or None
        if around.is_cut(precise=precise) or around.beyond:
            return None
        if around.gap is not None and self._may_change(around.gap) and not precise:
            return None
        return slots or None

    def _in_turn(self, said: Said, tokens: Sequence[Token], slots: Slots) -> bool:
        """各 and 分别: one figure for each of several subjects, or several figures in turn."""
        state = self.state
        flags = 0
        for token in tokens:
            flags |= token.flags
        if state.turn and not slots:
            meanings = state.turn.pop(0)
            if not said.figure.approximate:
                said.fact = self._fact(said.figure, meanings)
            return True
        state.turn = []
        if not flags & (_SAME | _TURN) or max(len(slots.first), len(slots.second)) < 2:
            return False
        apart = _apart(slots)
        state.cur = state.pending = None
        if said.figure.approximate or slots.unclear:
            return True
        if flags & _SAME:
            for meanings in apart:
                said.fact = self._fact(said.figure, meanings)
        else:
            said.fact = self._fact(said.figure, apart[0])
            state.turn = apart[1:]
        return True

    def _note_previous(self, slots: Slots, figure: Figure) -> None:
        """上一年行政许可项目 22 项: the format of 2019 holds them beside this year's."""
        of_last_year = slots.domain == "items" and self.state.year == self.year - 1
        if of_last_year and figure.unit == _PROJECT and slots.first and set(slots.second) <= {"projects"}:
            slots.second = ["previous"]

    def _note_dimension(self, said: Said, slots: Slots) -> None:
        if slots.first:
            said.value = slots.first[0]
            stages = self.words.ranks[slots.domain].stages
            said.dimension = f"{slots.domain}.{'stages' if said.value in stages else FIRST}"
        elif slots.second:
            said.dimension, said.value = f"{slots.domain}.{SECOND}", slots.second[0]

    def _is_of_stage(self, slots: Slots, before: list[Token]) -> bool:
        """True for what was done of those that came in this year alone."""
        came = any(said.value in _RECEIVED for said in self.passage.said)
        if came and slots.first == ["answered"] and any(token.flags & _THAT_YEAR for token in before):
            # 新收 10 件，当年办结 9 件
            return True
        head, openings = self.state.head, self.passage.openings
        if slots.domain != "requests" or head is None or head.domain != "requests":
            return False
        if openings and not all(
            said.dimension.endswith(".stages") for said in self.passage.said[openings[-1].at :]
        ):
            # the list is over
            return False
        if head.first == ["handled"] or slots.first == ["carried_in"]:
            # 办理 29 件，其中上年结转 1 件: all that came from last year
            return False
        if slots.first == ["new"] and head.first != ["answered"]:
            return False
        stages = self.words.ranks["requests"].stages
        return stages.issuperset(slots.first) and stages.issuperset(head.first) and slots.first != head.first

    def _clear(self, back: Around, ahead: Around, slots: Slots) -> bool:
        """True where nothing that is not understood may change what is counted."""
        if ahead.beyond or (back.beyond and not self._is_precise(slots)):
            return False
        subjects = [token for token in back.known if role(token, slots.domain, self.year) == SUBJECT]
        if back.gap is not None:
            if not self._is_result(slots) and back.denies:
                # 未掌握、无对应信息等，依规答复 8 件: of a kind
                return False
            if self._may_change(back.gap) and not (self._is_precise(slots) and not self.passage.openings):
                return False
            # what is not understood must not stand before the noun that is counted
            return bool(subjects and slots.first) and not self._is_noun(subjects[0], slots.domain)
        # 自然人申请 3 件未到期，结转下年度; 有 1 件答复因引用条款不准确被责令重作: not all of them
        named = bool(subjects) or self._is_result(slots)
        return ahead.gap is None or (named and not ahead.gap.flags & _DUE)

    def _is_precise(self, slots: Slots) -> bool:
        """True for a reason of a result: 属于内部事务信息, 重复申请."""
        stages = self.words.ranks[slots.domain].stages
        return slots.domain == "requests" and any(
            "_" in value for value in slots.first if value not in stages
        )

    def _is_result(self, slots: Slots) -> bool:
        """True where a result is named, not only a stage as 答复."""
        return bool(set(slots.first) - self.words.ranks[slots.domain].stages)

    def _may_change(self, gap: Token) -> bool:
        """True where words that are not understood may say whose or which things are counted."""
        return gap.text.endswith((*self.words.actors, *_ATTACHES)) or bool(gap.flags & _FOREIGN)

    def _is_noun(self, token: Token, domain: str) -> bool:
        """True for words that name what is counted: 申请, 行政复议, 行政许可; 收到 and 作出 say what was done."""
        if token.word is None or domain in token.word.nouns:
            return token.word is not None
        return domain != "requests" and any(
            slot == FIRST for slot, _value in token.word.senses.get(domain, ())
        )

    def _fits(self, figure: Figure, slots: Slots) -> bool:
        """True where the unit is one that the domain counts in."""
        counted = slots.domain
        if slots.second == ["previous"]:
            counted = "projects"
        elif slots.domain == "items":
            if figure.money or "amount" in slots.second or "fees" in slots.first:
                return figure.money
            if _PROJECTS & {*slots.first, *slots.second}:
                counted = "projects"
            elif _DECIDED & set(slots.first):
                counted = "decisions"
        elif slots.domain == "requests" and figure.unit in _ANYTHING and not slots.noun:
            # 公开案件办理情况 4 次; 收到申请 9 条，办结 9 条
            return figure.unit in {other.figure.unit for other in self.passage.said if other.fact is not None}
        return figure.unit in self.words.units[counted]

    def _fact(self, figure: Figure, readings: tuple[Meaning, ...]) -> Fact:
        fact = Fact(figure, readings, self.state.year, self.state.scoped, line=self.passage.line)
        self.reading.facts.append(fact)
        return fact


def _is_among(after: Sequence[Token]) -> bool:
    """True where the figure is the whole of what follows: 自然人提出的 14 件中."""
    return bool(after) and bool(after[-1].flags & _AMONG)


def _apart(slots: Slots) -> list[tuple[Meaning, ...]]:
    """The readings of each of several subjects: of the slot that names several, the other one left open."""
    domain = slots.domain
    if len(slots.second) > 1:
        return [tuple(((domain, first, second),) for first in slots.first) for second in slots.second]
    return [tuple(((domain, first, second),) for second in slots.second) for first in slots.first]
