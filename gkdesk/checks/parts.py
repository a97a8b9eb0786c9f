"""Rules about sums that a text states: listed parts and their total, and what came in and went out."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from gkdesk.checks.check import Outcome, Verdict, both_sides, difference
from gkdesk.checks.figures import ReadingCheck, amounts, cells_of
from gkdesk.checks.pattern import Pattern
from gkdesk.checks.reading import PLAIN
from gkdesk.checks.text_check import numbered
from gkdesk.formats.model import Format
from gkdesk.i18n import _
from gkdesk.report.issue import Issue
from gkdesk.report.session import View
from gkdesk.report.values import spell

if TYPE_CHECKING:
    from gkdesk.checks.reading.model import Fact, Opening, Passage, Said

_ALL_APPLICANTS = (
    frozenset({"natural", "legal"}),
    frozenset({"natural", "business", "research", "charity", "legal_service", "other_org"}),
)
_CLOSE = Decimal("0.2")
"""Parts of 其中 that miss the total by no more than this share of it were meant to be all of it."""
_SHOWN = 6
_ALL = Pattern("(?:全年)?共(?:计|有)?")


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
                head, parts = _list(passage, opening)
                if head is None or len(parts) < 2 or any(said.figure.approximate for said in [head, *parts]):
                    continue
                evaluated = True
                total, added = head.figure.value, sum(said.figure.value for said in parts)
                heads = {said.figure.value for said in passage.before} if not opening.at else set()
                if (
                    added != total
                    and added not in heads
                    and _certain(passage, opening, head, parts, added - total)
                ):
                    issues.append(self._issue(head, parts, added, text))
            for at, said in enumerate(passage.said):
                if said.figure.approximate:
                    continue
                parts = _closed(passage, at) or _unopened(passage, at)
                if len(parts) < 2:
                    continue
                evaluated = True
                added = sum(part.figure.value for part in parts)
                if added != said.figure.value:
                    issues.append(self._issue(said, parts, added, text))
        if not evaluated:
            return Verdict.NOT_EVALUATED
        return numbered(issues) or Verdict.HOLDS

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
    """收到 + 上年结转 = 办结 + 结转下年度, where one paragraph states all four for the whole unit and year."""

    kind = "stated_balance"

    def read(self, text: str, view: View) -> Outcome:
        lines: dict[int, dict[str, list[Fact]]] = {}
        for fact in self.reading(text, view).facts:
            term = fact.readings[0][0]
            if len(fact.readings[0]) == 1 and term[0] == "requests" and term[2] == "total":
                name = "received" if term[1] == "new" else term[1]
                lines.setdefault(fact.line, {}).setdefault(name, []).append(fact)
        issues: list[Issue] = []
        evaluated = False
        for stages in lines.values():
            four = [stages.get(name, []) for name in ("received", "carried_in", "answered", "carried_out")]
            if not all(_one_value(facts) for facts in four):
                continue
            evaluated = True
            came, before, done, left = (facts[0] for facts in four)
            out = done.figure.value + left.figure.value
            right = {came.figure.value + before.figure.value}
            if _may_include(came, view):
                right.add(came.figure.value)
            if out not in right:
                issues.append(self._issue([came, before, done, left], text))
        if not evaluated:
            return Verdict.NOT_EVALUATED
        return numbered(issues) or Verdict.HOLDS

    def _issue(self, four: list[Fact], text: str) -> Issue:
        places = [place for fact in four for place in (fact.figure.start, fact.figure.unit_end)]
        values = [fact.figure.value for fact in four]
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


def _may_include(came: Fact, view: View) -> bool:
    """True where 收到 may count the carried-over ones too: not 新收, nor where it is what the table calls new."""
    if came.readings[0][0][1] == "new":
        return False
    _reading, new = next(iter(amounts(came, cells_of(view.form), view.values, view)), (None, None))
    return new is None or new != came.figure.value


def _one_value(facts: list[Fact]) -> bool:
    """True where this stage is stated, always alike, for the report's year and for the unit alone."""
    if any(fact.year is not None or fact.scoped or fact.includes_carried for fact in facts):
        return False
    return len({fact.figure.value for fact in facts}) == 1


