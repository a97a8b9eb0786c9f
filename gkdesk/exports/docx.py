"""A report as a Word document for review and correction: the content, order and looks of the paper copy."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

from gkdesk.exports.docx_base import (
    BODY,
    DATE,
    HEADING,
    PITCH,
    RUN_IN,
    TITLE,
    UNIT,
    Document,
    empty_document,
    packed,
)
from gkdesk.exports.docx_table import SLACK, fits, table_element
from gkdesk.exports.docx_xml import Element, paragraph, run, twips, w
from gkdesk.exports.plain import plain
from gkdesk.paper import default_faces
from gkdesk.paper.compose_table import SetTable, set_table
from gkdesk.paper.compose_text import TextSetter
from gkdesk.paper.content import Content, Figures, Paragraph, Part, Signature, Title, content_of
from gkdesk.paper.faces import FaceSet, Role
from gkdesk.paper.geometry import DATE_INDENT_CHARACTERS, PAGE
from gkdesk.paper.linebreak import Span, natural_width
from gkdesk.report import Report

SMALLER = 1.0
"""Points that the text of a table gives up, so that a text over it stays on its page."""


def write(report: Report, path: Path) -> None:
    """Write the document to a file. Raises OSError; `gkdesk.exports.write` replaces a file whole or not at all."""
    path.write_bytes(to_bytes(report))


def to_bytes(report: Report) -> bytes:
    """The document as bytes: the same for the same report."""
    content = content_of(report, plain)
    document = empty_document()
    _Writer(document, default_faces()).write(content)
    title = " ".join(content.title.text.split())
    return packed(document, title, content.title.unit, _time(report))


class _Writer:
    """Fills the body of a document."""

    def __init__(self, document: Document, faces: FaceSet) -> None:
        self.faces = faces
        self.setter = TextSetter(faces, PAGE)
        self.body = document.element.body
        self.end = self.body.sectPr

    def write(self, content: Content) -> None:
        for old in self.body.p_lst:
            self.body.remove(old)
        self._title(content.title)
        for part in content.parts:
            self._part(part)
        if content.signature:
            self._signature(content.signature)
        elif self.previous.tag.endswith("}tbl"):
            # Word wants a paragraph behind a table; this one takes no room.
            self._add(paragraph(BODY, spacing=w("spacing", line=20, lineRule="exact")))

    @property
    def previous(self) -> Element:
        """What was added last."""
        return self.end.getprevious()

    def _add(self, element: Element) -> None:
        self.end.addprevious(element)

    def _title(self, title: Title) -> None:
        lines = self.setter.title(title.before, title.unit, title.rest)
        words = "\n".join(each.line.text.strip() for each in lines if each.line)
        self._add(paragraph(TITLE, run(words)))
        self._add(paragraph(TITLE))

    def _part(self, part: Part) -> None:
        if part.heading:
            self._add(paragraph(HEADING, run(" ".join(part.heading.split())), spacing=self._distance()))
        if not part.figures:
            for text in part.texts:
                self._add(self._text(text))
            return
        figures = part.figures
        # A short text stands over its table, set smaller for it; after a longer one the table may take the next page.
        leading = PITCH / 20
        room = PAGE.block_height - leading
        above = sum(len(self.setter.paragraph(text)) if text else 1 for text in part.texts) * leading
        setting, alone = self._set(figures, room - above), self._set(figures, room)
        together = fits(setting, room - above) and alone.size - setting.size <= SMALLER
        for text in part.texts:
            self._add(self._text(text, keeps=together))
        self._table(*((setting, room - above) if together else (alone, room)))

    def _set(self, figures: Figures, room: float) -> SetTable:
        return set_table(figures.table, figures.shown, self.faces, PAGE.left, PAGE.block_width, room - SLACK)

    def _text(self, text: Paragraph | None, *, keeps: bool = False) -> Element:
        if text is None:
            return paragraph(BODY, keepNext=w("keepNext") if keeps else None)
        head, rest = text.text[: text.head], text.text[text.head :]
        runs = [run(head, style=RUN_IN)] if head else []
        if rest:
            runs.append(run(rest))
        # A heading on a line of its own stays with the paragraph under it.
        kept = w("keepNext") if keeps or not rest else None
        return paragraph(BODY, *runs, keepNext=kept, spacing=self._distance())

    def _distance(self) -> Element | None:
        """Half a line of white below a table."""
        return w("spacing", before=PITCH // 2) if self.previous.tag.endswith("}tbl") else None

    def _table(self, setting: SetTable, room: float) -> None:
        if self.previous.tag.endswith("}tbl"):
            # Without a paragraph between them two tables would become one.
            self._add(paragraph(BODY))
        self._add(table_element(setting, room))

    def _signature(self, signature: Signature) -> None:
        """The unit's name centred over the date, four characters free at the right (GB/T 9704-2012, 7.3.5)."""
        last = self.previous
        if not last.tag.endswith("}tbl"):
            last.get_or_add_pPr().get_or_add_keepNext()
        size, measure = PAGE.body_size, PAGE.block_width
        date_width = min(self._width(signature.date), measure)
        middle = measure - DATE_INDENT_CHARACTERS * size - date_width / 2
        # A long name pushes date and name to the left, so that both stay centred.
        middle = max(min(middle, measure - self._width(signature.unit) / 2), measure / 2)
        left = twips(2 * middle - measure)
        self._add(paragraph(UNIT, run(signature.unit), ind=w("ind", left=left)))
        self._add(paragraph(DATE, run(signature.date), ind=w("ind", left=left)))

    def _width(self, text: str) -> float:
        return natural_width([Span(text, Role.FANG, PAGE.body_size)], self.faces)


def _time(report: Report) -> datetime:
    """When the document says it was made: the day of the report, for only the report may decide its bytes."""
    try:
        day = date.fromisoformat(report.fields.get("date", ""))
    except ValueError:
        day = date(min(report.year + 1, 9999), 1, 1)
    return datetime(day.year, day.month, day.day)  # noqa: DTZ001 - python-docx wants UTC without a zone
