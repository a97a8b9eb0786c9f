"""A whole report as pages of marks: what stands where, once for every kind of paper copy."""

from __future__ import annotations

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
from gkdesk.paper.content import Figures, content_of
from gkdesk.paper.faces import FaceSet, load_faces
from gkdesk.paper.geometry import PAGE, Sheet
from gkdesk.paper.marks import Bookmark, Page
from gkdesk.paper.truetype import UnusableFontError
from gkdesk.report import Report

GETA = "〓□?"
"""Stand-ins for a character that no face has, the best first."""


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
        content = content_of(self.report, self._visible)
        title, signature = content.title, content.signature
        blocks: list[Block] = [*self.setter.title(title.before, title.unit, title.rest)]
        for part in content.parts:
            if part.heading:
                blocks += self.setter.heading(part.heading)
            for paragraph in part.texts:
                blocks += self.setter.paragraph(paragraph) if paragraph else [self.setter.blank()]
            if part.figures:
                blocks.append(self._table(part.figures))
        if signature:
            _keep_last(blocks)
            blocks += self.setter.signature(signature.unit, signature.date)
        return blocks

    def _table(self, figures: Figures) -> TableBlock:
        sheet = self.sheet
        # With its heading it should still fit on one page.
        room = sheet.block_height - sheet.leading
        return TableBlock.whole(
            set_table(figures.table, figures.shown, self.faces, sheet.left, sheet.block_width, room)
        )

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
