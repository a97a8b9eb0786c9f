"""Pages below each other, at any size, scrolled to a page or to a place on one."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate

from PySide6.QtCore import QEvent, QSizeF, Qt, Signal
from PySide6.QtGui import QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QVBoxLayout, QWidget

from gkdesk.i18n import _
from gkdesk.paper.find import Found
from ui import theme
from ui.preview import zoom
from ui.preview.drawing import Drawn
from ui.preview.page import PageWidget

MOST_FITTED = 900
"""Pixels at 100 % that a page fitted to the width is at most wide: larger it is not easier to read."""
POINTS_PER_INCH = 72


class PagesView(QScrollArea):
    """Shows what was drawn. ``turned(n)`` when page n, from 0, is the one looked at."""

    turned = Signal(int)
    zoomed = Signal(int)
    """The kind of zoom was changed here: ``zoom.FIT_WIDTH``, ``zoom.FIT_PAGE`` or per cent."""
    fitted = Signal()
    """Pages have another size on screen now."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._zoom = zoom.FIT_WIDTH
        self._sheet = QSizeF(1, 1)
        self._current = 0
        column = QWidget(self)
        self._layout = QVBoxLayout(column)
        self._layout.setSpacing(theme.gap(12))
        self._layout.setContentsMargins(*[theme.gap(12)] * 4)
        self._words = QLabel(_("正在排版…"), column)
        self._words.setTextFormat(Qt.TextFormat.PlainText)
        self._words.setWordWrap(True)
        self._words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._layout.addWidget(self._words)
        self._layout.addStretch(1)
        self.pages: list[PageWidget] = []
        self.setWidget(column)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAccessibleName(_("打印预览"))
        self.verticalScrollBar().valueChanged.connect(self._on_scrolled)

    # ------------------------------------------------------------ what is shown

    def show_drawn(self, drawn: Drawn) -> None:
        """Show these pages in the place of those before, scrolled as they were."""
        self._words.hide()
        for page in self.pages[len(drawn.images) :]:
            page.hide()
            page.deleteLater()
        del self.pages[len(drawn.images) :]
        while len(self.pages) < len(drawn.images):
            page = PageWidget(self.widget())
            self._layout.insertWidget(self._layout.count() - 1, page, 0, Qt.AlignmentFlag.AlignHCenter)
            self.pages.append(page)
        shown = zip(self.pages, drawn.images, drawn.pages.pages, strict=True)
        for number, (page, image, composed) in enumerate(shown, 1):
            self._sheet = QSizeF(composed.width, composed.height)
            page.set_image(image, self._sheet)
            page.setAccessibleName(page_name(number, len(self.pages)))
        self._fit()

    def show_words(self, words: str) -> None:
        """Say why there are no pages."""
        self._words.setText(words)
        self._words.show()

    def mark(self, found: Sequence[Found], chosen: Found, *, move: bool = True) -> None:
        """Point out what was found, and bring into sight what is looked at now unless `move` is False."""
        for number, page in enumerate(self.pages):
            page.mark(
                [place for hit in found for place in hit if place.page == number],
                [place for place in chosen if place.page == number],
            )
        if not move or not chosen or chosen[0].page >= len(self.pages):
            return
        page = self.pages[chosen[0].page]
        self.widget().layout().activate()
        middle = page.rectangle(chosen[0]).center().toPoint()
        at = page.mapTo(self.widget(), middle)
        self.ensureVisible(at.x(), at.y(), self.viewport().width() // 3, self.viewport().height() // 3)

    @property
    def current(self) -> int:
        """The page that is looked at, from 0."""
        return self._current

    def go_to(self, number: int) -> None:
        """Bring the top of a page into sight."""
        if 0 <= number < len(self.pages):
            self.widget().layout().activate()
            self.verticalScrollBar().setValue(self._tops()[number] - self._layout.spacing())

    def _tops(self) -> list[int]:
        """Upper edges of the pages, also before Qt has laid them out."""
        margin, space = self._layout.contentsMargins().top(), self._layout.spacing()
        return list(accumulate((page.height() + space for page in self.pages[:-1]), initial=margin))

    # ------------------------------------------------------------ size

    def set_zoom(self, wanted: int) -> None:
        """Fit pages to the width or as a whole, or show them in per cent of their size on paper."""
        if wanted == self._zoom:
            return
        self._zoom = wanted
        self._fit()
        self.zoomed.emit(wanted)

    def zoom_by(self, direction: int) -> None:
        """One step larger (1) or smaller (-1)."""
        self.set_zoom((zoom.larger if direction > 0 else zoom.smaller)(self.percent()))

    def percent(self) -> float:
        """The size on screen in per cent of that on paper."""
        return 100 * self._page_width() / (self._sheet.width() * self._pixels_per_point())

    def resolution(self) -> float:
        """Pixels of the screen for an inch of paper at this size."""
        return self._page_width() * self.devicePixelRatioF() / self._sheet.width() * POINTS_PER_INCH

    def _pixels_per_point(self) -> float:
        return self.logicalDpiX() / POINTS_PER_INCH

    def _page_width(self) -> int:
        room = self.viewport().size()
        edges = 2 * self._layout.contentsMargins().left()
        if self._zoom == zoom.FIT_WIDTH:
            wide: float = min(room.width() - edges, theme.gap(MOST_FITTED))
        elif self._zoom == zoom.FIT_PAGE:
            ratio = self._sheet.width() / self._sheet.height()
            wide = min(room.width() - edges, (room.height() - edges) * ratio)
        else:
            wide = self._sheet.width() * self._pixels_per_point() * self._zoom / 100
        return max(round(wide), theme.gap(120))

    def _fit(self) -> None:
        if not self.pages:
            return
        bar = self.verticalScrollBar()
        part = bar.value() / max(1, self.widget().height())
        width = self._page_width()
        for page in self.pages:
            page.fit(width)
        self.widget().layout().activate()
        self.widget().adjustSize()
        bar.setValue(round(part * self.widget().height()))
        self._on_scrolled()
        self.fitted.emit()

    # ------------------------------------------------------------ Qt

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            if event.angleDelta().y():
                self.zoom_by(1 if event.angleDelta().y() > 0 else -1)
            event.accept()
            return
        super().wheelEvent(event)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.DevicePixelRatioChange:
            self.fitted.emit()
        return super().event(event)

    def _on_scrolled(self) -> None:
        line = self.verticalScrollBar().value() + self.viewport().height() // 3
        current = max(0, bisect_right(self._tops(), line) - 1)
        if current != self._current:
            self._current = current
            self.turned.emit(current)


def page_name(number: int, count: int) -> str:
    """A page in words, for those who hear it."""
    return _("第 {number} 页，共 {count} 页").format(number=number, count=count)
