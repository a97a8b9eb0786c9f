"""The closed set of rule kinds and the operands that each one takes.

A format may only use these; there is no expression language. How a kind is evaluated and put into
words stands in :mod:`gkdesk.checks`.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RuleKind:
    """Operands of a rule kind: cells of the form, tables, or text and unit keys."""

    cells: tuple[str, ...] = ()
    optional_cells: tuple[str, ...] = ()
    last_cells: tuple[str, ...] = ()
    tables: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()

    @property
    def operands(self) -> tuple[str, ...]:
        return self.cells + self.optional_cells + self.last_cells + self.tables + self.fields


RULE_KINDS: dict[str, RuleKind] = {
    # the parts add up to the total
    "sum_equals": RuleKind(cells=("parts", "total")),
    # the sum of the left side is the sum of the right side
    "balance": RuleKind(cells=("left", "right")),
    # the sum of the parts is not below zero
    "not_negative": RuleKind(cells=("parts",)),
    # cell = last year's cells + this year's plus - this year's minus
    "carried_over": RuleKind(cells=("cell",), optional_cells=("plus", "minus"), last_cells=("last",)),
    # no typed cell of the table is empty
    "filled": RuleKind(tables=("tables",)),
    # every figure of the table is a number of its kind
    "number": RuleKind(tables=("tables",)),
    # the text is there
    "written": RuleKind(fields=("fields",)),
    # the line of the unit's contact is there and well formed
    "contact": RuleKind(fields=("fields",)),
}
