"""The rule that nothing of last year is left unlooked-at in a text that was begun from last year's."""

from __future__ import annotations

from typing import ClassVar

from gkdesk.checks.check import Outcome, Verdict
from gkdesk.checks.said_year import fold, wrong
from gkdesk.checks.text_check import TextCheck, quoted
from gkdesk.formats.model import Format, Instance, Rule
from gkdesk.i18n import _
from gkdesk.report.draft import key_of, marks
from gkdesk.report.intro import INTRO
from gkdesk.report.issue import Issue
from gkdesk.report.session import View


class Revised(TextCheck):
    """Every year and figure that came with last year's text was changed or confirmed; see gkdesk.report.draft.

    Not evaluated for a text that was not begun from last year's. One issue a text, at the first mark; a year that the
    rule about years calls wrong by itself is left to that one.
    """

    kind = "revised"
    deferred: ClassVar[bool] = False

    def __init__(self, rule: Rule, instance: Instance, form: Format) -> None:
        super().__init__(rule, instance, form)
        self._reads = (*self._reads, key_of(self.key))

    def read(self, text: str, view: View) -> Outcome:
        marked = marks(view.fields, self.key)
        told = set(wrong(fold(text), view.year, titles=self.key == INTRO)) if marked else set()
        left = [span for span in marked if span not in told]
        if not left:
            return Verdict.NOT_EVALUATED
        return self.found(left[0], text, params=[("count", str(len(left)))])

    def explain(self, issue: Issue, form: Format) -> str:
        params = dict(issue.params)
        return _(
            "“{field}”里还有 {count} 处去年的年份或数字没有改，第一处是“{words}”；改成今年的，或确认不变"
        ).format(field=self.field.label, count=params["count"], words=quoted(params["text"]))
