"""What a copy of a report says and in which order: the same on paper, in Word and on the web."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from gkdesk.formats.model import Box, Section, Table
from gkdesk.paper.breaks import clean
from gkdesk.report import Report
from gkdesk.report.values import MAX_LENGTH

LONGEST_IN_CELL = MAX_LENGTH
"""Characters of a cell that are shown; a longer text was pasted into the wrong place."""

LONGEST_RUN_IN = 40
"""Characters of a run-in heading; a longer first sentence is no heading."""

ITEM = re.compile("[一二三四五六七八九十]+、|[（(][一二三四五六七八九十]+[）)]|[0-9]+[.．、]")
"""The number of an item at the start of a label."""

_NUMBERED = re.compile("[（(][一二三四五六七八九十百]{1,4}[）)]")
_BLANKS = " \t\u3000\u00a0"


@dataclass(frozen=True, slots=True)
class Title:
    """The title in three parts: a title too long for a line is broken where it names the unit."""

    before: str
    unit: str
    rest: str

    @property
    def text(self) -> str:
        return self.before + self.unit + self.rest


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph, not empty; its first `head` characters are a run-in heading (（一）… up to the full stop)."""

    text: str
    head: int = 0


@dataclass(frozen=True, slots=True)
class Figures:
    """A table and what is shown in each of its cells."""

    table: Table
    shown: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Part:
    """A section as it is read: heading (empty for 引言), paragraphs, table. None is the place of a text not written."""

    section: Section
    heading: str
    texts: tuple[Paragraph | None, ...]
    figures: Figures | None


@dataclass(frozen=True, slots=True)
class Signature:
    """The unit's name over the date (落款)."""

    unit: str
    date: str


@dataclass(frozen=True, slots=True)
class Content:
    """A whole report; without a date it is not signed."""

    title: Title
    parts: tuple[Part, ...]
    signature: Signature | None


def content_of(report: Report, visible: Callable[[str], str] = clean) -> Content:
    """The content of a report; every text goes through `visible` first, which answers what can be shown."""
    name = " ".join(visible(report.unit_name).split())
    before, _unit, rest = report.form.title.partition("{unit}")
    before, rest = (visible(part.format(unit="", year=report.year)) for part in (before, rest))
    parts = tuple(_part(report, section, visible) for section in report.form)
    signed = report.fields.get("date", "")
    signature = Signature(name, spell_date(visible(signed))) if signed else None
    return Content(Title(before, name, rest), parts, signature)


def run_in(text: str) -> int:
    """Length of the heading （一）… at the start of a paragraph up to its full stop; 0 where there is none."""
    if not _NUMBERED.match(text):
        return 0
    end = text.find("。") + 1 or len(text)
    return end if end <= LONGEST_RUN_IN else 0


def spell_date(signed: str) -> str:
    """2026年1月20日, without leading zeros (GB/T 9704-2012, 7.3.5.4); what is no ISO date is left as it is."""
    try:
        day = date.fromisoformat(signed)
    except ValueError:
        return signed
    return f"{day.year}年{day.month}月{day.day}日"


def left_aligned(box: Box) -> bool:
    """Whether a label begins at the left: numbered items of one row do, all else is centred."""
    return box.role == "label" and box.rowspan == 1 and bool(ITEM.match(box.text))


def _part(report: Report, section: Section, visible: Callable[[str], str]) -> Part:
    texts: list[Paragraph | None] = []
    heading = visible(section.heading)
    for field in section.fields:
        written = list(_paragraphs(visible(report.text(field.id))))
        texts += written
        if not written and field.required and heading:
            # An empty required text keeps its place, so that the form can still be read.
            texts.append(None)
    figures = None
    if section.table:
        figures = Figures(
            section.table, {cell: _figure(visible(report.shown(cell))) for cell in section.table.cells}
        )
    return Part(section, heading, tuple(texts), figures)


def _paragraphs(text: str) -> Iterator[Paragraph]:
    """Every line of a text that is not empty."""
    for raw in text.split("\n"):
        paragraph = raw.strip(_BLANKS)
        if paragraph:
            yield Paragraph(paragraph, run_in(paragraph))


def _figure(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= LONGEST_IN_CELL else text[: LONGEST_IN_CELL - 1] + "…"
