"""One page of the preview: its picture at any size, and what is pointed out on it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QWidget

from gkdesk.paper.marks import Place
from ui import theme

FOUND, CHOSEN = QColor("#FFF3B0"), QColor("#FFC94D")
"""A marker pen's yellow: paper is white in the dark scheme too."""
MARGIN = 2.0
"""Points by which a mark reaches over what it points out."""


class PageWidget(QWidget):
    """A page `sheet` points large, drawn smoothly at the width it is given."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pixmap = QPixmap()
        self._sheet = QSizeF(1, 1)
        self._found: Sequence[Place] = ()
        self._chosen: Sequence[Place] = ()

    def set_image(self, image: QImage, sheet: QSizeF) -> None:
        """Show a picture of the page, which is `sheet` points large."""
        self._pixmap = QPixmap.fromImage(image)
        self._sheet = sheet
        self.update()

    def picture(self) -> QPixmap:
        """The picture shown."""
        return self._pixmap

    def fit(self, width: int) -> None:
        """Take that many pixels of width and the height that belongs to it."""
        self.setFixedSize(QSize(width, round(width * self._sheet.height() / self._sheet.width())))

    def mark(self, found: Sequence[Place], chosen: Sequence[Place]) -> None:
        """Point out places of this page; `chosen` are those that are looked at now."""
        if (found, chosen) != (self._found, self._chosen):
            self._found, self._chosen = found, chosen
            self.update()

    def marked(self) -> tuple[Sequence[Place], Sequence[Place]]:
        """What is pointed out: all, and those looked at now."""
        return self._found, self._chosen

    def rectangle(self, place: Place) -> QRectF:
        """Where a place of this page is in the widget."""
        scale = self.width() / self._sheet.width()
        return QRectF(
            (place.x - MARGIN) * scale,
            (place.y - MARGIN) * scale,
            (place.width + 2 * MARGIN) * scale,
            (place.height + 2 * MARGIN) * scale,
        )

    def paintEvent(self, _event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawPixmap(self.rect(), self._pixmap)
            painter.setPen(theme.colour("line"))
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
            painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Multiply)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(FOUND)
            for place in self._found:
                painter.drawRect(self.rectangle(place))
            painter.setBrush(CHOSEN)
            for place in self._chosen:
                painter.drawRect(self.rectangle(place))
