"""Reading back a workbook that :mod:`gkdesk.exports.xlsx` wrote: through its defined names, to the same report.

Sheets may have been renamed, moved and filled in. Totals in the workbook are values: one that nobody has touched
since the export is added up anew (or stays stated, as it was); one that was typed over counts as stated.
"""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from gkdesk import formats
from gkdesk.errors import KnownError
from gkdesk.formats.load import UNIT_KEYS
from gkdesk.formats.model import Cell, Format
from gkdesk.i18n import _
from gkdesk.imports import gate
from gkdesk.report import Report, Value, parse, report_json, spell
from gkdesk.report import workbook_terms as terms
from gkdesk.report.report import check_field, is_field
from gkdesk.report.session import MAX_TEXT, clean_text
from gkdesk.report.totals import add

if TYPE_CHECKING:
    from openpyxl import Workbook

LIMITS = gate.Limits(rows=2_000)
"""Long texts and long lists of issues take more rows than any table."""

_COLUMNS = 3
"""Columns of the hidden rows: what, key, text."""


class NotOurs(KnownError):
    """A workbook that GKDesk did not write."""


def read(path: Path) -> Report:
    """The report in a workbook of ours.

    Raises NotOurs for any other workbook, and KnownError, naming the file, for one that cannot be read, was
    damaged, or holds what no report can hold.
    """
    data = gate.read_package(path, LIMITS)
    try:
        with closing(_load(data)) as workbook:
            return _Reader(workbook).report()
    except _Foreign as error:
        raise NotOurs(_("“{file}”不是本程序导出的工作簿。").format(file=path)) from error
    except KnownError as error:
        raise KnownError(_("不能读“{file}”：{reason}").format(file=path, reason=error)) from error
    except Exception as error:  # whatever openpyxl stumbles over is the file's
        raise KnownError(_("不能读“{file}”：文件已经损坏。请重新导出。").format(file=path)) from error


def read_data(data: bytes) -> dict[str, str | None]:
    """For the limited process: the report JSON of a workbook of ours, None for any other workbook.

    Raises KnownError for what no report can hold.
    """
    try:
        with closing(_load(data)) as workbook:
            return {"report": report_json.dumps(_Reader(workbook).report())}
    except _Foreign:
        return {"report": None}


class _Foreign(Exception):
    """The marks of our workbooks are not there."""


def _load(data: bytes) -> Workbook:
    from openpyxl import load_workbook

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl tells what it leaves out of foreign extensions
        return load_workbook(io.BytesIO(data), data_only=True, keep_links=False, read_only=True)


