"""Importing: a file from anywhere -> a report, with a reading for every cell and a reason for what is missing.

imported = import_source(path)
imported.report, imported.cells["t3.new.total"].certain, imported.refused, imported.missing
"""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from gkdesk import formats
from gkdesk.errors import KnownError
from gkdesk.formats.model import Format
from gkdesk.i18n import _
from gkdesk.imports import gate
from gkdesk.imports.flat_rows import FlatRow, flat_rows
from gkdesk.imports.grids import Line, expand
from gkdesk.imports.match_tables import Matched, match_tables
from gkdesk.imports.match_texts import Paragraph, Texts, match_texts
from gkdesk.imports.reading import Reading, Refusal
from gkdesk.report import Report, report_json, spell
from gkdesk.report.session import MAX_TEXT, clean_text

_FLAT_TABLES = 1_000
"""Numbers of the tables that were made of paragraphs begin here."""
_MOST_LINES = 3_000
"""Of all tables together; a report has about sixty."""
_OWN_YEAR = 15
"""How much more (in readings) the format of the report's year counts than any other."""


class NothingFound(KnownError):
    """A file that was read but holds no annual report."""


@dataclass(frozen=True)
class Imported:
    """What came out of a source.

    ``cells`` has a reading for every cell that was found, blank ones included (value None); ``missing`` are the
    cells that were not found at all, ``refused`` what is there but cannot be told. ``fields`` are texts and unit
    (keys as in a report); ``guessed`` those of them to confirm. ``year`` is None where the source does not say.
    """

    form: Format
    year: int | None
    cells: Mapping[str, Reading] = field(default_factory=dict)
    fields: Mapping[str, str] = field(default_factory=dict)
    guessed: frozenset[str] = frozenset()
    refused: tuple[Refusal, ...] = ()
    missing: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    name: str = ""
    kind: str = ""
    source: Sequence[Mapping[str, Any]] = ()
    """The blocks that were read (see contract), for showing them; none for a workbook of our own."""

    @property
    def report(self) -> Report | None:
        """The report that was read; None where its year is not known (see `with_year`)."""
        if self.year is None:
            return None
        cells = {id: reading.value for id, reading in self.cells.items() if reading.value is not None}
        return Report(self.form, self.year, cells, dict(self.fields))

    @property
    def uncertain(self) -> tuple[str, ...]:
        """Cells that were guessed, in print order."""
        return tuple(id for id in self.form.cells if id in self.cells and not self.cells[id].certain)

    @property
    def doubtful(self) -> bool:
        """Whether anything is left to confirm or to fill in."""
        return bool(self.uncertain or self.refused or self.missing)

    def with_year(self, year: int) -> Imported:
        """The same for another year. Figures stay as they were read, in the format of the source."""
        return replace(self, year=year)


def import_source(path: Path, year: int | None = None, *, stop: threading.Event | None = None) -> Imported:
    """Read a file through the gate. ``year`` overrides what the source says.

    Raises KnownError that names the file: unreadable, hostile, cancelled, or no annual report in it.
    """
    foreign = gate.load(path)
    return import_foreign(foreign, year, stop=stop)


def import_text(
    text: str, year: int | None = None, *, html: bool = False, stop: threading.Event | None = None
) -> Imported:
    """Read what was pasted: plain text, or the HTML of the clipboard. Raises KnownError."""
    foreign = gate.given("html" if html else "text", text.encode(errors="replace"), _("剪贴板"))
    return import_foreign(foreign, year, stop=stop)


def import_paste(html: str, text: str, *, stop: threading.Event | None = None) -> Imported:
    """Read what a clipboard holds: its HTML where that has tables, else its text, whichever is a report.

    Raises KnownError as import_text.
    """
    tries = [(html, True)] if "<table" in html.lower() else []
    tries += [(text, False)] if text.strip() else [(html, True)]
    for content, is_html in tries[:-1]:
        try:
            return import_text(content, html=is_html, stop=stop)
        except NothingFound:
            continue
    content, is_html = tries[-1]
    return import_text(content, html=is_html, stop=stop)


def import_foreign(
    foreign: gate.Foreign, year: int | None = None, *, stop: threading.Event | None = None
) -> Imported:
    """Read bytes that the gate has recognised. Raises KnownError as import_source."""
    if foreign.kind == "xlsx":
        text = gate.run(foreign, gate.OWN_WORKBOOK, stop=stop)["report"]
        if text is not None:
            return own(report_json.loads(text), foreign.name, _("本程序的工作簿"), year)
    reading = gate.read(foreign, stop)
    return understand(reading, kind=foreign.kind, name=foreign.name, year=year)