def _list(passage: Passage, opening: Opening) -> tuple[Said | None, list[Said]]:
    """The total in front of a list, and its parts."""
    first = passage.said[: opening.at] if opening.at else passage.before
    before = [
        said
        for said in first
        if said.role == PLAIN and not said.figure.percent and not said.whole and said.depth <= opening.depth
    ]
    head = before[-1] if before else None
    parts: list[Said] = []
    if head is None:
        return None, parts
    mark = ""
    limit = min((other.at for other in passage.openings if other.at > opening.at), default=len(passage.said))
    for said in passage.said[opening.at : limit]:
        if said.depth > opening.depth or said.figure.percent or said.whole:
            continue
        if said.depth < opening.depth or said.role != PLAIN or not _alike(said, head):
            break
        if parts:
            if (
                said.dimension != parts[0].dimension
                and not said.rest
                and (said.dimension or parts[0].dimension)
            ):
                break
            mark = mark or said.before
            if said.before != mark and not said.rest and not (said.dimension and said.before != ";"):
                break
        elif said.dimension and said.dimension == head.dimension and said.dimension.endswith(".stages"):
            break
        parts.append(said)
    return head, parts


def _closed(passage: Passage, at: int) -> list[Said]:
    """The parts in front of their total: 网络 38 件、邮寄 14 件，合计 52 件; 分别收到 8 件、11 件，全年共收到 19 件."""
    total = passage.said[at]
    if total.role != PLAIN or total.figure.percent or total.whole:
        return []
    parts: list[Said] = []
    for said in reversed(passage.said[:at]):
        fits = said.role == PLAIN and not said.figure.percent and not said.figure.approximate
        if not fits or said.depth != total.depth or said.figure.unit != total.figure.unit:
            return []
        if (
            parts
            and parts[-1].before != "、"
            and (not said.dimension or said.dimension != parts[-1].dimension)
        ):
            break
        parts.append(said)
    parts.reverse()
    in_turn = bool(parts) and parts[0].in_turn and "共" in total.label
    return parts if total.closes or in_turn or _is_all(total) else []


def _is_all(total: Said) -> bool:
    """True for 网站 210 条、公众号 98 条，共 308 条."""
    return _ALL.re.fullmatch("".join(total.label.split())) is not None and total.before == "，"


def _unopened(passage: Passage, at: int) -> list[Said]:
    """Parts that no word opens, but that are called as their total is, or are both halves of the year.

    咨询 120 次，电话咨询 80 次、现场咨询 40 次; 活动九场，上半年四场、下半年五场.
    """
    head, parts = passage.said[at], passage.said[at + 1 : at + 3]
    if len(parts) < 2 or parts[0].before != "，" or parts[1].before != "、":
        return []
    if any(opening.at == at + 1 for opening in passage.openings) or head.dimension:
        return []
    for said in passage.said[at + 3 :]:
        if said.before != "、":
            break
        parts.append(said)
    plain = all(
        said.role == PLAIN and not said.figure.approximate and said.figure.unit == head.figure.unit
        for said in parts
    )
    labels = ["".join(said.label.split()) for said in parts]
    noun = "".join(head.label.split())[-2:]
    halves = len(parts) == 2 and labels[0].endswith("上半年") and labels[1].endswith("下半年")
    named = len(noun) == 2 and all(label.endswith(noun) and label != noun for label in labels)
    return parts if plain and head.role == PLAIN and (halves or named) else []


def _alike(said: Said, head: Said) -> bool:
    return said.figure.unit == head.figure.unit or not said.figure.unit


def _certain(passage: Passage, opening: Opening, head: Said, parts: list[Said], excess: Decimal) -> bool:
    """True where parts that do not add up must be a mistake."""
    if opening.overlapping:
        return any(said.rest for said in parts)
    if excess > 0:
        return any(said.rest for said in parts) or not any(said.overlapping for said in parts)
    first = passage.said.index(parts[0])
    if any(first < at <= first + len(parts) + 1 for at in passage.et_cetera):
        return False
    if opening.complete or any(said.rest for said in parts):
        return True
    if any(said.dimension for said in parts):
        # the tables know these parts: each is held against its own cell
        return {said.value for said in parts} in _ALL_APPLICANTS
    return -excess <= _CLOSE * head.figure.value
