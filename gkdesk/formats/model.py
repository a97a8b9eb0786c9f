"""What a statutory format is: sections, tables, cells and rules, as frozen data.

A format is read from ``resources/formats/<id>.toml`` (see :mod:`gkdesk.formats.load`) and drives
everything else: the grid on screen, the rules, the keys of storage, the names in Excel, the paper.
Grid positions are zero-based and count every grid row and column of the printed form, labels and
headers included.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Literal

from gkdesk.i18n import language

CellKind = Literal["count", "signed", "money"]
BoxRole = Literal["header", "band", "label", "value"]
Severity = Literal["error", "warning", "hint"]

MONEY_UNITS: Mapping[str, Decimal] = {"元": Decimal(1), "万元": Decimal(10_000)}
"""Units that amounts may be given in, in yuan."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One figure of a statutory table.

    ``row_path`` and ``column_path`` are the printed labels from the outside in; ``units`` are the
    units of money it may be given in (the first is the default), empty for counts.
    """

    id: str
    table: str
    row: str
    column: str
    kind: CellKind
    units: tuple[str, ...]
    row_path: tuple[str, ...]
    column_path: tuple[str, ...]
    help: str
    computed: bool

    @property
    def prints_unit(self) -> bool:
        """True where the form names no unit, so that the figure must carry it."""
        return len(self.units) > 1


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle of the printed table: a header, a band, a label, or the place of one cell."""

    row: int
    column: int
    rowspan: int
    colspan: int
    role: BoxRole
    text: str
    cell: str | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """One grid row. ``cells`` are ids from left to right; empty for bands and headers."""

    index: int
    role: Literal["header", "band", "data"]
    id: str
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table of the form: its grid, widths (relative, one a grid column) and cells in print order."""

    id: str
    name: str
    widths: tuple[int, ...]
    label_columns: int
    rows: tuple[Row, ...]
    boxes: tuple[Box, ...]
    cells: Mapping[str, Cell]
    row_ids: tuple[str, ...]
    column_ids: tuple[str, ...]
    understood: str = ""
    """What all its rows are about: left out where a row is named in a few words."""

    @property
    def header_rows(self) -> int:
        """Number of header rows at the top, before the first band or data row."""
        return next((row.index for row in self.rows if row.role != "header"), len(self.rows))

    @property
    def inputs(self) -> tuple[str, ...]:
        """Ids of the cells that are typed, not computed."""
        return tuple(id for id, cell in self.cells.items() if not cell.computed)

    def box_of(self, cell: str) -> Box:
        """The box where a cell is printed. Raises KeyError for an unknown id."""
        for box in self.boxes:
            if box.cell == cell:
                return box
        raise KeyError(cell)


@dataclass(frozen=True, slots=True)
class TextField:
    """A text of the report, kept under the key ``text.<id>``.

    ``refused`` are words that do not count as a text (五 may not be just “无”).
    """

    id: str
    label: str
    required: bool
    refused: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        return f"text.{self.id}"


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the report: its printed heading (empty for 引言), texts, and at most one table."""

    id: str
    heading: str
    step: str
    source: str
    fields: tuple[TextField, ...]
    table: Table | None
    points: tuple[str, ...]
    variants: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Instance:
    """A rule for one column, row, group, table or field: operand name -> keys, in the rule's order."""

    each: str
    subject: str
    operands: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Rule:
    """A check of the form. ``kind`` is one of :data:`gkdesk.formats.kinds.RULE_KINDS`.

    ``names`` are the words for the operands in messages; ``settings`` the rule's own values (limits, lists of
    words); ``source`` the notice or article.
    """

    id: str
    title: str
    kind: str
    severity: Severity
    source: str
    computed: bool
    names: Mapping[str, tuple[str, ...]]
    instances: tuple[Instance, ...]
    settings: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ContactField:
    """A line of the contact in the introduction: the unit's field and its printed label."""

    field: str
    label: str


@dataclass(frozen=True, slots=True)
class SummaryLine:
    """A figure of the summary on the sign-off sheet: what it is called there, and its cell."""

    label: str
    cell: str


@dataclass(frozen=True, eq=False)
class Format:
    """A statutory format of the annual report, valid for report years first_year … last_year.

    ``last_year`` is the year before the next format begins; None for the newest, and for one loaded by itself.
    Loaded once and compared by identity.
    """

    id: str
    name: str
    first_year: int
    last_year: int | None
    notice: str
    notice_title: str
    law: str
    law_number: str
    title: str
    intro: tuple[str, ...]
    contact: tuple[ContactField, ...]
    sections: tuple[Section, ...]
    rules: tuple[Rule, ...]
    cells: Mapping[str, Cell]
    sums: Mapping[str, tuple[str, ...]]
    """Computed total -> its operands, in an order in which each total comes after its operands."""
    summary: tuple[SummaryLine, ...] = ()
    name_en: str = ""
    meanings: Mapping[str, Any] = field(default_factory=dict)
    """What words of a text count: domain -> slot -> value -> parts of cell ids (see gkdesk.checks.reading.cells)."""

    @property
    def called(self) -> str:
        """The name in the language chosen, for the window and the command line; what is printed has ``name``."""
        return self.name_en if self.name_en and language() == "en" else self.name

    @property
    def tables(self) -> tuple[Table, ...]:
        return tuple(section.table for section in self.sections if section.table)

    @property
    def text_fields(self) -> tuple[TextField, ...]:
        return tuple(field for section in self.sections for field in section.fields)

    def table(self, id: str) -> Table:
        """The table of that id. Raises KeyError."""
        for table in self.tables:
            if table.id == id:
                return table
        raise KeyError(id)

    def section_of(self, key: str) -> Section | None:
        """The section in which a cell id or a ``text.…`` key is filled in; None for 基本信息."""
        for section in self.sections:
            if any(field.key == key for field in section.fields):
                return section
            if section.table and key.removeprefix("units.") in section.table.cells:
                return section
        return None

    def rule(self, id: str) -> Rule:
        """The rule of that id. Raises KeyError."""
        for rule in self.rules:
            if rule.id == id:
                return rule
        raise KeyError(id)

    def report_title(self, unit: str, year: int) -> str:
        """The printed title, e.g. ``某某局2024年政府信息公开工作年度报告``."""
        return self.title.format(unit=unit, year=year)

    def covers(self, year: int) -> bool:
        return self.first_year <= year and (self.last_year is None or year <= self.last_year)

    def __iter__(self) -> Iterator[Section]:
        return iter(self.sections)
