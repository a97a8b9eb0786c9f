"""What of a clipboard goes into a text: plain paragraphs, without the blanks and empty lines that set them apart."""

from __future__ import annotations

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QTextDocumentFragment

from gkdesk.report.session import MAX_TEXT, clean_text

LARGEST = 4_000_000
"""Characters of a formatted clipboard that are looked at; more than that is no section of a report."""
_BLANKS = "\u3000 \t"


class TooLargeError(Exception):
    """The clipboard holds more than a text of the report can take."""


def holds_files(source: QMimeData) -> bool:
    """Whether files were copied or are dragged. Qt gives their paths as text, which nobody wants in a report."""
    return any(url.isLocalFile() for url in source.urls())


def paragraphs(source: QMimeData, room: int = MAX_TEXT) -> str:
    """The text of a clipboard as paragraphs, one a line. Empty where it holds no text.

    Raises TooLargeError for more than ``room`` code points.
    """
    text = source.text() if source.hasText() else ""
    if not text and source.hasHtml():
        html = source.html()
        if len(html) > LARGEST:
            raise TooLargeError
        text = QTextDocumentFragment.fromHtml(html).toPlainText()
    if len(text) > room:
        raise TooLargeError
    lines = [line.strip(_BLANKS) for line in clean_text(text).split("\n")]
    kept = [line for number, line in enumerate(lines) if line or number in (0, len(lines) - 1)]
    return "\n".join(kept)
