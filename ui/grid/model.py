"""The table model of one statutory table: figures in, figures out, and only what changed told anew."""

from __future__ import annotations

import html
from collections.abc import Iterable
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from gkdesk import checks
from gkdesk.errors import KnownError
from gkdesk.formats import Table
from gkdesk.i18n import _
from gkdesk.report import Changes, Issue
from ui.editing import Editing
from ui.grid.blocks import figure_patch
from ui.grid.groups import groups
from ui.grid.look import Look, explanation, look_at, spoken
from ui.grid.places import Places

Role = Qt.ItemDataRole
Flag = Qt.ItemFlag
Index = QModelIndex | QPersistentModelIndex

_READABLE = Flag.ItemIsEnabled | Flag.ItemIsSelectable | Flag.ItemNeverHasChildren
_EDITABLE = _READABLE | Flag.ItemIsEditable
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
_NOWHERE = QModelIndex()


class GridModel(QAbstractTableModel):
    """Figures of one table. Rows are the grid rows below the top headers, columns those after the labels."""

    marks_changed = Signal(object, object)
    """Rows and columns (sets of numbers) that now hold a broken sum, or no longer."""
    refused = Signal(str)
    """A change was refused; the text says why."""

    def __init__(self, editing: Editing, table: Table, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.editing = editing
        self._previous = editing.session.previous
        self.table = table
        self.places = Places(table)
        self.groups = groups(table)
        self.broken_rows: frozenset[int] = frozenset()
        self.broken_columns: frozenset[int] = frozenset()
        self._issues: dict[str, list[Issue]] = {}
        self._looks: dict[str, Look] = {}
        self._texts: dict[tuple[int, str], str] = {}
        self._totals = _totals_of(table, editing)
        self._readers = {
            int(Role.DisplayRole): self._display,
            int(Role.EditRole): self.figure_text,
            int(Role.ToolTipRole): self._tip,
            int(Role.AccessibleTextRole): self._spoken,
            int(Role.TextAlignmentRole): lambda _cell: _RIGHT,
        }
        self._read_all()
        editing.changed.connect(self._on_changed)

    # ------------------------------------------------------------ reading

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else self.places.rows

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else self.places.columns

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        reader = self._readers.get(role)
        if reader is None or not index.isValid():
            return None
        cell = self.places.anchor(index.row(), index.column())
        return None if cell is None else reader(cell)

    def flags(self, index: Index) -> Qt.ItemFlag:
        cell = self.places.anchor(index.row(), index.column()) if index.isValid() else None
        if cell is None:
            return Flag.NoItemFlags
        if cell in self.places.inputs and not self.editing.read_only:
            return _EDITABLE
        return _READABLE

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole) -> Any:
        if role not in {Role.DisplayRole, Role.AccessibleTextRole}:
            return None
        across = orientation == Qt.Orientation.Horizontal
        paths = (
            (cell.column_path if across else cell.row_path)
            for id, cell in self.table.cells.items()
            if self.places.place[id][1 if across else 0] == section
        )
        text = " ".join(next(paths, ()))
        broken = self.broken_columns if across else self.broken_rows
        if role == Role.AccessibleTextRole and section in broken:
            return _("{name}，不平").format(name=text)
        return text

    def cell_at(self, index: Index) -> str | None:
        """The cell id at an index; None for bands and headers."""
        return self.places.anchor(index.row(), index.column()) if index.isValid() else None

    def index_of(self, cell: str) -> QModelIndex:
        """The index of a cell; invalid for a cell of another table."""
        place = self.places.place.get(cell)
        return self.index(*place) if place else QModelIndex()

    def look(self, cell: str) -> Look:
        """What to paint for a cell."""
        look = self._looks.get(cell)
        if look is None:
            look = look_at(self.editing.session, self.table.cells[cell], self._issues.get(cell, ()))
            self._looks[cell] = look
        return look

    def figure_text(self, cell: str) -> str:
        """The figure of a cell as text, without its unit; empty when blank or a sum that is not complete."""
        look = self.look(cell)
        return "" if look.partial else look.text

    def explain(self, cell: str) -> list[str]:
        """Lines about a cell: its name, sum, problems, help and last year's figure."""
        return explanation(self.editing.session, self.table.cells[cell], self._issues.get(cell, ()))

    def subtotal(self, cell: str) -> str:
        """The sub-total of the group of rows that a cell belongs to, in words; empty where there is none."""
        column = self.table.cells[cell].column
        for group in self.groups.values():
            if cell in group.cells.get(column, ()):
                totals = (id for id, cells in group.cells.items() if self.places.inputs.isdisjoint(cells))
                return group.words(self.editing.session, tuple(dict.fromkeys((column, *totals))))
        return ""

    def column_problems(self, column: int) -> list[str]:
        """What is broken in a column, in words."""
        return self._problems_of(1, column)

    def row_problems(self, row: int) -> list[str]:
        """What is broken in a row, in words."""
        return self._problems_of(0, row)

    # ------------------------------------------------------------ changing

    def setData(self, index: Index, value: Any, role: int = Role.EditRole) -> bool:
        cell = self.cell_at(index)
        if cell is None or role != Role.EditRole or cell not in self.places.inputs:
            return False
        return self.type_in(cell, str(value or ""))

    def type_in(self, cell: str, text: str, unit: str | None = None) -> bool:
        """Put a typed text into a cell, and its unit of money when one was chosen: one named step."""
        definition = self.table.cells[cell]
        name = _("填写 {cell}").format(
            cell=" ".join((*definition.row_path[-1:], *definition.column_path[-1:]))
        )
        return self.apply(figure_patch(self.editing.session, definition, text, unit), name)

    def apply(self, patch: dict[str, str | None], name: str) -> bool:
        """Hand a patch on as one step; False, and told by ``refused``, when it cannot be taken."""
        if self.editing.read_only:
            self.refused.emit(_("本报告以只读方式打开，不能修改。"))
            return False
        try:
            self.editing.edit(patch, name)
        except KnownError as error:
            self.refused.emit(str(error))
            return False
        return True

    # ------------------------------------------------------------ refreshing

    def _on_changed(self, changes: Changes) -> None:
        if self.editing.session.previous is not self._previous:
            # another report stands as last year's: its figures are in every look and tooltip
            self._read_all()
            self._tell(self.table.cells)
            return
        touched = {cell for cell in changes.cells if cell in self.places.place}
        for cell in tuple(touched):
            touched |= self._totals.get(cell, frozenset())
        touched |= {cell for cell in map(_unit_cell, changes.fields) if cell in self.places.place}
        marked = self._take_issues(changes.issues_added, changes.issues_removed)
        touched |= marked
        for cell in touched:
            self._looks.pop(cell, None)
            for role in (int(Role.ToolTipRole), int(Role.AccessibleTextRole)):
                self._texts.pop((role, cell), None)
        if marked:
            self._mark_headers()
        self._tell(touched)

    def _take_issues(self, added: Iterable[Issue], removed: Iterable[Issue]) -> set[str]:
        marked = set()
        for issue in removed:
            for cell in issue.cells:
                if cell in self._issues:
                    self._issues[cell] = [other for other in self._issues[cell] if other != issue]
                    marked.add(cell)
        for issue in added:
            for cell in issue.cells:
                if cell in self.places.place:
                    self._issues.setdefault(cell, []).append(issue)
                    marked.add(cell)
        return marked

    def _read_all(self) -> None:
        self._previous = self.editing.session.previous
        self._looks.clear()
        self._texts.clear()
        self._issues.clear()
        self._take_issues(self.editing.issues, ())
        self._mark_headers()

    def _mark_headers(self) -> None:
        rows, columns = set(), set()
        for issue in self._sum_issues():
            places = [self.places.place[cell] for cell in issue.cells if cell in self.places.place]
            if len({row for row, _column in places}) == 1:
                rows.add(places[0][0])
            elif len({column for _row, column in places}) == 1:
                columns.add(places[0][1])
        if (rows, columns) != (self.broken_rows, self.broken_columns):
            changed = (self.broken_rows ^ rows, self.broken_columns ^ columns)
            self.broken_rows, self.broken_columns = frozenset(rows), frozenset(columns)
            self.marks_changed.emit(*changed)

    def _sum_issues(self) -> list[Issue]:
        """Errors about several cells of this table, each once."""
        return list(
            dict.fromkeys(
                issue
                for issues in self._issues.values()
                for issue in issues
                if issue.severity == "error" and issue.left is not None and len(issue.cells) > 1
            )
        )

    def _problems_of(self, axis: int, section: int) -> list[str]:
        texts = []
        for issue in self._sum_issues():
            places = {self.places.place[cell][axis] for cell in issue.cells if cell in self.places.place}
            if places == {section}:
                texts.append(checks.explain(issue, self.editing.form))
        return texts

    def _tell(self, cells: Iterable[str]) -> None:
        for top, left, bottom, right in _blocks(self.places.place[cell] for cell in cells):
            self.dataChanged.emit(self.index(top, left), self.index(bottom, right))

    def _display(self, cell: str) -> str:
        look = self.look(cell)
        return look.text + look.unit if look.text else ""

    def _tip(self, cell: str) -> str:
        key = (int(Role.ToolTipRole), cell)
        if key not in self._texts:
            lines = "<br>".join(html.escape(line) for line in self.explain(cell))
            self._texts[key] = f"<qt>{lines}</qt>"
        return self._texts[key]

    def _spoken(self, cell: str) -> str:
        key = (int(Role.AccessibleTextRole), cell)
        if key not in self._texts:
            issues = self._issues.get(cell, ())
            self._texts[key] = spoken(self.editing.session, self.table.cells[cell], self.look(cell), issues)
        return self._texts[key]


