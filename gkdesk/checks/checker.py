"""Running the checks of a format: all of them, or those that read what changed."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from gkdesk.checks.basis import Citation
from gkdesk.checks.bounds import AtMost, PublishedTotal, ZeroWithout
from gkdesk.checks.cells import Filled, IsNumber
from gkdesk.checks.check import Check, Outcome, Verdict
from gkdesk.checks.copied import NotCopied
from gkdesk.checks.drafts import Revised
from gkdesk.checks.duties import FeeReported, Topics
from gkdesk.checks.figures import Figures, ZeroClaims
from gkdesk.checks.growth import Growth
from gkdesk.checks.money import Decimals, MoneyUnit
from gkdesk.checks.own_name import OwnName
from gkdesk.checks.parts import ListedParts, StatedBalance
from gkdesk.checks.report_year import ReportYear
from gkdesk.checks.shares import Percentages
from gkdesk.checks.sums import Balance, NotNegative, SumEquals
from gkdesk.checks.texts import Contact, Written
from gkdesk.checks.wording import Length, Privacy, Punctuation
from gkdesk.checks.years import AtLeastLast, CarriedOver, Swing
from gkdesk.formats.model import Format
from gkdesk.report.issue import Issue
from gkdesk.report.report import Report
from gkdesk.report.session import Patch, ReportSession, View

CHECKS: dict[str, type[Check]] = {
    check.kind: check
    for check in (
        SumEquals,
        Balance,
        NotNegative,
        AtMost,
        PublishedTotal,
        ZeroWithout,
        MoneyUnit,
        Decimals,
        CarriedOver,
        AtLeastLast,
        Swing,
        Filled,
        IsNumber,
        Written,
        Contact,
        Figures,
        ZeroClaims,
        Percentages,
        Growth,
        ListedParts,
        StatedBalance,
        Citation,
        OwnName,
        ReportYear,
        NotCopied,
        FeeReported,
        Topics,
        Length,
        Punctuation,
        Privacy,
        Revised,
    )
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
        self._deferred_by_key: dict[str, list[int]] = {}
        for index, check in enumerate(self.checks):
            by_key = self._deferred_by_key if check.deferred else self._by_key
            for key in check.reads:
                by_key.setdefault(key, []).append(index)
        self._by_name = {(check.rule.id, check.instance.each): check for check in self.checks}

    def outcomes(self, view: View) -> list[Outcome]:
        """What every check says: issues, holds, or not evaluated."""
        return [check.evaluate(view) for check in self.checks]

    def full(self, view: View) -> dict[int, tuple[Issue, ...]]:
        """All issues by the index of their check."""
        return {
            index: _issues(outcome)
            for index, outcome in enumerate(self.outcomes(view))
            if outcome.__class__ is not Verdict
        }

    def reading(self, keys: Iterable[str]) -> Iterable[int]:
        """The checks that read any of these keys and run with every edit."""
        return {index: None for key in keys for index in self._by_key.get(key, ())}

    def deferred(self, keys: Iterable[str]) -> Iterable[int]:
        """The checks that read any of these keys and wait until typing pauses."""
        return sorted({index for key in keys for index in self._deferred_by_key.get(key, ())})

    def reading_last_year(self) -> Iterable[int]:
        """The checks that read last year's report."""
        return [index for index, check in enumerate(self.checks) if check.reads_last_year]

    def run(self, view: View, checks: Iterable[int]) -> dict[int, tuple[Issue, ...]]:
        """Run the named checks again; an empty tuple where there is nothing to mend."""
        return {index: _issues(self.checks[index].evaluate(view)) for index in checks}

    def explain(self, issue: Issue) -> str:
        """An issue in words of the current language, without a full stop."""
        return self._by_name[issue.rule, issue.each].explain(issue, self.form)

    def fix(self, issue: Issue, view: View) -> Patch | None:
        """A patch that mends the issue, or None."""
        return self._by_name[issue.rule, issue.each].fix(issue, view)


def _issues(outcome: Outcome) -> tuple[Issue, ...]:
    if isinstance(outcome, Verdict):
        return ()
    return outcome if isinstance(outcome, tuple) else (outcome,)


@cache
def checker_for(form: Format) -> Checker:
    """The checker of a format; made once."""
    return Checker(form)


def check(report: Report, previous: Report | None = None) -> tuple[Issue, ...]:
    """All issues of a report, in the order of the format's rules."""
    found = checker_for(report.form).full(View.of(report, previous))
    return tuple(issue for issues in found.values() for issue in issues)


def explain(issue: Issue, form: Format) -> str:
    """An issue in words of the current language."""
    return checker_for(form).explain(issue)


def fix(issue: Issue, view: View) -> Patch | None:
    """A patch that mends the issue, to be applied as one step that can be undone; None where there is none.

    ``view`` is what the issue was found in (:attr:`ReportSession.view`); where the text has changed since,
    there is no fix.
    """
    return checker_for(view.form).fix(issue, view)


def open_session(report: Report, previous: Report | None = None) -> ReportSession:
    """A session with the checks of the report's format."""
    return ReportSession(report, checker_for(report.form), previous)


def evaluated_rules(session: ReportSession) -> frozenset[str]:
    """Ids of the rules that could be evaluated at least once; the others lack figures or last year's report."""
    checker = checker_for(session.form)
    outcomes = checker.outcomes(View.of(session.snapshot(), session.previous))
    return frozenset(
        check.rule.id
        for check, outcome in zip(checker.checks, outcomes, strict=True)
        if outcome is not Verdict.NOT_EVALUATED
    )
