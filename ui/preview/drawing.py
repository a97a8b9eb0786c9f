"""A copy set, written as PDF and drawn, on the background thread: PDFium is not thread-safe."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtGui import QImage

from ui.pdf_pages import PdfPages
from ui.printed_copy import PrintedCopy

if TYPE_CHECKING:
    from gkdesk.paper import Pages


@dataclass(frozen=True)
class Drawn:
    """A copy, its composed pages, and a picture of each at `resolution` pixels an inch."""

    copy: PrintedCopy
    pages: Pages
    images: list[QImage]
    resolution: int


def draw(copy: PrintedCopy, resolution: int) -> Drawn:
    """Draw every page of a copy. Raises KnownError when the report cannot be set."""
    file = PdfPages(copy)
    try:
        return Drawn(
            copy, file.composed, [file.image(number, resolution) for number in range(len(file))], resolution
        )
    finally:
        file.close()
