"""From sentences to a reading: the binder walks through them with what was said last, and binds each figure once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from copy import copy

from gkdesk.checks.reading import BASE, DELTA, PLAIN
from gkdesk.checks.reading.claims import claim_of, denial_of
from gkdesk.checks.reading.clauses import Clause, Sentence
from gkdesk.checks.reading.counting import Counting
from gkdesk.checks.reading.lone import lone_fact
from gkdesk.checks.reading.model import Passage, Reading, Said
from gkdesk.checks.reading.openings import MOST, Lists
from gkdesk.checks.reading.roles import role_of
from gkdesk.checks.reading.state import State, topic_of
from gkdesk.checks.reading.subjects import TOTAL, Slots, explicit
from gkdesk.checks.reading.tokens import CARRY, FIGURE, GAP, Figure, Token
from gkdesk.checks.reading.vocabulary import FIRST, KIND, Vocabulary, Word
from gkdesk.checks.reading.ways import tells_ways_apart

_SUBJECT = KIND["subject"]
_PARTS = KIND["among"] | KIND["open"] | KIND["each_in_turn"]
"""Words behind which the parts of a figure stand."""
_OPEN, _AMONG, _JOINT = KIND["open"], KIND["among"], KIND["joint"]
_TURN, _COMPARE = KIND["each_in_turn"], KIND["compare"]
_REACH, _SUM, _OVERLAP = KIND["reach"], KIND["sum"], KIND["overlap"]
_APPROXIMATE, _ROUGHLY, _REST, _SHARE = KIND["approximate"], KIND["roughly"], KIND["rest"], KIND["share"]
_ALL = KIND["all"]
_UNRELATED, _EXCEPT, _PAPERS = KIND["unrelated"], KIND["except"], KIND["papers"]
_MATTER, _SEVERAL, _SINCE, _TOUCH = KIND["matter"], KIND["several"], KIND["since"], KIND["touch"]

_THINGS = frozenset({"个", "项", "次"})
"""Units that go with anything: what stands right behind them says what is counted."""
_CAUSES = frozenset({"系", "因", "引发", "引起", "由"})
_RANGES = frozenset({"-", "~", "至"})
_FILES = frozenset({"regulations", "normative"})
_NO_MORE = frozenset({"repealed", "in_force"})
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
        tokens = [token for clause in clauses for token in clause.tokens]
        self.state = state = State(self._topic, frozenset(explicit(tokens)) if figures else frozenset())
        state.files = _files(clauses)
        state.all_ways = not tells_ways_apart(clauses)
        self._segment, self._of_matter = 0, False
        self.passage = Passage(tokens[0].start, tokens[-1].end, self._line)
        self.lists = Lists(self.passage, state, clauses)
        self.counting = Counting(self.reading, self.passage, state, self.year, self.words)
        if not sentence.begins_line and self._topic == "reviews":
            state.earlier = list(dict.fromkeys(self._last.groups or self._last.earlier))
        if any(token.flags & _OPEN for token in tokens[:2]):
            said = self.reading.passages[-1].said if self.reading.passages else []
            named = {other.value for other in said if other.value}
            stages = {other.value for other in said if other.dimension == "requests.stages"}
            if len(named) > 1 and len(stages) == 1:
                # 收到 4 件，自然人 2 件、法人 2 件。其中已答复 3 件 …: of those that came
                self._last.head = Slots("requests", [*stages], [TOTAL])
            # 新收 92 件，上年结转 2 件。其中，予以公开 19 件 …: of both
            state.go_on(self._last, of_one=len(named) < 2 or len(stages) == 1)
            self.passage.before = said
        self._clauses(clauses)
        lone = lone_fact(self.passage, clauses, state, self.words)
        if lone is not None:
            self.passage.said[0].fact = lone
            self.reading.facts.append(lone)
        self._topic = state.topic
        if self.passage.said:
            self.reading.passages.append(self.passage)
            self._last = state

    def _clauses(self, clauses: list[Clause]) -> None:
        """Clauses in order; after a bracket the one around it goes on where it was."""
        state = self.state
        outer: list[tuple[int, State]] = []
        for index, clause in enumerate(clauses):
            while outer and clause.depth <= outer[-1][0]:
                state.come_back(outer.pop()[1])
            following = clauses[index + 1] if index + 1 < len(clauses) else None
            before = copy(state) if clause.tokens[0].flags & _EXCEPT else None
            self._clause(clause, index, following)
            if before is not None:
                state.come_back(before)
            if following is not None and following.depth > clause.depth:
                outer.append((clause.depth, copy(state)))

    # ------------------------------------------------------------ clauses

    def _clause(self, clause: Clause, index: int, following: Clause | None) -> None:
        state = self.state
        if clause.before == "(" and not clause.figures and clause.flags & _SINCE and self.passage.said:
            # 累计制发 120 件（2010 年以来）
            self._withdraw(self.passage.said[-1:])
        if clause.before == ";":
            state.head, state.aside, state.loose = None, 0, None
            state.scoped, self._of_matter = state.wide, False
            self._segment += 1
        state.depth = clause.depth
        if clause.before != "、":
            state.within = None
        state.note_time(clause, self.year)
        state.note_topic(clause)
        state.ours = bool(clause.flags & _MATTER) or (
            state.ours and not clause.flags & (KIND["explicit"] | KIND["foreign"])
        )
        part = state.is_part(clause)
        self.lists.note(clause, index, following)
        self._note_matter(clause)
        denial = denial_of(clause)
        if denial is not None:
            claim = claim_of(clause, denial, state, self.words, self.year) if not part else None
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
            self._note_others(clause)
            state.part_of_year = part
            if state.loose is not None and not part:
                self.counting.bind_loose(clause.tokens)
            elif clause.flags & _ALL and not part:
                self.counting.bind_all(clause)
            state.pending = self.counting.named(clause.tokens)

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
            # 16 件申请中自然人提出 14 件, 9 件由个人 7 件和企业 2 件构成: what stands behind is of the next figure
            parts = _PARTS | (KIND["from"] if clause.flags & KIND["composed"] else 0)
            ends = next((place for place, token in enumerate(after) if token.flags & parts), None)
            if ends is not None:
                after = after[: ends + 1]
            before = _without_whole(before, after)
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
                # 20 个工作日内答复 31 件
                within = bool(number) and said[-1].figure.unit in self.words.units["times"]
                self.counting.bind(item, [] if behind else before, after, part=part or within)
            elif item.role == DELTA and tokens[at].kind == FIGURE and not part:
                self.counting.bind_change(item, before)
            said.append(item)
            start = at + 1
            leads = leads and ends is None
            if not last and any(token.flags & _AMONG for token in tokens[start : figures[number + 1]]):
                # 25 件申请中征地类 14 件、规划类 7 件
                self.lists.open(len(said), clause.depth)
        if tokens[-1].flags & _AMONG:
            # 新收的 88 件申请中，…
            self.lists.open(len(said), clause.depth)

    def _note_others(self, clause: Clause) -> None:
        """行政复议 11 件，均系不服行政处罚引起; 均与信息公开无关: the reviews named before are not ours."""
        reviews = [said for said in self.passage.said if said.dimension.startswith("reviews.")]
        caused = clause.flags & _ALL or any(token.text in _CAUSES for token in clause.tokens)
        decisions = caused and explicit(clause.tokens) == {"items"}
        if decisions or (clause.flags & _UNRELATED and clause.flags & _MATTER):
            self._withdraw(reviews)

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
                self._withdraw(
                    [
                        other
                        for other in said
                        if other.dimension.startswith("reviews.") and other.segment == self._segment
                    ]
                )
                state.pending, state.head, state.cur = head, None, None
            self._of_matter = True

    def _said(self, clause: Clause, index: int, at: int, before: list[Token], *, first: bool) -> Said:
        token, tokens = clause.tokens[at], clause.tokens
        figure = token.figure
        assert figure is not None
        after = tokens[at + 1].flags if at + 1 < len(tokens) else 0
        several = not token.text[0].isdecimal() and bool(before) and before[-1].flags & _SEVERAL
        roughly = any(word.flags & _APPROXIMATE for word in before) or after & _ROUGHLY
        if several or roughly or _is_range(tokens, at) or _is_range(tokens, at - 2):
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
            rest=_is_rest(before) or bool(after & _REST),
            closes=bool(flags & _SUM) and known,
            overlapping=bool(
                flags & _TOUCH or (flags & _OVERLAP and figure.unit in self.words.units["published"])
            ),
            year=self.state.year,
            share=bool(flags & _SHARE),
            in_turn=bool(flags & _TURN),
            whole=token.kind == FIGURE and bool(flags & _SHARE),
            named=bool(flags & _SUBJECT) or any(word.kind == GAP for word in before),
        )


def _files(clauses: Iterable[Clause]) -> str:
    """规章 or 规范性文件, where only one of them is named, and no other papers are counted (印发文件 56 件)."""
    named: set[str] = set()
    for clause in clauses:
        said = {value for token in clause.tokens for value in _values(token)}
        named |= said & _FILES
        papers = any(clause.tokens[at - 1].flags & _PAPERS for at in clause.figures if at)
        if papers and not said & _NO_MORE:
            return ""
    return named.pop() if len(named) == 1 else ""


def _values(token: Token) -> Iterable[str]:
    return (value for _slot, value in token.word.senses.get("items", ())) if token.word is not None else ()


def _words(sentence: Sentence) -> Iterable[Word]:
    """The words of a sentence, read in full or not."""
    if not sentence.clauses:
        return sentence.words
    return [token.word for clause in sentence.clauses for token in clause.tokens if token.word is not None]


def _is_range(tokens: Sequence[Token], at: int) -> bool:
    """True where one figure goes to the next: 200-300 件, 200 至 300 件."""
    if at < 0 or at + 2 >= len(tokens):
        return False
    first, to, second = tokens[at : at + 3]
    bare = first.figure is not None and not first.figure.unit and second.figure is not None
    return bare and to.text in _RANGES


def _is_rest(before: Sequence[Token]) -> bool:
    """True for 其他 5 件, 其他类 5 条; not for 行政许可、行政处罚和其他权力 40 条."""
    first = next(
        (token for token in before if token.flags & _REST or not token.flags & (_OPEN | _JOINT)), None
    )
    return first is not None and bool(first.flags & _REST)


def _without_whole(before: list[Token], after: list[Token]) -> list[Token]:
    """Tokens before a figure without those that name what it is one of.

    维持的案件中有一件复议后又起诉: it counts suits; not 行政复议中有 3 件被纠正, which are reviews.
    """
    whole = [place for place, token in enumerate(before) if token.flags & _AMONG]
    if not whole:
        return before
    own = before[whole[-1] + 1 :]
    return own if any(_names_first(token) for token in [*own, *after]) else before


def _names_first(token: Token) -> bool:
    return token.word is not None and any(
        slot == FIRST for senses in token.word.senses.values() for slot, _value in senses
    )


def _is_of_other(figure: Figure, after: Sequence[Token]) -> bool:
    """True for 登记、答复等五个环节: what is not known is counted."""
    return (
        figure.unit in _THINGS and bool(after) and after[0].kind == GAP and after[0].start == figure.unit_end
    )
