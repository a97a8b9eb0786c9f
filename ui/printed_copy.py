"""A copy of the report as it stands now: what preview, export and printing work on, off the interface thread."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from gkdesk.report import Report
from ui.editing import Editing
from ui.settings import Settings

if TYPE_CHECKING:
    from gkdesk.paper.compose_report import Copy, Options
    from gkdesk.paper.faces import Wishes


@dataclass(frozen=True)
class PrintedCopy:
    """A snapshot: which copy it is, last year's report, and the fonts chosen."""

    report: Report
    kind: Copy = "plain"
    previous: Report | None = None
    fonts: Wishes = ()

    @classmethod
    def of(cls, editing: Editing, settings: Settings, kind: Copy) -> PrintedCopy:
        """The report being edited, after its texts have been checked."""
        editing.check_texts()
        session = editing.session
        return cls(session.snapshot(), kind, session.previous, wishes(settings))

    def options(self) -> Options:
        """How it is set on paper."""
        from gkdesk.paper import Options, chosen_faces

        return Options(faces=chosen_faces(self.fonts), copy=self.kind, previous=self.previous)

    def write(self, kind: str, path: Path) -> None:
        """Write it as one of the kinds of file. Raises KnownError."""
        from gkdesk.exports import write

        write(kind, self.report, path, copy=self.kind, previous=self.previous, fonts=self.fonts)


def wishes(settings: Settings) -> Wishes:
    """The fonts that the clerk chose for the paper copies."""
    from gkdesk.paper.faces import Role, Wish

    chosen = settings.fonts
    return tuple((role, Wish(*chosen[role])) for role in Role if role in chosen)
