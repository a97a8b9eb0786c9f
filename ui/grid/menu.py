"""The context menu of the grid: everything the keys do, with the keys beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMenu

from gkdesk.i18n import _
from ui.grid.look import money_unit

if TYPE_CHECKING:
    from ui.grid.view import FormTableView

UNIT = "unit:"
"""Begins the name of the command that gives an amount of money another unit."""


def context_menu(view: FormTableView) -> QMenu:
    """The menu for the current selection. Each action's data name a method of the table editor."""
    menu = QMenu(view)
    writable = not view.grid.editing.read_only
    chosen = view.selected()
    session, inputs = view.grid.editing.session, view.grid.places.inputs
    typed = writable and any(cell in inputs for cell in chosen)
    stated = writable and any(session.is_stated(cell) for cell in chosen)
    undo, redo = session.undo_stack.undo_name, session.undo_stack.redo_name
    undo_text = _("撤销“{name}”").format(name=undo) if undo else _("撤销")
    redo_text = _("重做“{name}”").format(name=redo) if redo else _("重做")
    _add(menu, "undo", undo_text, "Ctrl+Z", enabled=writable and undo is not None)
    _add(menu, "redo", redo_text, "Ctrl+Y", enabled=writable and redo is not None)
    menu.addSeparator()
    _add(menu, "copy", _("复制"), "Ctrl+C", enabled=bool(chosen))
    _add(menu, "copy_with_headers", _("带表头复制"), "Ctrl+Shift+C", enabled=bool(chosen))
    _add(menu, "paste", _("粘贴"), "Ctrl+V", enabled=writable)
    _add(menu, "clear", _("清除"), "Del", enabled=typed or stated)
    menu.addSeparator()
    _add(menu, "fill_down", _("向下填充"), "Ctrl+D", enabled=typed)
    _add(menu, "fill_right", _("向右填充"), "Ctrl+R", enabled=typed)
    _add(menu, "fill_zero", _("填零：空白格都填 0"), "Ctrl+L", enabled=writable)
    _add(menu, "adopt_sums", _("采用合计"), "Ctrl+E", enabled=stated)
    _add_units(menu, view, enabled=writable)
    menu.addSeparator()
    _add(menu, "select_all", _("全选"), "Ctrl+A", enabled=True)
    _add(menu, "ask_help", _("本格说明"), "F1", enabled=True)
    return menu


def _add(menu: QMenu, command: str, text: str, key: str, *, enabled: bool) -> None:
    action = QAction(text, menu)
    action.setData(command)
    if key:
        # shown beside the text; the key itself is handled by the view
        action.setShortcut(QKeySequence(key))
        action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        action.setShortcutVisibleInContextMenu(True)
    action.setEnabled(enabled)
    menu.addAction(action)


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
        action.setData(UNIT + unit)
        action.setCheckable(True)
        action.setChecked(unit == now)
        units.addAction(action)
