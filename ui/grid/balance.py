"""The balance strip (勾稽核对): under each column both sides of its equation, the difference and a mark."""

from __future__ import annotations

import html
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QHelpEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from gkdesk.formats import Instance, Rule
from gkdesk.i18n import _
from gkdesk.report import Changes, Number, ReportSession, spell
from gkdesk.words import named, parts
from ui import theme
from ui.grid.look import sum_so_far
from ui.grid.view import FormTableView

_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_LINES = 3
FEWEST_ROWS = 7
"""So many rows of the table are worth more than the sums of both sides."""


@dataclass(frozen=True, slots=True)
class Standing:
    """One equation as it stands: both sums so far (None: nothing yet), and how many operands are missing."""

    left: Number | None
    right: Number | None
    missing: int

    @property
    def difference(self) -> Number:
        """Left less right, as far as they are there."""
        return (self.left or 0) - (self.right or 0)

    @property
    def balanced(self) -> bool:
        """True when nothing is missing and both sides agree."""
        return not self.missing and self.left == self.right

    @property
    def broken(self) -> bool:
        """True when nothing is missing and the sides differ."""
        return not self.missing and self.left != self.right


def stand(session: ReportSession, instance: Instance) -> Standing:
    """How an equation of a ``balance`` rule stands now."""
    left, missing_left = sum_so_far(session, instance.operands["left"])
    right, missing_right = sum_so_far(session, instance.operands["right"])
    return Standing(left, right, missing_left + missing_right)


def balance_rules(view: FormTableView) -> list[Rule]:
    """The rules of kind ``balance`` whose cells all lie in the view's table."""
    cells = view.grid.table.cells
    return [
        rule
        for rule in view.grid.editing.form.rules
        if rule.kind == "balance"
        and all(
            cell in cells
            for instance in rule.instances
            for side in ("left", "right")
            for cell in instance.operands[side]
        )
    ]


