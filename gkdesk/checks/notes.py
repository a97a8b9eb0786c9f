"""例外说明: why a warning is right after all. A note silences its issue until the figures change.

Notes are kept with the report under keys ``note.<rule>|<each>|<part>``; the value's first line is a
fingerprint of the figures that were explained, the rest is the clerk's text. They stay in the document:
report JSON, Excel and the published copies do not carry them, the review copy lists them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping

from gkdesk.i18n import _
from gkdesk.report.issue import Issue
from gkdesk.report.report import NOTE
from gkdesk.report.session import Patch, ReportSession
from gkdesk.report.values import spell
from gkdesk.words import clauses, named

LONGEST = 500
"""Code points that a note may have; it must fit on the review copy."""


def can_be_explained(issue: Issue) -> bool:
    """Errors must be mended; warnings may be explained; hints need neither."""
    return issue.severity == "warning"


def note_key(issue: Issue) -> str:
    """The key under which a note for this issue is kept."""
    return NOTE + "|".join(issue.key)


def note_patch(issue: Issue, text: str) -> Patch:
    """The patch that explains an issue as it stands, or takes the note away when the text is empty."""
    words = text.strip()[:LONGEST]
    return {note_key(issue): f"{_figures(issue)}\n{words}" if words else None}


def note_of(issue: Issue, fields: Mapping[str, str]) -> str | None:
    """The note that explains this issue; None where there is none or the figures have changed since."""
    if not can_be_explained(issue):
        return None
    figures, _line, text = fields.get(note_key(issue), "").partition("\n")
    return text if text and figures == _figures(issue) else None


def explained(issues: Iterable[Issue], fields: Mapping[str, str]) -> dict[Issue, str]:
    """The issues that a note explains, with their notes."""
    found = {issue: note_of(issue, fields) for issue in issues}
    return {issue: note for issue, note in found.items() if note is not None}


def open_issues(session: ReportSession) -> tuple[Issue, ...]:
    """The issues of a session that no note explains, in the order of the rules."""
    fields = session.view.fields
    return tuple(issue for issue in session.issues if note_of(issue, fields) is None)


def may_be_final(session: ReportSession) -> bool:
    """定稿 is possible: the unit is named, there is no error, and every warning is mended or explained."""
    return bool(session.text("unit.name").strip()) and all(
        issue.severity == "hint" for issue in open_issues(session)
    )


def result_words(session: ReportSession) -> str:
    """What the checks found, to be kept with a version that becomes 定稿: counts, and whether last year was there."""
    found = [issue.severity for issue in session.issues]
    told = [
        _("错误 {count}").format(count=found.count("error")),
        _("已说明 {count}").format(count=len(session.issues) - len(open_issues(session))),
        _("提示 {count}").format(count=found.count("hint")),
    ]
    if session.previous is None:
        told.append(_("没有对照上年"))
    return named(_("核对"), clauses(told))


def _figures(issue: Issue) -> str:
    parts = [
        spell(issue.left),
        spell(issue.right),
        *issue.cells,
        *(text for pair in issue.params for text in pair),
    ]
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:16]
