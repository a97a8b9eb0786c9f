"""Rules about change: growth against another year."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import TYPE_CHECKING

from gkdesk.checks.check import Outcome, Verdict, both_sides
from gkdesk.checks.figures import ReadingCheck, amounts, cells_of, values_of
from gkdesk.checks.pattern import Pattern
from gkdesk.checks.reading import BASE, DELTA, PLAIN, POINTS
from gkdesk.checks.said_year import fold
from gkdesk.checks.shares import HUNDRED, in_decimals, is_count
from gkdesk.checks.text_check import numbered
from gkdesk.formats.model import Format
from gkdesk.i18n import _
from gkdesk.report.issue import Issue
from gkdesk.report.session import View
from gkdesk.report.values import spell

if TYPE_CHECKING:
    from gkdesk.checks.reading.model import Fact, Passage, Said

_TIMES = "倍"
_YEARLY = ("年均", "年平均")
_YEAR = Pattern(r"((?:19|20)[0-9]{2})年")
_NET = "净"


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
                if said.figure.approximate or not (_is_change(said) or _is_multiple(said)):
                    continue
                if _is_of_several(passage, at) or _is_of_years(passage, at, view):
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
        multiple = _is_multiple(said)
        amount = now if multiple else abs(change)
        right = figure.rounded(amount * relative / before) if relative else amount
        turned = not multiple and change != 0 and (change > 0) != said.increase
        scale = Decimal(1) if relative else figure.scale
        return self.found(
            (figure.start, figure.end),
            text,
            part="growth",
            instead=None if turned else in_decimals(right / scale, said if relative else None),
            left=figure.value / scale,
            right=right / scale,
            params=[
                ("words", self.words(text, figure.start, figure.unit_end)),
                ("now", spell(now / scale)),
                ("before", spell(before / scale)),
                ("unit", text[figure.end : figure.unit_end].strip()),
                ("way", _way(change, multiple=multiple)),
            ],
        )

    def explain(self, issue: Issue, form: Format) -> str:
        _said, right = both_sides(issue)
        params = dict(issue.params)
        message = {
            "more": _("“{words}”：从 {before} 到 {now} 是增加 {right}{unit}"),
            "less": _("“{words}”：从 {before} 到 {now} 是减少 {right}{unit}"),
            "times": _("“{words}”：{now} 是 {before} 的 {right} 倍"),
            "same": _("“{words}”：从 {before} 到 {now} 没有变化"),
        }[params["way"]]
        return message.format(
            words=params["words"],
            before=params["before"],
            now=params["now"],
            right=spell(right),
            unit=params["unit"],
        )


def _is_of_several(passage: Passage, at: int) -> bool:
    """True for 同比分别增长 8.1%、17.5%, and for 本年减少 4 项 of the format of 2019, which its cell holds."""
    said = passage.said[at]
    return said.in_turn or (
        said.fact is not None and any(term[2] == "change" for term in said.fact.readings[0])
    )


def _is_of_years(passage: Passage, at: int, view: View) -> bool:
    """True for 年均增长 28%, 比 2022 年多 15 件, 是 2021 年（28 件）的 2.1 倍: not beside last year alone."""
    said = passage.said[at]
    named = {int(year) for year in _YEAR.re.findall(fold(said.label))}
    if any(word in said.label for word in _YEARLY) or named - {view.year, view.year - 1}:
        return True
    years = {other.year for other in passage.said[:at]}
    return _is_multiple(said) and bool(years - {None, view.year, view.year - 1})


def _relative(said: Said) -> Decimal | None:
    """By what a change is multiplied to be said in % or 倍; None for a difference in the unit itself."""
    return HUNDRED if said.figure.unit == "%" else Decimal(1) if said.figure.unit == _TIMES else None


def _changes(passage: Passage, at: int, view: View) -> Iterator[tuple[Decimal, Decimal]]:
    """Figures of now and before that a change may be about, the likeliest first."""
    said = passage.said[at]
    points = said.figure.percent and said.figure.unit == POINTS
    alike = [
        (index, other)
        for index, other in enumerate(passage.said)
        if not other.figure.approximate
        and other.figure.percent == points
        and other.figure.unit != POINTS
        # what stands behind a semicolon is of the next thing
        and other.segment <= said.segment
    ]
    if any(other.segment == said.segment and other.role == PLAIN for other in passage.said[:at]):
        # what stands beyond a semicolon is another matter
        alike = [pair for pair in alike if pair[1].segment == said.segment]
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
    if _NET in said.label and len(now) > 1:
        # 上年 23 项，取消 4 项、新增 1 项，净减少 3 项: neither is what there is now
        return
    bases.sort(key=lambda pair: (pair[0] > at, abs(pair[0] - at)))
    now.sort(key=lambda pair: (pair[0] > at, abs(pair[0] - at)))
    bases = [pair for pair in bases if not _has_its_own(passage, at, pair[0])]
    nearest = next((other for index, other in now if index < at), None)
    if _relative(said) and nearest is not None and nearest.clause == said.clause - 1:
        # 上年 46 项，减少 4 项，作出决定 512 件，同比增长 6.7%: of the decisions
        bases = [pair for pair in bases if pair[1].figure.unit == nearest.figure.unit]
    for _index, base in bases:
        for _other_index, other in now:
            same = other.figure.unit == base.figure.unit and (base.figure.value or not _relative(said))
            if not points and not _relative(said) and said.figure.unit != base.figure.unit:
                # 集中采购 8 个（126.5 万元），增加 2 个
                continue
            if same and other.figure.money == base.figure.money:
                yield other.figure.value, base.figure.value
    if bases:
        if _relative(said):
            yield from _on_base(passage, at, [base for _index, base in bases])
        return
    earlier = [other for index, other in now if index < at]
    if _relative(said):
        yield from _from_difference(passage, at, earlier)
    if not points and earlier and (_relative(said) or earlier[0].figure.unit == said.figure.unit):
        yield from _from_last_year(earlier[0].fact, view)


def _has_its_own(passage: Passage, at: int, base: int) -> bool:
    """True where the change at a place is not of that base, but of what stands in front of it.

    浏览量由 281 万增至 326 万，同比增长 16%，新收申请同比增长 18%; a base behind it is its own only in brackets.
    """
    said, other = passage.said[at], passage.said[base]
    if base > at:
        return other.depth <= said.depth and other.named
    return said.clause != other.clause and said.named


def _from_difference(passage: Passage, at: int, now: Iterable[Said]) -> Iterator[tuple[Decimal, Decimal]]:
    """增加 8 件，增长 10%: before is now less the difference."""
    for change, unit in _difference(passage, at):
        for other in now:
            before = other.figure.value - change
            if other.figure.unit == unit and before > 0:
                yield other.figure.value, before


def _on_base(passage: Passage, at: int, bases: Iterable[Said]) -> Iterator[tuple[Decimal, Decimal]]:
    """比 2023 年的 40 件增加 8 件，增长 20%: now is before and the difference."""
    for change, unit in _difference(passage, at):
        for base in bases:
            if base.figure.unit == unit and base.figure.value:
                yield base.figure.value + change, base.figure.value


def _difference(passage: Passage, at: int) -> Iterator[tuple[Decimal, str]]:
    """The change in the unit itself that stands right before a relative one, with its unit."""
    for other in passage.said[max(at - 1, 0) : at]:
        if other.role == DELTA and is_count(other):
            yield other.figure.value if other.increase else -other.figure.value, other.figure.unit


def _from_last_year(fact: Fact | None, view: View) -> Iterator[tuple[Decimal, Decimal]]:
    if fact is None or fact.year is not None or fact.scoped:
        return
    last = values_of(view.year - 1, view)
    if last is None:
        return
    for _reading, amount in amounts(fact, cells_of(view.form), last, view):
        if amount:
            yield fact.figure.value, amount


def _is_change(said: Said) -> bool:
    return said.role == DELTA


def _is_multiple(said: Said) -> bool:
    """True for 是 2023 年 30 件的 3 倍."""
    return said.role == PLAIN and said.figure.unit == _TIMES and said.label.endswith("的")


def _way(change: Decimal, *, multiple: bool) -> str:
    if multiple:
        return "times"
    return "same" if change == 0 else "more" if change > 0 else "less"


def _changed(now: Decimal, before: Decimal, said: Said) -> bool:
    """True where the change, or the multiple, is what the text says."""
    change = now - before
    if _is_multiple(said):
        return said.figure.rounded(now / before) == said.figure.value
    if change != 0 and (change > 0) != said.increase:
        return False
    relative = _relative(said)
    if relative:
        return said.figure.rounded(abs(change) * relative / before) == said.figure.value
    return abs(change) == said.figure.value
