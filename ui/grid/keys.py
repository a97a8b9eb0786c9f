"""What the keys of the grid do: moving as in a spreadsheet, and commands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QModelIndex, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemView

from gkdesk.formats import Box
from ui.grid import clipboard, fill
from ui.grid.places import Area

if TYPE_CHECKING:
    from ui.grid.view import FormTableView

Key = Qt.Key
Action = QAbstractItemView.CursorAction
Modifier = Qt.KeyboardModifier
Standard = QKeySequence.StandardKey
Select = QItemSelectionModel.SelectionFlag

COMMANDS = Modifier.ControlModifier | Modifier.AltModifier | Modifier.MetaModifier
ARROWS = {
    Key.Key_Up: (-1, 0),
    Key.Key_Down: (1, 0),
    Key.Key_Left: (0, -1),
    Key.Key_Right: (0, 1),
}
_STEPS = {
    Action.MoveUp: (-1, 0),
    Action.MoveDown: (1, 0),
    Action.MoveLeft: (0, -1),
    Action.MoveRight: (0, 1),
}


def press(view: FormTableView, event: QKeyEvent) -> bool:
    """Handle a key of the grid; False leaves it to Qt (arrows, typing, F2)."""
    key, modifiers = Key(event.key()), event.modifiers()
    if key in {Key.Key_Return, Key.Key_Enter, Key.Key_Tab, Key.Key_Backtab} and not modifiers & COMMANDS:
        move(view, key, modifiers)
        return True
    if key in ARROWS:
        view.tab_start = None
        return False
    for standard, command in _STANDARD.items():
        if event.matches(standard):
            command(view)
            return True
    command = _COMMANDS.get((modifiers & ~Modifier.KeypadModifier, key))
    if command is None:
        return False
    command(view)
    return True


def move(view: FormTableView, key: Qt.Key, modifiers: Qt.KeyboardModifier) -> None:
    """Go where Enter, Tab or an arrow leads. At the last cell Enter stays, and Tab leaves the table."""
    places = view.grid.places
    row, column = view.current_place
    if row < 0:
        return
    back = bool(modifiers & Modifier.ShiftModifier)
    if key in ARROWS:
        view.tab_start = None
        target = places.neighbour(row, column, *ARROWS[key])
    elif key in {Key.Key_Tab, Key.Key_Backtab}:
        if view.tab_start is None:
            view.tab_start = column
        back = back or key == Key.Key_Backtab
        target = places.next_input(row, column, -1 if back else 1)
        if target is None:
            view.leave(forward=not back)
    elif view.enter_moves_right:
        target = places.next_input(row, column, -1 if back else 1)
    else:
        start, view.tab_start = view.tab_start, None
        target = _enter(view, row, column if start is None else start, back=back, returning=start is not None)
    if target is not None:
        _go(view, target)


def _enter(
    view: FormTableView, row: int, column: int, *, back: bool, returning: bool
) -> tuple[int, int] | None:
    """Down the column. After Tab … Tab it returns to the column where the first Tab was pressed."""
    target = view.grid.places.input_below(row, column, -1 if back else 1)
    if returning and target is not None and not back and target[0] <= row:
        return None
    return target


def _go(view: FormTableView, place: tuple[int, int]) -> None:
    index = view.grid.index(*place)
    view.selectionModel().setCurrentIndex(index, Select.ClearAndSelect)
    view.scrollTo(index)


def move_cursor(view: FormTableView, action: Action, modifiers: Qt.KeyboardModifier) -> QModelIndex:
    """Where Qt's cursor keys lead: over figures only, to the edge with Ctrl."""
    grid, places = view.grid, view.grid.places
    row, column = view.current_place
    if row < 0:
        first = places.next_input(-1, -1, 1)
        return grid.index(*first) if first else QModelIndex()
    control = bool(modifiers & Modifier.ControlModifier)
    if action in _STEPS:
        target = _far(view, *_STEPS[action]) if control else places.neighbour(row, column, *_STEPS[action])
    elif action in {Action.MoveHome, Action.MoveEnd}:
        cells = sorted(places.place.values())
        if not control:
            cells = [place for place in cells if place[0] == row] or cells
        target = cells[0] if action == Action.MoveHome else cells[-1]
    elif action in {Action.MovePageUp, Action.MovePageDown}:
        target = _page(view, down=1 if action == Action.MovePageDown else -1)
    else:
        target = places.next_input(row, column, 1 if action == Action.MoveNext else -1)
    return grid.index(*(target or places.place.get(places.owner(row, column) or "", (row, column))))


