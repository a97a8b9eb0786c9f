"""The editor of one statutory table: the grid, its balance strip, and what is told or asked about it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gkdesk.formats import Table
from gkdesk.i18n import _
from gkdesk.report import Changes, spell
from gkdesk.report.values import is_number
from ui.dialogs import show_text
from ui.editing import Editing
from ui.grid import clipboard, fill, keys
from ui.grid.balance import BalanceStrip
from ui.grid.clipboard import PasteReport
from ui.grid.look import money_unit
from ui.grid.menu import UNIT, context_menu
from ui.grid.model import GridModel
from ui.grid.view import FormTableView
from ui.widgets.floating_message import FloatingMessage
from ui.widgets.states import State

YES, NO, LIST, UNDO = "yes", "no", "list", "undo"
"""Buttons of a message: to what was asked, to see a paste's report whole, and to take back what was done."""

COMMANDS = (
    "undo",
    "redo",
    "copy",
    "copy_with_headers",
    "paste",
    "clear",
    "fill_down",
    "fill_right",
    "fill_zero",
    "adopt_sums",
    "select_all",
    "ask_help",
)
"""Methods of the editor that its menu may call."""


class TableEditor(QWidget):
    """Edits one table of the report held by an :class:`Editing`."""

    current_cell_changed = Signal(str)
    """The id of the cell that is current now; empty for none."""
    selection_summed = Signal(str)
    """Count and sum of the selection in words; for a single cell its group's sub-total, where it has one."""
    help_requested = Signal(str)
    """F1 on a cell: its id."""
    zoom_changed = Signal(int)
    """The zoom in per cent, also after Ctrl+wheel."""
    pasted = Signal(object)
    """The :class:`PasteReport` of each paste."""

    def __init__(self, editing: Editing, table: Table, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.editing = editing
        self.table = table
        self.model = GridModel(editing, table, self)
        self.view = FormTableView(self.model, self)
        self.strip = BalanceStrip(self.view, self)
        self.message = FloatingMessage(self.view)
        self._told_at = -1
        self._agreed: Callable[[], None] | None = None
        self._report: PasteReport | None = None
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.view, 1)
        layout.addWidget(self.strip)
        self.setFocusProxy(self.view)
        self._connect()

    def _connect(self) -> None:
        view = self.view
        view.current_moved.connect(self.current_cell_changed)
        view.selection_moved.connect(self._sum_selection)
        view.help_asked.connect(self.help_requested)
        view.zoom_changed.connect(self.zoom_changed)
        view.told.connect(self.tell)
        view.done.connect(self._on_done)
        view.asked.connect(self.ask)
        view.current_moved.connect(self.message.place)
        self.message.covers.connect(view.set_room_below)
        self.message.acted.connect(self._on_message_acted)
        view.pasted.connect(self._on_pasted)
        view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        view.customContextMenuRequested.connect(self._on_menu_asked)
        view.sizes_changed.connect(self._on_sizes_changed)
        self.strip.cell_asked.connect(self.go_to)
        self.editing.changed.connect(self._on_changed)

    # ------------------------------------------------------------ for the window

    @property
    def current_cell(self) -> str | None:
        """The id of the current cell."""
        return self.view.current_cell

    def go_to(self, cell: str) -> bool:
        """Make a cell current, show it and take the focus; False for a cell of another table."""
        return self.view.go_to(cell)

    def commit_pending(self) -> None:
        """Write an open editor. To be called before leaving the step, saving, exporting and closing."""
        self.view.commit_pending()

    def show_last_year(self, shown: bool) -> None:
        """Last year's figure small under each figure, or not."""
        self.view.show_last_year(shown)

    def zoom(self, percent: int) -> None:
        """Show the table larger or smaller than the rest of the program."""
        self.view.set_zoom(percent)

    def set_enter_moves_right(self, right: bool) -> None:
        """Enter moves to the right instead of down."""
        self.view.enter_moves_right = right

    def copy(self) -> None:
        """Copy the selection; the whole table goes with its labels."""
        clipboard.copy(self.view)

    def copy_with_headers(self) -> None:
        """Copy the selection with its labels and headers."""
        clipboard.copy_with_headers(self.view)

    def paste(self) -> None:
        """Paste at the current cell."""
        clipboard.paste(self.view)

    def clear(self) -> None:
        """Empty the selected cells."""
        fill.clear(self.view)

    def fill_down(self) -> None:
        """Copy the first selected row into the rows below it."""
        fill.fill_down(self.view)

    def fill_right(self) -> None:
        """Copy the first selected column into the columns beside it."""
        fill.fill_right(self.view)

    def fill_zero(self) -> None:
        """填零: all empty cells of the table become 0 in one step, which a button beside the message takes back."""
        fill.fill_zero(self.view)

    def adopt_sums(self) -> None:
        """采用合计 for the selected totals."""
        fill.adopt_sums(self.view)

    def select_all(self) -> None:
        """Select the whole table."""
        self.view.selectAll()

    def ask_help(self) -> None:
        """Ask for help on the current cell, as F1 does."""
        self.help_requested.emit(self.current_cell or "")

    def undo(self) -> None:
        """Take the last step of the report back."""
        keys.undo(self.view)

    def redo(self) -> None:
        """Do the step again that was taken back."""
        keys.redo(self.view)

    def tell(self, text: str, *, problem: bool = False) -> None:
        """Show a line over the table until the next change; empty hides it."""
        self._show(State.WARNING if problem else State.HINT, text)

    def ask(self, question: str, yes: str, agreed: Callable[[], None]) -> None:
        """Ask in a line over the table; ``agreed`` is called when the clerk presses the button named ``yes``."""
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)  # where the answer leads back to, whoever asked
        self._show(State.WARNING, question, [(YES, yes), (NO, _("取消"))])
        self._agreed = agreed
        self.message.buttons()[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def _show(
        self, state: State, text: str, actions: Sequence[tuple[str, str]] = (), *, passing: bool = False
    ) -> None:
        self._agreed = None
        self._told_at = self.editing.session.revision
        if text:
            passing = passing or (state is State.HINT and not actions)
            self.message.show_message(state, text, actions, passing=passing)
        else:
            self.message.clear()

    # ------------------------------------------------------------ slots

    def _on_done(self, text: str) -> None:
        self._show(State.HINT, text, [(UNDO, _("撤销"))], passing=True)

    def _on_pasted(self, report: PasteReport) -> None:
        self._report = report
        state = State.HINT if report.complete else State.WARNING
        many = len(report.rejected) + len(report.differing) > 1 or report.left_out
        self._show(state, report.message(), [(LIST, _("逐项列出"))] if many else ())
        self.pasted.emit(report)

    def _on_message_acted(self, action: str) -> None:
        agreed = self._agreed
        if action == LIST and self._report is not None:
            show_text(self, _("粘贴"), "\n".join(self._report.lines(self.editing.form)))
            return
        self.tell("")
        if action == UNDO:
            self.undo()
        elif action == YES and agreed is not None:
            agreed()

    def _on_sizes_changed(self) -> None:
        self.strip.fit(self.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.strip.fit(event.size().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.message.isVisible():
            self.tell("")
            return
        super().keyPressEvent(event)

    def _on_changed(self, _changes: Changes) -> None:
        if self.message.isVisible() and self.editing.session.revision > self._told_at:
            self.tell("")
        self._sum_selection()

    def _on_menu_asked(self, point: QPoint) -> None:
        self.commit_pending()
        menu = context_menu(self.view)
        # one bound method: a closure in each action would keep the editor alive
        menu.triggered.connect(self._on_command)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.view.viewport().mapToGlobal(point))

    def _on_command(self, action: QAction) -> None:
        command = str(action.data() or "")
        if command.startswith(UNIT) and self.current_cell:
            self.view.set_unit(self.current_cell, command.removeprefix(UNIT))
        elif command in COMMANDS:
            getattr(self, command)()

    def _sum_selection(self) -> None:
        self.selection_summed.emit(self.selection_text())

    def selection_text(self) -> str:
        """Count and sum of the selection: ``选中 3 格　合计 135``; for a single cell its group's sub-total."""
        chosen = self.view.selected()
        if len(chosen) < 2:
            return self.model.subtotal(chosen[0]) if chosen else ""
        session, cells = self.editing.session, self.table.cells
        count = _("选中 {count} 格").format(count=len(chosen))
        figures = [cell for cell in chosen if is_number(session.value(cell))]
        units = {money_unit(session, cells[cell]) for cell in figures}
        if len(units) != 1:
            # nothing to add, or amounts of different units
            return count
        total = sum((Decimal(str(session.value(cell))) for cell in figures), Decimal(0))
        return count + "　" + _("合计 {sum}").format(sum=spell(total) + units.pop())
