"""Text into the cells of a table: broken by the same rules as paragraphs, smaller where it does not fit."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import floor

from gkdesk.paper.faces import FaceSet, Role
from gkdesk.paper.linebreak import HALF, Line, Span, break_lines, natural_width

_STEP = 0.5


@dataclass(frozen=True, slots=True)
class Fitted:
    """The lines of a cell and the size they are set in (points).

    `fits` is False when even the smallest size needs more lines than wished or cuts a word or number; the row has to
    grow then. Nothing is lost in either case.
    """

    lines: tuple[Line, ...]
    size: float
    fits: bool

    @property
    def width(self) -> float:
        """Width of the widest line in points."""
        return max(line.width for line in self.lines)


def fit_cell(
    text: str,
    role: Role,
    faces: FaceSet,
    width: float,
    size: float,
    *,
    minimum: float,
    lines: int = 1,
    balanced: bool = False,
) -> Fitted:
    r"""Set a text in a cell that is `width` points wide inside its margins, in at most `lines` lines.

    The largest size from `size` down to `minimum` is taken in which the text fits. `balanced` makes lines
    about equally long (商业 / 企业, not 商业企 / 业), for headers that are centred. A \n begins a new line and
    raises the number of lines to what it asks for.
    """
    wished = max(lines, text.count("\n") + 1)
    minimum = min(minimum, size)
    # No larger size can do, even if every line gave up half a character at its end. On one line only full width counts.
    natural = natural_width([Span(text, role, size)], faces) - (wished > 1) * wished * HALF * size
    if natural > wished * width:
        size = floor(10 * size * wished * width / natural) / 10
    for points in _sizes(size, minimum):
        span = [Span(text, role, points)]
        found = break_lines(span, faces, width, justify=False)
        fits = len(found) <= wished and not any(line.forced or line.width > width for line in found)
        if fits or points <= minimum:
            if balanced and fits and len(found) > 1:
                found = _balance(span, faces, width, found)
            return Fitted(tuple(found), points, fits)
    raise AssertionError("sizes end with the minimum")


def _sizes(size: float, minimum: float) -> Iterator[float]:
    """Sizes to try, the largest first, ending with the minimum."""
    while size > minimum:
        yield size
        size -= _STEP
    yield minimum


def _balance(span: list[Span], faces: FaceSet, width: float, found: list[Line]) -> list[Line]:
    """The same number of lines in the narrowest measure that still holds them."""
    measure = sum(line.width for line in found) / len(found)
    while measure < width:
        narrow = break_lines(span, faces, measure, justify=False)
        if len(narrow) == len(found) and not any(line.forced or line.width > measure for line in narrow):
            return narrow
        measure += span[0].size / 2
    return found
