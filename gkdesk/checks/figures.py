"""Rules that hold what a text says against the tables: its figures, and that something did not happen."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from itertools import takewhile
from typing import TYPE_CHECKING

from gkdesk.checks.check import Outcome, Verdict, both_sides, number
from gkdesk.checks.pattern import Pattern
from gkdesk.checks.said_year import SENTENCE_END, fold, wrong
from gkdesk.checks.text_check import TextCheck, numbered, quoted
from gkdesk.formats.model import MONEY_UNITS, Format, Severity
from gkdesk.i18n import _
from gkdesk.report.intro import INTRO
from gkdesk.report.issue import Issue
from gkdesk.report.session import View
from gkdesk.report.values import Value, spell
from gkdesk.words import in_quotes

if TYPE_CHECKING:
    # read when the first text is checked, not when the program starts
    from gkdesk.checks.reading.cells import CellMap, Cells
    from gkdesk.checks.reading.cells import Reading as Cellwise
    from gkdesk.checks.reading.model import Claim, Fact, Reading
    from gkdesk.checks.reading.tokens import Figure

_BEFORE = 18
"""Characters before a figure that a message quotes."""
_BACK = 40
"""Characters before a figure in which its year stands."""
_AHEAD = 120
"""Characters from a year on in which its sentence ends, or names another."""
TELLING = 10
"""Figures below this are alike in two years often enough."""
_CLAUSE_ENDS = Pattern(r"[，,。；;：:、（(）)\n！？]")


class ReadingCheck(TextCheck):
    """A check that reads what the figures of a text count."""

    also_reads = ("unit.name",)
    reads_tables = True

    def reading(self, text: str, view: View) -> Reading:
        """What the text says; kept between checks of the same text."""
        from gkdesk.checks.reading.reader import read

        return read(text, view.fields.get("unit.name", ""), view.year)

    def words(self, text: str, start: int, end: int) -> str:
        """A figure with some of the words in front of it, from the start of its clause at most."""
        clause = _CLAUSE_ENDS.re.split(text[max(start - _BEFORE - 1, 0) : start])[-1]
        cut = "…" if len(clause) > _BEFORE else ""
        return cut + quoted(clause[-_BEFORE:] + text[start:end])


class Figures(ReadingCheck):
    """Each figure in the text is the one in the tables; where several readings are possible, one of them fits.

    What counts the whole area (全市, 全区) is only a hint, and so is 收到 that includes what came from last year.
    """

    kind = "figures"
    reads_last_year = True

    def read(self, text: str, view: View) -> Outcome:
        facts = self.reading(text, view).facts
        cells = cells_of(view.form)
        issues: list[Issue] = []
        evaluated = False
        of_unit = {fact.readings[0] for fact in facts if not fact.scoped}
        for fact in facts:
            if fact.scoped and fact.readings[0] in of_unit:
                # 全县收到 900 件，其中我局 17 件: it is said what is ours
                continue
            values = values_of(fact.year, view)
            if values is None:
                continue
            ways = list(amounts(fact, cells, values, view))
            found = [(reading, -held if fact.less else held) for reading, held in ways if held is not None]
            if not found or len(found) < len(ways):
                continue
            if fact.of_stage and _added(cells.single("requests", "carried_in", "total"), values, view) != 0:
                continue
            evaluated = True
            fits = [reading for reading, amount in found if fact.figure.holds(amount)]
            # 收到 28 件（含上年结转 2 件） is 新收 and 上年结转 together, and nothing else
            together = fact.includes_carried and any(reading.hint for reading, _amount in found)
            if any(reading.hint == together for reading in fits) or (fits and fact.told):
                continue
            others = [other.figure for other in facts if _is_alike(other, fact)]
            alike = [figure.value for figure in others]
            if fact.readings[0][0][0] == "items" and any(
                figure.holds(amount) for figure in others for _reading, amount in found
            ):
                # 办理处罚案件 52 件，作出处罚决定 47 件: the other one is the table's
                continue
            if _is_of_new(fact, facts, values, view):
                continue
            if len(alike) > 1 and any(amount == sum(alike) for _reading, amount in found):
                # 信息不存在的 9 件，非本机关制作的 6 件: together they are what the table holds
                continue
            if fact.year and self._is_misdated(fact, text, view):
                continue
            carried = fits[0] if fits and not (fact.scoped or together) else None
            besides = [other for other in facts if other.figure is fact.figure and other is not fact]
            issues.append(self._issue(fact, found, text, view, carried, besides))
        if not evaluated:
            return Verdict.NOT_EVALUATED
        return numbered(issues) or Verdict.HOLDS

    def _is_misdated(self, fact: Fact, text: str, view: View) -> bool:
        """Whether it is the year that is wrong, and the rule about years says so."""
        folded = fold(text)
        at = misdated(fact, folded, view)
        if at is None or fact.figure.value >= TELLING:
            return at is not None
        return any(start == at for start, _end in wrong(folded, view.year, titles=self.key == INTRO))

    def _issue(
        self,
        fact: Fact,
        found: list[tuple[Cellwise, Decimal]],
        text: str,
        view: View,
        carried: Cellwise | None,
        besides: Iterable[Fact],
    ) -> Issue:
        """``carried``: what it fits when 收到 includes 上年结转; ``besides``: what else the same figure stands for."""
        figure = fact.figure
        likeliest = found[0]
        if fact.includes_carried:
            likeliest = next((way for way in found if way[0].hint), likeliest)
        elif carried is not None:
            # the part without it: the message tells the one from the other
            likeliest = next((way for way in found if set(way[0].cells) < set(carried.cells)), likeliest)
        reading, amount = likeliest
        why = "scope" if fact.scoped else "carried" if carried else "last" if fact.year else "differs"
        severity: Severity | None = "hint" if why in {"scope", "carried"} else None
        scale = figure.scale
        term = fact.readings[0][0]
        return self.found(
            (figure.start, figure.end),
            text,
            part=".".join(term),
            severity=severity,
            instead=None
            if severity or why == "last" or fact.told or amount < 0 or not _suits(amount, besides, view)
            else _spelled(amount, figure),
            cells=(carried or reading).cells,
            left=figure.value / scale,
            right=amount / scale,
            params=[
                ("why", why),
                ("words", self.words(text, figure.start, fact.told or figure.unit_end)),
                ("unit", text[figure.end : figure.unit_end].strip()),
            ],
        )

    def explain(self, issue: Issue, form: Format) -> str:
        said, held = both_sides(issue)
        params = dict(issue.params)
        message = {
            "differs": _("“{words}”：{place}是 {held}，相差 {difference}"),
            "last": _("“{words}”：去年年报的{place}是 {held}，相差 {difference}"),
            "scope": _("“{words}”说的是全地区，{place}是 {held}：请确认两处的统计范围"),
            "carried": _("“{words}”含了上年结转（新收 {held}，上年结转 {difference}）：请写明“含上年结转”"),
        }[params["why"]]
        unit = f" {params['unit']}" if params["unit"] else ""
        return message.format(
            words=params["words"],
            place=where(issue.cells, form),
            held=spell(held) + unit,
            difference=spell(abs(Decimal(said) - Decimal(held))) + unit,
        )


class ZeroClaims(ReadingCheck):
    """未收到, 未发生, 无 … agree with the tables."""

    kind = "zero_claims"

    def read(self, text: str, view: View) -> Outcome:
        cells = cells_of(view.form)
        issues: list[Issue] = []
        evaluated = False
        for claim in self.reading(text, view).claims:
            if claim.year is not None:
                continue
            for term in claim.terms:
                domain, first, second = term
                operands = cells.single(domain, first, second) or cells.single(domain, first, "")
                held = [number(view.values.get(cell)) for cell in operands]
                if not held or None in held:
                    continue
                evaluated = True
                # in the unit of the table
                amount = sum(value for value in held if value is not None)
                if amount:
                    issues.append(self._issue(claim, term, operands, Decimal(amount), text))
        if not evaluated:
            return Verdict.NOT_EVALUATED
        return numbered(issues) or Verdict.HOLDS

    def _issue(
        self, claim: Claim, term: tuple[str, str, str], cells: Cells, amount: Decimal, text: str
    ) -> Issue:
        return self.found(
            (claim.start, claim.end),
            text,
            part=".".join(term),
            severity="hint" if claim.scoped else None,
            cells=cells,
            left=0,
            right=amount,
        )

    def explain(self, issue: Issue, form: Format) -> str:
        _none, held = both_sides(issue)
        return _("“{words}”：{place}却是 {held}").format(
            words=quoted(dict(issue.params)["text"]), place=where(issue.cells, form), held=spell(held)
        )


def _is_of_new(fact: Fact, facts: Iterable[Fact], values: Mapping[str, Value], view: View) -> bool:
    """True for 收到 258 件，已答复 253 件，其余 5 件未到期: of those that came this year, whatever last year left."""
    if fact.readings[0] != (("requests", "answered", "total"),):
        return False
    came = any(
        other.line == fact.line and other.readings[0][0][1] in ("new", "received") and other.year is None
        for other in facts
    )
    cells = cells_of(view.form)
    new, before, left = (
        _added(cells.single("requests", stage, "total"), values, view)
        for stage in ("new", "carried_in", "carried_out")
    )
    if not (came and before) or new is None or left is None:
        return False
    return fact.figure.value == new - left


def _suits(amount: Decimal, facts: Iterable[Fact], view: View) -> bool:
    """True where all facts may have that amount: 复议和诉讼均为 2 件 is not mended where the tables hold 3 and 1."""
    cells = cells_of(view.form)
    return all(
        any(amount == held for _reading, held in amounts(fact, cells, view.values, view)) for fact in facts
    )


def _is_alike(other: Fact, fact: Fact) -> bool:
    """True for figures of one paragraph that stand for the same cells."""
    return other.line == fact.line and other.readings == fact.readings and other.year == fact.year


def cells_of(form: Format) -> CellMap:
    """Which cells the words of a text mean in a format."""
    from gkdesk.checks.reading.cells import cell_map

    return cell_map(form)


def values_of(year: int | None, view: View) -> Mapping[str, Value] | None:
    """The tables of the year that the text names: the report's, last year's if there is one, or none."""
    if year is None or year == view.year:
        return view.values
    if year == view.year - 1 and view.last is not None:
        return view.last
    return None


def amounts(
    fact: Fact, cells: CellMap, values: Mapping[str, Value], view: View
) -> Iterator[tuple[Cellwise, Decimal | None]]:
    """Every way to find a fact in the tables, with the amount that stands there; None where a cell is missing."""
    for meaning in fact.readings:
        for reading in cells.readings(meaning):
            yield reading, _added(reading.cells, values, view)


def misdated(fact: Fact, folded: str, view: View) -> int | None:
    """Where the other year stands that a figure of this year's tables is said to be of, and is not; else None."""
    if fact.year is None or fact.scoped or not _is_of(fact, view.year, view):
        return None
    if values_of(fact.year, view) is not None and _is_of(fact, fact.year, view):
        return None
    start = max(fact.figure.start - _BACK, 0)
    before = folded[start : fact.figure.start]
    at = before.rfind(f"{fact.year}年")
    if at < 0 or str(view.year) in before or SENTENCE_END.re.search(before, at):
        return None
    # 2023 年收到 25 件，2024 年收到 25 件: it is said which is which
    at += start
    end = SENTENCE_END.re.search(folded, at, at + _AHEAD)
    return None if str(view.year) in folded[at : end.start() if end else at + _AHEAD] else at


