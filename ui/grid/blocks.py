"""Text of figures to and from a patch, and blocks of text from TSV or HTML. No clipboard, no widget.

What comes from a clipboard may be anything, so every size is bounded, and :class:`BlockError` says in plain
words why a content cannot be used.
"""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass, field
from html.parser import HTMLParser

from gkdesk.errors import KnownError
from gkdesk.formats import Cell
from gkdesk.i18n import _
from gkdesk.report import ReportSession
from gkdesk.report.values import fold
from ui.grid.look import money_unit

MAX_CHARACTERS = 2_000_000
MAX_ROWS = 500
MAX_COLUMNS = 256
MAX_PLACES = 50_000
"""Grid places that the merged cells of an HTML table may cover together, overlaps counted."""
MAX_PIECES = 60_000
"""Tags, texts and comments that an HTML text may have."""
_CHUNK = 32_768
_MAX_TAG = 131_072

Block = list[list[str]]


class BlockError(KnownError):
    """A clipboard content that cannot be pasted."""


def figure_patch(
    session: ReportSession, cell: Cell, text: str, unit: str | None = None
) -> dict[str, str | None]:
    """The patch for a text typed or pasted into a cell, and for its unit of money when one was chosen.

    Where the cell is an amount of money, a unit written after the figure is taken as its unit.
    """
    figure = text.strip()
    for word in sorted(cell.units, key=len, reverse=True):
        if fold(figure).endswith(word):
            rest = fold(figure).removesuffix(word).strip()
            if rest:
                figure, unit = rest, word
            break
    patch: dict[str, str | None] = {cell.id: figure or None}
    if unit is not None and unit != money_unit(session, cell):
        patch[f"units.{cell.id}"] = unit
    return patch


def parse_tsv(text: str) -> Block:
    """Rows of a text with tabs, quotes and line breaks as spreadsheets write it. Raises BlockError."""
    if len(text) > MAX_CHARACTERS:
        raise BlockError(_too_big())
    rows: Block = []
    try:
        # a NUL or a field beyond the reader's limit is an error of the csv module
        for row in csv.reader(io.StringIO(text, newline=""), delimiter="\t"):
            _check_size(len(rows) + 1, len(row))
            rows.append([" ".join(value.split()) for value in row])
    except csv.Error as error:
        raise BlockError(_not_a_table()) from error
    return _square(rows)


def parse_html(text: str) -> Block | None:
    """The one table of an HTML text with merged cells laid out; None when there is no table.

    A merged cell's text stands at its first place, the rest is empty. Raises BlockError for more than one table,
    a table inside a table, or a size beyond bounds.
    """
    if len(text) > MAX_CHARACTERS:
        raise BlockError(_too_big())
    reader = _TableReader()
    for start in range(0, len(text), _CHUNK):
        try:
            reader.feed(text[start : start + _CHUNK])
        except AssertionError as error:
            # so the library refuses a declaration that it cannot read
            raise BlockError(_not_a_table()) from error
        # an unclosed tag is read again with each chunk
        if len(reader.rawdata) > _MAX_TAG:
            raise BlockError(_too_big())
    # close() is not called: on unclosed tags it takes time that grows with the square of their number
    if reader.tables == 0:
        return None
    if reader.tables > 1:
        raise BlockError(_("剪贴板里有 {count} 个表格，请只复制一个。").format(count=reader.tables))
    return _lay_out(reader.rows)


@dataclass(slots=True)
class _HtmlCell:
    rowspan: int
    colspan: int
    texts: list[str] = field(default_factory=list)


class _TableReader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tables = 0
        self.rows: list[list[_HtmlCell]] = []
        self._depth = 0
        self._pieces = 0
        self._columns = 0
        self._cell: _HtmlCell | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._count()
        if tag == "table":
            if self._depth:
                raise BlockError(_("剪贴板里的表格套着表格，请只复制里面的那一个。"))
            self._depth += 1
            self.tables += 1
        elif self._depth and self.tables == 1:
            self._table_tag(tag, dict(attrs))

    def _table_tag(self, tag: str, attributes: dict[str, str | None]) -> None:
        if tag == "tr":
            self.rows.append([])
            self._columns = 0
            self._cell = None
            _check_size(len(self.rows), 1)
        elif tag in {"td", "th"}:
            if not self.rows:
                self.rows.append([])
            rowspan = min(_span(attributes.get("rowspan")), MAX_ROWS)
            self._cell = _HtmlCell(rowspan, _span(attributes.get("colspan")))
            self._columns += self._cell.colspan
            _check_size(1, self._columns)
            self.rows[-1].append(self._cell)
        elif tag in {"br", "p", "div"} and self._cell:
            self._cell.texts.append(" ")

    def handle_endtag(self, tag: str) -> None:
        self._count()
        if tag == "table" and self._depth:
            self._depth -= 1
            self._cell = None
        elif tag in {"td", "th", "tr"}:
            self._cell = None

    def handle_comment(self, data: str) -> None:
        self._count()

    def handle_decl(self, decl: str) -> None:
        self._count()

    def handle_pi(self, data: str) -> None:
        self._count()

    def unknown_decl(self, data: str) -> None:
        self._count()

    def _count(self) -> None:
        self._pieces += 1
        if self._pieces > MAX_PIECES:
            raise BlockError(_too_big())

    def handle_data(self, data: str) -> None:
        self._count()
        if self._cell is not None:
            self._cell.texts.append(data)


def _span(text: str | None) -> int:
    digits = (text or "1").strip()
    if not (digits.isascii() and digits.isdigit()):
        return 1
    return max(1, int(digits[:6]))


def _lay_out(rows: list[list[_HtmlCell]]) -> Block:
    taken: dict[tuple[int, int], str] = {}
    places = 0
    for index, row in enumerate(rows):
        column = 0
        for cell in row:
            while (index, column) in taken:
                column += 1
            # a rowspan beyond the last row covers nothing
            bottom = min(index + cell.rowspan, len(rows))
            places += (bottom - index) * cell.colspan
            if places > MAX_PLACES:
                raise BlockError(_too_big())
            _check_size(1, column + cell.colspan)
            for r in range(index, bottom):
                for c in range(column, column + cell.colspan):
                    taken.setdefault((r, c), "")
            taken[index, column] = " ".join("".join(cell.texts).split())
            column += cell.colspan
    width = max((column + 1 for _row, column in taken), default=0)
    return [[taken.get((row, column), "") for column in range(width)] for row in range(len(rows))]


def _square(rows: Block) -> Block:
    # a line of one empty field is read as no field
    width = max(map(len, rows), default=1) or 1
    return [row + [""] * (width - len(row)) for row in rows]


def _check_size(rows: int, columns: int) -> None:
    if rows > MAX_ROWS or columns > MAX_COLUMNS:
        raise BlockError(_too_big())


def _not_a_table() -> str:
    return _("剪贴板里的文字不是表格，没有粘贴。")


def _too_big() -> str:
    return _("剪贴板里的内容太大，不像是一张年报表，没有粘贴。")
