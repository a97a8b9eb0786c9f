"""Where words and issues of a report stand on its finished pages: for the preview's search and jumps."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from gkdesk.paper.geometry import ASCENT
from gkdesk.paper.marks import Page, Place
from gkdesk.report import Issue, Report

CONTEXT = (24, 12, 6, 0)
"""Characters round an issue's words that must stand round them on paper too; the most that is found counts."""

Found = tuple[Place, ...]
"""One hit: a box for each line that it runs over."""


@dataclass(frozen=True, slots=True)
class _Glyph:
    """A character on paper."""

    x: float
    width: float
    baseline: float
    size: float


class Finder:
    """The words of finished pages in reading order. Blanks, line ends, capitals and full width do not count."""

    def __init__(self, pages: tuple[Page, ...]) -> None:
        self._pages = [_read(page) for page in pages]

    def find(self, words: str) -> list[Found]:
        """Every place of words, in reading order; none for words of blanks."""
        wanted = _folded(words)
        return [self._boxes(page, start, start + len(wanted)) for page, start in self._hits(wanted)]

    def find_within(self, before: str, words: str, after: str) -> Found:
        """The place of words between two others; empty where they do not stand so."""
        skip, wanted = len(_folded(before)), _folded(words)
        for page, start in self._hits(_folded(before) + wanted + _folded(after)):
            return self._boxes(page, start + skip, start + skip + len(wanted))
        return ()

    def _hits(self, wanted: str) -> Iterator[tuple[int, int]]:
        for page, (text, _glyphs) in enumerate(self._pages):
            start = text.find(wanted) if wanted else -1
            while start >= 0:
                yield page, start
                start = text.find(wanted, start + len(wanted))

    def _boxes(self, page: int, start: int, end: int) -> Found:
        glyphs = self._pages[page][1][start:end]
        boxes = []
        for baseline, line in groupby(glyphs, key=lambda glyph: glyph.baseline):
            row = list(line)
            size = max(glyph.size for glyph in row)
            right = row[-1].x + row[-1].width
            boxes.append(Place("", page, row[0].x, baseline - ASCENT * size, right - row[0].x, size))
        return tuple(boxes)


def places_of(issue: Issue, report: Report, finder: Finder, places: tuple[Place, ...]) -> Found:
    """Where an issue is seen on paper: its cells, its words, or the heading of its section. Empty where nowhere.

    `places` are the cells' of the same pages (``Pages.places``). What is said of the unit stands where its words are
    printed first; a unit field that is empty stands nowhere.
    """
    cells = tuple(place for place in places if place.key in issue.cells)
    if cells:
        return cells
    key = issue.field or ""
    if issue.span is not None:
        words = _words(issue.span, report.fields.get(key, ""), finder)
        if words:
            return words
    section = report.form.section_of(key)
    if section is not None:
        return next(iter(finder.find(section.heading)), ())
    return next(iter(finder.find(report.fields.get(key, ""))), ())


def _words(span: tuple[int, int], text: str, finder: Finder) -> Found:
    """The words of a span, told from the same words elsewhere by what stands round them."""
    start, end = span
    for context in CONTEXT:
        # A paragraph may end a page: what stands round the words is of the same one.
        before = text[max(0, start - context) : start].rpartition("\n")[2]
        after = text[end : end + context].partition("\n")[0]
        found = finder.find_within(before, text[start:end], after)
        if found:
            return found
    return ()


def _read(page: Page) -> tuple[str, list[_Glyph]]:
    letters: list[str] = []
    glyphs: list[_Glyph] = []
    for run in page.runs():
        if run.angle:
            continue  # a watermark
        x = run.x
        for char in run.text:
            width = run.face.advances[char] * run.size
            for letter in _folded(char):
                letters.append(letter)
                glyphs.append(_Glyph(x, width, run.baseline, run.size))
            x += width + run.spacing
    return "".join(letters), glyphs


def _folded(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())
