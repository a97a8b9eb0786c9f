"""What a cell of the grid shows and says: its figure, tone, marks, tooltip and spoken text."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from gkdesk import checks
from gkdesk.formats import Cell, Format
from gkdesk.i18n import _
from gkdesk.report import Invalid, Issue, Number, ReportSession, spell
from gkdesk.report.values import is_number
from gkdesk.words import clauses
from gkdesk.words import parts as in_parts

Tone = Literal["plain", "error", "warning"]
LISTED_PARTS = 8
"""A sum in a tooltip writes out up to this many parts that are not 0."""


@dataclass(frozen=True, slots=True)
class Look:
    """One cell as it is painted. ``partial``: the sum so far of a total that lacks operands."""

    text: str = ""
    unit: str = ""
    computed: bool = False
    partial: bool = False
    stated: bool = False
    tone: Tone = "plain"
    last: str = ""


def marks(form: Format, issue: Issue) -> bool:
    """True for issues that colour their cells.

    Empty cells stay white, or a new table would be all red; what a text says of a figure is marked in the text.
    """
    return issue.severity != "hint" and issue.field is None and form.rule(issue.rule).kind != "filled"


def look_at(session: ReportSession, cell: Cell, issues: Iterable[Issue]) -> Look:
    """What to paint for a cell; ``issues`` are those that name it."""
    id = cell.id
    text, partial = spell(session.value(id)), False
    if cell.computed and not text:
        total, _missing = so_far(session, id)
        # nothing typed yet: no pale zero in an empty table
        if total is not None:
            text, partial = spell(total), True
    severities = {issue.severity for issue in issues if marks(session.form, issue)}
    tone: Tone = "error" if "error" in severities else "warning" if "warning" in severities else "plain"
    return Look(
        text=text,
        unit=money_unit(session, cell) if cell.prints_unit else "",
        computed=cell.computed,
        partial=partial,
        stated=session.is_stated(id),
        tone="error" if isinstance(session.value(id), Invalid) else tone,
        last=spell(session.last_value(id)),
    )


def so_far(session: ReportSession, cell: str) -> tuple[Number | None, int]:
    """A figure as far as it is known, and how many typed cells it lacks; None where nothing is known.

    A total that lacks operands counts with those that it has, so that a total of totals does too.
    """
    value = session.value(cell)
    if value is None and cell in session.form.sums:
        return sum_so_far(session, session.form.sums[cell])
    return (value, 0) if is_number(value) else (None, 1)  # type: ignore[return-value]


def sum_so_far(session: ReportSession, cells: Iterable[str]) -> tuple[Number | None, int]:
    """The sum of cells as far as they are known, and how many typed cells it lacks."""
    total: Number | None = None
    lacking = 0
    for cell in cells:
        value, missing = so_far(session, cell)
        lacking += missing
        if value is not None:
            total = value if total is None else total + value
    return total, lacking


def money_unit(session: ReportSession, cell: Cell) -> str:
    """The unit in force of a money cell; empty for counts."""
    return session.text(f"units.{cell.id}") or cell.units[0] if cell.units else ""


def shown(session: ReportSession, cell: Cell) -> str:
    """A figure as printed: its unit where the form names none; blank is empty."""
    value = session.value(cell.id)
    if cell.prints_unit and value and not isinstance(value, Invalid):
        return spell(value) + money_unit(session, cell)
    return spell(value)


def name_of(cell: Cell) -> str:
    """A cell in words: ``一、本年新收政府信息公开申请数量，自然人``."""
    return clauses((" ".join(cell.row_path), " ".join(cell.column_path)))


def explanation(session: ReportSession, cell: Cell, issues: Iterable[Issue]) -> list[str]:
    """All there is to know about a cell: its sum, its problems, its help, last year's figure."""
    lines = [name_of(cell)]
    if cell.computed:
        lines += _sum_lines(session, cell)
    lines += _problems(session, cell, issues)
    lines += cell.help.splitlines()
    if session.last_value(cell.id) is not None:
        lines.append(_("上年同格：{figure}").format(figure=spell(session.last_value(cell.id))))
    return lines


def spoken(session: ReportSession, cell: Cell, look: Look, issues: Iterable[Issue]) -> str:
    """The cell for a screen reader: row, column, value, problem."""
    if look.partial:
        total, missing = so_far(session, cell.id)
        value = _partial(missing, total)
    else:
        value = look.text + (look.unit if look.text else "") or _("未填")
    parts = [name_of(cell), value]
    if cell.computed:
        parts.append(_("写明的总计") if look.stated else _("自动计算"))
    if look.tone != "plain":
        parts += _problems(session, cell, issues)
    return in_parts(parts)


def _sum_lines(session: ReportSession, cell: Cell) -> list[str]:
    parts = session.form.sums[cell.id]
    total, missing = sum_so_far(session, parts)
    if missing:
        lines = [_partial(missing, total)]
    else:
        figures = [spell(session.value(part)) for part in parts if session.value(part)]
        listed = " + ".join(figures) if 1 < len(figures) <= LISTED_PARTS else ""
        lines = [
            _("自动计算：{parts} = {sum}").format(parts=listed, sum=spell(total))
            if listed
            else _("自动计算：{count} 格相加得 {sum}").format(count=len(parts), sum=spell(total))
        ]
    if session.is_stated(cell.id):
        stated = spell(session.value(cell.id))
        lines.append(
            _("现在用的是导入或粘贴的总计 {stated}。改用合计：右键“采用合计”。").format(stated=stated)
        )
    return lines


def _partial(missing: int, total: Number | None) -> str:
    return _("还有 {count} 格未填，暂计 {sum}").format(count=missing, sum=spell(total or 0))


def _problems(session: ReportSession, cell: Cell, issues: Iterable[Issue]) -> list[str]:
    form = session.form
    texts = [checks.explain(issue, form) for issue in issues if form.rule(issue.rule).kind != "filled"]
    if not cell.computed and session.value(cell.id) is None:
        texts.append(_("还没有填：没有发生的填 0"))
    return texts
