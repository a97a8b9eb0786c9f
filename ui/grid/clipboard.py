"""Copy and paste in the grid. A paste is one patch and one undo step."""

from __future__ import annotations

import html
from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QGuiApplication

from gkdesk.formats import Box, Format
from gkdesk.i18n import _
from gkdesk.report import Invalid, parse
from gkdesk.report.values import MAX_LENGTH, why_invalid
from gkdesk.words import listed, named
from gkdesk.words import parts as in_parts
from ui.grid.align import Labels
from ui.grid.blocks import Block, BlockError, figure_patch, parse_html, parse_tsv
from ui.grid.look import name_of, shown
from ui.grid.places import Extent

if TYPE_CHECKING:
    from ui.grid.view import FormTableView


@dataclass(frozen=True, slots=True)
class PasteReport:
    """What a paste did: how many figures it took, which had no place, and what was no figure, with the reason.

    ``rejected`` pairs a cell id with a sentence; ``differing`` are pasted totals that are not their sum.
    ``problem`` says why nothing was taken at all.
    """

    taken: int = 0
    left_out: tuple[str, ...] = ()
    rejected: tuple[tuple[str, str], ...] = ()
    differing: tuple[str, ...] = ()
    problem: str = ""

    @property
    def skipped(self) -> int:
        """How many figures had no place."""
        return len(self.left_out)

    @property
    def complete(self) -> bool:
        """True when all was taken as it came."""
        return not (self.problem or self.left_out or self.rejected or self.differing)

    def lines(self, form: Format) -> list[str]:
        """Everything that was not simply taken, one by one."""
        found = [reason for _cell, reason in self.rejected]
        found += [
            _("{cell}：与各项之和不符，已照原样保留").format(cell=name_of(form.cells[cell]))
            for cell in self.differing
        ]
        if self.left_out:
            found.append(_("没有贴入的数：{figures}").format(figures=listed(self.left_out)))
        return found

    def message(self) -> str:
        """The report in one line."""
        if self.problem:
            return self.problem
        parts = [_("已粘贴 {count} 格").format(count=self.taken)]
        if self.skipped:
            parts.append(_("{count} 个数在表外或对不上格子，没有贴入").format(count=self.skipped))
        if self.rejected:
            parts.append(
                _("{count} 格不是数，请改正（{first}）").format(
                    count=len(self.rejected), first=self.rejected[0][1].rstrip("。")
                )
            )
        if self.differing:
            parts.append(_("{count} 个总计与各项之和不符").format(count=len(self.differing)))
        return in_parts(parts) + _("。可按 Ctrl+Z 撤销。")


@dataclass(frozen=True, slots=True)
class Plan:
    """What a paste will do: texts for cells, figures that have no place, and what has to be asked before."""

    pairs: tuple[tuple[str, str], ...]
    left_out: tuple[str, ...] = ()
    question: str = ""


@dataclass(frozen=True, slots=True)
class CopiedBox:
    """A box of the form as it is copied, clipped to what was chosen."""

    row: int
    column: int
    rowspan: int
    colspan: int
    text: str
    figure: bool
    line: bool = False
    """A line of the form, printed from the left."""


# ---------------------------------------------------------------- copy


def copy(view: FormTableView) -> None:
    """Copy the selection; the whole table goes with its labels, so that it pastes as the form."""
    _copy(view, headers=len(view.selected()) == len(view.grid.table.cells) > 1)


def copy_with_headers(view: FormTableView) -> None:
    """Copy the selection with the labels and headers that belong to it."""
    _copy(view, headers=True)


def _copy(view: FormTableView, *, headers: bool) -> None:
    view.commit_pending()
    places = view.grid.places
    spots = {places.place[cell] for cell in view.selected()}
    if not spots:
        return
    rows, columns = _span(row for row, _c in spots), _span(column for _r, column in spots)
    inside = [place for place in places.place.values() if place[0] in rows and place[1] in columns]
    if any(place not in spots for place in inside):
        view.told.emit(_("选中的格子不连成一块，请选中连续的一块再复制。"))
        return
    mime = mime_of(copied(view, rows, columns, headers=headers))
    QGuiApplication.clipboard().setMimeData(mime)


def _span(numbers: Iterable[int]) -> range:
    found = set(numbers)
    return range(min(found), max(found) + 1)


