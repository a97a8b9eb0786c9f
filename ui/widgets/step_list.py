"""The list of steps at the left of the wizard."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QListWidget,
    QListWidgetItem,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from gkdesk.i18n import _
from gkdesk.words import clauses
from ui import icons, theme
from ui.widgets.states import State

WIDTH = 200
ICON_SIZE = 20
PLATE = 44
"""Room of a count, in pixels at 100 %."""
STATE_ROLE = Qt.ItemDataRole.UserRole
COUNT_ROLE = Qt.ItemDataRole.UserRole + 1

_Index = QModelIndex | QPersistentModelIndex


class StepList(QListWidget):
    """Steps with the icon of their state, and at the right how many problems they have.

    `chosen(index)` whenever the clerk goes to a step, by mouse or arrow keys; `confirmed(index)` on Enter, Space or
    a double click: the focus may go into the page. Rows grow closer before anything scrolls.
    """

    chosen = Signal(int)
    confirmed = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._telling = True
        self.setObjectName("step_list")
        self.setAccessibleName(_("填报步骤"))
        self.setItemDelegate(_StepDelegate(self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        self.setUniformItemSizes(True)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self.currentRowChanged.connect(self._on_row_changed)
        self.itemDoubleClicked.connect(self._on_double_clicked)
        theme.signals().changed.connect(self._on_theme_changed)
        self._on_theme_changed()

    def set_steps(self, labels: Sequence[str]) -> None:
        """Replace all steps; each is 未填 and the first is current. Tells nobody."""
        self._telling = False
        self.clear()
        for label in labels:
            self.addItem(QListWidgetItem(label))
        for index in range(len(labels)):
            self.set_state(index, State.EMPTY)
        self.setFixedWidth(self._width())
        if labels:
            self.setCurrentRow(0)
        self._telling = True

    def set_state(self, index: int, state: State, count: int = 0, missing: str = "") -> None:
        """Change a step's state, number of problems (0 for none), and what it still lacks in words.

        Raises IndexError where there is no step.
        """
        item = self._step(index)
        item.setData(STATE_ROLE, state)
        item.setData(COUNT_ROLE, count)
        words = clauses((state.word(count), missing))
        item.setData(
            Qt.ItemDataRole.AccessibleTextRole, _("{step}，{state}").format(step=item.text(), state=words)
        )
        item.setToolTip(words)

    def step_state(self, index: int) -> tuple[State, int]:
        """A step's state and count. Raises IndexError where there is no step."""
        item = self._step(index)
        return State(item.data(STATE_ROLE)), int(item.data(COUNT_ROLE))

    def set_current(self, index: int) -> None:
        """Mark the step that is shown, without `chosen`. Raises IndexError where there is no step."""
        self._step(index)
        self._telling = False
        self.setCurrentRow(index)
        self._telling = True

    def current(self) -> int:
        """The step that is marked, -1 when there are none."""
        return self.currentRow()

    def row_height(self) -> int:
        """Height of a row in pixels: comfortable where there is room, else what fits, never less than the text."""
        least = max(self.fontMetrics().height(), theme.gap(ICON_SIZE)) + 2
        fitting = self.viewport().height() // max(1, self.count())
        return max(least, min(self._comfortable_height(), fitting))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        keys = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)
        if event.key() in keys and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            if self.current() >= 0:
                self.confirmed.emit(self.current())
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()

    def sizeHint(self) -> QSize:
        return QSize(self._width(), self._comfortable_height() * self.count())

    def minimumSizeHint(self) -> QSize:
        return QSize(self._width(), self.fontMetrics().height() * 4)

    def _width(self) -> int:
        """WIDTH; where text is large, and room dear, no more than the longest step needs with its count."""
        if theme.scale() <= 100:
            return theme.gap(WIDTH)
        metrics = QFontMetrics(theme.font(bold=True))
        longest = max(
            (metrics.horizontalAdvance(self.item(row).text()) for row in range(self.count())), default=0
        )
        return max(WIDTH, min(theme.gap(WIDTH), theme.gap(16 + ICON_SIZE + 8 + 4 + PLATE + 12) + longest))

    def _comfortable_height(self) -> int:
        return self.fontMetrics().height() + theme.gap(16)

    def _step(self, index: int) -> QListWidgetItem:
        item = self.item(index) if index >= 0 else None
        if item is None:
            raise IndexError(index)
        return item

    def _on_row_changed(self, row: int) -> None:
        if self._telling and row >= 0:
            self.chosen.emit(row)

    def _on_double_clicked(self, item: QListWidgetItem) -> None:
        self.confirmed.emit(self.row(item))

    def _on_theme_changed(self) -> None:
        self.setFixedWidth(self._width())
        self.setFont(theme.font())
        self.setStyleSheet(
            f"QListWidget {{ background: {theme.current().window}; border: none; outline: none; }}"
        )
        self.scheduleDelayedItemsLayout()
        self.viewport().update()


