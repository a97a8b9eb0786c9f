"""What of a clipboard may be a report: a page or a text of many lines, or a file that was copied."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMimeData

MANY_LINES = 6
"""A clipboard of fewer lines goes into the field where it is pasted."""


def file_of(source: QMimeData) -> Path | None:
    """The one file that was copied or dragged; None for none or several."""
    urls = source.urls() if source.hasUrls() else []
    return Path(urls[0].toLocalFile()) if len(urls) == 1 and urls[0].isLocalFile() else None


def holds_report(source: QMimeData) -> bool:
    """Whether a paste is meant for the whole report rather than for a field of one line."""
    if file_of(source) is not None:
        return True
    if source.hasHtml() and "<table" in source.html().lower():
        return True
    return source.hasText() and source.text().strip().count("\n") >= MANY_LINES
