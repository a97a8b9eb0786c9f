"""A copy of the report as it stands now: what preview, export and printing work on, off the interface thread."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from gkdesk.report import Report
from ui.editing import Editing

if TYPE_CHECKING:
    from gkdesk.paper.compose_report import Copy, Options


@dataclass(frozen=True)
class PrintedCopy:
    """A snapshot: which copy it is, and last year's report."""

    report: Report
    kind: Copy = "plain"
    previous: Report | None = None

    @classmethod
    def of(cls, editing: Editing, kind: Copy) -> PrintedCopy:
        """The report being edited, after its texts have been checked."""
        editing.check_texts()
        session = editing.session
        return cls(session.snapshot(), kind, session.previous)

    def options(self) -> Options:
        """How it is set on paper."""
        from gkdesk.paper import Options

        return Options(copy=self.kind, previous=self.previous)

    def write(self, kind: str, path: Path) -> None:
        """Write it as one of the kinds of file. Raises KnownError."""
        from gkdesk.exports import write

        write(kind, self.report, path, copy=self.kind, previous=self.previous)