def _unit_cell(key: str) -> str:
    return key.removeprefix("units.")


def _totals_of(table: Table, editing: Editing) -> dict[str, frozenset[str]]:
    """For each operand the totals above it: their partial sums change with it even while they stay blank."""
    above: dict[str, set[str]] = {}
    # a total comes after its operands in sums, so what lies above it is complete when read backwards
    for total, parts in reversed(editing.form.sums.items()):
        if total in table.cells:
            for part in parts:
                above.setdefault(part, set()).update({total}, above.get(total, ()))
    return {part: frozenset(totals) for part, totals in above.items()}


def _blocks(places: Iterable[tuple[int, int]]) -> list[tuple[int, int, int, int]]:
    """Places gathered into rectangles: runs along a row, equal runs of following rows together."""
    runs: list[list[int]] = []
    for row, column in sorted(set(places)):
        if runs and runs[-1][0] == row and runs[-1][2] == column - 1:
            runs[-1][2] = column
        else:
            runs.append([row, column, column])
    blocks: dict[tuple[int, int], list[list[int]]] = {}
    for row, left, right in runs:
        stack = blocks.setdefault((left, right), [])
        if stack and stack[-1][1] == row - 1:
            stack[-1][1] = row
        else:
            stack.append([row, row])
    return [(top, left, bottom, right) for (left, right), stack in blocks.items() for top, bottom in stack]
