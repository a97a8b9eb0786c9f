"""Issues as a list: grouped by step, each in words that wrap, with a jump to its place."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import QFrame, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from gkdesk.checks import explain
from gkdesk.checks.progress import is_gap
from gkdesk.formats import Format
from gkdesk.i18n import _
from gkdesk.report import Issue
from gkdesk.words import clauses
from ui import icons, theme
from ui.widgets.states import State

ISSUE = Qt.ItemDataRole.UserRole
STATE = Qt.ItemDataRole.UserRole + 1
ICON_SIZE = 16
Index = QModelIndex | QPersistentModelIndex
Row = tuple[str, Issue | None, State | None]


class IssueModel(QAbstractListModel):
    """Rows are step titles (issue None) and, under each, its issues."""

    def __init__(self, form: Format, parent: QWidget) -> None:
        super().__init__(parent)
        self._form = form
        self._rows: list[Row] = []

    def set_groups(self, groups: Iterable[tuple[str, list[Issue]]], notes: Mapping[Issue, str]) -> None:
        """Show these issues; a group without any is left out, an explained issue is shown as done."""
        rows: list[Row] = []
        for title, issues in groups:
            if issues:
                rows.append((title, None, None))
                rows += [self._row(issue, notes.get(issue)) for issue in issues]
        if rows == self._rows:
            return
        # what stays keeps its place and the selection: only the differing middle is exchanged
        head = _common(self._rows, rows)
        tail = _common(self._rows[head:][::-1], rows[head:][::-1])
        old_end, new_end = len(self._rows) - tail, len(rows) - tail
        if old_end > head:
            self.beginRemoveRows(QModelIndex(), head, old_end - 1)
            del self._rows[head:old_end]
            self.endRemoveRows()
        if new_end > head:
            self.beginInsertRows(QModelIndex(), head, new_end - 1)
            self._rows[head:head] = rows[head:new_end]
            self.endInsertRows()

    def _row(self, issue: Issue, note: str | None) -> Row:
        words = explain(issue, self._form)
        if note is not None:
            return _("{issue}（已说明：{note}）").format(issue=words, note=note), issue, State.DONE
        return words, issue, State.EMPTY if is_gap(issue, self._form) else State(issue.severity)

    def issue(self, index: Index) -> Issue | None:
        return self._rows[index.row()][1] if index.isValid() else None

    def row_of(self, issue: Issue) -> int | None:
        """Where an issue stands."""
        return next((row for row, (_text, other, _state) in enumerate(self._rows) if other == issue), None)

    def lines(self) -> list[str]:
        """The list as text, one line a row."""
        return [("　" if issue else "") + text for text, issue, _state in self._rows]

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        text, issue, state = self._rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return text
        if role == STATE:
            return state
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return clauses((state.word(), text)) if state else text
        if role == ISSUE:
            return issue
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        selectable = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return selectable if self._rows[index.row()][1] else Qt.ItemFlag.ItemIsEnabled


def _common(left: list[Row], right: list[Row]) -> int:
    count = 0
    for one, other in zip(left, right, strict=False):
        if one != other:
            break
        count += 1
    return count


class IssueList(QListView):
    """The view. ``jumped(issue)`` on click, Enter or double click."""

    jumped = Signal(object)
    issue_selected = Signal(object)

    def __init__(self, form: Format, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = IssueModel(form, self)
        self.setModel(self._model)
        self.setItemDelegate(_IssueDelegate(self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setMouseTracking(True)
        self.clicked.connect(self._on_clicked)
        self.selectionModel().currentChanged.connect(self._on_current_changed)

    def set_groups(self, groups: Iterable[tuple[str, list[Issue]]], notes: Mapping[Issue, str]) -> None:
        self._model.set_groups(groups, notes)

    def lines(self) -> list[str]:
        return self._model.lines()

    def select(self, issue: Issue) -> None:
        """Make an issue the chosen one, without jumping."""
        row = self._model.row_of(issue)
        if row is not None:
            self.setCurrentIndex(self._model.index(row, 0))

    def current_issue(self) -> Issue | None:
        return self._model.issue(self.currentIndex())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        issue = self.current_issue()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and issue:
            self.jumped.emit(issue)
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()

    def _on_clicked(self, index: QModelIndex) -> None:
        issue = self._model.issue(index)
        if issue:
            self.jumped.emit(issue)

    def _on_current_changed(self, current: QModelIndex, _previous: QModelIndex) -> None:
        self.issue_selected.emit(self._model.issue(current))


class _IssueDelegate(QStyledItemDelegate):
    def __init__(self, view: IssueList) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        issue = index.data(ISSUE)
        width = self._view.viewport().width()
        metrics = QFontMetrics(theme.font(bold=issue is None))
        text = self._text_rect(QRect(0, 0, width, 0), issue is not None)
        flags = Qt.TextFlag.TextWordWrap
        height = metrics.boundingRect(QRect(0, 0, text.width(), 10_000), flags, str(index.data())).height()
        return QSize(width, height + theme.gap(12 if issue else 8))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        issue: Issue | None = index.data(ISSUE)
        rect: QRect = option.rect  # type: ignore[attr-defined]
        flags = option.state  # type: ignore[attr-defined]
        painter.save()
        if issue:
            state = State(index.data(STATE))
            selected = flags & QStyle.StateFlag.State_Selected
            hovered = flags & QStyle.StateFlag.State_MouseOver
            ground = theme.colour("selection" if selected else "hover" if hovered else state.ground)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(ground)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            inner = rect.adjusted(theme.gap(4), 1, -theme.gap(4), -1)
            painter.drawRoundedRect(inner, theme.gap(4), theme.gap(4))
            side = theme.gap(ICON_SIZE)
            place = QRectF(rect.left() + theme.gap(10), rect.top() + theme.gap(7), side, side)
            icons.paint(painter, place, state.icon, state.colour)
        else:
            painter.fillRect(rect, theme.colour("label"))
        painter.setPen(theme.colour("text" if issue else "secondary"))
        painter.setFont(theme.font(bold=issue is None))
        words = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(self._text_rect(rect, issue is not None), int(words), str(index.data()))
        painter.restore()

    @staticmethod
    def _text_rect(rect: QRect, indented: bool) -> QRect:
        left = theme.gap(10 + ICON_SIZE + 8) if indented else theme.gap(8)
        return rect.adjusted(left, 0, -theme.gap(12), 0)
