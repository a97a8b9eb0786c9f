"""The finished PDF on screen, page below page: what is seen is what is exported and printed."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QPixmap, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QVBoxLayout, QWidget

from gkdesk.errors import KnownError
from gkdesk.i18n import _
from ui import theme
from ui.pdf_pages import all_images
from ui.printed_copy import PrintedCopy
from ui.tasks import Background

RESOLUTION = 144
"""Pixels an inch that pages are drawn at; shown smaller they stay sharp on any screen."""


class Preview(QScrollArea):
    """Pages fitted to the width. Drawing runs on the background thread; the newest copy wins."""

    def __init__(self, background: Background, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._background = background
        self._wanted: PrintedCopy | None = None
        self._busy = False
        self._column = QWidget(self)
        self._layout = QVBoxLayout(self._column)
        self._layout.setSpacing(theme.gap(12))
        self._layout.setContentsMargins(*[theme.gap(12)] * 4)
        self._words = QLabel(_("正在排版…"), self._column)
        self._words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._layout.addWidget(self._words)
        self._layout.addStretch(1)
        self._pages: list[_Page] = []
        self.setWidget(self._column)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAccessibleName(_("打印预览"))

    def show_copy(self, copy: PrintedCopy) -> None:
        """Draw a copy; while one is being drawn only the last one asked for waits."""
        self._wanted = copy
        if not self._busy:
            self._start()

    def pages(self) -> int:
        """Number of pages shown."""
        return len(self._pages)

    def _start(self) -> None:
        copy, self._wanted = self._wanted, None
        if copy is None:
            return
        self._busy = True
        task = self._background.run(self, partial(all_images, copy, RESOLUTION))
        task.done.connect(self._on_drawn)
        task.failed.connect(self._on_failed)

    def _on_drawn(self, images: object) -> None:
        assert isinstance(images, list)
        self._busy = False
        self._words.hide()
        for page in self._pages[len(images) :]:
            page.hide()
            page.deleteLater()
        del self._pages[len(images) :]
        for number, image in enumerate(images, 1):
            if number > len(self._pages):
                page = _Page(self._column)
                self._layout.insertWidget(self._layout.count() - 1, page)
                self._pages.append(page)
            self._pages[number - 1].set_image(image)
            self._pages[number - 1].setAccessibleName(
                _("第 {number} 页，共 {count} 页").format(number=number, count=len(images))
            )
        self._fit()
        self._start()

    def _on_failed(self, error: object) -> None:
        self._busy = False
        if not isinstance(error, KnownError):
            assert isinstance(error, BaseException)
            raise error
        self._words.setText(str(error))
        self._words.show()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            event.ignore()
            return
        super().wheelEvent(event)

    def _fit(self) -> None:
        width = min(self.viewport().width() - 2 * theme.gap(12), theme.gap(900))
        for page in self._pages:
            page.fit(max(width, theme.gap(200)))


class _Page(QWidget):
    """One page, drawn smoothly at any width."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._pixmap = QPixmap()

    def set_image(self, image: QImage) -> None:
        self._pixmap = QPixmap.fromImage(image)
        self.update()

    def fit(self, width: int) -> None:
        if not self._pixmap.isNull():
            self.setFixedSize(QSize(width, round(width * self._pixmap.height() / self._pixmap.width())))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawPixmap(self.rect(), self._pixmap)
        painter.setPen(theme.colour("line"))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
