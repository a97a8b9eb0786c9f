"""The pages in small at the left of the preview."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QIcon, QPixmap
from PySide6.QtWidgets import QFrame, QListView, QListWidget, QListWidgetItem, QWidget

from gkdesk.i18n import _
from ui import theme
from ui.preview.pages_view import page_name

WIDTH = 64
"""Of a picture, in pixels at 100 %."""
RATIO = 297 / 210


class Thumbnails(QListWidget):
    """One picture a page; ``chosen(n)`` when the clerk goes to page n, from 0."""

    chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._following = False
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setFlow(QListView.Flow.TopToBottom)
        self.setMovement(QListView.Movement.Static)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setWrapping(False)
        self.setUniformItemSizes(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(_("各页缩略图"))
        self.currentRowChanged.connect(self._on_row_changed)
        theme.signals().changed.connect(self._on_theme_changed)
        self._on_theme_changed()

    def show_pages(self, pictures: Sequence[QPixmap]) -> None:
        """Show these pages in the place of those before."""
        ratio = self.devicePixelRatioF()
        size = self.iconSize() * ratio
        while self.count() > len(pictures):
            self.takeItem(self.count() - 1)
        for number, picture in enumerate(pictures):
            if number == self.count():
                item = QListWidgetItem(str(number + 1))
                item.setTextAlignment(Qt.AlignmentFlag.AlignHCenter)
                self.addItem(item)
            small = picture.scaled(
                size, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
            )
            small.setDevicePixelRatio(ratio)
            item = self.item(number)
            item.setIcon(QIcon(small))
            item.setData(Qt.ItemDataRole.AccessibleTextRole, page_name(number + 1, len(pictures)))

    def show_current(self, number: int) -> None:
        """Follow the page that is looked at."""
        if number != self.currentRow():
            self._following = True
            self.setCurrentRow(number)
            self._following = False

    def _on_row_changed(self, row: int) -> None:
        if row >= 0 and not self._following:
            self.chosen.emit(row)

    def _on_theme_changed(self) -> None:
        width, line = theme.gap(WIDTH), self.fontMetrics().height()
        self.setIconSize(QSize(width, round(width * RATIO)))
        self.setGridSize(QSize(width + theme.gap(16), round(width * RATIO) + line + theme.gap(12)))
        self.setFixedWidth(width + theme.gap(32))
