"""Binding each figure once to what it counts.

The binder walks through the sentences with what was said last. Where the words around a figure are not all
understood, or leave room for something else, the figure stays unbound: silence is better than a false alarm.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from gkdesk.checks.reading import BASE, DELTA, PLAIN
from gkdesk.checks.reading.claims import claim_of, denial_of
from gkdesk.checks.reading.clauses import Clause, Sentence
from gkdesk.checks.reading.complete import completed
from gkdesk.checks.reading.model import Fact, Meaning, Passage, Reading, Said
from gkdesk.checks.reading.openings import MOST, Lists
from gkdesk.checks.reading.roles import role_of
from gkdesk.checks.reading.state import HARD, SOFT, State, topic_of
from gkdesk.checks.reading.subjects import TOTAL, Around, Slots, collect, explicit, role, understand
from gkdesk.checks.reading.tokens import CARRY, FIGURE, GAP, Figure, Token
from gkdesk.checks.reading.vocabulary import FIRST, KIND, SECOND, SUBJECT, Vocabulary, Word

_SUBJECT, _FOREIGN, _NONE = KIND["subject"], KIND["foreign"], KIND["none"]
_OPEN, _AMONG = KIND["open"], KIND["among"]
_TURN, _SAME, _COMPARE = KIND["each_in_turn"], KIND["each_same"], KIND["compare"]
_REACH, _SUM, _OVERLAP, _LINK = KIND["reach"], KIND["sum"], KIND["overlap"], KIND["link"]
_APPROXIMATE, _ROUGHLY, _REST, _SHARE = KIND["approximate"], KIND["roughly"], KIND["rest"], KIND["share"]
_CUTS = KIND["restrict"]
_ALL = KIND["all"]
_MATTER, _SEVERAL, _SINCE, _TOUCH = KIND["matter"], KIND["several"], KIND["since"], KIND["touch"]
_THAT_YEAR = KIND["that_year"]

_RECEIVED = frozenset({"received", "new", "handled"})
_ATTACHES = ("的", "类", "型", "性", "级")
"""How words end that say which of the things are counted."""
_PROJECTS = frozenset({"procurement", "previous", "projects"})
"""What is counted in 项."""
_PROJECT = "项"
_THINGS = frozenset({"个", "项", "次"})
"""Units that go with anything: what stands right behind them says what is counted."""
_HEADING = 30
"""Characters of a line without figures that may be a heading."""


class Binder:
    """Turns the sentences of one text into a reading. ``year`` is the report's."""

    def __init__(self, text: str, year: int, words: Vocabulary) -> None:
        self.text = text
        self.year = year
        self.words = words
        self.reading = Reading()
        self._section: str | None = None
        self._topic: str | None = None
        self._last = State()
        self._line = 0

    def read(self, sentences: Iterable[Sentence]) -> Reading:
        """Read all sentences."""
        for sentence in sentences:
            self._sentence(sentence)
        return self.reading

    # ------------------------------------------------------------ sentences

    def _sentence(self, sentence: Sentence) -> None:
        if sentence.begins_line:
            self._line += 1
            self._topic = self._section
        figures = any(clause.figures for clause in sentence.clauses)
        if sentence.is_item or (
            sentence.begins_line and sentence.ends_line and not figures and sentence.length <= _HEADING
        ):
            self._section = None if figures else topic_of(_words(sentence), None)
            self._topic = self._topic if figures else self._section
        if not sentence.clauses:
            self._topic = topic_of(sentence.words, self._topic)
            return
        clauses = sentence.clauses
        tokens = (
            clauses[0].tokens
            if len(clauses) == 1
            else [token for clause in clauses for token in clause.tokens]
        )
        self.state = state = State(self._topic, frozenset(explicit(tokens)) if figures else frozenset())
        self._segment, self._of_matter = 0, False
        self.passage = Passage(tokens[0].start, tokens[-1].end, self._line)
        self.lists = Lists(self.passage, state, clauses)
        if not sentence.begins_line and self._topic == "reviews":
            state.earlier = list(dict.fromkeys(self._last.groups or self._last.earlier))
        if any(token.flags & _OPEN for token in tokens[:2]):
            state.go_on(self._last)
            if self.reading.passages:
                self.passage.before = self.reading.passages[-1].said
        self._clauses(clauses)
        self._topic = state.topic
        if self.passage.said:
            self.reading.passages.append(self.passage)
            self._last = state

    def _clauses(self, clauses: list[Clause]) -> None:
        """Clauses in order; after a bracket the one around it goes on where it was."""
        state = self.state
        outer: list[tuple[int, Slots | None, Slots | None, int | None]] = []
        for index, clause in enumerate(clauses):
            while outer and clause.depth <= outer[-1][0]:
                _depth, state.cur, state.head, state.year = outer.pop()
            self._clause(clause, index, clauses[index + 1] if index + 1 < len(clauses) else None)
            if index + 1 < len(clauses) and clauses[index + 1].depth > clause.depth:
                outer.append((clause.depth, state.cur, state.head, state.year))

    # ------------------------------------------------------------ clauses

    def _clause(self, clause: Clause, index: int, following: Clause | None) -> None:
        state = self.state
        if clause.before == "(" and not clause.figures and clause.flags & _SINCE and self.passage.said:
            # 累计制发 120 件（2010 年以来）
            self._withdraw(self.passage.said[-1:])
        if clause.before == ";":
            state.head, state.aside, state.loose = None, 0, None
            self._segment += 1
        state.note_time(clause, self.year)
        state.note_topic(clause)
        part = state.is_part(clause)
        self.lists.note(clause, index, following)
        self._note_matter(clause)
        denial = denial_of(clause)
        if denial is not None:
            claim = claim_of(clause, denial, state, self.words, self.year)
            if claim is not None:
                claim.line = self._line
                self.reading.claims.append(claim)
            state.pending = None
        elif clause.figures:
            if len(self.passage.said) < MOST:
                self._figures(clause, index, part=part)
                self.lists.note_total(clause, following)
            state.pending = None
        else:
            state.part_of_year = part
            if state.loose is not None and not part:
                self._bind_loose(clause.tokens)
            elif clause.flags & _ALL and not part:
                self._note_all(clause)
            wanted = following is not None and (following.figures or following.flags & _NONE)
            state.pending = self._pending(clause.tokens) if wanted and not part else None

    def _figures(self, clause: Clause, index: int, *, part: bool) -> None:
        """Each figure with the words before it, or behind it where the clause begins with a figure."""
        tokens, figures, said = clause.tokens, clause.figures, self.passage.said
        leads = not any(
            token.flags & _SUBJECT or token.kind in (GAP, CARRY) for token in tokens[: figures[0]]
        )
        start = 0
        for number, at in enumerate(figures[:MOST]):
            last = number + 1 == len(figures)
            before = tokens[start:at]
            after = tokens[at + 1 : None if last else figures[number + 1]] if last or leads else []
            item = self._said(clause, index, at, before, first=not number)
            if (
                item.role == PLAIN
                and tokens[at].kind == FIGURE
                and not _is_of_other(item.figure, tokens[at + 1 :])
            ):
                if number and said[-1].role == BASE and any(token.flags & _REACH for token in before):
                    # 行政处罚由上年的 160 件降至 120 件
                    before = [*(token for token in tokens[:start] if token.figure is None), *before]
                # 对 1 名申请人大量反复提出的 6 件申请: what ends in 的 is said of the figure behind it
                behind = leads and number and not (before and before[-1].text.endswith("的"))
                self._bind(item, [] if behind else before, after, part=part)
            elif item.role == DELTA and tokens[at].kind == FIGURE and not part:
                self._bind_change(item, before)
            said.append(item)
            start = at + 1
        if tokens[-1].flags & _AMONG:
            # 新收的 88 件申请中，…
            self.lists.open(len(said), clause.depth)

    def _bind_change(self, said: Said, before: list[Token]) -> None:
        """行政许可项目 22 项，本年增加 1 项: the format of 2019 holds what changed."""
        state = self.state
        last = state.pending or state.cur
        domain = state.domain(before) or (last.domain if last is not None else None)
        if domain != "items" or said.figure.unit != _PROJECT or said.figure.approximate:
            return
        named = understand(reversed(before), domain, self.year, backward=True)
        slots = collect(named.known, domain, self.year, self.words)
        first = slots.first or (last.first if last is not None and last.domain == domain else [])
        if len(first) == 1 and not named.restricted:
            said.fact = self._fact(said.figure, Slots("items", first, ["change"]).meanings())
            said.fact.less, said.fact.year = not said.increase, None

    def _note_all(self, clause: Clause) -> None:
        """收到 9 件，均为企业提出; 办结 23 件，均予以公开: what all of the last figure is."""
        fact, cur = self.state.fact, self.state.cur
        if fact is None or cur is None or fact.told or len(cur.first) != 1 or cur.second != [TOTAL]:
            return
        around = understand(clause.tokens, cur.domain, self.year, backward=False)
        slots = collect(around.known, cur.domain, self.year, self.words)
        if around.gap is not None or around.restricted or slots.unclear or not (slots.first or slots.second):
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

    def _bind_loose(self, tokens: list[Token]) -> None:
        """5 件申请未到答复期限，结转下年度: what the clause says of the figure before it."""
        state, said = self.state, self.state.loose
        assert said is not None
        state.loose = None
        aside, state.aside = state.aside, 0
        slots = self._pending(tokens)
        state.aside = aside
        if slots is None or slots.domain != "requests" or slots.unclear or not slots.first:
            return
        ranks = self.words.ranks["requests"]
        if len(slots.first) == 1 and not slots.second and slots.first[0] not in ranks.plain | ranks.vague:
            slots.second = [TOTAL]
            said.fact = self._fact(said.figure, slots.meanings())

    def _pending(self, tokens: list[Token]) -> Slots | None:
        """What a clause without figures names: the figure follows in the next one."""
        domain = self.state.domain(tokens)
        if domain is None:
            return None
        around = understand(reversed(tokens), domain, self.year, backward=True)
        if around.restricted or around.beyond or (around.gap is not None and self._may_change(around.gap)):
            return None
        return collect(around.known, domain, self.year, self.words, apart=True) or None

    def _withdraw(self, said: list[Said]) -> None:
        """Take back what figures were understood to count."""
        for other in said:
            if other.fact is not None:
                self.reading.facts.remove(other.fact)
                other.fact = None

    def _note_matter(self, clause: Clause) -> None:
        """各类行政复议 7 件，其中涉及政府信息公开的 2 件: the total is not ours, the part is all of ours."""
        state, said = self.state, self.passage.said
        if clause.flags & _MATTER:
            head = state.head or state.cur
            if (
                clause.figures
                and said
                and not self._of_matter
                and head is not None
                and head.domain == "reviews"
            ):
                self._withdraw(said)
                state.pending, state.head, state.cur = head, None, None
            self._of_matter = True

    # ------------------------------------------------------------ figures

    def _said(self, clause: Clause, index: int, at: int, before: list[Token], *, first: bool) -> Said:
        token, tokens = clause.tokens[at], clause.tokens
        figure = token.figure
        assert figure is not None
        after = tokens[at + 1].flags if at + 1 < len(tokens) else 0
        near = before[-1:] if not before or not before[-1].flags & _LINK else before[-2:]
        several = not token.text[0].isdecimal() and bool(before) and before[-1].flags & _SEVERAL
        if several or any(word.flags & _APPROXIMATE for word in near) or after & _ROUGHLY:
            figure.approximate = True
        start = before[0].start if before else token.start
        flags = 0
        for word in before:
            flags |= word.flags
        known = all(word.word is not None and not word.flags & _SUBJECT for word in before)
        role, increase = role_of(before, tokens[at + 1 :], clause.flags & _COMPARE)
        return Said(
            figure,
            self.text[start : token.start],
            self.text[token.end : tokens[-1].end] if at == clause.figures[-1] else "",
            index,
            clause.depth,
            self._segment,
            clause.before if first else "",
            role=role,
            increase=increase,
            rest=bool((flags | after) & _REST),
            closes=bool(flags & _SUM) and known,
            overlapping=bool(
                flags & _TOUCH or (flags & _OVERLAP and figure.unit in self.words.units["published"])
            ),
            year=self.state.year,
            share=bool(flags & _SHARE),
            in_turn=bool(flags & _TURN),
            whole=token.kind == FIGURE and bool(flags & _SHARE),
        )

    def _bind(self, said: Said, before: list[Token], after: list[Token], *, part: bool) -> None:
        state, figure = self.state, said.figure
        around = [*before, *after]
        domain = state.domain(around)
        if domain is None:
            if state.may_wait(around) and figure.unit in self.words.units["requests"]:
                state.loose = said
            if state.parts and any(token.flags & _CUTS for token in before):
                state.set_aside(restricted=True, listed=True)
            return
        back = understand(reversed(before), domain, self.year, backward=True)
        named = any(role(token, domain, self.year) == SUBJECT for token in back.known)
        ahead = understand(after, domain, self.year, backward=False, named=named)
        slots = collect([*back.known, *ahead.known], domain, self.year, self.words)
        self._note_dimension(said, slots)
        if part or back.restricted or ahead.restricted or not self._clear(back, ahead, slots):
            cut = back.restricted or ahead.restricted
            how = HARD if cut or part or slots.noun else SOFT
            state.set_aside(restricted=cut, listed=bool(self.passage.openings), how=how)
            if not (cut or part or slots.first) and domain == "requests" and self._fits(figure, slots):
                state.loose = said
            return
        if said.closes and any(other.value.startswith(f"{said.value}_") for other in self.passage.said[-2:]):
            # 涉密 1 件、内部事务信息 3 件，合计 4 件不予公开: of these reasons alone
            return
        self._note_previous(slots, figure)
        full = completed(slots, state, of_all=_is_among(after)) if self._fits(figure, slots) else None
        if full is None or self._in_turn(said, around, full):
            return
        state.cur = full
        if domain == "reviews":
            state.groups += slots.first
        state.fact = None
        if not full.unclear and not figure.approximate:
            state.fact = said.fact = self._fact(figure, full.meanings())
            state.fact.of_stage = self._is_of_stage(full, back.known)
            if full.second == ["previous"]:
                state.fact.year = None
        if state.within is not None and domain == "requests" and full.first == ["carried_in"]:
            reading = state.within.readings[0]
            state.within.includes_carried = len(reading) == 1 and reading[0][1] in _RECEIVED

    def _note_previous(self, slots: Slots, figure: Figure) -> None:
        """上一年行政许可项目 22 项: the format of 2019 holds them beside this year's."""
        of_last_year = slots.domain == "items" and self.state.year == self.year - 1
        if of_last_year and figure.unit == _PROJECT and slots.first and set(slots.second) <= {"projects"}:
            slots.second = ["previous"]

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
        stages = self.words.ranks["requests"].stages
        return stages.issuperset(slots.first) and stages.issuperset(head.first) and slots.first != head.first

    def _note_dimension(self, said: Said, slots: Slots) -> None:
        if slots.first:
            said.value = slots.first[0]
            stages = self.words.ranks[slots.domain].stages
            said.dimension = f"{slots.domain}.{'stages' if said.value in stages else FIRST}"
        elif slots.second:
            said.dimension, said.value = f"{slots.domain}.{SECOND}", slots.second[0]

    def _fact(self, figure: Figure, readings: tuple[Meaning, ...]) -> Fact:
        fact = Fact(figure, readings, self.state.year, self.state.scoped, line=self._line)
        self.reading.facts.append(fact)
        return fact

    def _clear(self, back: Around, ahead: Around, slots: Slots) -> bool:
        """True where nothing that is not understood may change what is counted."""
        if back.beyond or ahead.beyond:
            return False
        subjects = [token for token in back.known if role(token, slots.domain, self.year) == SUBJECT]
        if back.gap is not None:
            if self._may_change(back.gap):
                return False
            # what is not understood must not stand before the noun that is counted
            return bool(subjects and slots.first) and not self._is_noun(subjects[0], slots.domain)
        return ahead.gap is None or bool(subjects or slots.first)

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
        if slots.second == ["previous"]:
            return figure.unit in self.words.units["projects"] and not figure.money
        if slots.domain == "items" and (figure.money or "amount" in slots.second or "fees" in slots.first):
            return figure.money
        if slots.domain == "items" and (_PROJECTS & {*slots.first, *slots.second}):
            return figure.unit in self.words.units["projects"] and not figure.money
        return figure.unit in self.words.units[slots.domain] and not figure.money

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
        state.cur = None
        if said.figure.approximate or slots.unclear:
            return True
        if flags & _SAME:
            for meanings in apart:
                said.fact = self._fact(said.figure, meanings)
        else:
            said.fact = self._fact(said.figure, apart[0])
            state.turn = apart[1:]
        return True


def _words(sentence: Sentence) -> Iterable[Word]:
    """The words of a sentence, read in full or not."""
    if not sentence.clauses:
        return sentence.words
    return [token.word for clause in sentence.clauses for token in clause.tokens if token.word is not None]


def _is_of_other(figure: Figure, after: Sequence[Token]) -> bool:
    """True for 登记、答复等五个环节: what is not known is counted."""
    return (
        figure.unit in _THINGS and bool(after) and after[0].kind == GAP and after[0].start == figure.unit_end
    )


def _is_among(after: Sequence[Token]) -> bool:
    """True where the figure is the whole of what follows: 自然人提出的 14 件中."""
    return bool(after) and bool(after[-1].flags & _AMONG)


def _apart(slots: Slots) -> list[tuple[Meaning, ...]]:
    """The readings of each of several subjects: of the slot that names several, the other one left open."""
    domain = slots.domain
    if len(slots.second) > 1:
        return [tuple(((domain, first, second),) for first in slots.first) for second in slots.second]
    return [tuple(((domain, first, second),) for second in slots.second) for first in slots.first]