def _far(view: FormTableView, down: int, right: int) -> tuple[int, int] | None:
    places, target = view.grid.places, None
    here = places.neighbour(*view.current_place, down, right)
    while here is not None:
        target, here = here, places.neighbour(*here, down, right)
    return target


def _page(view: FormTableView, *, down: int) -> tuple[int, int] | None:
    places, target = view.grid.places, None
    height = view.viewport().height()
    start = view.visualRect(view.currentIndex()).top()
    here = places.neighbour(*view.current_place, down, 0)
    while here is not None:
        target = here
        if abs(view.visualRect(view.grid.index(*here)).top() - start) >= height * 3 // 4:
            break
        here = places.neighbour(*here, down, 0)
    return target


def select_under(view: FormTableView, box: Box, area: Area, *, extend: bool) -> None:
    """Select what a header box (its columns) or a label box (its rows) stands for."""
    view.commit_pending()
    places, grid = view.grid.places, view.grid
    rows, columns = (0, places.rows - 1), (0, places.columns - 1)
    if area is Area.TOP:
        first = max(0, box.column - places.left)
        columns = (first, box.column - places.left + box.colspan - 1)
    else:
        first = max(0, box.row - places.top)
        rows = (first, box.row - places.top + box.rowspan - 1)
    chosen = QItemSelection(grid.index(rows[0], columns[0]), grid.index(rows[1], columns[1]))
    selection = view.selectionModel()
    if extend:
        selection.select(chosen, Select.Select)
    else:
        inside = [
            place
            for place in sorted(places.place.values())
            if rows[0] <= place[0] <= rows[1] and columns[0] <= place[1] <= columns[1]
        ]
        if not inside:
            return
        selection.setCurrentIndex(grid.index(*inside[0]), Select.NoUpdate)
        selection.select(chosen, Select.ClearAndSelect)
    view.setFocus(Qt.FocusReason.MouseFocusReason)


def undo(view: FormTableView) -> None:
    """Take the last step of the report back."""
    view.commit_pending()
    view.grid.editing.undo()


def redo(view: FormTableView) -> None:
    """Do the step again that was taken back."""
    view.commit_pending()
    view.grid.editing.redo()


def _zoom_in(view: FormTableView) -> None:
    view.set_zoom(view.zoom + 10)


def _zoom_out(view: FormTableView) -> None:
    view.set_zoom(view.zoom - 10)


def _zoom_normal(view: FormTableView) -> None:
    view.set_zoom(100)


def _help(view: FormTableView) -> None:
    view.help_asked.emit(view.current_cell or "")


_STANDARD = {
    Standard.Copy: clipboard.copy,
    Standard.Paste: clipboard.paste,
    Standard.Undo: undo,
    Standard.Redo: redo,
    Standard.ZoomIn: _zoom_in,
    Standard.ZoomOut: _zoom_out,
}
_COMMANDS = {
    (Modifier.NoModifier, Key.Key_Delete): fill.clear,
    (Modifier.NoModifier, Key.Key_Backspace): fill.clear,
    (Modifier.ControlModifier, Key.Key_D): fill.fill_down,
    (Modifier.ControlModifier, Key.Key_R): fill.fill_right,
    (Modifier.ControlModifier, Key.Key_Y): redo,
    (Modifier.ControlModifier | Modifier.ShiftModifier, Key.Key_C): clipboard.copy_with_headers,
    (Modifier.ControlModifier, Key.Key_E): fill.adopt_sums,
    (Modifier.ControlModifier, Key.Key_L): fill.fill_zero,
    (Modifier.ControlModifier, Key.Key_Equal): _zoom_in,
    (Modifier.ControlModifier, Key.Key_0): _zoom_normal,
    (Modifier.NoModifier, Key.Key_F1): _help,
}
