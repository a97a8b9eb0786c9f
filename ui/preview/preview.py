"""The preview: pages in small and large, their size, a search, and jumps to what is wrong."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from gkdesk.errors import KnownError
from gkdesk.i18n import _
from gkdesk.paper.find import Finder, Found, places_of
from gkdesk.report import Issue
from ui import icons, theme
from ui.preview import zoom
from ui.preview.drawing import Drawn, draw
from ui.preview.pages_view import PagesView
from ui.preview.search_bar import SearchBar
from ui.preview.thumbnails import Thumbnails
from ui.printed_copy import PrintedCopy
from ui.tasks import Background

RESOLUTIONS = (144, 200, 300)
"""Pixels an inch that pages are drawn at, the least that is sharp on the screen at their size."""
ROOMY = 640
"""Width at 100 % from which the pages in small have room beside the large ones."""


class Preview(QWidget):
    """Shows copies. Drawing runs on the background thread; the newest copy wins.

    ``drawn(Drawn)`` when a copy is shown.
    """

    drawn = Signal(object)

    def __init__(self, background: Background, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._background = background
        self._wanted: PrintedCopy | None = None
        self._busy = False
        self._drawn: Drawn | None = None
        self._finder: Finder | None = None
        self._pointed: Found = ()
        self._hits: list[Found] = []
        self._hit = 0
        self._thumbnails_wanted: bool | None = None
        self.view = PagesView(self)
        self.view.turned.connect(self._on_turned)
        self.view.zoomed.connect(self._on_zoomed)
        self.view.fitted.connect(self._on_fitted)
        self.thumbnails = Thumbnails(self)
        self.thumbnails.chosen.connect(self.view.go_to)
        self.search = SearchBar(self)
        self.search.searched.connect(self._on_searched)
        self.search.stepped.connect(self.search_on)
        self._fold = QToolButton(self)
        self._fold.setCheckable(True)
        self._fold.setToolTip(_("各页缩略图"))
        self._fold.setAccessibleName(_("各页缩略图"))
        self._fold.clicked.connect(self._on_fold_clicked)
        icons.bind(self._fold, "document", size=16)
        self._where = QLabel(self)
        self.zoom = self._zooms()
        self._lay_out()

    def _zooms(self) -> QComboBox:
        box = QComboBox(self)
        box.setAccessibleName(_("页面大小"))
        box.addItem(_("适合宽度"), zoom.FIT_WIDTH)
        box.addItem(_("整页"), zoom.FIT_PAGE)
        for percent in zoom.PERCENTS:
            box.addItem(_("{percent} %").format(percent=percent), percent)
        box.activated.connect(self._on_zoom_chosen)
        return box

    def _lay_out(self) -> None:
        bar = QHBoxLayout()
        bar.setSpacing(theme.gap(8))
        bar.addWidget(self._fold)
        bar.addWidget(self._where)
        bar.addWidget(self.zoom)
        bar.addStretch(1)
        bar.addWidget(self.search, 2)
        body = QHBoxLayout()
        body.setSpacing(theme.gap(4))
        body.addWidget(self.thumbnails)
        body.addWidget(self.view, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.gap(4))
        layout.addLayout(bar)
        layout.addLayout(body, 1)
        self.setFocusProxy(self.view)

    # ------------------------------------------------------------ copies

    def show_copy(self, copy: PrintedCopy) -> None:
        """Draw a copy; while one is being drawn only the last one asked for waits."""
        self._wanted = copy
        if not self._busy:
            self._start()

    def pages(self) -> int:
        """Number of pages shown."""
        return len(self.view.pages)

    def _start(self) -> None:
        copy, self._wanted = self._wanted, None
        if copy is None:
            return
        self._busy = True
        task = self._background.run(self, partial(draw, copy, self._resolution()))
        task.done.connect(self._on_drawn)
        task.failed.connect(self._on_failed)

    def _resolution(self) -> int:
        needed = self.view.resolution() if self.view.pages else 0
        return next((each for each in RESOLUTIONS if each >= needed), RESOLUTIONS[-1])

    def _on_drawn(self, drawn: object) -> None:
        assert isinstance(drawn, Drawn)
        self._busy = False
        self._finder = None
        if self._drawn is None or drawn.copy is not self._drawn.copy:
            self._pointed = ()
        self._drawn = drawn
        self.view.show_drawn(drawn)
        self.thumbnails.show_pages([page.picture() for page in self.view.pages])
        self.thumbnails.show_current(self.view.current)
        self._show_where()
        self._look(keep=True)
        self.drawn.emit(drawn)
        self._drawn = replace(drawn, images=[])  # the pages have them now: at 300 pixels an inch 35 MB each
        self._start()

    def _on_failed(self, error: object) -> None:
        self._busy = False
        if not isinstance(error, KnownError):
            assert isinstance(error, BaseException)
            raise error
        self.view.show_words(str(error))
        self._start()

    # ------------------------------------------------------------ looking for something

    def show_issue(self, issue: Issue) -> int | None:
        """Point out an issue on its page; the page's number from 1, None where it stands on none."""
        if self._drawn is None:
            return None
        found = places_of(issue, self._drawn.copy.report, self._find(), self._drawn.pages.places)
        if not found:
            return None
        self.search.words.clear()
        self._pointed = found
        self.view.mark([], found)
        return found[0].page + 1

    def search_on(self, distance: int) -> None:
        """Look at the next (1) or previous (-1) hit."""
        if self._hits:
            self._hit = (self._hit + distance) % len(self._hits)
            self._show_hit()

    def _find(self) -> Finder:
        assert self._drawn is not None
        if self._finder is None:
            self._finder = Finder(self._drawn.pages.pages)
        return self._finder

    def _look(self, *, keep: bool = False) -> None:
        """Search anew; with `keep` the hit of the same number stays the one looked at."""
        words = self.search.words.text()
        self._hits = self._find().find(words) if self._drawn and words.strip() else []
        self._hit = min(self._hit, max(0, len(self._hits) - 1)) if keep else 0
        self._show_hit(move=not keep)

    def _show_hit(self, *, move: bool = True) -> None:
        chosen = self._hits[self._hit] if self._hits else self._pointed
        self.search.show_count(self._hit + 1, len(self._hits))
        self.view.mark(self._hits, chosen, move=move)

    def _on_searched(self, _words: str) -> None:
        self._pointed = ()
        self._look()

    # ------------------------------------------------------------ view

    def _on_turned(self, page: int) -> None:
        self.thumbnails.show_current(page)
        self._show_where()

    def _show_where(self) -> None:
        here, count = self.view.current + 1, self.pages()
        self._where.setText(_("第 {number} / {count} 页").format(number=here, count=count) if count else "")

    def _on_zoom_chosen(self, _index: int) -> None:
        self.view.set_zoom(self.zoom.currentData())

    def _on_zoomed(self, wanted: int) -> None:
        self.zoom.setCurrentIndex(self.zoom.findData(wanted))

    def _on_fitted(self) -> None:
        # larger on screen than it was drawn: draw the same copy again, finer, unless a newer one waits
        waits = self._busy or self._wanted is not None
        if self._drawn and not waits and self._drawn.resolution < self._resolution():
            self.show_copy(self._drawn.copy)

    def _on_fold_clicked(self, checked: bool) -> None:
        self._thumbnails_wanted = checked
        self.thumbnails.setVisible(checked)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        shown = self._thumbnails_wanted
        if shown is None:
            shown = event.size().width() >= theme.gap(ROOMY)
        self.thumbnails.setVisible(shown)
        self._fold.setChecked(shown)
