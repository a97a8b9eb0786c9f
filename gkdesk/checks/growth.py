"""Rules about change: growth against another year."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import TYPE_CHECKING

from gkdesk.checks.check import Outcome, Verdict, both_sides
from gkdesk.checks.figures import ReadingCheck, amounts, cells_of, values_of
from gkdesk.checks.reading import BASE, DELTA, PLAIN, POINTS
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
            instead=None if turned else in_decimals(right / scale, said if relative else None),
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
        if not other.figure.approximate and other.figure.percent == points and other.figure.unit != POINTS
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
        other for other in passage.said[max(at - 1, 0) : at] if other.role == DELTA and is_count(other)
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
