"""Texts of a report as lines of the grid: title, headings, paragraphs with run-in headings, signature."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import lru_cache
from math import ceil

from gkdesk.paper.compose_blocks import TextLine
from gkdesk.paper.content import Paragraph
from gkdesk.paper.faces import FaceSet, Role
from gkdesk.paper.geometry import DATE_INDENT_CHARACTERS, SIZE_2, Sheet
from gkdesk.paper.linebreak import Line, Span, break_lines, natural_width

BLANK_BEFORE_SIGNATURE = 2
"""Blank lines before the unit's name, so that the seal over name and date keeps clear of the text."""

_KEPT_PARAGRAPHS, _LONGEST_KEPT = 256, 4000

# Where the name of a unit may be cut: after a place or an office, not inside 市场, 城市管理 or 广州市.
_SENSE = re.compile(
    ".+?(?:自治[区州县]|省|市(?![场容政民管])|[区县](?!域)|州(?![市区县])|[盟旗乡镇]|政府|[局厅]|委员会)|.+"
)


class TextSetter:
    """Sets texts in the faces of one report on one sheet."""

    def __init__(self, faces: FaceSet, sheet: Sheet) -> None:
        self.faces = faces
        self.sheet = sheet

    def title(self, before: str, unit: str, rest: str) -> list[TextLine]:
        """The title, centred, and a blank line (GB/T 9704-2012, 7.3.1); one line, or broken at sense.

        The unit's name and what follows it are never mixed on a line when the title needs more than one.
        """
        whole = before + unit + rest
        if self._width(whole, SIZE_2) <= self.sheet.block_width:
            texts = [whole]
        else:
            texts = [text for text in (before + unit, rest) if text]
        lines = [line for text in texts for part in self._by_sense(text) for line in self._balanced(part)]
        blocks = [self._centred(line, SIZE_2) for line in lines]
        return _together([*blocks, self.blank()])

    def heading(self, text: str) -> list[TextLine]:
        """A heading of the first level, 黑体, which never ends a page; it is a bookmark."""
        blocks = self._lines([Span(text, Role.HEI, self.sheet.body_size)])
        blocks[0] = replace(blocks[0], bookmark=" ".join(text.split()))
        return [replace(block, keeps=True) for block in blocks]

    def paragraph(self, paragraph: Paragraph) -> list[TextLine]:
        """A paragraph; the first line and the last never stand alone on a page. A run-in heading is a bookmark."""
        text, head = paragraph.text, paragraph.head
        spans = [Span(text[:head], Role.KAI, self.sheet.body_size)] if head else []
        if head < len(text):
            spans.append(Span(text[head:], Role.FANG, self.sheet.body_size))
        blocks = _without_single_lines(self._lines(spans))
        if head:
            blocks[0] = replace(blocks[0], bookmark=" ".join(text[:head].rstrip("。").split()), level=1)
        if head == len(text):
            # A heading on a line of its own stays with the paragraph under it.
            blocks[-1] = replace(blocks[-1], keeps=True)
        return blocks

    def signature(self, unit: str, signed: str) -> list[TextLine]:
        """The unit's name centred over the date, four characters free at the right (7.3.5.1), after blank lines."""
        size, measure = self.sheet.body_size, self.sheet.block_width
        written = break_lines([Span(signed, Role.FANG, size)], self.faces, measure, justify=False)
        names = break_lines([Span(unit, Role.FANG, size)], self.faces, measure, justify=False)
        right = measure - DATE_INDENT_CHARACTERS * size
        middle = right - max(line.width for line in written) / 2
        # A long name pushes date and name to the left, so that both stay centred.
        middle = min(middle, measure - max(line.width for line in names) / 2)
        blocks = [self.blank() for _line in range(BLANK_BEFORE_SIGNATURE)]
        for line in (*names, *written):
            x = self.sheet.left + middle - line.width / 2
            blocks.append(self._line(line, x))
        return _together(blocks)

    def blank(self) -> TextLine:
        """A line of white."""
        return self._line(None, self.sheet.left)

    def _lines(self, spans: Sequence[Span]) -> list[TextLine]:
        sheet = self.sheet
        short = sum(len(span.text) for span in spans) <= _LONGEST_KEPT
        broken = _kept if short else _broken
        lines = broken(tuple(spans), self.faces, sheet.block_width, sheet.indent)
        return [self._line(line, sheet.left) for line in lines]

    def _line(self, line: Line | None, x: float, size: float | None = None) -> TextLine:
        sheet = self.sheet
        return TextLine(line, x, sheet.leading, sheet.baseline(0, size) - sheet.grid_top)

    def _by_sense(self, text: str) -> list[str]:
        """A long name cut after 省, 市, 县, 局 … into lines about equally long, at most one more than it needs."""
        measure = self.sheet.block_width
        needed = ceil(self._width(text, SIZE_2) / measure)
        parts = [text]
        if needed < 2:
            return parts
        # In ever narrower measures the first lines give to the last ones.
        while (
            measure > self.sheet.block_width / 2 and len(lines := self._packed(text, measure)) <= needed + 1
        ):
            if len(lines) > len(parts) > 1:
                break
            parts = lines
            measure -= SIZE_2
        return parts

    def _packed(self, text: str, measure: float) -> list[str]:
        """The parts of a name, as many on a line as the measure holds."""
        lines: list[str] = []
        for part in _SENSE.findall(text):
            if lines and self._width(lines[-1] + part, SIZE_2) <= measure:
                lines[-1] += part
            else:
                lines.append(part)
        return lines

    def _balanced(self, text: str) -> list[Line]:
        """Lines of the title, about equally long."""
        span = [Span(text, Role.SONG, SIZE_2)]
        measure = self.sheet.block_width
        lines = break_lines(span, self.faces, measure, justify=False)
        narrower = measure
        while len(lines) > 1 and narrower > measure / 2:
            narrower -= SIZE_2
            tried = break_lines(span, self.faces, narrower, justify=False)
            if len(tried) > len(lines):
                break
            lines = tried
        return lines

    def _centred(self, line: Line, size: float) -> TextLine:
        x = self.sheet.left + (self.sheet.block_width - line.width) / 2
        return self._line(line, x, size)

    def _width(self, text: str, size: float) -> float:
        return natural_width([Span(text, Role.SONG, size)], self.faces)


def _broken(spans: tuple[Span, ...], faces: FaceSet, measure: float, indent: float) -> tuple[Line, ...]:
    """The lines of a paragraph."""
    return tuple(break_lines(spans, faces, measure, first_indent=indent))


_kept = lru_cache(maxsize=_KEPT_PARAGRAPHS)(_broken)
"""The same, kept: an edit changes one paragraph of many."""


def _together(blocks: Iterable[TextLine]) -> list[TextLine]:
    """All blocks on one page; the last is free."""
    kept = [replace(block, keeps=True) for block in blocks]
    kept[-1] = replace(kept[-1], keeps=False)
    return kept


def _without_single_lines(blocks: list[TextLine]) -> list[TextLine]:
    if len(blocks) > 1:
        for i in (0, len(blocks) - 2):
            blocks[i] = replace(blocks[i], keeps=True)
    return blocks
