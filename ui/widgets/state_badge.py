"""A small plate with a state's icon and word."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui import icons, theme
from ui.widgets.states import State


class StateBadge(QWidget):
    """Icon, word and count of a state (“有错误 2”) on the state's ground; `text` replaces the word."""

    def __init__(
        self, state: State = State.EMPTY, count: int = 0, parent: QWidget | None = None, *, text: str = ""
    ) -> None:
        super().__init__(parent)
        self._state = state
        self._text = ""
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_state(state, count, text=text)
        theme.signals().changed.connect(self._on_theme_changed)

    def state(self) -> State:
        """The state shown."""
        return self._state

    def text(self) -> str:
        """The words shown."""
        return self._text

    def set_state(self, state: State, count: int = 0, *, text: str = "") -> None:
        """Show another state, count or words."""
        self._state = state
        self._text = text or state.word(count)
        self.setAccessibleName(self._text)
        self._on_theme_changed()

    def sizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        side = theme.gap(16)
        width = theme.gap(8) + side + theme.gap(4) + metrics.horizontalAdvance(self._text) + theme.gap(8)
        return QSize(width, max(metrics.height(), side) + theme.gap(4))

    def paintEvent(self, _event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour(self._state.ground))
            radius = theme.gap(4)
            painter.drawRoundedRect(self.rect(), radius, radius)
            side = theme.gap(16)
            left = theme.gap(8)
            icons.paint(
                painter,
                QRectF(left, (self.height() - side) / 2, side, side),
                self._state.icon,
                self._state.colour,
            )
            painter.setPen(theme.colour(self._state.colour))
            room = self.rect().adjusted(left + side + theme.gap(4), 0, 0, 0)
            painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self._text)

    def _on_theme_changed(self) -> None:
        self.updateGeometry()
        self.update()
