"""What the start page says about the years of a document."""

from __future__ import annotations

from gkdesk.checks.notes import open_issues
from gkdesk.checks.progress import completeness, counts, summary
from ui.documents import OpenDocument
from ui.start_page import YearSummary


def summaries(document: OpenDocument) -> list[YearSummary]:
    """A summary of each year, oldest first. Raises KnownError when the document cannot be read."""
    found = []
    for year in document.years():
        session = document.session(year)
        overall = summary(session)
        issues = counts(open_issues(session), session.form)
        found.append(
            YearSummary(
                year=year,
                unit=session.text("unit.name"),
                format_name=session.form.called,
                state=overall.state.value,
                errors=issues.errors,
                gaps=issues.gaps,
                warnings=issues.warnings,
                percent=int(100 * completeness(session)),
                kind=session.text("unit.kind"),
                step=document.stage_of(year),
                edited=document.edited_at(year),
            )
        )
    return found