def _is_of(fact: Fact, year: int, view: View) -> bool:
    values = values_of(year, view)
    return values is not None and any(
        amount is not None and fact.figure.holds(amount)
        for _reading, amount in amounts(fact, cells_of(view.form), values, view)
    )


def _added(cells: Cells, values: Mapping[str, Value], view: View) -> Decimal | None:
    """The sum of cells, money in yuan; None when any of them is missing."""
    total = Decimal(0)
    for cell in cells:
        value = number(values.get(cell))
        if value is None:
            return None
        units = view.form.cells[cell].units
        scale = MONEY_UNITS[view.fields.get(f"units.{cell}") or units[0]] if units else Decimal(1)
        total += value * scale
    return total


def _spelled(amount: Decimal, figure: Figure) -> str:
    """The amount in the unit and with the decimals of the figure that it replaces."""
    return spell(figure.rounded(amount) / figure.scale)


def where(cells: Cells, form: Format) -> str:
    """The place of one cell, or of several that are added up, in the words of the form."""
    if len(cells) == 1:
        cell = form.cells[cells[0]]
        row = in_quotes(cell.row_path[-1]) if cell.row_path else ""
        column = cell.column_path[-1] if row else " ".join(cell.column_path)
        return f"{form.table(cell.table).name}{row}{column}"
    table = form.table(form.cells[cells[0]].table)
    known = table.cells.values()
    row = _together([form.cells[cell].row_path for cell in cells], [cell.row_path for cell in known])
    column = _together([form.cells[cell].column_path for cell in cells], [cell.column_path for cell in known])
    return _("{table}{row}{column}").format(
        table=table.name, row=in_quotes(row) if row else "", column=column
    )


def _together(paths: list[tuple[str, ...]], known: list[tuple[str, ...]]) -> str:
    """What to call several labels: the group that they are (法人或其他组织, 行政诉讼 总计), else all of them."""
    chosen = list(dict.fromkeys(paths))
    if len(chosen) == 1:
        return chosen[0][-1] if chosen[0] else ""
    if all(path[-1] == chosen[0][-1] for path in chosen):
        return " ".join((_("、").join(dict.fromkeys(path[0] for path in chosen)), chosen[0][-1]))
    levels = zip(*chosen, strict=False)
    shared = chosen[0][: sum(1 for _level in takewhile(lambda level: len(set(level)) == 1, levels))]
    if shared and {path for path in known if path[: len(shared)] == shared} == set(chosen):
        return shared[-1]
    return _("与").join(path[-1] for path in chosen)
