"""The marks of a page as PDF operators (ISO 32000-1, annex A)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from math import cos, radians, sin

from gkdesk.exports.pdf_fonts import EmbeddedFace
from gkdesk.paper.marks import Box, Mark, Page, Run, Stroke
from gkdesk.paper.truetype import Face

FontOf = Callable[[Face], EmbeddedFace]

# A watermark is no part of the text: copied and extracted text would have its characters between the lines.
_WITHOUT_TEXT = "/Artifact BMC /Span <</ActualText <FEFF>>> BDC"


def page_content(page: Page, font: FontOf) -> str:
    """Everything that is drawn on a page, in the order of its marks; `font` gives the font of a face."""
    lines: list[str] = []
    for kind, marks in groupby(page.marks, type):
        lines += _DRAWERS[kind](list(marks), page.height, font)
    return "\n".join(lines) + "\n"


def _texts(runs: Sequence[Run], height: float, font: FontOf) -> Iterator[str]:
    """One text object; only what differs from the run before is said again."""
    yield "BT"
    shape: tuple[str, float] | None = None
    spacing = grey = None
    for run in runs:
        embedded = font(run.face)
        codes = embedded.encode(run.text)
        if shape != (embedded.name, run.size):
            shape = (embedded.name, run.size)
            yield f"/{embedded.name} {_number(run.size)} Tf"
        if spacing != run.spacing:
            spacing = run.spacing
            yield f"{_number(spacing)} Tc"
        if grey != run.grey:
            grey = run.grey
            yield f"{_number(grey)} g"
        if run.angle:
            along, up = cos(radians(run.angle)), sin(radians(run.angle))
            turned = f"{_number(along)} {_number(up)} {_number(-up)} {_number(along)}"
        else:
            turned = "1 0 0 1"
        shown = f"{turned} {_number(run.x)} {_number(height - run.baseline)} Tm <{codes}> Tj"
        yield f"{_WITHOUT_TEXT} {shown} EMC EMC" if run.angle else shown
    yield "ET"


def _strokes(strokes: Sequence[Stroke], height: float, _font: FontOf) -> Iterator[str]:
    for (width, grey), same in groupby(strokes, lambda stroke: (stroke.width, stroke.grey)):
        yield f"{_number(width)} w {_number(grey)} G"
        for line in same:
            start = f"{_number(line.x0)} {_number(height - line.y0)} m"
            yield f"{start} {_number(line.x1)} {_number(height - line.y1)} l"
        yield "S"


def _boxes(boxes: Sequence[Box], height: float, _font: FontOf) -> Iterator[str]:
    for grey, same in groupby(boxes, lambda box: box.grey):
        yield f"{_number(grey)} g"
        for box in same:
            low = height - box.y - box.height
            yield f"{_number(box.x)} {_number(low)} {_number(box.width)} {_number(box.height)} re"
        yield "f"


_DRAWERS: dict[type[Mark], Callable[..., Iterator[str]]] = {Run: _texts, Stroke: _strokes, Box: _boxes}


def _number(value: float) -> str:
    """A number to a thousandth of a point, as short as possible."""
    text = f"{value:.3f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text
