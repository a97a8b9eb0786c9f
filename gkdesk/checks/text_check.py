"""What checks of texts have in common: one field each, spans in code points, and fixes that replace words."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable
from dataclasses import replace
from itertools import islice
from typing import Any, ClassVar

from gkdesk.checks.check import Check, Outcome, Verdict
from gkdesk.checks.pattern import Pattern
from gkdesk.formats.model import Format, Instance, Rule, Severity, TextField
from gkdesk.report.issue import Issue
from gkdesk.report.session import Patch, View

MAX_READ = 40_000
"""Characters of a text that are read: several times the longest report; what follows is no report."""
MOST_ISSUES = 50
"""Issues of one rule about one text; mending some of them brings up the others."""
QUOTED = 24
"""Characters of the text that a message quotes."""


class TextCheck(Check):
    """A check of one text of the report. It runs when typing pauses."""

    deferred: ClassVar[bool] = True
    also_reads: ClassVar[tuple[str, ...]] = ()
    """Other fields that it looks at."""
    reads_tables: ClassVar[bool] = False

    def __init__(self, rule: Rule, instance: Instance, form: Format) -> None:
        super().__init__(rule, instance)
        (self.key,) = instance.operands["fields"]
        self.field: TextField = next(field for field in form.text_fields if field.key == self.key)
        self._reads = (self.key, *self.also_reads, *(form.cells if self.reads_tables else ()))

    @classmethod
    def bind(cls, rule: Rule, form: Format) -> list[Check]:
        return [cls(rule, instance, form) for instance in rule.instances]

    @property
    def reads(self) -> tuple[str, ...]:
        return self._reads

    def text(self, view: View) -> str:
        """The text as far as it is read."""
        return view.fields.get(self.key, "")[:MAX_READ]

    def evaluate(self, view: View) -> Outcome:
        text = self.text(view)
        if not text.strip():
            return Verdict.NOT_EVALUATED
        return self.read(text, view)

    @abstractmethod
    def read(self, text: str, view: View) -> Outcome:
        """The outcome for a text that is not empty."""

    def found(
        self,
        span: tuple[int, int] | None,
        text: str,
        *,
        part: str = "",
        instead: str | None = None,
        severity: Severity | None = None,
        params: Iterable[tuple[str, str]] = (),
        **more: Any,
    ) -> Issue:
        """An issue about the words at ``span`` of ``text``; ``instead`` is what to write there."""
        known = [] if span is None else [("text", text[span[0] : span[1]])]
        if instead is not None:
            known.append(("instead", instead))
        return Issue(
            self.rule.id,
            severity or self.rule.severity,
            each=self.instance.each,
            field=self.key,
            span=span,
            part=part,
            params=(*known, *params),
            **more,
        )

    def fix(self, issue: Issue, view: View) -> Patch | None:
        """Put ``instead`` where the issue's words still stand."""
        params = dict(issue.params)
        text = view.fields.get(self.key, "")
        if issue.span is None or "instead" not in params:
            return None
        start, end = issue.span
        if text[start:end] != params["text"]:
            return None
        return {self.key: text[:start] + params["instead"] + text[end:]}


_WIDE = Pattern("[０-９Ｘｘ－]")
_PLAIN = str.maketrans("０１２３４５６７８９Ｘｘ－", "0123456789XX-")


def plain_digits(text: str) -> str:
    """The text with full-width digits as half-width ones, one character for one."""
    return text.translate(_PLAIN) if _WIDE.re.search(text) else text


def answer(issues: Iterable[Issue]) -> Outcome:
    """The issues, or that the rule holds."""
    return numbered(issues) or Verdict.HOLDS


def numbered(issues: Iterable[Issue]) -> tuple[Issue, ...]:
    """The issues with parts that differ: the second of a kind is ``…#2``."""
    seen: dict[str, int] = {}
    result: list[Issue] = []
    for issue in islice(issues, MOST_ISSUES):
        count = seen[issue.part] = seen.get(issue.part, 0) + 1
        if count > 1:
            issue = replace(issue, part=f"{issue.part}#{count}")  # noqa: PLW2901
        result.append(issue)
    return tuple(result)


def quoted(text: str) -> str:
    """Words of the text for a message: one line, not too long."""
    line = " ".join(text.split())
    return line if len(line) <= QUOTED else line[: QUOTED - 1] + "…"
