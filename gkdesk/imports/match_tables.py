"""Lines of foreign tables -> cells of a format, by the labels of their rows and columns, never by place alone."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from gkdesk.formats.model import Cell, Format, Row, Table
from gkdesk.i18n import _
from gkdesk.imports.doubts import ReadRow, slipped
from gkdesk.imports.figures import is_figure, read_figure
from gkdesk.imports.grids import Line, Slot
from gkdesk.imports.headers import Columns, HeaderWords, columns_of
from gkdesk.imports.labels import Label, Match, best, label_of
from gkdesk.imports.reading import Place, Reading, Refusal
from gkdesk.imports.row_values import RowValues, assign
from gkdesk.imports.split_rows import joined_lines, runs_together
from gkdesk.report.values import is_number


@dataclass
class Matched:
    """What was read of the tables. A cell that was found and is blank has a reading without a value."""

    form: Format
    cells: dict[str, Reading] = field(default_factory=dict)
    units: dict[str, str] = field(default_factory=dict)
    refused: list[Refusal] = field(default_factory=list)
    rows: list[ReadRow] = field(default_factory=list)
    slipped: set[str] = field(default_factory=set)
    """Cells that are guesses only because of the sums."""
    lines: set[tuple[int, int]] = field(default_factory=set)
    """(table, line) of the lines that belong to the form."""

    @property
    def weight(self) -> int:
        """How well the labels fit the format: cells that were read, sure ones twice.

        What the sums say does not count: they may be as wrong in the right format as in another.
        """
        return sum(2 if reading.certain or id in self.slipped else 1 for id, reading in self.cells.items())

    def add(self, other: Matched) -> None:
        """Take from another reading of the same document what this one did not find."""
        known = set(self.cells)
        for id, reading in other.cells.items():
            self.cells.setdefault(id, reading)
        self.rows += [row for row in other.rows if known.isdisjoint(row.cells)]
        self.refused[:] = [
            refusal
            for refusal in (*self.refused, *other.refused)
            if not self.cells.keys() >= set(refusal.cells)
        ]

    def doubt_slipped(self) -> None:
        """Make guesses of the figures that the sums speak against; when all is read that the source has."""
        for id in slipped(self.form, self.cells, self.rows) & self.cells.keys():
            if self.cells[id].certain:
                self.slipped.add(id)
            self.cells[id] = self.cells[id].guessed(_("与合计对不上，可能错了列"))


def match_tables(lines: Sequence[Line], form: Format) -> Matched:
    """Read every table of the format from the lines of a document, in reading order."""
    matched = Matched(form)
    for table in form.tables:
        _Matcher(table, matched).run(lines)
    return matched


class _Matcher:
    """Reads one table of the format."""

    def __init__(self, table: Table, matched: Matched) -> None:
        self.table = table
        self.matched = matched
        self.words = HeaderWords(table)
        self.rows = [row for row in table.rows if row.role == "data"]
        self.labels = [
            label_of(self._path(row)[-1]) if self._path(row) else Label("", "") for row in self.rows
        ]
        self.groups = self._groups()
        self.header: list[Line] = []
        self.after_data = False
        self.before: Row | None = None
        self.refused: set[str] = set()
        self.joined = 1  # printed rows that make one row of the form

    def _path(self, row: Row) -> tuple[str, ...]:
        return self.table.cells[row.cells[0]].row_path

    def _groups(self) -> dict[str, list[Row]]:
        """Labels that stand over several rows, with their rows."""
        groups: dict[str, list[Row]] = {}
        for row in self.rows:
            path = self._path(row)
            if len(path) > 2:
                groups.setdefault(path[-2], []).append(row)
        return groups

    def run(self, lines: Sequence[Line]) -> None:
        skip = -1
        for number, line in enumerate(lines):
            if number == skip:
                continue
            after = lines[number + 1] if number + 1 < len(lines) else None
            if self.words.is_header(line) and not self._row_of(line):
                self._take_header(line)
            elif not any(self.labels[index].words for index in range(len(self.labels))):
                self._unlabelled(line)
            elif self._labelled(line, after):
                skip = number + 1
        self._collapsed(lines)
        self._glued(lines)

    # ------------------------------------------------------------ lines

    def _take_header(self, line: Line) -> None:
        if self.after_data or (self.header and self.header[-1].table != line.table):
            self.header = []
        self.after_data = False
        self.matched.lines.add((line.table, line.index))
        if not self.words.is_band(line):
            self.header.append(line)
        else:
            self.header = []

    def _labelled(self, line: Line, after: Line | None) -> bool:
        """A line with the label of a row; True when the next line was part of it."""
        joined, used = line, False
        found = self._row_of(line)
        if (found is None or found[1].slips) and after is not None and after.table == line.table:
            both = joined_lines(line, after)
            if both is not None and (better := self._row_of(both)) is not None and better[1].slips == 0:
                joined, found, used = both, better, True
        if found is None:
            return False
        slot, match = found
        row = self.rows[match.index]
        if self._is_group_of_others(joined, slot):
            return False
        self.matched.lines.add((line.table, line.index))
        if used and after is not None:
            self.matched.lines.add((after.table, after.index))
        self.joined = 2 if used else 1
        self._read(joined, slot.end, row, sure=match.sure or self._follows(row))
        self.after_data, self.before = True, row
        return used

    def _unlabelled(self, line: Line) -> None:
        """A row without a label (table 四): the first figures under a complete header."""
        if not self.header or self.after_data:
            return
        texts = [slot.text for slot in line.cells if slot.text.strip()]
        cells = self._cells(self.rows[0])
        columns = columns_of(self.header, cells, self.words)
        if not columns.known and len(self.header) < self.table.header_rows:
            return
        if any(not is_figure(text) for text in texts) and not (
            columns.placed and line.table == self.header[-1].table
        ):
            return
        self.matched.lines.add((line.table, line.index))
        self._read(line, 0, self.rows[0], sure=True)
        self.after_data = True

    def _row_of(self, line: Line) -> tuple[Slot, Match] | None:
        """The rightmost label of a row before the first figure behind one; exact ones first."""
        words: list[Slot] = []
        for slot in line.cells:
            if slot.text.strip() and is_figure(slot.text):
                if words or slot is not line.cells[0]:
                    break
                continue  # the number of the line, in a column of its own
            if slot.text.strip():
                words.append(slot)
        found = [
            (slot, match) for slot in reversed(words) if (match := best(slot.text, self.labels, loose=True))
        ]
        found = [each for each in found if self.labels[each[1].index].words]
        if not any(is_figure(slot.text) for slot in line.cells if slot.text.strip()):
            # 总计 and 其他 without a number stand in headers too
            found = [each for each in found if each[1].sure]
        return min(found, key=lambda each: each[1].slips, default=None)

    def _is_group_of_others(self, line: Line, slot: Slot) -> bool:
        """Whether numbered labels of its own stand behind the label: then it is the label of a group."""
        behind = [each for each in line.cells if each.column >= slot.end and each.text.strip()]
        return bool(behind) and not is_figure(behind[0].text) and bool(label_of(behind[0].text).number)

    def _follows(self, row: Row) -> bool:
        """Whether the row comes just behind the one read before: that tells “其他” from other 其他."""
        if self.before is None:
            return False
        return self.rows.index(row) == self.rows.index(self.before) + 1

    # ------------------------------------------------------------ figures

    def _cells(self, row: Row) -> list[Cell]:
        return [self.table.cells[id] for id in row.cells]

    def _read(self, line: Line, first: int, row: Row, *, sure: bool) -> None:
        cells = self._cells(row)
        columns = columns_of(self.header, cells, self.words)
        same = bool(self.header) and self.header[-1].table == line.table
        values = assign(line, first, cells, columns, same_grid=same)
        if values.problem:
            self._refuse(row, line, values.problem)
            return
        if not any(id in self.matched.cells for id in row.cells):
            self.matched.rows.append(ReadRow(self.table.id, row.cells, values.open_end))
        for cell, slot in zip(cells, values.slots, strict=True):
            self._take(cell, slot, line, values, sure=sure)
        if cells[-1].units:
            self._money_header(cells, columns)

    def _take(self, cell: Cell, slot: Slot | None, line: Line, values: RowValues, *, sure: bool) -> None:
        text = slot.text if slot is not None else ""
        parted = False
        if slot is not None and slot.rowspan > self.joined and text.strip():
            shared = [part for part in text.split("\n") if part.strip()]
            if len(shared) != slot.rowspan:
                self._refuse_cell(cell, line, _("一格跨了几行，分不清各行是多少"))
                return
            text, parted = shared[line.index - slot.row], True
        figure = read_figure(text, cell)
        if figure.problem:
            self._refuse_cell(cell, line, figure.problem)
            return
        reading = Reading(figure.text, figure.value, certain=True, where=line.where, place=_place(line, slot))
        for fine, doubt in (
            (cell.id not in self.refused, _("这一行出现了两次，有一次认不出")),
            (sure, _("行名认不准")),
            (values.certain, _("认不准是哪一列")),
            (not parted, _("一格跨了几行")),
            (figure.certain, _("数字之外还有文字")),
        ):
            if not fine:
                reading = reading.guessed(doubt)
        old = self.matched.cells.get(cell.id)
        if old is not None:
            if old.value != reading.value:
                self.matched.cells[cell.id] = old.guessed(_("出现了两次，数不一样"))
            return
        self.matched.cells[cell.id] = reading
        if figure.unit and cell.units:
            self.matched.units[cell.id] = figure.unit

    def _money_header(self, cells: Sequence[Cell], columns: Columns) -> None:
        """A header that says another unit than the form makes the amount a guess."""
        for cell in cells:
            if not cell.units or cell.id not in self.matched.cells or cell.id in self.matched.units:
                continue
            place = columns.ranges.get(cell.id)
            texts = [slot.text for line in self.header for slot in line.cells]
            if place is not None:
                texts = [slot.text for line in self.header if (slot := line.at(place[0]))]
            unit = next((found[1] for text in texts if (found := re.search(r"(万元|元)", text))), "")
            if unit in cell.units:
                if len(cell.units) > 1:
                    self.matched.units[cell.id] = unit
            elif unit:
                self.matched.cells[cell.id] = self.matched.cells[cell.id].guessed(_("金额单位与表样不同"))

    # ------------------------------------------------------------ refusals

    def _refuse(self, row: Row, line: Line, reason: str) -> None:
        lost = tuple(id for id in row.cells if id not in self.matched.cells)
        self.refused.update(row.cells)
        if lost:
            label = " ".join(self._path(row)[-1:]) or self.table.name
            self.matched.refused.append(Refusal(f"{self.table.name} {label}", reason, line.where, lost))

    def _refuse_cell(self, cell: Cell, line: Line, reason: str) -> None:
        if cell.id not in self.matched.cells:
            name = " ".join((*cell.row_path[-1:], cell.column_path[-1]))
            self.matched.refused.append(Refusal(f"{self.table.name} {name}", reason, line.where, (cell.id,)))

    def _collapsed(self, lines: Sequence[Line]) -> None:
        """Rows of a group that the source has as one (2019's 其他处理): zero is zero in each, more cannot be split."""
        for label, rows in self.groups.items():
            if any(id in self.matched.cells for row in rows for id in row.cells):
                continue
            for line in lines:
                slot = next((each for each in line.cells if best(each.text, [label_of(label)])), None)
                if slot is not None and not self._is_group_of_others(line, slot) and slot.text.strip():
                    self._split(line, slot, rows)
                    break

    def _split(self, line: Line, slot: Slot, rows: Sequence[Row]) -> None:
        cells = self._cells(rows[0])
        same = [each for each in self.header if each.table == line.table]
        values = assign(line, slot.end, cells, columns_of(same, cells, self.words), same_grid=bool(same))
        if values.problem or not any(each and each.text.strip() for each in values.slots):
            return
        self.matched.lines.add((line.table, line.index))
        reason = _("来源里这几行合成了一行，分不清各行是多少")
        for position, each in enumerate(values.slots):
            figure = read_figure(each.text if each else "", cells[position])
            for row in rows:
                id = row.cells[position]
                if is_number(figure.value) and figure.value == 0:
                    reading = Reading(figure.text, figure.value, certain=True, where=line.where)
                    self.matched.cells[id] = reading.guessed(_("来源里这几行合成了一行"))
                elif figure.value is not None or figure.problem:
                    self._refuse_cell(self.table.cells[id], line, reason)

    def _glued(self, lines: Sequence[Line]) -> None:
        """Rows that were not read although their label stands somewhere, run together with figures."""
        for row, label in zip(self.rows, self.labels, strict=True):
            if len(label.words) < 4 or all(id in self.matched.cells for id in row.cells):
                continue
            told = {id for refusal in self.matched.refused for id in refusal.cells}
            lost = tuple(id for id in row.cells if id not in self.matched.cells and id not in told)
            where = next(
                (line.where for line in lines for slot in line.cells if runs_together(slot.text, label)),
                None,
            )
            if lost and where is not None:
                name = f"{self.table.name} {self._path(row)[-1]}"
                self.matched.refused.append(Refusal(name, _("几格的文字和数字连在了一起"), where, lost))


def _place(line: Line, slot: Slot | None) -> Place | None:
    """Where a slot stands in the source."""
    if slot is None:
        return None
    return (line.table, slot.row, slot.column) if slot.block < 0 else (slot.block, -1, -1)
