"""An issue: something in the report that the clerk must mend, explain, or may want to know."""

from __future__ import annotations

from dataclasses import dataclass

from gkdesk.formats.model import Severity
from gkdesk.report.values import Number


@dataclass(frozen=True, slots=True)
class Issue:
    """What one check found.

    ``cells`` are the operands in the rule's order; ``field`` names a text or unit field (its key) and
    ``span`` the place in it, [start, end) in code points; ``left`` and ``right`` are both sides of a
    sum. ``each`` says for which column, row, group, table or field the rule spoke, ``part`` about which
    figure or words of a text. The words are made by :func:`gkdesk.checks.explain` when they are shown, in
    the language of that moment.
    """

    rule: str
    severity: Severity
    each: str = ""
    cells: tuple[str, ...] = ()
    field: str | None = None
    span: tuple[int, int] | None = None
    left: Number | None = None
    right: Number | None = None
    params: tuple[tuple[str, str], ...] = ()
    part: str = ""

    @property
    def key(self) -> tuple[str, str, str]:
        """Which check speaks, and about what: the same key stays while its figures change."""
        return (self.rule, self.each, self.part)
