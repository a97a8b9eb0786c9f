"""Running the checks of a format: all of them, or those that read what changed."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from gkdesk.checks.cells import Filled, IsNumber
from gkdesk.checks.check import Check, Outcome
from gkdesk.checks.sums import Balance, NotNegative, SumEquals
from gkdesk.checks.texts import Contact, Written
from gkdesk.checks.years import CarriedOver
from gkdesk.formats.model import Format
from gkdesk.report.issue import Issue
from gkdesk.report.report import Report
from gkdesk.report.session import ReportSession, View

CHECKS: dict[str, type[Check]] = {
    check.kind: check
    for check in (SumEquals, Balance, NotNegative, CarriedOver, Filled, IsNumber, Written, Contact)
}
"""Rule kind -> its check; the same set as :data:`gkdesk.formats.kinds.RULE_KINDS`."""


class Checker:
    """All checks of one format, in the order of its rules; each has a stable index."""

    def __init__(self, form: Format) -> None:
        self.form = form
        self.checks: tuple[Check, ...] = tuple(
            check for rule in form.rules for check in CHECKS[rule.kind].bind(rule, form)
        )
        self._by_key: dict[str, list[int]] = {}
        for index, check in enumerate(self.checks):
            for key in check.reads:
                self._by_key.setdefault(key, []).append(index)
        self._by_name = {(check.rule.id, check.instance.each): check for check in self.checks}

    def outcomes(self, view: View) -> list[Outcome]:
        """What every check says: an issue, holds, or not evaluated."""
        return [check.evaluate(view) for check in self.checks]

    def full(self, view: View) -> dict[int, Issue]:
        """All issues by the index of their check."""
        return {
            index: outcome
            for index, outcome in enumerate(self.outcomes(view))
            if outcome.__class__ is Issue and isinstance(outcome, Issue)
        }

    def reading(self, keys: Iterable[str]) -> Iterable[int]:
        """The checks that read any of these keys."""
        return {index: None for key in keys for index in self._by_key.get(key, ())}

    def reading_last_year(self) -> Iterable[int]:
        """The checks that read last year's report."""
        return [index for index, check in enumerate(self.checks) if check.reads_last_year]

    def run(self, view: View, checks: Iterable[int]) -> dict[int, Issue | None]:
        """Run the named checks again; None where there is nothing to mend."""
        results: dict[int, Issue | None] = {}
        for index in checks:
            outcome = self.checks[index].evaluate(view)
            results[index] = outcome if isinstance(outcome, Issue) else None
        return results

    def explain(self, issue: Issue) -> str:
        """An issue in words of the current language, without a full stop."""
        return self._by_name[issue.rule, issue.each].explain(issue, self.form)


@cache
def checker_for(form: Format) -> Checker:
    """The checker of a format; made once."""
    return Checker(form)


def check(report: Report, previous: Report | None = None) -> tuple[Issue, ...]:
    """All issues of a report, in the order of the format's rules."""
    return tuple(checker_for(report.form).full(View.of(report, previous)).values())


def explain(issue: Issue, form: Format) -> str:
    """An issue in words of the current language."""
    return checker_for(form).explain(issue)


def open_session(report: Report, previous: Report | None = None) -> ReportSession:
    """A session with the checks of the report's format."""
    return ReportSession(report, checker_for(report.form), previous)