def copied(view: FormTableView, rows: range, columns: range, *, headers: bool) -> list[CopiedBox]:
    """The boxes of the chosen model rows and columns, with the labels around them when asked for."""
    places, session = view.grid.places, view.grid.editing.session
    grid_rows = [*(range(places.top) if headers else ()), *(row + places.top for row in rows)]
    grid_columns = [*(range(places.left) if headers else ()), *(c + places.left for c in columns)]
    boxes: dict[Box, list[tuple[int, int]]] = {}
    for r, row in enumerate(grid_rows):
        for c, column in enumerate(grid_columns):
            box = places.box_at(row, column)
            if box is not None:
                boxes.setdefault(box, []).append((r, c))
    found = []
    for box, spots in boxes.items():
        (r, c), (last_r, last_c) = spots[0], spots[-1]
        text = box.text if headers else ""
        # a merged figure goes along only with its first place, so that it pastes back
        if box.cell is not None and (box.row, box.column) == (grid_rows[r], grid_columns[c]):
            text = shown(session, view.grid.table.cells[box.cell])
        line = box.role == "label" and box.rowspan == 1
        found.append(CopiedBox(r, c, last_r - r + 1, last_c - c + 1, text, box.cell is not None, line))
    return found


def mime_of(boxes: list[CopiedBox]) -> QMimeData:
    """Boxes as TSV and as an HTML table with borders and merges."""
    mime = QMimeData()
    mime.setText(_tsv(boxes))
    mime.setHtml(_html(boxes))
    return mime


def _tsv(boxes: list[CopiedBox]) -> str:
    height = max(box.row + box.rowspan for box in boxes)
    width = max(box.column + box.colspan for box in boxes)
    rows = [[""] * width for _row in range(height)]
    for box in boxes:
        text = box.text
        if any(mark in text for mark in '\t\n\r"'):
            text = '"' + text.replace('"', '""') + '"'
        rows[box.row][box.column] = text
    return "".join("\t".join(row) + "\r\n" for row in rows)


def _html(boxes: list[CopiedBox]) -> str:
    # no widths: word processors fit the columns to the page better than by the form's own
    lines = []
    for row in range(max(box.row + box.rowspan for box in boxes)):
        cells = "".join(_html_cell(box) for box in boxes if box.row == row)
        lines.append(f"<tr>{cells}</tr>")
    style = "border-collapse:collapse;font-family:宋体,SimSun,serif;font-size:10.5pt"
    table = f'<table border="1" cellspacing="0" cellpadding="3" style="{style}">{"".join(lines)}</table>'
    return f'<html><head><meta charset="utf-8"></head><body>{table}</body></html>'


def _html_cell(box: CopiedBox) -> str:
    spans = f' rowspan="{box.rowspan}"' if box.rowspan > 1 else ""
    spans += f' colspan="{box.colspan}"' if box.colspan > 1 else ""
    style = f"border:1px solid #000;text-align:{'left' if box.line else 'center'};vertical-align:middle"
    return f'<td{spans} style="{style}">{html.escape(box.text)}</td>'


# ---------------------------------------------------------------- paste


def paste(view: FormTableView) -> None:
    """Paste what the clipboard holds, and tell by ``view.pasted`` what became of it.

    Where the block and the selection differ in size, ``view.asked`` asks first.
    """
    view.commit_pending()
    try:
        plan = plan_of(view, block_of(QGuiApplication.clipboard().mimeData()))
    except BlockError as error:
        view.pasted.emit(PasteReport(problem=str(error)))
        return
    if plan.question and not view.grid.editing.read_only:
        view.asked.emit(plan.question, _("从左上角贴入"), partial(_paste_plan, view, plan))
    else:
        _paste_plan(view, plan)


def _paste_plan(view: FormTableView, plan: Plan) -> None:
    view.pasted.emit(_take(view, plan))


def block_of(mime: QMimeData) -> Block:
    """The block of texts in a clipboard content. Raises BlockError when there is none that can be used."""
    text = mime.text() if mime.hasText() else ""
    if mime.hasHtml():
        page = mime.html()
        block = parse_html(page)
        # empty cells empty the table, but a table that only frames pictures is no block
        if block and (any(map(any, block)) or "<img" not in page.lower()):
            return block
    if not text.strip("\r\n \x00") and "\t" not in text:
        if mime.hasImage() or mime.hasHtml():
            raise BlockError(_("剪贴板里没有数字（可能是图片），没有粘贴。"))
        raise BlockError(_("剪贴板是空的，没有可粘贴的内容。"))
    return parse_tsv(text)


