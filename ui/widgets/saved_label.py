"""Whether all is saved: an icon and a few words, which change with the first key of every figure."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from gkdesk.words import named
from ui import icons, theme

ICON = 16
"""Side of the icon, in pixels at 100 %."""
SPACE = 8
"""Between the icon and the words, in pixels at 100 %."""


class SavedLabel(QLabel):
    """A label that paints itself, with room for the longest of its `usual` words.

    Other words in a plain QLabel have the whole window laid out anew, and another colour has its style sheet worked
    through: more than painting the figure that was typed.
    """

    def __init__(self, usual: list[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._usual = usual
        self._words = self._icon = self._colour = ""
        self._worded = True
        self._hint = QSize()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)

    def text(self) -> str:
        """The words, also while only the icon has room."""
        return self._words

    def tell(self, words: str, icon: str = "", colour: str = "text", reason: str = "") -> bool:
        """Say this from now on, nothing for empty words; whether it takes other room than before."""
        before = self.words_width()
        self._words, self._icon, self._colour = words, icon, colour
        self.setAccessibleName(words)
        self.setToolTip(named(words, reason) if reason else words)
        self.update()
        return self.words_width() != before

    def set_worded(self, worded: bool) -> None:
        """Whether the words stand beside the icon; the bar makes room for what there is to say by now."""
        self._worded = worded
        self.update()
        if self.sizeHint() != self._hint:
            self._hint = self.sizeHint()
            self.updateGeometry()

    def words_width(self) -> int:
        """Pixels of the words; never less than the longest usual ones have, but 0 for none."""
        metrics = self.fontMetrics()
        return max(map(metrics.horizontalAdvance, (self._words, *self._usual))) if self._words else 0

    def sizeHint(self) -> QSize:
        icon, words = theme.gap(ICON), self.words_width() if self._worded else 0
        width = (icon if self._words else 0) + (theme.gap(SPACE) + words if words else 0)
        return QSize(width, max(icon, self.fontMetrics().height()))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        if not self._words:
            return
        side = theme.gap(ICON)
        with QPainter(self) as painter:
            picture = icons.pixmap(self._icon, self._colour, side, self.devicePixelRatioF())
            painter.drawPixmap(0, (self.height() - side) // 2, picture)
            if self._worded:
                painter.setPen(theme.colour(self._colour))
                room = self.rect().adjusted(side + theme.gap(SPACE), 0, 0, 0)
                align = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
                painter.drawText(room, int(align), self._words)
