"""The context menu of the grid: everything the keys do, with the keys beside it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMenu

from gkdesk.i18n import _
from ui.grid import clipboard, fill, keys
from ui.grid.look import money_unit

if TYPE_CHECKING:
    from ui.grid.view import FormTableView


def context_menu(view: FormTableView, fill_zero: Callable[[], object]) -> QMenu:
    """The menu for the current selection; ``fill_zero`` is the editor's, which also tells the result."""
    menu = QMenu(view)
    writable = not view.grid.editing.read_only
    chosen = view.selected()
    session, inputs = view.grid.editing.session, view.grid.places.inputs
    typed = any(cell in inputs for cell in chosen)
    stated = any(session.is_stated(cell) for cell in chosen)
    stack = session.undo_stack

    def add(text: str, key: str, command: Callable[[], object], *, enabled: bool = True) -> None:
        action = QAction(text, menu)
        if key:
            # shown beside the text; the key itself is handled by the view
            action.setShortcut(QKeySequence(key))
            action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
            action.setShortcutVisibleInContextMenu(True)
        action.setEnabled(enabled)
        action.triggered.connect(partial(_run, command))
        menu.addAction(action)

    undo_text = _("撤销“{name}”").format(name=stack.undo_name) if stack.undo_name else _("撤销")
    redo_text = _("重做“{name}”").format(name=stack.redo_name) if stack.redo_name else _("重做")
    add(undo_text, "Ctrl+Z", partial(keys.undo, view), enabled=writable and bool(stack.undo_name))
    add(redo_text, "Ctrl+Y", partial(keys.redo, view), enabled=writable and bool(stack.redo_name))
    menu.addSeparator()
    add(_("复制"), "Ctrl+C", partial(clipboard.copy, view), enabled=bool(chosen))
    add(_("带表头复制"), "Ctrl+Shift+C", partial(clipboard.copy_with_headers, view), enabled=bool(chosen))
    add(_("粘贴"), "Ctrl+V", partial(clipboard.paste, view), enabled=writable)
    add(_("清除"), "Del", partial(fill.clear, view), enabled=writable and (typed or stated))
    menu.addSeparator()
    add(_("向下填充"), "Ctrl+D", partial(fill.fill_down, view), enabled=writable and typed)
    add(_("向右填充"), "Ctrl+R", partial(fill.fill_right, view), enabled=writable and typed)
    add(_("填零：空白格都填 0"), "", fill_zero, enabled=writable)
    add(_("采用合计"), "Ctrl+E", partial(fill.adopt_sums, view), enabled=writable and stated)
    _add_units(menu, view, enabled=writable)
    menu.addSeparator()
    add(_("全选"), "Ctrl+A", view.selectAll)
    add(_("本格说明"), "F1", partial(view.help_asked.emit, view.current_cell or ""))
    return menu


def _run(command: Callable[[], object], *_checked: bool) -> None:
    command()


def _add_units(menu: QMenu, view: FormTableView, *, enabled: bool) -> None:
    """The units that the current amount of money may have."""
    cell = view.current_cell
    if cell is None or not view.grid.table.cells[cell].prints_unit:
        return
    definition = view.grid.table.cells[cell]
    units = menu.addMenu(_("金额单位"))
    units.setEnabled(enabled)
    group = QActionGroup(units)
    now = money_unit(view.grid.editing.session, definition)
    for unit in definition.units:
        action = QAction(unit, group)
        action.setCheckable(True)
        action.setChecked(unit == now)
        action.triggered.connect(partial(_run, partial(view.set_unit, cell, unit)))
        units.addAction(action)
