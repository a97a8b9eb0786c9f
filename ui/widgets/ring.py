"""A ring that shows how much of something is done."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from gkdesk.i18n import _
from ui import theme


class Ring(QWidget):
    """Ring with the share done in whole per cent, rounded down: 100 only when all is done.

    `diameter` in pixels at 100 %. `colour` is a field of the colour set.
    """

    def __init__(self, parent: QWidget | None = None, *, diameter: int = 56) -> None:
        super().__init__(parent)
        self._diameter = diameter
        self._done = 0
        self._total = 0
        self._colour = "accent"
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.signals().changed.connect(self._on_theme_changed)
        self.set_value(0, 0)

    def set_value(self, done: int, total: int) -> None:
        """Show `done` of `total` parts; nothing of nothing counts as 0 %. Raises ValueError outside 0…total."""
        if not 0 <= done <= total:
            raise ValueError(done, total)
        self._done, self._total = done, total
        self.setAccessibleName(_("已完成 {percent}%").format(percent=self.percent()))
        self.setToolTip(_("已填 {done} 项，共 {total} 项").format(done=done, total=total) if total else "")
        self.update()

    def set_colour(self, colour: str) -> None:
        """Colour of the done part: a field of the colour set, e.g. `good` or `error`."""
        self._colour = colour
        self.update()

    def percent(self) -> int:
        """Share done, 0 to 100."""
        return self._done * 100 // self._total if self._total else 0

    def sizeHint(self) -> QSize:
        side = theme.gap(self._diameter)
        return QSize(side, side)

    def paintEvent(self, _event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            width = theme.gap(self._diameter) / 9
            side = min(self.width(), self.height()) - width - 1
            field = QRectF((self.width() - side) / 2, (self.height() - side) / 2, side, side)
            painter.setPen(QPen(theme.colour("line"), width))
            painter.drawEllipse(field)
            if self._done:
                painter.setPen(QPen(theme.colour(self._colour), width, c=Qt.PenCapStyle.RoundCap))
                # Qt counts sixteenths of a degree, anticlockwise from three o'clock.
                painter.drawArc(field, 90 * 16, -(self._done * 360 * 16 // self._total))
            painter.setPen(theme.colour("text"))
            painter.setFont(theme.figure_font(self._diameter / 56 * 0.86, bold=True))
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, f"{self.percent()}%")

    def _on_theme_changed(self) -> None:
        self.updateGeometry()
        self.update()