class _StepDelegate(QStyledItemDelegate):
    """Paints one step: accent bar, icon, label, count."""

    def __init__(self, steps: StepList) -> None:
        super().__init__(steps)
        self._steps = steps

    def sizeHint(self, _option: QStyleOptionViewItem, _index: _Index) -> QSize:
        return QSize(self._steps.width(), self._steps.row_height())

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        row = QRectF(option.rect)  # type: ignore[attr-defined]
        flags = option.state  # type: ignore[attr-defined]
        is_current = bool(flags & QStyle.StateFlag.State_Selected)
        self._paint_ground(painter, row, flags, is_current=is_current)
        state, count = State(index.data(STATE_ROLE)), int(index.data(COUNT_ROLE))
        side = theme.gap(ICON_SIZE)
        left = row.left() + theme.gap(16)
        icons.paint(painter, QRectF(left, row.center().y() - side / 2, side, side), state.icon, state.colour)
        right = row.right() - theme.gap(12)
        if count:
            right = self._paint_count(painter, row, right, state, count) - theme.gap(4)
        left += side + theme.gap(8)
        font = theme.font(bold=is_current)
        painter.setFont(font)
        painter.setPen(theme.colour("text"))
        room = QRectF(left, row.top(), right - left, row.height())
        label = painter.fontMetrics().elidedText(
            str(index.data()), Qt.TextElideMode.ElideRight, int(room.width())
        )
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, label)
        painter.restore()

    def _paint_ground(
        self, painter: QPainter, row: QRectF, flags: QStyle.StateFlag, *, is_current: bool
    ) -> None:
        field = row.adjusted(theme.gap(4), 1, -theme.gap(4), -1)
        radius = theme.gap(4)
        painter.setPen(Qt.PenStyle.NoPen)
        if is_current or flags & QStyle.StateFlag.State_MouseOver:
            painter.setBrush(theme.colour("selection" if is_current else "hover"))
            painter.drawRoundedRect(field, radius, radius)
        if is_current:
            inset = max(2.0, row.height() / 6)
            painter.setBrush(theme.colour("accent"))
            bar = QRectF(field.left(), row.top() + inset, theme.gap(3), row.height() - 2 * inset)
            painter.drawRoundedRect(bar, bar.width() / 2, bar.width() / 2)
        if is_current and self._steps.hasFocus():
            painter.setPen(theme.colour("accent"))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(field.adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)

    def _paint_count(self, painter: QPainter, row: QRectF, right: float, state: State, count: int) -> float:
        """Paint the count on its plate and return the plate's left edge."""
        painter.setFont(theme.figure_font(0.9, bold=True))
        text = str(count) if count < 1000 else "999+"
        metrics = painter.fontMetrics()
        height = min(row.height() - 4, metrics.height())
        width = max(height, metrics.horizontalAdvance(text) + theme.gap(12))
        plate = QRectF(right - width, row.center().y() - height / 2, width, height)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour(state.ground))
        painter.drawRoundedRect(plate, height / 2, height / 2)
        painter.setPen(theme.colour(state.colour))
        painter.drawText(plate, Qt.AlignmentFlag.AlignCenter, text)
        return plate.left()
