"""A line of text that shortens itself where there is no room."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget


class ElidedLabel(QLabel):
    """One line of plain text, shortened with … and then with the whole text as tool tip.

    `mode` says where: on the right by default, in the middle for paths of files.
    """

    def __init__(
        self,
        text: str = "",
        parent: QWidget | None = None,
        *,
        mode: Qt.TextElideMode = Qt.TextElideMode.ElideRight,
    ) -> None:
        super().__init__(parent)
        self._mode = mode
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setText(text)

    def setText(self, text: str) -> None:
        super().setText(" ".join(text.split()))
        self._explain()

    def is_elided(self) -> bool:
        """Whether the text is longer than there is room."""
        return self._shown() != self.text()

    def minimumSizeHint(self) -> QSize:
        hint = super().sizeHint()
        return QSize(min(hint.width(), self.fontMetrics().horizontalAdvance("汉…")), hint.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._explain()

    def paintEvent(self, _event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setPen(self.palette().color(self.foregroundRole()))
            align = self.alignment() | Qt.TextFlag.TextSingleLine
            painter.drawText(self.contentsRect(), int(align), self._shown())

    def _shown(self) -> str:
        return self.fontMetrics().elidedText(self.text(), self._mode, self.contentsRect().width())

    def _explain(self) -> None:
        # A tool tip guesses rich text too: a leading "<" in a file's name must stay one.
        whole = self.text().replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        self.setToolTip(f"<p style='white-space:pre-wrap'>{whole}</p>" if self.is_elided() else "")