def plan_of(view: FormTableView, block: Block) -> Plan:
    """Where the texts of a block go. Raises BlockError where none of them has a place.

    One value fills the selection; a block begins at the current cell, or where the selection begins, and is
    repeated where the selection holds it several times. Labels that were copied along are recognised and left out.
    """
    places = view.grid.places
    chosen = view.selected()
    if not block or not view.current_cell:
        raise BlockError(_("剪贴板是空的，没有可粘贴的内容。"))
    if len(block) == 1 and len(block[0]) == 1 and len(chosen) > 1:
        inputs = [cell for cell in chosen if cell in places.inputs]
        return Plan(tuple((cell, block[0][0]) for cell in inputs))
    room = places.extent(chosen) if len(chosen) > 1 else None
    start = (room.row, room.column) if room else view.current_place
    labels = Labels(places)
    aligned = labels.align(block, *start)
    texts, question = aligned.block, ""
    # figures that were copied with their labels go where these say, whatever is selected
    if room and (aligned.row, aligned.column) == start:
        spots = [places.place[cell] for cell in chosen]
        anchors = _span(row for row, _c in spots), _span(column for _r, column in spots)
        texts, question = _fitted(texts, room, (len(anchors[0]), len(anchors[1])))
    pairs, left_out = [], []
    for r, line in enumerate(texts):
        for c, text in enumerate(line):
            cell = places.anchor(aligned.row + r, aligned.column + c)
            if cell is not None:
                pairs.append((cell, text))
            elif text and not labels.is_label(text):
                left_out.append(text)
    if not pairs:
        raise BlockError(_("这里放不下剪贴板里的内容，没有粘贴。"))
    return Plan(tuple(pairs), tuple(left_out), question)


def _fitted(block: Block, room: Extent, anchors: tuple[int, int]) -> tuple[Block, str]:
    """A block repeated so that it fills the selection, or as it is with the question whether that is meant.

    ``anchors`` are the rows and columns in which the selected cells begin: merged ones may come either way.
    """
    rows, columns = len(block), len(block[0])
    whole = (room.rows, room.columns)
    if (rows, columns) in (whole, anchors):
        return block, ""
    if whole == anchors and room.rows % rows == 0 and room.columns % columns == 0:
        return [line * (room.columns // columns) for line in block] * (room.rows // rows), ""
    question = _("剪贴板里有 {rows} 行 {columns} 列，选中的是 {there} 行 {across} 列，大小不同。").format(
        rows=rows, columns=columns, there=room.rows, across=room.columns
    )
    return block, question


def _take(view: FormTableView, plan: Plan) -> PasteReport:
    """Carry a plan out. Totals are compared with their sums and kept while they differ."""
    grid = view.grid
    session, cells, inputs = grid.editing.session, grid.table.cells, grid.places.inputs
    patch: dict[str, str | None] = {}
    texts: dict[str, str] = {}
    rejected: list[tuple[str, str]] = []
    for cell, text in plan.pairs:
        if cell not in inputs and not text:
            continue
        figure = parse(text, cells[cell].kind)
        if len(text) > MAX_LENGTH or (cell not in inputs and isinstance(figure, Invalid)):
            # what is far too long, or no total at all, is not even kept as typed
            rejected.append((cell, named(name_of(cells[cell]), why_invalid(text, cells[cell].kind))))
            continue
        patch |= figure_patch(session, cells[cell], text)
        texts[cell] = text
    if not grid.apply(patch, _("粘贴")):
        return PasteReport(problem=_("没有粘贴。"))
    for cell, text in texts.items():
        if isinstance(session.value(cell), Invalid):
            rejected.append((cell, named(name_of(cells[cell]), why_invalid(text, cells[cell].kind))))
    bad = {cell for cell, _reason in rejected}
    differing = tuple(
        cell
        for cell in texts
        if session.is_stated(cell) and cell not in bad and session.value(cell) != session.computed(cell)
    )
    return PasteReport(len(texts.keys() - bad), plan.left_out, tuple(rejected), differing)
