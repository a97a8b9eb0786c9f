"""A whole report as pages of marks: what stands where, once for every kind of paper copy."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Literal, get_args

from gkdesk import paths
from gkdesk.errors import KnownError
from gkdesk.i18n import _
from gkdesk.paper.breaks import clean
from gkdesk.paper.compose_blocks import Block, TextLine, paginate
from gkdesk.paper.compose_furniture import foot_code, foot_qr, page_number, watermark
from gkdesk.paper.compose_table import set_table
from gkdesk.paper.compose_table_block import TableBlock
from gkdesk.paper.compose_text import TextSetter
from gkdesk.paper.content import Figures, content_of
from gkdesk.paper.faces import FaceSet, Wishes, load_faces
from gkdesk.paper.geometry import PAGE, Sheet
from gkdesk.paper.marks import Bookmark, Mark, Page, Place
from gkdesk.paper.truetype import UnusableFontError
from gkdesk.report import Report
from gkdesk.report.fingerprint import fingerprint

GETA = "〓□?"
"""Stand-ins for a character that no face has, the best first."""

Copy = Literal["plain", "review", "final"]
"""The bare report (for preview and publication), 送审稿, 正式稿."""

REVIEW_WORD = "送审稿"


@dataclass(frozen=True, slots=True)
class Options:
    """How a report is composed. Without faces those of `default_faces` are used.

    A review copy has the sign-off sheet, a watermark, and the notes of explained warnings at its end; a final copy has
    the fingerprint's QR symbol on its last page; both have the fingerprint at each foot, the final one unless `code`
    is False. `previous` is last year's report, for the checks that the sheet tells of. Raises ValueError for another
    copy.
    """

    faces: FaceSet | None = None
    sheet: Sheet = PAGE
    copy: Copy = "plain"
    code: bool = True
    previous: Report | None = None

    def __post_init__(self) -> None:
        if self.copy not in get_args(Copy):
            raise ValueError(self.copy)


@dataclass(frozen=True, slots=True)
class Pages:
    """Finished pages with what a file says about them.

    `date` is the report's date (ISO) or empty; `missing` are the characters that no face has, each once, printed
    as 〓: name them to the user. `places` are the cells of the tables, in the order in which they stand.
    """

    pages: tuple[Page, ...]
    bookmarks: tuple[Bookmark, ...]
    title: str
    author: str
    date: str
    missing: tuple[str, ...]
    places: tuple[Place, ...]
    language: str = "zh-CN"


def default_faces() -> FaceSet:
    """The installed official faces and the bundled ones, found once a process.

    Raises KnownError when the bundled fonts are missing or damaged.
    """
    return chosen_faces(())


@cache
def chosen_faces(wishes: Wishes) -> FaceSet:
    """The same with the user's choice where it can be used. Raises KnownError as `default_faces`."""
    try:
        return load_faces(paths.resources() / "fonts", dict(wishes))
    except (OSError, ValueError, KeyError, UnusableFontError) as error:
        raise KnownError(_("程序自带的字体缺失或损坏。请重新安装本程序。")) from error


def compose(report: Report, options: Options | None = None) -> Pages:
    """Compose title, introduction, sections with their tables, signature, page numbers, and what the copy adds.

    Everything printed comes from the report and its format. Raises KnownError as `default_faces`.
    """
    chosen = options or Options()
    composer = _Composer(report, chosen.faces or default_faces(), chosen.sheet)
    report_pages = paginate(composer.blocks(), chosen.sheet)
    bodies = [_Body(body, number) for number, body in enumerate(report_pages.pages, 1)]
    bookmarks, before = report_pages.bookmarks, 0
    code = fingerprint(report) if chosen.copy == "review" or (chosen.copy == "final" and chosen.code) else ""
    if chosen.copy == "review":
        bodies, bookmarks = _for_review(composer, chosen, code, bodies, bookmarks)
        before = 1
    dress = _Dress(composer.setter, code, chosen.copy)
    return Pages(
        pages=tuple(dress.page(body, last=body is bodies[-1]) for body in bodies),
        bookmarks=tuple(bookmarks),
        title=" ".join(clean(report.title).split()),
        author=" ".join(clean(report.unit_name).split()),
        date=report.fields.get("date", ""),
        missing=tuple(composer.missing),
        places=tuple(replace(place, page=place.page + before) for place in report_pages.places),
    )


@dataclass(frozen=True, slots=True)
class _Body:
    """The text block of a page; `number` is printed where there is one."""

    marks: Sequence[Mark]
    number: int | None


@dataclass(frozen=True, slots=True)
class _Dress:
    """Puts round a text block what the copy wants on every page."""

    setter: TextSetter
    code: str
    copy: Copy

    def page(self, body: _Body, *, last: bool) -> Page:
        """The finished page; what lies under the text comes first."""
        marks: list[Mark] = []
        if self.copy == "review":
            marks += watermark(REVIEW_WORD, self.setter)
        marks += body.marks
        if body.number is not None:
            marks += page_number(body.number, self.setter)
        if self.code:
            marks += foot_code(self.code, self.setter)
        if self.code and self.copy == "final" and last and body.number is not None:
            marks += foot_qr(self.code, body.number, self.setter.sheet)
        sheet = self.setter.sheet
        return Page(tuple(marks), body.number, sheet.width, sheet.height)


def _for_review(
    composer: _Composer, options: Options, code: str, bodies: list[_Body], bookmarks: list[Bookmark]
) -> tuple[list[_Body], list[Bookmark]]:
    """The sign-off sheet before the report and the notes of explained warnings after it; neither has a number."""
    from gkdesk.paper import compose_signoff, signoff  # the checks are loaded for a review copy only

    content = signoff.sign_off(composer.report, options.previous)
    front = compose_signoff.sign_off_sheet(content, code, composer.setter, composer.visible)
    first = Bookmark(compose_signoff.TITLE, 0, 0, options.sheet.top)
    marked = [first, *(replace(bookmark, page=bookmark.page + 1) for bookmark in bookmarks)]
    pages = [_Body(front, None), *bodies]
    if content.explained:
        blocks = compose_signoff.note_blocks(content.explained, composer.setter, composer.visible)
        notes = paginate(blocks, options.sheet)
        marked += [replace(bookmark, page=bookmark.page + len(pages)) for bookmark in notes.bookmarks]
        pages += [_Body(body, None) for body in notes.pages]
    return pages, marked


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
        content = content_of(self.report, self.visible)
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
        room = sheet.bottom - sheet.line_top(1)
        return TableBlock.whole(
            set_table(figures.table, figures.shown, self.faces, sheet.left, sheet.block_width, room)
        )

    def visible(self, text: str) -> str:
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
