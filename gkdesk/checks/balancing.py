"""差额放入…: the cells of a column that could take up the difference of a broken balance."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from gkdesk.checks.check import both_sides, number
from gkdesk.report.issue import Issue
from gkdesk.report.session import ReportSession
from gkdesk.report.values import Number, spell


@dataclass(frozen=True, slots=True)
class Candidate:
    """With ``after`` in place of ``before`` in this cell the balance holds."""

    cell: str
    before: Number
    after: Number


def candidates(issue: Issue, session: ReportSession) -> list[Candidate]:
    """Typed cells under a balance issue that could hold the difference, in the order of the form.

    None for other issues, and for a column that is computed throughout (总计): it follows from the
    others. A cell is left out where the difference would take it below zero, and below a stated
    total, which does not follow its operands.
    """
    form = session.form
    rule = form.rule(issue.rule)
    if rule.kind != "balance" or all(cell in form.sums for cell in issue.cells):
        return []
    left, right = both_sides(issue)
    missing = right - Decimal(left)
    instance = next(instance for instance in rule.instances if instance.each == issue.each)
    found = []
    for side, change in (("left", missing), ("right", -missing)):
        for operand in instance.operands[side]:
            for cell in _typed(operand, session):
                before = number(session.value(cell))
                if before is not None and before + change >= 0:
                    found.append(Candidate(cell, before, before + change))
    order = {cell: index for index, cell in enumerate(form.cells)}
    return sorted(found, key=lambda candidate: order[candidate.cell])


def suspect(issue: Issue, session: ReportSession) -> str | None:
    """The typed cell under a broken balance that is most likely wrong; None where nothing tells it from the others.

    A cell that another issue names too comes first, then one with a slip of the keys: with the balance mended its
    digits stand in another order, or one is too many or was left out. Where 总计 is off by one column alone,
    the cell is looked for in that column.
    """
    column = _column_of(issue, session)
    if column is None:
        return None
    found = candidates(column, session)
    named = {cell for other in session.issues if other.rule != issue.rule for cell in other.cells}
    for likely in (lambda each: each.cell in named, _is_slip):
        chosen = next((candidate.cell for candidate in found if likely(candidate)), None)
        if chosen is not None:
            return chosen
    # any of the column's cells, for nothing can be typed into 总计
    return found[0].cell if found and column is not issue else None


def _column_of(issue: Issue, session: ReportSession) -> Issue | None:
    """The issue itself; for 总计 that of the one column which is off with it, None where more are."""
    if any(cell not in session.form.sums for cell in issue.cells):
        return issue
    columns = [
        other
        for other in session.issues
        if other.rule == issue.rule and any(cell not in session.form.sums for cell in other.cells)
    ]
    return columns[0] if len(columns) == 1 else None


def _is_slip(candidate: Candidate) -> bool:
    before, after = spell(candidate.before), spell(candidate.after)
    if len(before) == len(after):
        return sorted(before) == sorted(after)
    short, long = sorted((before, after), key=len)
    dropped = (long[:place] + long[place + 1 :] for place in range(len(long)))
    return len(long) - len(short) == 1 and short != "0" and short in dropped


def _typed(cell: str, session: ReportSession) -> list[str]:
    """The typed cells that a cell consists of: itself, or the operands of its computed total."""
    parts = session.form.sums.get(cell)
    if parts is None:
        return [cell]
    if session.is_stated(cell):
        return []
    return [leaf for part in parts for leaf in _typed(part, session)]