class _Reader:
    """One workbook, read by names."""

    def __init__(self, workbook: Workbook) -> None:
        self._workbook = workbook
        self._names = {terms.folded_name(name): name for name in workbook.defined_names}
        self._names |= {name: name for name in workbook.defined_names}
        self._places: dict[str, tuple[str, str] | None] = {}
        self._sheets: dict[str, list[tuple[object, ...]]] = {}
        self._rows = _HiddenRows.of(self._area(terms.DATA_NAME, columns=_COLUMNS))

    def report(self) -> Report:
        form = formats.load(self._rows.format)
        lost = [key for key in form.cells if not self._has(key)]
        if lost:
            raise KnownError(
                _("有 {count} 格找不到了（可能删了行、列或工作表）。请重新导出。").format(count=len(lost))
            )
        fields = self._fields(form)
        return Report(form, self._rows.year, self._cells(form), fields)

    # ------------------------------------------------------------ figures

    def _cells(self, form: Format) -> dict[str, Value]:
        read = {id: self._figure(cell) for id, cell in form.cells.items()}
        values = dict(read)
        for total, parts in form.sums.items():
            computed = add(values[part] for part in parts)
            read[total] = self._rows.stated(total, read[total], agrees=read[total] == computed)
            values[total] = computed if read[total] is None else read[total]
        return {id: value for id, value in read.items() if value is not None}

    def _figure(self, cell: Cell) -> Value:
        return parse(_spelled(self._area(terms.defined_name(cell.id))[0][0]), cell.kind)

    # ------------------------------------------------------------ texts

    def _fields(self, form: Format) -> dict[str, str]:
        keys = [*UNIT_KEYS, "date", *(field.key for field in form.text_fields)]
        keys += [f"units.{id}" for id, cell in form.cells.items() if cell.units]
        fields = {key: text for key, text in self._rows.fields.items() if is_field(form, key)}
        for key in keys:
            if self._has(key):
                fields[key] = self._field(key)
            elif key not in fields and not key.startswith("units."):
                raise KnownError(_("“{key}”这一项找不到了。请重新导出。").format(key=key))
        for key, text in fields.items():
            if len(text) > MAX_TEXT:
                raise KnownError(_("文字太长：一处最多 {count} 字。").format(count=MAX_TEXT))
            check_field(form, key, text, self._rows.year)
        return {key: text for key, text in fields.items() if text and self._rows.implied.get(key) != text}

    def _field(self, key: str) -> str:
        name = terms.defined_name(key)
        cells = [row[0] for row in self._area(name)]
        marks_name = f"{terms.CONTINUED_NAME}.{name}"
        marks = [row[0] for row in self._area(marks_name)] if self._knows(marks_name) else []
        marks += [None] * (len(cells) - len(marks))
        rows = [
            terms.Piece(_spelled(value), continued=bool(mark))
            for value, mark in zip(cells, marks, strict=False)
        ]
        text = clean_text(terms.joined(rows, indent=key.startswith("text.")))
        words = {word: id for id, word in terms.CHOICES.get(key, {}).items()}
        return words.get(text.strip(), text)

    # ------------------------------------------------------------ names

    def _has(self, key: str) -> bool:
        return self._knows(terms.defined_name(key))

    def _knows(self, name: str) -> bool:
        return bool(self._place(name))

    def _place(self, name: str) -> tuple[str, str] | None:
        """Sheet and range of a name; None where it names no cells of this workbook."""
        if name not in self._places:
            self._places[name] = self._find(name)
        return self._places[name]

    def _find(self, name: str) -> tuple[str, str] | None:
        written = self._names.get(name) or self._names.get(terms.folded_name(name))
        if written is None:
            return None
        places = list(self._workbook.defined_names[written].destinations)
        return places[0] if len(places) == 1 and places[0][0] in self._workbook.sheetnames else None

    def _area(self, name: str, columns: int = 1) -> list[tuple[object, ...]]:
        """The values under a name, in rows of ``columns`` from its left edge."""
        from openpyxl.utils import range_boundaries

        place = self._place(name)
        if place is None:
            raise _Foreign
        sheet, reference = place
        left, top, _right, bottom = range_boundaries(reference.replace("$", ""))
        if left is None or top is None or bottom is None or bottom - top >= LIMITS.rows:
            raise _Foreign
        rows = self._sheet(sheet)[top - 1 : bottom]
        rows += [()] * (bottom - top + 1 - len(rows))
        empty = (None,) * columns
        return [(*row[left - 1 : left - 1 + columns], *empty)[:columns] for row in rows]

    def _sheet(self, name: str) -> list[tuple[object, ...]]:
        """All rows of a sheet, read once."""
        if name not in self._sheets:
            rows = self._workbook[name].iter_rows(1, LIMITS.rows, 1, LIMITS.columns, values_only=True)
            self._sheets[name] = list(rows)
        return self._sheets[name]


@dataclass(frozen=True, slots=True)
class _HiddenRows:
    """What the hidden sheet says about the export."""

    format: str
    year: int
    totals: Mapping[str, tuple[str, str]]
    implied: Mapping[str, str]
    fields: Mapping[str, str]

    @classmethod
    def of(cls, rows: list[tuple[object, ...]]) -> _HiddenRows:
        """Raises _Foreign where the rows are not ours, KnownError for what this version does not know."""
        single: dict[str, str] = {}
        totals: dict[str, tuple[str, str]] = {}
        kept: dict[str, dict[str, str]] = {terms.IMPLIED_ROW: {}, terms.FIELD_ROW: {}}
        for what, key, text in _texts(rows):
            if what in kept:
                kept[what][key] = text
            elif key:
                totals[key] = (what, text)
            else:
                single[what] = text
        if not single.get(terms.SCHEMA_ROW, "").startswith(terms.SCHEMA.partition("/")[0] + "/"):
            raise _Foreign
        if single[terms.SCHEMA_ROW] != terms.SCHEMA:
            raise KnownError(_("这是更新版本的程序导出的，请升级本软件。"))
        year = single.get(terms.YEAR_ROW, "")
        if not (year.isascii() and year.isdigit() and len(year) == 4):
            raise _Foreign
        return cls(
            single.get(terms.FORMAT_ROW, ""),
            int(year),
            totals,
            kept[terms.IMPLIED_ROW],
            kept[terms.FIELD_ROW],
        )

    def stated(self, total: str, value: Value, *, agrees: bool) -> Value:
        """The total as it is kept in the report: None where it is to be computed.

        A stated total that agreed with its sum and no longer does, while nobody touched it, is out of date.
        """
        what, text = self.totals.get(total, (terms.COMPUTED_ROW, ""))
        if spell(value) != text or what == terms.STATED_ROW:
            return value
        return value if what == terms.AGREED_ROW and agrees else None


def _texts(rows: list[tuple[object, ...]]) -> Iterator[tuple[str, str, str]]:
    for row in rows:
        what, key, text = (_spelled(value) for value in row)
        yield what, key, text


def _spelled(value: object) -> str:
    """What stands in a cell, as text; numbers with the 15 digits that Excel keeps."""
    if value is None:
        return ""
    if isinstance(value, str):
        return clean_text(terms.unescape(value))
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float):
        return format(Decimal(f"{value:.15g}"), "f")
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ")
    if isinstance(value, date | time):
        return value.isoformat()
    return str(value)
