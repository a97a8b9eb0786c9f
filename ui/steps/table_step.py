"""A section with a table: the grid editor, and the few sentences that may stand before it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from gkdesk.checks.balancing import suspect
from gkdesk.formats import Section
from gkdesk.i18n import _
from gkdesk.report import Changes, Issue, spell
from ui import theme
from ui.draft_bar import DraftBar
from ui.editing import Editing
from ui.grid.table_editor import TableEditor
from ui.settings import Settings
from ui.steps.step import Step
from ui.text_editor import TextEditor
from ui.widgets.section_heading import SectionHeading

NOTE_LINES = 2
UNITS = "units."
"""Begins the key of the unit of an amount of money; the cell follows."""
ROOMY = 520
"""Height of the page at 100 % from which the sentences before the table stay open."""


class TableStep(Step):
    """二, 三, 四."""

    def __init__(self, editing: Editing, section: Section, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        assert section.table is not None
        self._editing = editing
        self._section = section
        self._table = section.table
        self._last_shown = False
        self.editor = TableEditor(editing, self._table, self)
        self.editor.selection_summed.connect(self.selection_summed)
        self.editor.current_cell_changed.connect(self._on_current_cell_changed)
        self.editor.zoom_changed.connect(self.zoomed)
        self.editor.help_requested.connect(self._on_help_requested)
        self.notes = [TextEditor(editing, field, self, measured=False) for field in section.fields]
        self._toggle = QPushButton(_("表前说明"), self)
        self._toggle.setCheckable(True)
        self._toggle.setToolTip(_("表格前面的几句话，可以不写"))
        self._toggle.toggled.connect(self._on_toggled)
        self._toggle.clicked.connect(self._on_unfolded)
        self._zero = QPushButton(_("空格填 0"), self)
        self._zero.setToolTip(_("把本表没有填的格都填上 0，可以撤销（Ctrl+L）"))
        self._zero.clicked.connect(self.editor.fill_zero)
        # also where the focus has left the table
        QShortcut(QKeySequence("Ctrl+L"), self).activated.connect(self.editor.fill_zero)
        self._heading = SectionHeading(section.heading, self)
        self._heading.add_buttons([self._toggle, self._zero] if self.notes else [self._zero])
        layout = QVBoxLayout(self)
        # the heading stands where it stands on the other pages: its buttons are higher than its words
        layout.setContentsMargins(theme.gap(16), theme.gap(8), theme.gap(16), theme.gap(4))
        layout.setSpacing(theme.gap(4))
        layout.addWidget(self._heading)
        drafts = DraftBar(editing, self.notes, self)
        drafts.reached.connect(self.reveal)
        layout.addWidget(drafts)
        for note in self.notes:
            note.setFixedHeight(note.line_height() * NOTE_LINES + theme.gap(24))
            note.setPlaceholderText(_("表格前面的几句话，可以不写"))
            note.refused.connect(self._on_refused)
            note.told.connect(self._on_told)
            layout.addWidget(note)
        layout.addWidget(self.editor, 1)
        order = [self._toggle, self._zero, *self.notes, self.editor.view]
        for before, after in pairwise(order):
            self.setTabOrder(before, after)
        self._roomy: bool | None = None
        self._on_toggled()
        editing.changed.connect(self._on_changed)
        self._on_changed()

    def resizeEvent(self, event: QResizeEvent) -> None:
        # sentences that are there are shown, unless the table would have no room left
        super().resizeEvent(event)
        if self._roomy is None:
            self._roomy = event.size().height() >= theme.gap(ROOMY)
            written = any(self._editing.session.text(field.key) for field in self._section.fields)
            self._toggle.setChecked(written and self._roomy)

    def commit_pending(self) -> None:
        self.editor.commit_pending()
        for note in self.notes:
            note.commit_pending()

    def text_editors(self) -> Sequence[TextEditor]:
        return self.notes

    def reveal(self, editor: TextEditor) -> None:
        self._toggle.setChecked(True)

    def shown(self) -> None:
        self.editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def go_to(self, issue: Issue) -> None:
        for note in self.notes:
            if note.field.key == issue.field:
                self.reveal(note)
                note.setFocus(Qt.FocusReason.OtherFocusReason)
                if issue.span:
                    note.select_span(*issue.span)
                return
        inputs = [cell for cell in issue.cells if not self._table.cells[cell].computed]
        likely = suspect(issue, self._editing.session)
        self.editor.go_to(likely or (inputs or list(issue.cells))[0])

    def show_change(self, key: str, at: int) -> None:
        if not self.editor.go_to(key.removeprefix(UNITS)):
            super().show_change(key, at)

    def show_missing(self, words: str) -> None:
        self._heading.set_note(words)

    def help_page(self) -> str:
        return "fill-in.md#表格"

    def help_text(self) -> str:
        cell = self._table.cells.get(self.editor.current_cell or "")
        lines = [self._section.heading]
        if cell:
            lines += [" › ".join((*cell.row_path, *cell.column_path)), cell.help]
        return "\n".join(filter(None, [*lines, *self._section.points, self._section.source]))

    def show_last_year(self, shown: bool) -> None:
        self._last_shown = shown
        self.editor.show_last_year(shown)

    def take_settings(self, settings: Settings) -> None:
        self.editor.set_enter_moves_right(settings.enter_moves_right)

    def zoom(self, percent: int) -> None:
        self.editor.zoom(percent)

    def _on_refused(self, reason: str) -> None:
        self.message.emit("error", reason)

    def _on_told(self, reason: str) -> None:
        self.message.emit("hint", reason)

    def _on_help_requested(self, _cell: str) -> None:
        self.help_wanted.emit()

    def _on_toggled(self) -> None:
        for note in self.notes:
            note.setVisible(self._toggle.isChecked())

    def _on_unfolded(self) -> None:
        (self.notes[0] if self._toggle.isChecked() else self.editor).setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_current_cell_changed(self, cell: str) -> None:
        session = self._editing.session
        if cell in self._table.cells and session.previous is not None:
            last = session.last_value(cell)
            words = _("上年同格：{figure}").format(figure=_("没有") if last is None else spell(last))
            self.last_year_shown.emit(words)
        else:
            self.last_year_shown.emit("")

    def _on_changed(self, _changes: Changes | None = None) -> None:
        session = self._editing.session
        blank = any(session.value(cell) is None for cell in self._table.inputs)
        if self._zero.hasFocus() and not blank:
            self.editor.setFocus(Qt.FocusReason.OtherFocusReason)
        self._zero.setEnabled(blank and not self._editing.read_only)
