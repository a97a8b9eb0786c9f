"""What every page of the wizard can do."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from gkdesk.report import Issue
from ui.settings import Settings

if TYPE_CHECKING:
    from ui.text_editor import TextEditor


class Step(QWidget):
    """A page of the wizard. Leaving a page commits what is being typed; nothing is lost by it."""

    selection_summed = Signal(str)
    """Count and sum of selected cells, for the status bar; empty when there is none."""
    last_year_shown = Signal(str)
    """Last year's figure of the current cell in words, for the status bar."""
    message = Signal(str, str)
    """Something to tell inline: state (good, hint, warning, error) and text."""

    zoomed = Signal(int)
    """The clerk has changed the size of a table, in per cent."""
    help_wanted = Signal()

    def commit_pending(self) -> None:
        """Hand what is being typed to the report."""

    def shown(self) -> None:
        """Called each time the page comes up: bring what may have changed meanwhile up to date, set the focus."""

    def go_to(self, issue: Issue) -> None:
        """Show the place of an issue of this page."""

    def text_editors(self) -> Sequence[TextEditor]:
        """The editors of texts on this page."""
        return ()

    def show_text(self, key: str, start: int, end: int, *, focus: bool) -> None:
        """Select [start, end), in code points, of a text of this page."""
        for editor in self.text_editors():
            if editor.field.key == key:
                self.reveal(editor)
                editor.select_span(start, end)
                if focus:
                    editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_change(self, key: str, at: int) -> None:
        """Go to a cell, field or text of this page that has changed; ``at``, in code points, is where in a text."""
        self.show_text(key, at, at, focus=True)

    def reveal(self, editor: TextEditor) -> None:
        """Make an editor visible that may be folded away."""

    def show_place(self, issue: Issue) -> bool:
        """Point out an issue on this page, of whichever page it is; False leads to its own page."""
        return False

    def find(self) -> bool:
        """Begin this page's own search; False where the texts of the report are searched."""
        return False

    def find_again(self, distance: int) -> bool:
        """Go on in this page's own search, 1 forward or -1 back; False where it has none."""
        return False

    def help_text(self) -> str:
        """What F1 shows here: plain text, paragraphs separated by line ends."""
        return ""

    def help_page(self) -> str:
        """The page of the manual, name or name#heading, that says more about this page."""
        return "fill-in.md"

    def show_missing(self, words: str) -> None:
        """What the page still lacks, in words; empty when everything is there."""

    def show_last_year(self, shown: bool) -> None:
        """Show or hide last year's figures or text beside this year's."""

    def take_settings(self, settings: Settings) -> None:
        """Follow the settings: at first, and when they have changed."""

    def zoom(self, percent: int) -> None:
        """Size of the page's own content in per cent."""