def understand(reading: Mapping[str, Any], *, kind: str, name: str = "", year: int | None = None) -> Imported:
    """What the blocks of a reader say. Raises NothingFound where that is no annual report."""
    blocks: Sequence[Mapping[str, Any]] = reading["blocks"]
    grids = _grids(blocks, flat=kind == "text")
    tries = [_try(blocks, grids, form, reading.get("title", "")) for form in formats.available()]
    known = year or next((each[1].year for each in tries if each[1].year), None)
    best = max(
        tries,
        key=lambda each: each[0].weight + _OWN_YEAR * (known is not None and each[0].form.covers(known)),
    )
    matched, texts = best
    # after the format is known: which one it is, labels and rows say, whatever the sums
    matched.doubt_slipped()
    if not matched.cells and texts.headings < 2:
        message = _("“{file}”不是能读的年报：没有认出统计表，也没有认出各部分的标题。")
        raise NothingFound(message.format(file=name))
    return _result(matched, texts, reading, year or texts.year, name, kind)


def _grids(blocks: Sequence[Mapping[str, Any]], *, flat: bool) -> list[tuple[int, list[Line]]]:
    """The lines of every table with the number of its block."""
    found: list[tuple[int, list[Line]]] = []
    for number, block in enumerate(blocks):
        if block["kind"] == "table":
            where = block.get("where", "") or _("第 {number} 张表").format(number=len(found) + 1)
            found.append((number, expand(block["rows"], where, number, flat=flat)))
    return found


def _try(
    blocks: Sequence[Mapping[str, Any]], grids: Sequence[tuple[int, list[Line]]], form: Format, title: str
) -> tuple[Matched, Texts]:
    """Everything read as a report of one format."""
    lines = [line for _block, grid in grids for line in grid][:_MOST_LINES]
    matched = match_tables(lines, form)
    flat = _flat(blocks, form) if len(matched.cells) < len(form.cells) else []
    used: set[int] = set()
    if flat:
        second = match_tables([row.line for row in flat], form)
        matched.add(second)
        used = {
            block for row in flat if (row.line.table, row.line.index) in second.lines for block in row.blocks
        }
    paragraphs = []
    for number, block in enumerate(blocks):
        if block["kind"] == "table":
            paragraphs.append(Paragraph(number, "", table=True))
        elif text := clean_text(block["text"]).strip():
            paragraphs.append(Paragraph(number, text, table=number in used))
    return matched, match_texts(paragraphs, form, title)


def _flat(blocks: Sequence[Mapping[str, Any]], form: Format) -> list[FlatRow]:
    paragraphs = [
        (number, str(block["text"]), str(block.get("where", "")))
        for number, block in enumerate(blocks)
        if block["kind"] == "paragraph"
    ]
    return flat_rows(paragraphs, form, _FLAT_TABLES)


def _result(
    matched: Matched, texts: Texts, reading: Mapping[str, Any], year: int | None, name: str, kind: str
) -> Imported:
    form = matched.form
    fields = dict(texts.fields)
    fields |= {f"units.{id}": unit for id, unit in matched.units.items()}
    refusals = [*matched.refused, *texts.refused]
    for key in [key for key, text in fields.items() if len(text) > MAX_TEXT]:
        del fields[key]
        refusals.append(Refusal(key, _("文字太长：一处最多 {count} 字。").format(count=MAX_TEXT), ""))
    refused = {id for refusal in matched.refused for id in refusal.cells}
    missing = tuple(id for id in form.cells if id not in matched.cells and id not in refused)
    notes = [*reading.get("notes", ())]
    if year is None:
        notes.append(_("没有找到年份，请自己选。"))
    elif not form.covers(year):
        notes.append(_("表格是{form}，但年份是 {year} 年，请核对年份。").format(form=form.called, year=year))
    return Imported(
        form=form,
        year=year,
        cells={id: matched.cells[id] for id in form.cells if id in matched.cells},
        fields=fields,
        guessed=frozenset(texts.guessed & fields.keys()),
        refused=tuple(refusals),
        missing=missing,
        notes=tuple(notes),
        name=name,
        kind=kind,
        source=tuple(reading["blocks"]),
    )


def own(report: Report, name: str, where: str, year: int | None = None) -> Imported:
    """A report that needs no matching, as its cells have names: of a workbook, a document or report JSON of ours."""
    cells = {
        id: Reading(spell(value), value, certain=True, where=where) for id, value in report.cells.items()
    }
    missing = tuple(id for id in report.form.cells if id not in cells and id not in report.form.sums)
    return Imported(
        report.form, year or report.year, cells, dict(report.fields), missing=missing, name=name, kind="xlsx"
    )
