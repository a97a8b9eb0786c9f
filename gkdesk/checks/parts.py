"""Rules about sums that a text states: listed parts and their total, and what came in and went out."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from gkdesk.checks.check import Outcome, Verdict, both_sides, difference, number
from gkdesk.checks.figures import ReadingCheck, amounts, cells_of
from gkdesk.checks.lists import closed, listed, must_add_up, unopened
from gkdesk.checks.reading import PLAIN
from gkdesk.checks.text_check import numbered
from gkdesk.formats.model import Format
from gkdesk.i18n import _
from gkdesk.report.issue import Issue
from gkdesk.report.session import View
from gkdesk.report.values import spell

if TYPE_CHECKING:
    from gkdesk.checks.reading.model import Fact, Opening, Passage, Reading, Said

_BEHIND = 3
"""Figures behind a list that may belong to it."""
_SHOWN = 6
"""Parts that a message names."""


def _is_of_another(
    passage: Passage, opening: Opening, parts: list[Said], added: Decimal | int, excess: Decimal
) -> bool:
    """True where a list may belong to a figure before its head.

    网站 117 条、其他 16 条。其中规范性文件 3 条 …: of all that was said before.
    受理 1,893 件，作出决定 1,887 件，其中准予 1,871 件、不予 16 件，其余 6 件撤回: of those that came in.
    """
    others = [] if opening.at else [said.figure.value for said in passage.before]
    if parts[-1].rest:
        others += [said.figure.value for said in passage.said[: opening.at]]
    return added in others or (excess > 0 and any(value > added for value in others))


def _is_all_done(head: Said, parts: list[Said], added: Decimal | int, view: View) -> bool:
    """True for 新收 12 件，办理结果为 …, 13 in all: those of last year are among the results, as the table has them."""
    if head.value not in ("new", "received") or parts[0].dimension != "requests.first":
        return False
    done = cells_of(view.form).single("requests", "answered", "total")
    return bool(done) and [number(view.values.get(cell)) for cell in done] == [added]


def _may_end_elsewhere(passage: Passage, parts: list[Said], total: Decimal) -> bool:
    """True where fewer parts, or the figures behind them too, are exactly the total: where a list ends is not clear."""
    if any(said.fact is not None for said in parts):
        return False
    sums = list(itertools.accumulate(said.figure.value for said in parts))
    behind = passage.said[passage.said.index(parts[-1]) + 1 :]
    counts = (said.figure.value for said in behind if said.role == PLAIN and not said.figure.percent)
    longer = itertools.islice(itertools.accumulate(counts, initial=sums[-1]), 1, _BEHIND + 1)
    return (total in sums[1:-1] and not parts[-1].rest) or total in longer


_STAGES = ("received", "carried_in", "answered", "carried_out")


@dataclass(frozen=True)
class _Stage:
    """What a text says of one side of the balance.

    ``whose`` is its paragraph, and whether it is of the whole area; ``plain`` where it is of the report's year.
    """

    name: str
    value: Decimal
    start: int
    end: int
    whose: tuple[int, bool]
    plain: bool
    fact: Fact | None = None


class ListedParts(ReadingCheck):
    """Parts that a sentence lists (其中, 包括, 分为 …) add up to the total before them.

    Parts may be left out after 其中 and before 等, unless 其他 closes the list; parts that are counted by
    channel may overlap.
    """

    kind = "listed_parts"

    def read(self, text: str, view: View) -> Outcome:
        issues: list[Issue] = []
        evaluated = False
        for passage in self.reading(text, view).passages:
            for opening in passage.openings:
                head, parts, whole = listed(passage, opening)
                if head is None or len(parts) < 2 or any(said.figure.approximate for said in [head, *parts]):
                    continue
                evaluated = True
                added = sum(said.figure.value for said in parts)
                excess = added - head.figure.value
                may_be = _may_end_elsewhere(passage, parts, head.figure.value) or _is_of_another(
                    passage, opening, parts, added, excess
                )
                may_be = may_be or _is_all_done(head, parts, added, view)
                if excess and not may_be and must_add_up(passage, opening, head, parts, excess, whole=whole):
                    issues.append(self._issue(head, parts, added, text))
            for at, said in enumerate(passage.said):
                parts = [] if said.figure.approximate else closed(passage, at) or unopened(passage, at)
                if len(parts) < 2:
                    continue
                evaluated = True
                added = sum(part.figure.value for part in parts)
                if added != said.figure.value:
                    issues.append(self._issue(said, parts, added, text))
        if not evaluated:
            return Verdict.NOT_EVALUATED
        # 其中分为 opens the same list twice
        return numbered(list(dict.fromkeys(issues))) or Verdict.HOLDS

    def _issue(self, head: Said, parts: list[Said], added: Decimal | int, text: str) -> Issue:
        scale = head.figure.scale
        shown = [spell(said.figure.value / scale) for said in parts]
        first, last = (
            min(head.figure.start, parts[0].figure.start),
            max(head.figure.unit_end, parts[-1].figure.unit_end),
        )
        return self.found(
            (first, last),
            text,
            part="parts",
            left=Decimal(added) / scale,
            right=head.figure.value / scale,
            params=[
                ("words", self.words(text, head.figure.start, head.figure.unit_end)),
                ("parts", " + ".join(shown) if len(shown) <= _SHOWN else ""),
                ("count", str(len(parts))),
            ],
        )

    def explain(self, issue: Issue, form: Format) -> str:
        added, total = both_sides(issue)
        params = dict(issue.params)
        message = (
            _("“{words}”：所列各项 {parts} = {added}，与 {total} 相差 {difference}")
            if params["parts"]
            else _("“{words}”：所列 {count} 项相加是 {added}，与 {total} 相差 {difference}")
        )
        return message.format(
            words=params["words"],
            parts=params["parts"],
            count=params["count"],
            added=spell(added),
            total=spell(total),
            difference=difference(issue),
        )


class StatedBalance(ReadingCheck):
    """收到 + 上年结转 = 办结 + 结转下年度, where one paragraph states all four of the unit, or of the whole area."""

    kind = "stated_balance"

    def read(self, text: str, view: View) -> Outcome:
        stated: dict[tuple[int, bool], dict[str, list[_Stage]]] = {}
        for stage in _stages(self.reading(text, view)):
            stated.setdefault(stage.whose, {}).setdefault(stage.name, []).append(stage)
        issues: list[Issue] = []
        evaluated = False
        for stages in stated.values():
            four = [stages.get(name, []) for name in _STAGES]
            if not all(_one_value(alike) for alike in four):
                continue
            evaluated = True
            came, before, done, left = (alike[0] for alike in four)
            right = {came.value + before.value}
            if (came.fact is not None and came.fact.includes_carried) or _may_include(came, view):
                right.add(came.value)
            if before.value and done.fact is not None and done.fact.of_stage:
                # 办结 of those that came alone
                right.add(came.value)
            if done.value + left.value not in right:
                issues.append(self._issue([came, before, done, left], text))
        if not evaluated:
            return Verdict.NOT_EVALUATED
        return numbered(issues) or Verdict.HOLDS

    def _issue(self, four: list[_Stage], text: str) -> Issue:
        places = [place for stage in four for place in (stage.start, stage.end)]
        values = [stage.value for stage in four]
        return self.found(
            (min(places), max(places)),
            text,
            part="balance",
            left=int(values[0] + values[1]),
            right=int(values[2] + values[3]),
            params=[("value", spell(value)) for value in values],
        )

    def explain(self, issue: Issue, form: Format) -> str:
        came, before, done, left = (text for name, text in issue.params if name == "value")
        incoming, outgoing = both_sides(issue)
        return _(
            "文字里的数不平：收到 {came} + 上年结转 {before} = {incoming}，"
            "办结 {done} + 结转下年度 {left} = {outgoing}，相差 {difference}"
        ).format(
            came=came,
            before=before,
            incoming=spell(incoming),
            done=done,
            left=left,
            outgoing=spell(outgoing),
            difference=difference(issue),
        )


def _stages(reading: Reading) -> Iterator[_Stage]:
    """What a text says of 收到, 上年结转, 办结 and 结转下年度 as wholes: as figures, or that there was none."""
    for fact in reading.facts:
        term = fact.readings[0][0]
        if len(fact.readings[0]) == 1 and term[0] == "requests" and term[2] == "total":
            figure, whose = fact.figure, (fact.line, fact.scoped)
            yield _Stage(
                _name(term[1]), figure.value, figure.start, figure.unit_end, whose, fact.year is None, fact
            )
    for claim in reading.claims:
        for domain, first, second in claim.terms:
            if domain == "requests" and second == "total":
                whose = (claim.line, claim.scoped)
                yield _Stage(_name(first), Decimal(0), claim.start, claim.end, whose, claim.year is None)


def _name(value: str) -> str:
    return "received" if value == "new" else value


def _may_include(came: _Stage, view: View) -> bool:
    """True where 收到 may count the carried-over ones too: not 新收, nor where it is what the table calls new."""
    if came.fact is None or came.fact.readings[0][0][1] == "new":
        return False
    _reading, new = next(iter(amounts(came.fact, cells_of(view.form), view.values, view)), (None, None))
    return new is None or new != came.value


def _one_value(stated: list[_Stage]) -> bool:
    """True where this stage is stated, always alike, for the report's year."""
    return all(stage.plain for stage in stated) and len({stage.value for stage in stated}) == 1
