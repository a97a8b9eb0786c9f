"""The source as it was read: its paragraphs and tables, the cells that were used on their own ground."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import (
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFrameFormat,
    QTextLength,
    QTextTable,
    QTextTableCell,
    QTextTableCellFormat,
    QTextTableFormat,
)
from PySide6.QtWidgets import QTextEdit, QWidget

from gkdesk.i18n import _
from gkdesk.imports.grids import Slot, expand
from gkdesk.imports.reading import Place
from gkdesk.imports.review import Review
from gkdesk.report.session import clean_text
from ui import theme
from ui.importing.words import STATES

MOST_CELLS, MOST_TEXT = 3_000, 60_000
"""Cells of a table, and characters of all paragraphs, that are shown: several times those of a report."""
_WIDEST = 30
_TELLING = 40
"""Characters by which a text is found again."""


class SourceView(QTextEdit):
    """Read-only. Nothing in it is interpreted: every text is put in as plain text."""

    key_chosen = Signal(str)
    """The cell of the report that was read from where the clerk clicked."""

    def __init__(self, review: Review, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._review = review
        self._tables: dict[int, QTextTable] = {}
        self._paragraphs: dict[int, int] = {}
        self._keys: dict[Place, str] = {}
        self._painted: dict[str, str] = {}
        self._lit = ""
        self.setReadOnly(True)
        self.setUndoRedoEnabled(False)
        self.setAccessibleName(_("原文"))
        self.setFont(theme.font())
        self.document().setDocumentMargin(theme.gap(8))
        self._build(review.imported.source)
        self._keys = {place: key for key in reversed(review.cells) if (place := review.place(key))}
        self.refresh()
        self.moveCursor(QTextCursor.MoveOperation.Start)
        self.cursorPositionChanged.connect(self._on_cursor_moved)
        theme.signals().changed.connect(self._on_theme_changed)

    # ------------------------------------------------------------ showing

    def refresh(self) -> None:
        """Put every cell that was read on the ground of its mark, the one that is lit up on its own."""
        grounds = {
            key: "selection" if key == self._lit else STATES[self._review.mark(key)].ground
            for key in self._keys.values()
        }
        changed = [key for key, ground in grounds.items() if self._painted.get(key) != ground]
        if not changed:
            return
        batch = QTextCursor(self.document())
        batch.beginEditBlock()  # laid out once, not once a cell
        for key in changed:
            cell = self._cell(self._review.place(key))
            if cell is not None:
                style = cell.format()
                style.setBackground(theme.colour(grounds[key]))
                cell.setFormat(style)
        batch.endEditBlock()
        self._painted = grounds

    def show_key(self, key: str) -> None:
        """Light up the cell or the words that a key was read from, and bring them into sight."""
        place = self._review.place(key)
        self._lit = self._keys.get(place, "") if place else ""
        self.refresh()
        cell = self._cell(place)
        blocked = self.blockSignals(True)  # the cursor is moved by us: that chooses nothing
        if cell is not None:
            self.setTextCursor(cell.firstCursorPosition())
            self.ensureCursorVisible()
        elif place is not None and place[0] in self._paragraphs:
            cursor = QTextCursor(self.document().findBlockByNumber(self._paragraphs[place[0]]))
            cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
            self.setTextCursor(cursor)
            self.ensureCursorVisible()
        elif words := self._review.found(key).partition("\n")[0][:_TELLING]:
            cursor = self.document().find(words, 0, QTextDocument.FindFlag.FindCaseSensitively)
            if not cursor.isNull():
                self.setTextCursor(cursor)
                self.ensureCursorVisible()
        self.blockSignals(blocked)

    def _cell(self, place: Place | None) -> QTextTableCell | None:
        if place is None:
            return None
        block, row, column = place
        table = self._tables.get(block)
        if table is None or not (0 <= row < table.rows() and 0 <= column < table.columns()):
            return None
        return table.cellAt(row, column)

    # ------------------------------------------------------------ building

    def _build(self, blocks: Sequence[Mapping[str, Any]]) -> None:
        cursor = QTextCursor(self.document())
        cursor.beginEditBlock()
        room = MOST_TEXT
        for number, block in enumerate(blocks):
            if block["kind"] == "table":
                self._add_table(cursor, number, block)
            elif text := clean_text(str(block["text"])).strip():
                if room <= 0:
                    continue
                self._add_paragraph(cursor, text[:room])
                self._paragraphs[number] = cursor.blockNumber()
                room -= len(text)
        cursor.endEditBlock()

    def _add_paragraph(self, cursor: QTextCursor, text: str) -> None:
        cursor.movePosition(QTextCursor.MoveOperation.End)
        style = QTextBlockFormat()
        style.setBottomMargin(theme.gap(4))
        if self.document().isEmpty():
            cursor.setBlockFormat(style)
        else:
            cursor.insertBlock(style, QTextCharFormat())
        cursor.insertText(text)

    def _add_table(self, cursor: QTextCursor, number: int, block: Mapping[str, Any]) -> None:
        lines = expand(block["rows"], "", number)
        width = max((line.width for line in lines), default=0)
        height = max((line.index for line in lines), default=-1) + 1
        if not width or width * height > MOST_CELLS:
            self._add_paragraph(cursor, _("（这里的表格太大，没有显示）") if width else "")
            return
        cursor.movePosition(QTextCursor.MoveOperation.End)
        style = QTextTableFormat()
        style.setBorderCollapse(True)
        style.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_None)
        style.setCellPadding(theme.gap(3))
        if width <= _WIDEST:
            style.setWidth(QTextLength(QTextLength.Type.PercentageLength, 98))
        table = cursor.insertTable(height, width, style)
        for slot in dict.fromkeys(slot for line in lines for slot in line.cells):
            self._fill(table, slot)
        self._tables[number] = table

    @staticmethod
    def _fill(table: QTextTable, slot: Slot) -> None:
        if slot.rowspan > 1 or slot.colspan > 1:
            table.mergeCells(slot.row, slot.column, slot.rowspan, slot.colspan)
        cell = table.cellAt(slot.row, slot.column)
        text = " ".join(clean_text(slot.text).split())
        if text:
            cell.firstCursorPosition().insertText(text)
        style = QTextTableCellFormat()
        style.setBorder(1)
        style.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
        style.setBorderBrush(theme.colour("line"))
        cell.setFormat(style)

    # ------------------------------------------------------------ slots

    def _on_cursor_moved(self) -> None:
        cursor = self.textCursor()
        table = cursor.currentTable()
        if table is None:
            return
        number = next((number for number, each in self._tables.items() if each == table), None)
        cell = table.cellAt(cursor)
        if number is not None and (key := self._keys.get((number, cell.row(), cell.column()))):
            self.key_chosen.emit(key)

    def _on_theme_changed(self) -> None:
        self._painted = {}
        self.refresh()
