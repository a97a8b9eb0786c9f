"""A message that lies over what it speaks of, so that nothing under the clerk's hands moves."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QWidget

from ui import theme
from ui.widgets.inline_message import InlineMessage
from ui.widgets.states import State

MARGIN = 8


class FloatingMessage(InlineMessage):
    """Lies along the lower edge of ``host``, or along the upper one where the clerk is at work below."""

    covers = Signal(int)
    """Pixels at the lower edge that it lies over: what is under it can be scrolled free by so many."""

    def __init__(self, host: QWidget) -> None:
        super().__init__(host)
        self._host = host
        host.installEventFilter(self)

    def show_message(
        self,
        state: State,
        text: str,
        actions: Sequence[tuple[str, str]] = (),
        *,
        closable: bool = True,
        passing: bool = False,
    ) -> None:
        super().show_message(state, text, actions, closable=closable, passing=passing)
        self.place()

    def place(self) -> None:
        """Find its place anew: the host has another size, or the clerk is at work elsewhere."""
        if self.isHidden():
            return
        margin = theme.gap(MARGIN)
        host = self._host
        area = host.rect()
        if isinstance(host, QAbstractScrollArea):
            # over labels, but neither over what heads the columns nor over scroll bars
            area.setTop(host.viewport().y())
            area.setBottomRight(host.viewport().geometry().bottomRight())
        area = area.adjusted(margin, margin, -margin, -margin)
        height = self.heightForWidth(area.width()) if self.hasHeightForWidth() else self.sizeHint().height()
        below = QRect(area.left(), area.bottom() + 1 - height, area.width(), height)
        busy = below.intersects(self._busy())
        if busy:
            below.moveTop(area.top())
        self.setGeometry(below)
        self.covers.emit(0 if busy else height + 2 * margin)
        self.raise_()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.covers.emit(0)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._host and event.type() == QEvent.Type.Resize:
            self.place()
        return super().eventFilter(watched, event)

    def _busy(self) -> QRect:
        """Where the clerk types: the current cell or the line of the text cursor, in the host's coordinates."""
        focus = QApplication.focusWidget()
        if focus is None or (not self._host.isAncestorOf(focus) and focus is not self._host):
            return QRect()
        found = focus.inputMethodQuery(Qt.InputMethodQuery.ImCursorRectangle)
        rect = found.toAlignedRect() if isinstance(found, QRectF) else found
        if not isinstance(rect, QRect):
            return QRect()
        origin = focus.viewport() if isinstance(focus, QAbstractScrollArea) else focus
        return QRect(origin.mapTo(self._host, rect.topLeft()), rect.size())
