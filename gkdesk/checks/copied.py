"""The rule that a text is written anew, not taken from last year's report."""

from __future__ import annotations

from functools import lru_cache

from gkdesk.checks.check import Outcome, Verdict, both_sides
from gkdesk.checks.pattern import Pattern
from gkdesk.checks.text_check import MAX_READ, TextCheck
from gkdesk.formats.model import Format
from gkdesk.i18n import _
from gkdesk.report.issue import Issue
from gkdesk.report.session import View

_WORDS = Pattern(r"[\u3400-\u9fffA-Za-z]+")
_PIECE = 6
"""Characters of the pieces that are compared: long enough that set phrases alone are not alike."""


class NotCopied(TextCheck):
    """Less than ``percent`` of the text stood in last year's, figures and marks aside; short texts are not compared."""

    kind = "not_copied"
    reads_last_year = True

    def read(self, text: str, view: View) -> Outcome:
        here = _pieces(text)
        last = _pieces(view.last_fields.get(self.key, "")[:MAX_READ])
        if view.last is None or min(len(here), len(last)) < self.rule.settings["least"]:
            return Verdict.NOT_EVALUATED
        percent = 100 * len(here & last) // len(here)
        if percent < self.rule.settings["percent"]:
            return Verdict.HOLDS
        return self.found(None, text, left=percent, right=self.rule.settings["percent"])

    def explain(self, issue: Issue, form: Format) -> str:
        percent, _limit = both_sides(issue)
        return _("“{field}”有 {percent}% 与去年年报相同，请按今年的情况重写").format(
            field=self.field.label, percent=percent
        )


@lru_cache(maxsize=4)
def _pieces(text: str) -> frozenset[str]:
    """All runs of so many characters, without figures, marks and spaces."""
    words = "".join(_WORDS.re.findall(text))
    return frozenset(words[at : at + _PIECE] for at in range(len(words) - _PIECE + 1))
