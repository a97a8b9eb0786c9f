"""Beside a text: the points to write about, and what the unit wrote last year."""

from __future__ import annotations

import re

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFontMetricsF, QTextBlockFormat, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import (
    QFrame,
    QLabel,
    QScrollArea,
    QStackedWidget,
    QTabBar,
    QTextEdit,
    QVBoxLayout,
    QWidget,
)

from gkdesk.formats import Section
from gkdesk.i18n import _
from gkdesk.report import Changes
from ui import theme
from ui.editing import Editing
from ui.text_editor import INDENT, LINE_HEIGHT
from ui.undo_keys import UndoKeys

POINTS, LAST_YEAR = range(2)
SENTENCE = re.compile(r"[^。；！？\n]+[。；！？]?")
SHORT = 6
"""Characters of a sentence that says nothing by being the same."""


class TextSide(QWidget):
    """Two leaves: writing points, and last year's text with the sentences that are the same this year tinted."""

    def __init__(self, editing: Editing, section: Section, parent: QWidget) -> None:
        super().__init__(parent)
        self._editing = editing
        self._section = section
        self._width = 0
        self._tabs = QTabBar(self)
        self._tabs.setDrawBase(False)
        self._tabs.setExpanding(False)
        self._tabs.setAccessibleName(_("要点和上年文字"))
        self._tabs.addTab(_("写作要点"))
        self._tabs.addTab(_("上年文字"))
        self._leaves = QStackedWidget(self)
        self._leaves.addWidget(self._points())
        self._leaves.addWidget(self._last_year())
        self._tabs.currentChanged.connect(self._on_leaf_chosen)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.gap(4))
        column.addWidget(self._tabs)
        column.addWidget(self._leaves, 1)
        theme.signals().changed.connect(self.refresh)
        editing.changed.connect(self._on_changed)
        self.refresh()

    def _points(self) -> QWidget:
        scroll = QScrollArea(self)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        page = QFrame(scroll)
        page.setProperty("role", "paper")
        column = QVBoxLayout(page)
        column.setContentsMargins(*[theme.gap(12)] * 4)
        column.setSpacing(theme.gap(8))
        source = _paragraph(self._section.source, page)
        source.setProperty("role", "secondary")
        column.addWidget(source)
        for point in self._section.points:
            column.addWidget(_paragraph(point, page))
        column.addStretch(1)
        scroll.setWidget(page)
        return scroll

    def _last_year(self) -> QWidget:
        page = QFrame(self)
        page.setProperty("role", "paper")
        self._head = QLabel(page)
        self._head.setTextFormat(Qt.TextFormat.PlainText)
        self._head.setWordWrap(True)
        self._head.setProperty("role", "secondary")
        self.last = QTextEdit(page)
        self.last.setReadOnly(True)
        self.last.setUndoRedoEnabled(False)
        UndoKeys(self.last)
        self.last.setTabChangesFocus(True)
        self.last.setFrameShape(QFrame.Shape.NoFrame)
        self.last.setProperty("role", "plain")
        self.last.setAccessibleName(_("上年文字"))
        column = QVBoxLayout(page)
        column.setContentsMargins(theme.gap(12), theme.gap(8), theme.gap(4), theme.gap(4))
        column.setSpacing(theme.gap(4))
        column.addWidget(self._head)
        column.addWidget(self.last, 1)
        return page

    def show_leaf(self, leaf: int) -> None:
        """Turn to POINTS or LAST_YEAR."""
        self._tabs.setCurrentIndex(leaf)

    def leaf(self) -> int:
        """The leaf that is shown."""
        return self._tabs.currentIndex()

    def set_width(self, pixels: int) -> None:
        """How wide to be where there is room."""
        if pixels != self._width:
            self._width = pixels
            self.updateGeometry()

    def sizeHint(self) -> QSize:
        return QSize(self._width, super().sizeHint().height())

    def has_last_year(self) -> bool:
        """Whether the unit wrote something here last year."""
        return bool(self._last_text().strip())

    def refresh(self) -> None:
        """Show last year's text, set as this year's is."""
        text = self._last_text()
        self.last.setVisible(bool(text.strip()))
        if not text.strip():
            self._head.setText(
                _("没有上年的文字。打开上年年报，或者在首页“读入以前的年报”，就能在这里对照。")
            )
            return
        self.last.setFont(theme.text_font(12))
        em = QFontMetricsF(self.last.font()).horizontalAdvance("国")
        style = QTextBlockFormat()
        style.setLineHeight(em * LINE_HEIGHT, QTextBlockFormat.LineHeightTypes.FixedHeight.value)
        style.setTextIndent(em * INDENT)
        if self.last.toPlainText() != text:
            self.last.setPlainText(text)
        cursor = QTextCursor(self.last.document())
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.setBlockFormat(style)
        self._tint()

    # ------------------------------------------------------------ inside

    def _last_text(self) -> str:
        previous = self._editing.session.previous
        return "\n".join(previous.text(field.id) for field in self._section.fields) if previous else ""

    def _tint(self) -> None:
        """Tint what was taken over as it is."""
        previous = self._editing.session.previous
        assert previous is not None
        now = "\n".join(self._editing.session.text(field.key) for field in self._section.fields)
        ground = QTextCharFormat()
        ground.setBackground(theme.colour("found"))
        marks = []
        for sentence in SENTENCE.finditer(self.last.toPlainText()):
            words = sentence[0].strip()
            if len(words) > SHORT and words in now:
                mark = QTextEdit.ExtraSelection()
                mark.cursor = QTextCursor(self.last.document())
                mark.cursor.setPosition(sentence.start())
                mark.cursor.setPosition(sentence.end(), QTextCursor.MoveMode.KeepAnchor)
                mark.format = ground
                marks.append(mark)
        self.last.setExtraSelections(marks)
        words = _("{year} 年写的").format(year=previous.year)
        if marks:
            words = _("{year} 年写的；有底色的 {count} 句与今年相同").format(
                year=previous.year, count=len(marks)
            )
        self._head.setText(words)

    def _on_leaf_chosen(self, leaf: int) -> None:
        self._leaves.setCurrentIndex(leaf)

    def _on_changed(self, changes: Changes) -> None:
        if any(field.key in changes.fields for field in self._section.fields) and self.has_last_year():
            self._tint()


def _paragraph(text: str, parent: QWidget) -> QLabel:
    label = QLabel(text, parent)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setAlignment(Qt.AlignmentFlag.AlignTop)
    return label
