"""Computed totals: what each total cell is when its operands are added up."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from gkdesk.formats.model import Format
from gkdesk.report.values import Number, Value, is_number


def add(values: Iterable[Value]) -> Number | None:
    """The exact sum, or None when any operand is blank or invalid: a missing operand is never 0."""
    total: Number = 0
    for value in values:
        if value.__class__ is int or is_number(value):
            total += value  # type: ignore[operator]
        else:
            return None
    return total


def running(values: Iterable[Value]) -> tuple[Number, int]:
    """The sum of the figures that are there, and how many operands are missing (an aid on screen only)."""
    total: Number = 0
    missing = 0
    for value in values:
        if is_number(value):
            total += value  # type: ignore[operator]
        else:
            missing += 1
    return total, missing


def effective(form: Format, cells: Mapping[str, Value]) -> dict[str, Value]:
    """All cells with their totals: a stated total stays, an absent one is computed."""
    values: dict[str, Value] = {id: cells.get(id) for id in form.cells}
    for total, parts in form.sums.items():
        if values[total] is None:
            values[total] = add([values[part] for part in parts])
    return values


def dependants(form: Format) -> Callable[[str], tuple[str, ...]]:
    """For an operand: the totals that change with it, directly or through other totals, operands first."""
    direct: dict[str, set[str]] = {}
    for total, parts in form.sums.items():
        for part in parts:
            direct.setdefault(part, set()).add(total)
    order = {total: index for index, total in enumerate(form.sums)}
    known: dict[str, tuple[str, ...]] = {}

    def of(cell: str) -> tuple[str, ...]:
        if cell not in known:
            reached = set(direct.get(cell, ()))
            for total in tuple(reached):
                reached |= set(of(total))
            known[cell] = tuple(sorted(reached, key=order.__getitem__))
        return known[cell]

    return of
