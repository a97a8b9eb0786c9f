"""The rule that a text speaks of the report's own year: what is left over from last year's text shows here."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gkdesk.checks.check import Outcome, Verdict
from gkdesk.checks.figures import TELLING, ReadingCheck, misdated
from gkdesk.checks.pattern import Pattern
from gkdesk.checks.said_year import YEAR, fold, put_right, said, years
from gkdesk.checks.text_check import numbered, quoted
from gkdesk.formats.model import Format
from gkdesk.i18n import _
from gkdesk.report.intro import INTRO
from gkdesk.report.issue import Issue
from gkdesk.report.session import View

_ANY_YEAR = Pattern(rf"{YEAR}年")


class ReportYear(ReadingCheck):
    """Period and title are of the report's year, and so are sentences that begin with a year.

    Sentences that look back or ahead may begin with another year. Where a figure is said to be of another year and
    is this year's in the tables, but not last year's, the year is wrong.

    《条例》第四十九条、第五十条: the report is on the year before the one in which it is published.
    """

    kind = "report_year"
    reads_last_year = True

    def read(self, text: str, view: View) -> Outcome:
        folded = fold(text)
        found = list(said(folded, view.year, titles=self.key == INTRO))
        places = {match.start(years(match)[0]) for _name, match, _right in found}
        for match in self._misdated(text, folded, view):
            if match.start(1) not in places:
                places.add(match.start(1))
                found.append(("figure", match, False))
        if not found:
            return Verdict.NOT_EVALUATED
        wrong = [(name, match) for name, match, right in found if not right]
        if not wrong:
            return Verdict.HOLDS
        issues = []
        for name, match in wrong:
            groups = years(match)
            start = match.start(groups[0])
            end = match.end() if name == "period" and match[1] else match.end(groups[0])
            spans = [match.span(group) for group in groups]
            issues.append(
                self.found(
                    (start, end),
                    text,
                    part=name,
                    instead=put_right(text, start, end, spans, view.year),
                    left=int(next(match[group] for group in groups if match[group] != str(view.year))),
                    right=view.year,
                    params=[("words", quoted(text[start : match.end() + 8]))],
                )
            )
        return numbered(issues)

    def _misdated(self, text: str, folded: str, view: View) -> Iterator[re.Match[str]]:
        """Years that stand before figures of this year."""
        for fact in self.reading(text, view).facts:
            at = misdated(fact, folded, view) if fact.figure.value >= TELLING else None
            if at is not None:
                match = _ANY_YEAR.re.match(folded, at)
                assert match is not None
                yield match

    def explain(self, issue: Issue, form: Format) -> str:
        return _("“{words}”：本报告是 {year} 年的，这里写成了 {said} 年").format(
            words=dict(issue.params)["words"], year=issue.right, said=issue.left
        )
