"""The closed set of rule kinds and the operands that each one takes.

A format may only use these; there is no expression language. How a kind is evaluated and put into
words stands in :mod:`gkdesk.checks`.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RuleKind:
    """Operands of a rule kind: cells of the form, tables, or text and unit keys; and its settings.

    ``settings`` are values of the rule itself, such as a limit; the TOML gives all of them. ``meanings`` is true
    where the kind asks which cells the words of a text mean.
    """

    cells: tuple[str, ...] = ()
    optional_cells: tuple[str, ...] = ()
    last_cells: tuple[str, ...] = ()
    tables: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    settings: tuple[str, ...] = ()
    meanings: bool = False

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
    # the cell is not above the limit
    "at_most": RuleKind(cells=("cell", "limit")),
    # what is open to the public is no less than what was published, and not zero where something was made
    "published_total": RuleKind(cells=("total", "published", "made")),
    # the cell is not below what last year's cell says
    "at_least_last": RuleKind(cells=("cell",), last_cells=("last",)),
    # the cell does not differ from last year's by more than so many percent, small figures aside
    "swing": RuleKind(cells=("cell",), last_cells=("last",), settings=("percent", "least")),
    # the parts are zero for a unit whose field says "false"
    "zero_without": RuleKind(cells=("parts",), fields=("fields",)),
    # an amount is so large that its unit must be wrong
    "money_unit": RuleKind(cells=("cell",), settings=("unit", "mistaken", "times", "most")),
    # an amount has not more decimals than usual
    "decimals": RuleKind(cells=("cell",), settings=("most",)),
    # a figure in the text is the table's
    "figures": RuleKind(fields=("fields",), meanings=True),
    # "未收到…" and the like agree with the table
    "zero_claims": RuleKind(fields=("fields",), meanings=True),
    # a percentage is what its two figures give
    "percentages": RuleKind(fields=("fields",)),
    # 增长, 下降 … are what the two figures give
    "growth": RuleKind(fields=("fields",)),
    # listed parts add up to the total that the sentence names
    "listed_parts": RuleKind(fields=("fields",)),
    # 收到 + 上年结转 = 办结 + 结转下年度, where one passage says all four
    "stated_balance": RuleKind(fields=("fields",)),
    # years in title, period and verbs are the report's
    "report_year": RuleKind(fields=("fields",)),
    # nothing of last year's is left unrevised in a text that was begun from last year's
    "revised": RuleKind(fields=("fields",)),
    # only the format's own notice is cited, and the law by its right number
    "citation": RuleKind(fields=("fields",), settings=("series", "needed")),
    # the unit is called by its name
    "own_name": RuleKind(fields=("fields",)),
    # the text is not last year's
    "not_copied": RuleKind(fields=("fields",), settings=("percent", "least")),
    # fees that were charged are reported
    "fee_reported": RuleKind(cells=("parts",), fields=("fields",), settings=("words", "found_in")),
    # a unit of some kinds mentions certain matters; each topic is a list of words of which one must stand there
    "topics": RuleKind(fields=("fields",), settings=("kinds", "topics")),
    # the text is not longer than usual
    "length": RuleKind(fields=("fields",), settings=("most",)),
    # marks are full-width, document numbers stand in 〔〕, no stray spaces
    "punctuation": RuleKind(fields=("fields",)),
    # no numbers of identity cards or mobile telephones
    "privacy": RuleKind(fields=("fields",)),
}
