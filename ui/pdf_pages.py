"""Pages of the finished PDF as pictures. PDFium is not thread-safe: only the background thread calls this."""

from __future__ import annotations

from PySide6.QtGui import QImage

from ui.printed_copy import PrintedCopy

POINTS_PER_INCH = 72


class PdfPages:
    """The PDF of a copy, open for drawing, and the pages it was drawn from. Raises KnownError when it cannot be set."""

    def __init__(self, copy: PrintedCopy) -> None:
        import pypdfium2

        from gkdesk.exports import pdf
        from gkdesk.paper import compose

        self.composed = compose(copy.report, copy.options())
        self._document = pypdfium2.PdfDocument(pdf.draw(self.composed))

    def __len__(self) -> int:
        return len(self._document)

    def image(self, page: int, resolution: float) -> QImage:
        """A page, counted from 0, at that many pixels an inch."""
        bitmap = self._document[page].render(
            scale=resolution / POINTS_PER_INCH, rev_byteorder=True, prefer_bgrx=True
        )
        shape = (bitmap.width, bitmap.height, bitmap.stride)
        return QImage(bitmap.buffer, *shape, QImage.Format.Format_RGBX8888).copy()

    def close(self) -> None:
        self._document.close()