class BalanceStrip(QWidget):
    """Three lines for each balance rule of the table, aligned under its columns. Hidden where there is none.

    Where the table has little room, only the line with the difference is shown.
    """

    cell_asked = Signal(str)
    """A column was clicked: the first operand of its equation."""

    def __init__(self, view: FormTableView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view = view
        self._session = view.grid.editing.session
        self._brief = False
        self.rules = balance_rules(view)
        self.standings: dict[tuple[str, str], Standing] = {}
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setVisible(bool(self.rules))
        self.setAccessibleName(_("勾稽核对"))
        self._read()
        view.grid.editing.changed.connect(self._on_changed)
        view.sizes_changed.connect(self._on_sizes_changed)
        view.horizontalScrollBar().valueChanged.connect(self.update)

    # ------------------------------------------------------------ state

    def _on_changed(self, changes: Changes) -> None:
        if self.rules and changes.cells:
            self._read()

    def _on_sizes_changed(self) -> None:
        self.updateGeometry()
        self.update()

    def _read(self) -> None:
        standings = {
            (rule.id, instance.each): stand(self._session, instance)
            for rule in self.rules
            for instance in rule.instances
        }
        before, self.standings = self.standings, standings
        if standings == before:
            return
        self.setAccessibleDescription(self.summary())
        for rule in self.rules:
            for instance in rule.instances:
                key = (rule.id, instance.each)
                if standings[key] != before.get(key):
                    self.update(self._column(instance))

    def summary(self) -> str:
        """All equations in words, for a screen reader."""
        texts = []
        for rule in self.rules:
            for instance in rule.instances:
                standing = self.standings[rule.id, instance.each]
                texts.append(named(instance.subject, _verdict(standing)))
        return parts(texts)

    # ------------------------------------------------------------ look

    def sizeHint(self) -> QSize:
        return QSize(0, self._line() * len(self._lines()) * len(self.rules) + theme.gap(6))

    def fit(self, height: int) -> None:
        """Be brief where the table with all lines under it would show too few rows in so many pixels."""
        view = self._view
        rest = height - view.form.sizes.y[view.grid.places.top] - self._line() * _LINES * len(self.rules)
        brief = rest < FEWEST_ROWS * self._line()
        if brief != self._brief:
            self._brief = brief
            self._on_sizes_changed()

    def _lines(self) -> tuple[int, ...]:
        """Numbers of the lines that are shown: left side, right side, difference."""
        return (_LINES - 1,) if self._brief else tuple(range(_LINES))

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self.sizeHint().height())

    def _line(self) -> int:
        return QFontMetrics(self._view.form.fonts.label).height() + self._view.form.fonts.gap

    def _column(self, instance: Instance) -> QRect:
        """Left edge and width of the column under which an equation stands; its cells may be merged ones."""
        view = self._view
        row, column = view.grid.places.place[instance.operands["left"][0]]
        rect = view.visualRect(view.grid.index(row, column))
        origin = view.viewport().mapTo(self.window(), rect.topLeft())
        return QRect(self.mapFrom(self.window(), origin).x(), 0, rect.width() - 1, self.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            self._paint(painter, event.rect())

    def _paint(self, painter: QPainter, dirty: QRect) -> None:
        colours, fonts = theme.current(), self._view.form.fonts
        painter.fillRect(dirty, theme.colour("window"))
        frozen = self._frozen_edge()
        line, top = self._line(), theme.gap(4)
        for rule in self.rules:
            painter.setClipping(False)
            painter.setFont(fonts.label)
            painter.setPen(theme.colour(colours.secondary))
            painter.drawText(QRect(fonts.pad, top, frozen, line), _LEFT, _("勾稽核对"))
            names = [_joined(rule, "left"), _joined(rule, "right"), _("相差")]
            for place, number in enumerate(self._lines()):
                rect = QRect(0, top + place * line, frozen - fonts.pad, line)
                painter.drawText(rect, _RIGHT, _elided(names[number], painter.fontMetrics(), rect.width()))
            # figures that are scrolled under the labels stay under them
            painter.setClipRect(QRect(frozen, 0, self._view.viewport().width(), self.height()))
            for instance in rule.instances:
                if self._column(instance).intersects(dirty):
                    self._paint_column(painter, instance, self.standings[rule.id, instance.each], top)
            top += len(self._lines()) * line

    def _paint_column(self, painter: QPainter, instance: Instance, standing: Standing, top: int) -> None:
        fonts, line = self._view.form.fonts, self._line()
        rect = self._column(instance)
        ink = "error" if standing.broken else "secondary" if standing.missing else "text"
        if standing.broken:
            back = QRect(rect.left(), top, rect.width(), len(self._lines()) * line)
            painter.fillRect(back, theme.colour("error_back"))
        texts = [spell(standing.left), spell(standing.right), _mark(standing)]
        painter.setFont(fonts.figure)
        for place, number in enumerate(self._lines()):
            last = number == _LINES - 1
            painter.setPen(theme.colour("good" if last and standing.balanced else ink))
            there = QRect(rect.left() + fonts.pad, top + place * line, rect.width() - 2 * fonts.pad, line)
            painter.drawText(there, _RIGHT, texts[number])

    def _frozen_edge(self) -> int:
        view = self._view
        origin = view.viewport().mapTo(self.window(), view.viewport().rect().topLeft())
        return self.mapFrom(self.window(), origin).x()

    # ------------------------------------------------------------ mouse

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            found = self._at(event.pos().x())
            text = self._tip(*found) if found else ""
            QToolTip.showText(event.globalPos(), f"<qt>{html.escape(text)}</qt>" if text else "", self)
            return True
        return super().event(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        found = self._at(event.position().toPoint().x())
        if found and event.button() == Qt.MouseButton.LeftButton:
            self.cell_asked.emit(found[1].operands["left"][0])
        event.accept()

    def _at(self, x: int) -> tuple[Rule, Instance] | None:
        if x < self._frozen_edge():
            return None
        for rule in self.rules:
            for instance in rule.instances:
                rect = self._column(instance)
                if rect.left() <= x <= rect.right():
                    return rule, instance
        return None

    def _tip(self, rule: Rule, instance: Instance) -> str:
        standing = self.standings[rule.id, instance.each]
        return _("{subject}：{left} = {left_sum}，{right} = {right_sum}。{verdict}").format(
            subject=instance.subject,
            left=_joined(rule, "left"),
            left_sum=spell(standing.left) or _("未填"),
            right=_joined(rule, "right"),
            right_sum=spell(standing.right) or _("未填"),
            verdict=_verdict(standing),
        )


def _joined(rule: Rule, side: str) -> str:
    return "＋".join(rule.names.get(f"{side}_names", ()))


def _mark(standing: Standing) -> str:
    if standing.missing:
        return "" if standing.left is None and standing.right is None else "…"
    if standing.balanced:
        return "✓"
    return f"✖ {spell(abs(standing.difference))}"


def _verdict(standing: Standing) -> str:
    if standing.missing:
        return _("还有 {count} 格未填").format(count=standing.missing)
    if standing.balanced:
        return _("平")
    return _("不平，相差 {difference}").format(difference=spell(abs(standing.difference)))


def _elided(text: str, metrics: QFontMetrics, width: int) -> str:
    return metrics.elidedText(text, Qt.TextElideMode.ElideRight, width)
