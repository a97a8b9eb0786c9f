"""差额放入…: the cells of a column that could take up the difference of a broken balance."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from gkdesk.report.issue import Issue
from gkdesk.report.session import ReportSession
from gkdesk.report.values import Invalid, Number


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
    if rule.kind != "balance" or issue.left is None or issue.right is None:
        return []
    if all(cell in form.sums for cell in issue.cells):
        return []
    instance = next(instance for instance in rule.instances if instance.each == issue.each)
    missing = issue.right - Decimal(issue.left)
    found = []
    for side, change in (("left", missing), ("right", -missing)):
        for operand in instance.operands[side]:
            for cell in _typed(operand, session):
                before = session.value(cell)
                if before is None or isinstance(before, Invalid):
                    continue
                exact = before + change
                after = int(exact) if isinstance(before, int) else exact
                if after >= 0 or form.cells[cell].kind == "signed":
                    found.append(Candidate(cell, before, after))
    order = {cell: index for index, cell in enumerate(form.cells)}
    return sorted(found, key=lambda candidate: order[candidate.cell])


def _typed(cell: str, session: ReportSession) -> list[str]:
    """The typed cells that a cell consists of: itself, or the operands of its computed total."""
    parts = session.form.sums.get(cell)
    if parts is None:
        return [cell]
    if session.is_stated(cell):
        return []
    return [leaf for part in parts for leaf in _typed(part, session)]
