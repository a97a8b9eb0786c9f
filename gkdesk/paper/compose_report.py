"""A whole report as pages of marks: what stands where, once for every kind of paper copy."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from gkdesk import paths
from gkdesk.errors import KnownError
from gkdesk.i18n import _
from gkdesk.paper.breaks import clean
from gkdesk.paper.compose_blocks import Block, TextLine, paginate
from gkdesk.paper.compose_furniture import page_number
from gkdesk.paper.compose_table import set_table
from gkdesk.paper.compose_table_block import TableBlock
from gkdesk.paper.compose_text import TextSetter
from gkdesk.paper.faces import FaceSet, load_faces
from gkdesk.paper.geometry import PAGE, Sheet
from gkdesk.paper.marks import Bookmark, Page
from gkdesk.paper.truetype import UnusableFontError
from gkdesk.report import Report
from gkdesk.report.values import MAX_LENGTH

GETA = "〓□?"
"""Stand-ins for a character that no face has, the best first."""

LONGEST_IN_CELL = MAX_LENGTH
"""Characters of a cell that are printed; a longer text was pasted into the wrong place."""


@dataclass(frozen=True, slots=True)
class Options:
    """How a report is composed. Without faces those of `default_faces` are used."""

    faces: FaceSet | None = None
    sheet: Sheet = PAGE


@dataclass(frozen=True, slots=True)
class Pages:
    """Finished pages with what a file says about them.

    `date` is the report's date (ISO) or empty; `missing` are the characters that no face has, each once, printed
    as 〓: name them to the user.
    """

    pages: tuple[Page, ...]
    bookmarks: tuple[Bookmark, ...]
    title: str
    author: str
    date: str
    missing: tuple[str, ...]
    language: str = "zh-CN"


@cache
def default_faces() -> FaceSet:
    """The installed official faces and the bundled ones, found once a process.

    Raises KnownError when the bundled fonts are missing or damaged.
    """
    try:
        return load_faces(paths.resources() / "fonts")
    except (OSError, ValueError, KeyError, UnusableFontError) as error:
        raise KnownError(_("程序自带的字体缺失或损坏。请重新安装本程序。")) from error


def compose(report: Report, options: Options | None = None) -> Pages:
    """Compose title, introduction, sections with their tables, signature and page numbers.

    Everything printed comes from the report and its format. Raises KnownError as `default_faces`.
    """
    chosen = options or Options()
    composer = _Composer(report, chosen.faces or default_faces(), chosen.sheet)
    marks, bookmarks = paginate(composer.blocks(), chosen.sheet)
    sheet = chosen.sheet
    pages = tuple(
        Page((*body, *page_number(number, composer.setter)), number, sheet.width, sheet.height)
        for number, body in enumerate(marks, 1)
    )
    return Pages(
        pages=pages,
        bookmarks=tuple(bookmarks),
        title=" ".join(clean(report.title).split()),
        author=" ".join(clean(report.unit_name).split()),
        date=report.fields.get("date", ""),
        missing=tuple(composer.missing),
    )


class _Composer:
    """The blocks of a report from top to bottom, and the characters that could not be shown."""

    def __init__(self, report: Report, faces: FaceSet, sheet: Sheet) -> None:
        self.report = report
        self.faces = faces
        self.sheet = sheet
        self.setter = TextSetter(faces, sheet)
        self.missing: dict[str, None] = {}
        self.stand_in = next((char for char in GETA if not faces.missing(char)), "")

    def blocks(self) -> list[Block]:
        """All blocks in order."""
        blocks: list[Block] = [*self._title()]
        for section in self.report.form:
            if section.heading:
                blocks += self.setter.heading(self._visible(section.heading))
            for field in section.fields:
                text = self.setter.text(self._visible(self.report.text(field.id)))
                # An empty required text keeps its place, so that the form can still be read.
                blocks += text or ([self.setter.blank()] if field.required and section.heading else [])
            if section.table:
                figures = {cell: self._figure(cell) for cell in section.table.cells}
                # With its heading it should still fit on one page.
                room = self.sheet.block_height - self.sheet.leading
                setting = set_table(
                    section.table, figures, self.faces, self.sheet.left, self.sheet.block_width, room
                )
                blocks.append(TableBlock.whole(setting))
        signed = self.report.fields.get("date", "")
        if signed:
            _keep_last(blocks)
            blocks += self.setter.signature(self._name(), self._visible(signed))
        return blocks

    def _title(self) -> Iterator[Block]:
        # The title is the format's; where it names the unit it may be broken.
        before, _name, rest = self.report.form.title.partition("{unit}")
        before, rest = (self._visible(part.format(unit="", year=self.report.year)) for part in (before, rest))
        yield from self.setter.title(before, self._name(), rest)

    def _name(self) -> str:
        return " ".join(self._visible(self.report.unit_name).split())

    def _figure(self, cell: str) -> str:
        text = " ".join(self._visible(self.report.shown(cell)).split())
        return text if len(text) <= LONGEST_IN_CELL else text[: LONGEST_IN_CELL - 1] + "…"

    def _visible(self, text: str) -> str:
        """A text as it is set; a character that no face has is noted and becomes 〓."""
        text = clean(text)
        missing = self.faces.missing(text)
        if missing:
            self.missing.update(dict.fromkeys(missing))
            text = text.translate({ord(char): self.stand_in for char in missing})
        return text


def _keep_last(blocks: list[Block]) -> None:
    """Keep the last line of text with the signature: a signature never stands on a page without text."""
    if blocks and isinstance(blocks[-1], TextLine):
        blocks[-1] = replace(blocks[-1], keeps=True)
