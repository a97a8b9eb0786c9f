"""Rules about percentages: shares and rates, and growth against another year."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import TYPE_CHECKING

from gkdesk.checks.check import Outcome, Verdict, both_sides
from gkdesk.checks.figures import ReadingCheck, amounts, cells_of, values_of
from gkdesk.checks.pattern import Pattern
from gkdesk.checks.reading import BASE, DELTA, PLAIN, POINTS
from gkdesk.checks.text_check import numbered
from gkdesk.formats.model import Format
from gkdesk.i18n import _
from gkdesk.report.issue import Issue
from gkdesk.report.session import View
from gkdesk.report.values import spell

if TYPE_CHECKING:
    from gkdesk.checks.reading.model import Fact, Passage, Reading, Said

_RATE = Pattern(r"([\u3400-\u9fff]{1,10})率[为是达到了均]{0,3}$")
_MANNER = Pattern(r"按时|按期|及时|依法|规范|总|全年|其中|平均|法定时限内|法定期限内|申请|件|依申请公开")
_WHOLE = Pattern(
    r"(?:约?占|占比|比例|比重)(?:到|了|为|是|达|总|全|部|年|收|件|数|量|的|比|申请|受理|新收|收到|办结|办理|答复|公开|政府|信息|依|结果|比例|百分比|约)*$"
)
_RECEIVED = ("收", "受理", "接", "登记")
_NEAR = 2
"""Sentences before and behind in which the whole of a percentage may stand."""
_HUNDRED = Decimal(100)
_TIMES = "倍"


class Percentages(ReadingCheck):
    """A percentage is what the two figures of its sentence give, rounded half up to the printed decimals.

    Shares (占) and rates (办结率). Where the percentage fits other figures of the passage, it may be meant so.
    """

    kind = "percentages"

    def read(self, text: str, view: View) -> Outcome:
        reading = self.reading(text, view)
        issues: list[Issue] = []
        evaluated = False
        for place, passage in enumerate(reading.passages):
            for at, said in enumerate(passage.said):
                if not _is_percent(said) or said.role != PLAIN:
                    continue
                pair = _pair(passage, at)
                if pair is None:
                    continue
                evaluated = True
                part, whole = pair
                others = _others(reading, place, part)
                if any(_share(part.figure.value, other, said) for other in [whole, *others]):
                    continue
                if part.figure.value > whole:
                    continue
                issues.append(self._issue(said, part, whole, text))
        if not evaluated:
            return Verdict.NOT_EVALUATED
        return numbered(issues) or Verdict.HOLDS

    def _issue(self, said: Said, part: Said, whole: Decimal, text: str) -> Issue:
        exact = part.figure.value * _HUNDRED / whole
        right = said.figure.rounded(exact)
        return self.found(
            (said.figure.start, said.figure.end),
            text,
            part="percent",
            instead=_decimals(right, said),
            left=said.figure.value,
            right=right,
            params=[
                ("words", self.words(text, said.figure.start, said.figure.unit_end)),
                ("part", spell(part.figure.value)),
                ("whole", spell(whole)),
                ("exact", _decimals(exact.quantize(Decimal("0.01")), None)),
            ],
        )

    def explain(self, issue: Issue, form: Format) -> str:
        params = dict(issue.params)
        return _("“{words}”：{part} ÷ {whole} = {exact}%，应写 {right}%").format(
            words=params["words"],
            part=params["part"],
            whole=params["whole"],
            exact=params["exact"],
            right=params["instead"],
        )


class Growth(ReadingCheck):
    """增长, 下降, 增加 n 件, 提高 n 个百分点 are what the two figures give, in the direction that is said.

    Where the sentence gives only this year's figure and last year's report is there, that is the other one.
    """

    kind = "growth"
    reads_last_year = True

    def read(self, text: str, view: View) -> Outcome:
        issues: list[Issue] = []
        evaluated = False
        for passage in self.reading(text, view).passages:
            for at, said in enumerate(passage.said):
                if said.role != DELTA or said.increase is None or said.figure.approximate:
                    continue
                pairs = list(_changes(passage, at, view))
                if not pairs:
                    continue
                evaluated = True
                if any(_changed(now, before, said) for now, before in pairs):
                    continue
                issues.append(self._issue(said, *pairs[0], text))
        if not evaluated:
            return Verdict.NOT_EVALUATED
        return numbered(issues) or Verdict.HOLDS

    def _issue(self, said: Said, now: Decimal, before: Decimal, text: str) -> Issue:
        change = now - before
        figure = said.figure
        relative = _relative(said)
        right = figure.rounded(abs(change) * relative / before) if relative else abs(change)
        turned = change != 0 and (change > 0) != said.increase
        scale = Decimal(1) if relative else figure.scale
        return self.found(
            (figure.start, figure.end),
            text,
            part="growth",
            instead=None if turned else _decimals(right / scale, said if relative else None),
            left=figure.value / scale,
            right=right / scale,
            params=[
                ("words", self.words(text, figure.start, figure.unit_end)),
                ("now", spell(now / scale)),
                ("before", spell(before / scale)),
                ("unit", text[figure.end : figure.unit_end].strip()),
                ("way", "same" if change == 0 else "more" if change > 0 else "less"),
            ],
        )

    def explain(self, issue: Issue, form: Format) -> str:
        _said, right = both_sides(issue)
        params = dict(issue.params)
        message = {
            "more": _("“{words}”：从 {before} 到 {now} 是增加 {right}{unit}"),
            "less": _("“{words}”：从 {before} 到 {now} 是减少 {right}{unit}"),
            "same": _("“{words}”：从 {before} 到 {now} 没有变化"),
        }[params["way"]]
        return message.format(
            words=params["words"],
            before=params["before"],
            now=params["now"],
            right=spell(right),
            unit=params["unit"],
        )


def _is_percent(said: Said) -> bool:
    return said.figure.unit == "%"


def _relative(said: Said) -> Decimal | None:
    """By what a change is multiplied to be said in % or 倍; None for a difference in the unit itself."""
    return _HUNDRED if said.figure.unit == "%" else Decimal(1) if said.figure.unit == _TIMES else None


def _is_count(said: Said) -> bool:
    return not said.figure.percent and not said.figure.approximate


# ---------------------------------------------------------------- shares and rates


def _pair(passage: Passage, at: int) -> tuple[Said, Decimal] | None:
    """The part and the whole of a percentage, where the sentence names both."""
    said = passage.said[at]
    if said.figure.approximate or said.in_turn:
        return None
    before = passage.said[:at]
    if before and before[-1].whole and before[-1].clause == said.clause:
        part = next((other for other in reversed(before[:-1]) if _is_plain(other)), None)
        whole = before[-1].figure
        return None if part is None or not _is_count(before[-1]) or not whole.value else (part, whole.value)
    if said.share and _WHOLE.re.search(said.label.replace(" ", "")):
        return _of_list(passage, before)
    rate = _RATE.re.search(said.label.replace(" ", ""))
    return _of_rate(passage, at, rate[1]) if rate else None


def _is_plain(said: Said) -> bool:
    return _is_count(said) and said.role == PLAIN and not said.whole


def _of_list(passage: Passage, before: list[Said]) -> tuple[Said, Decimal] | None:
    """自然人 62 件，占 70.5%: the part just before, the whole at the head of the list."""
    counts = [said for said in before if _is_plain(said)]
    earlier = [said for said in passage.before if _is_plain(said)]
    if not counts or len(counts) + len(earlier) < 2:
        return None
    part = counts[-1]
    if earlier:
        return (part, earlier[0].figure.value) if earlier[0].figure.value else None
    opened = [opening.at for opening in passage.openings if 0 < opening.at <= before.index(part)]
    heads = [said for said in before[: opened[-1]] if _is_plain(said)] if opened else counts[:1]
    whole = heads[-1] if heads else counts[0]
    if whole is part or whole.figure.unit != part.figure.unit or not whole.figure.value:
        return None
    return part, whole.figure.value


def _of_rate(passage: Passage, at: int, name: str) -> tuple[Said, Decimal] | None:
    """办结率: the figure that was 办结, and what was received before it."""
    stem = _MANNER.re.sub("", name)[-2:]
    counts = [(place, said) for place, said in enumerate(passage.said[:at]) if _is_plain(said)]
    done = [
        (place, said)
        for place, said in counts
        if stem and stem in said.label and (said.dimension or not _is_listed(passage, place))
    ]
    if not done:
        return None
    place, part = done[-1]
    earlier = [said for other, said in counts if other < place]
    received = [said for said in earlier if any(word in said.label for word in _RECEIVED)]
    heads = [
        said
        for other, said in counts
        if any(other + 1 == opening.at == place for opening in passage.openings)
    ]
    whole = received[-1:] or (earlier if len(earlier) == 1 else heads)
    if not whole or whole[-1].figure.unit != part.figure.unit or not whole[-1].figure.value:
        return None
    return part, whole[-1].figure.value


def _is_listed(passage: Passage, place: int) -> bool:
    """True for one of several parts: 文字解读 30 篇、视频解读 6 篇."""
    said = passage.said[place]
    following = passage.said[place + 1 : place + 2]
    return said.before == "、" or any(other.before == "、" for other in following)


def _others(reading: Reading, place: int, part: Said) -> Iterator[Decimal]:
    """Figures nearby in the same line that may be the whole: each one, and 新收 with 上年结转."""
    line = reading.passages[place].line
    near = [
        said
        for passage in reading.passages[max(place - _NEAR, 0) : place + _NEAR + 1]
        if passage.line == line
        for said in passage.said
        if said is not part and _is_count(said) and said.figure.value
    ]
    yield from dict.fromkeys(said.figure.value for said in near)
    stages = {said.value: said.figure.value for said in near if said.dimension.endswith(".stages")}
    for received in ("new", "received"):
        if received in stages and "carried_in" in stages:
            yield stages[received] + stages["carried_in"]


def _share(part: Decimal, whole: Decimal, said: Said) -> bool:
    return said.figure.rounded(part * _HUNDRED / whole) == said.figure.value


# ---------------------------------------------------------------- growth


def _changes(passage: Passage, at: int, view: View) -> Iterator[tuple[Decimal, Decimal]]:
    """Figures of now and before that a change may be about, the likeliest first."""
    said = passage.said[at]
    points = said.figure.percent and said.figure.unit == POINTS
    alike = [
        (index, other)
        for index, other in enumerate(passage.said)
        if not other.figure.approximate and other.figure.percent == points and other.figure.unit != POINTS
    ]
    last = view.year - 1
    bases = [
        pair for pair in alike if pair[1].role == BASE or (pair[1].role == PLAIN and pair[1].year == last)
    ]
    now = [
        pair
        for pair in alike
        if pair[1].role == PLAIN and not pair[1].whole and pair[1].year in (None, view.year)
    ]
    # the nearest before the change first, then those behind it
    bases.sort(key=lambda pair: (pair[0] > at, abs(pair[0] - at)))
    now.sort(key=lambda pair: (pair[0] > at, abs(pair[0] - at)))
    for _index, base in bases:
        for _other_index, other in now:
            same = other.figure.unit == base.figure.unit and (base.figure.value or not _relative(said))
            if same and other.figure.money == base.figure.money:
                yield other.figure.value, base.figure.value
    if bases:
        return
    earlier = [other for index, other in now if index < at]
    if _relative(said):
        yield from _from_difference(passage, at, earlier)
    if not points and earlier:
        yield from _from_last_year(earlier[0].fact, view)


def _from_difference(passage: Passage, at: int, now: Iterable[Said]) -> Iterator[tuple[Decimal, Decimal]]:
    """增加 8 件，增长 10%: before is now less the difference."""
    differences = [
        other for other in passage.said[max(at - 1, 0) : at] if other.role == DELTA and _is_count(other)
    ]
    for difference in differences:
        change = difference.figure.value if difference.increase else -difference.figure.value
        for other in now:
            before = other.figure.value - change
            if other.figure.unit == difference.figure.unit and before > 0:
                yield other.figure.value, before


def _from_last_year(fact: Fact | None, view: View) -> Iterator[tuple[Decimal, Decimal]]:
    if fact is None or fact.year is not None or fact.scoped:
        return
    last = values_of(view.year - 1, view)
    if last is None:
        return
    for _reading, amount in amounts(fact, cells_of(view.form), last, view):
        if amount:
            yield fact.figure.value, amount


def _changed(now: Decimal, before: Decimal, said: Said) -> bool:
    change = now - before
    if change != 0 and (change > 0) != said.increase:
        return False
    relative = _relative(said)
    if relative:
        return said.figure.rounded(abs(change) * relative / before) == said.figure.value
    return abs(change) == said.figure.value


def _decimals(value: Decimal, said: Said | None) -> str:
    """The value with as many decimals as the figure that it replaces."""
    if said is None:
        return spell(value)
    return format(
        value.quantize(said.figure.step) if said.figure.step < 1 else value.quantize(Decimal(1)), "f"
    )
