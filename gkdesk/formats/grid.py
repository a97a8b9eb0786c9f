"""Laying a table out: from the rows of the TOML to boxes on the printed grid and cells with their labels.

Boxes are placed from left to right into the first free grid column, as a browser places the cells of
an HTML table; a value cell takes its labels from the boxes beside and above it.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Literal

from gkdesk.formats.model import MONEY_UNITS, Box, BoxRole, Cell, Row, Table
from gkdesk.formats.problems import FormatError

CELL_KINDS = ("count", "signed", "money")
_BOX_ROLES: dict[str, BoxRole] = {"header": "header", "band": "band", "data": "label"}


def build_table(spec: dict[str, Any], totals: Iterable[str]) -> Table:
    """Lay out one ``[[tables]]`` entry; ``totals`` are the ids of computed cells.

    Raises FormatError when boxes overlap, leave holes, or a column or kind is not known.
    """
    builder = _Builder(spec, frozenset(totals))
    for line in spec["rows"]:
        builder.add(line)
    return builder.table()


class _Builder:
    def __init__(self, spec: dict[str, Any], totals: frozenset[str]) -> None:
        self.id: str = spec["id"]
        self.spec = spec
        self.totals = totals
        self.columns: dict[str, dict[str, Any]] = {column["id"]: column for column in spec["columns"]}
        self.width = len(spec["widths"])
        self.rows: list[Row] = []
        self.boxes: list[Box] = []
        self.cells: dict[str, Cell] = {}
        self.taken: dict[tuple[int, int], Box] = {}

    def add(self, line: dict[str, Any]) -> None:
        role: Literal["header", "band", "data"] = line.get("kind", "data")
        index = len(self.rows)
        for box in line["labels"] if role == "data" else line["cells"]:
            self._place(index, _BOX_ROLES[role], box, None)
        ids = self._values(index, line) if role == "data" else ()
        for column in range(self.width):
            if (index, column) not in self.taken:
                raise FormatError(f"table {self.id}, row {index}: grid column {column} is empty")
        self.rows.append(Row(index, role, line.get("id", ""), ids))

    def _values(self, index: int, line: dict[str, Any]) -> tuple[str, ...]:
        ids = []
        for value in line.get("values", [{"column": column} for column in self.columns]):
            column = self.columns.get(value["column"])
            if column is None:
                raise FormatError(f"table {self.id}: no column {value['column']!r}")
            id = ".".join(part for part in (self.id, line["id"], column["id"]) if part)
            box = self._place(index, "value", value, id)
            if id in self.cells:
                raise FormatError(f"cell {id} stands twice")
            self.cells[id] = self._cell(id, line, column, box)
            ids.append(id)
        return tuple(ids)

    def _cell(self, id: str, line: dict[str, Any], column: dict[str, Any], box: Box) -> Cell:
        kind = column.get("kind", "count")
        if kind not in CELL_KINDS:
            raise FormatError(f"cell {id}: kind {kind!r} is not known")
        if (kind == "money") != bool(column.get("units")):
            raise FormatError(f"cell {id}: money has units, counts have none")
        if strange := set(column.get("units", ())) - MONEY_UNITS.keys():
            raise FormatError(f"cell {id}: unit {sorted(strange)} is not known")
        return Cell(
            id=id,
            table=self.id,
            row=line["id"],
            column=column["id"],
            kind=kind,
            units=tuple(column.get("units", ())),
            row_path=_texts(
                self.taken[box.row, c]
                for c in range(self.spec["label_columns"])
                if self.taken[box.row, c].role == "label"
            ),
            column_path=_texts(self._headers(box)),
            help="\n".join(text for text in (line.get("help"), column.get("help")) if text),
            computed=id in self.totals,
        )

    def _headers(self, value: Box) -> list[Box]:
        """Header boxes over a value, outermost first: the nearest run of header rows above it."""
        found: list[Box] = []
        for index in range(value.row - 1, -1, -1):
            role = self.rows[index].role
            if role == "header":
                found.insert(0, self.taken[index, value.column])
            elif found or role == "band":
                break
        return found

    def _place(self, row: int, role: BoxRole, spec: dict[str, Any], cell: str | None) -> Box:
        column = next((c for c in range(self.width) if (row, c) not in self.taken), self.width)
        box = Box(
            row, column, spec.get("rowspan", 1), spec.get("colspan", 1), role, spec.get("text", ""), cell
        )
        if column + box.colspan > self.width:
            raise FormatError(f"table {self.id}, row {row}: wider than its {self.width} grid columns")
        for r in range(row, row + box.rowspan):
            for c in range(column, column + box.colspan):
                if (r, c) in self.taken:
                    raise FormatError(f"table {self.id}, row {r}: boxes overlap in grid column {c}")
                self.taken[r, c] = box
        self.boxes.append(box)
        return box

    def table(self) -> Table:
        if any(row >= len(self.rows) for row, _column in self.taken):
            raise FormatError(f"table {self.id}: a label reaches below the last row")
        return Table(
            id=self.id,
            name=self.spec["name"],
            widths=tuple(self.spec["widths"]),
            label_columns=self.spec["label_columns"],
            rows=tuple(self.rows),
            boxes=tuple(self.boxes),
            cells=self.cells,
            row_ids=tuple(dict.fromkeys(row.id for row in self.rows if row.role == "data")),
            column_ids=tuple(self.columns),
            understood=self.spec.get("understood", ""),
        )


def _texts(boxes: Iterable[Box]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(box.text for box in boxes))
