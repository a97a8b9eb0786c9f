"""The sign-off sheet (签批单), first page of a review copy: one form with room for hand, date and seal."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from gkdesk.paper.cells import Fitted, fit_cell
from gkdesk.paper.compose_blocks import TextLine
from gkdesk.paper.compose_furniture import CODE_WORD, qr_boxes
from gkdesk.paper.compose_table_block import FRAME, RULE
from gkdesk.paper.compose_text import TextSetter
from gkdesk.paper.content import Paragraph
from gkdesk.paper.faces import Role
from gkdesk.paper.geometry import ASCENT, MM, SIZE_2, centred
from gkdesk.paper.linebreak import Span, break_lines
from gkdesk.paper.marks import Mark, Stroke
from gkdesk.paper.signoff import STEPS, Figure, SignOff

TITLE = "送审签批单"
NOTES_HEADING = "提醒说明"
SIZE = 12.0
"""小四, as forms are set."""
SMALLEST, SMALLEST_FIGURE = 9.0, 5.0
LEADING = 1.4
"""From line to line in a box, in ems."""

LABELS = 28 * MM
"""Width of the column of labels."""
SIGNED, DATED = 29 * MM, 35 * MM
"""Widths for a signature and for its date; together half of what the labels leave."""
ROW, FIGURE_ROW = 9 * MM, 6.4 * MM
SIGN_ROW, LEAST_SIGN_ROW = 17 * MM, 8 * MM
SEAL_ROW = 40 * MM
"""Room for a round seal of usual size; nothing but a hint is printed under it."""
QR_SIDE = 22 * MM
"""Leaves the symbol its quiet zone in the column of dates."""

_PAD = 6.0
_LONGEST_NAME = 120
_LONGEST_FIGURE = 20


Visible = Callable[[str], str]
"""Gives a text as it is set: without what no face has."""


def sign_off_sheet(content: SignOff, code: str, setter: TextSetter, visible: Visible) -> list[Mark]:
    """The marks of the sheet, which always is one page: the rows for signing give way where the rest is long."""
    return _Sheet(content, code, setter, visible).marks()


def note_blocks(explained: Sequence[tuple[str, str]], setter: TextSetter, visible: Visible) -> list[TextLine]:
    """The last page of a review copy: each explained warning with its note."""
    blocks = setter.heading(NOTES_HEADING)
    for number, (issue, note) in enumerate(explained, 1):
        said = (f"{number}. {issue.rstrip('。')}。", *f"说明：{note}".split("\n"))
        for text in filter(None, map(str.strip, map(visible, said))):
            blocks += setter.paragraph(Paragraph(text))
    return blocks


@dataclass
class _Sheet:
    """Rows from top to bottom; `y` is where the next one begins."""

    content: SignOff
    code: str
    setter: TextSetter
    visible: Visible

    def __post_init__(self) -> None:
        sheet = self.setter.sheet
        self.left, self.right = sheet.left, sheet.right
        self.inner = self.left + LABELS
        self.y = sheet.top
        self.drawn: list[Mark] = []

    def marks(self) -> list[Mark]:
        """Everything on the sheet."""
        self._title()
        top = self.y
        middle = self.right - DATED - SIGNED
        self._row([("报告名称", self.left), (self.content.title, self.inner)])
        self._row([("单位", self.left), (self.content.unit, self.inner)])
        self._row(
            [
                ("报告年度", self.left),
                (self.content.year, self.inner),
                ("报告格式", middle),
                (self.content.form, self.right - DATED),
            ]
        )
        if self.content.figures:
            self._figures(self.content.figures)
        self._findings()
        self._signatures()
        self._seal()
        half = FRAME / 2
        for y in (top, self.y):
            self.drawn.append(Stroke(self.left - half, y, self.right + half, y, FRAME))
        for x in (self.left, self.right):
            self.drawn.append(Stroke(x, top, x, self.y, FRAME))
        return self.drawn

    def _title(self) -> None:
        line = break_lines([Span(TITLE, Role.SONG, SIZE_2)], self.setter.faces, self.right - self.left)[0]
        x = (self.left + self.right - line.width) / 2
        self.drawn += line.runs(x, self.y + ASCENT * SIZE_2)
        self.y += SIZE_2 + self.setter.sheet.space

    def _row(self, boxes: Sequence[tuple[str, float]]) -> None:
        """Labels and texts beside each other, each from its x on; every second one is a label."""
        ends = [x for _text, x in boxes[1:]] + [self.right]
        fitted = [
            self._fit(text, end - x, Role.FANG if i % 2 else Role.HEI)
            for i, ((text, x), end) in enumerate(zip(boxes, ends, strict=True))
        ]
        height = max(ROW, *(_height(each) + _PAD for each in fitted))
        for i, (each, (_text, x), end) in enumerate(zip(fitted, boxes, ends, strict=True)):
            self._put(each, x, end, self.y, height, centre=i % 2 == 0)
            if i:
                self._vertical(x, height)
        self._close(height)

    def _figures(self, figures: Sequence[Figure]) -> None:
        """The summary in two columns, the first half at the left."""
        rows = -(-len(figures) // 2)
        height = rows * FIGURE_ROW + _PAD
        width = (self.right - self.inner) / 2
        for i, figure in enumerate(figures):
            x = self.inner + width * (i // rows)
            y = self.y + _PAD / 2 + FIGURE_ROW * (i % rows)
            value = self._fit_line(figure.text or "—", 0.4 * width)
            self._put(value, x, x + width, y, FIGURE_ROW, right_aligned=True)
            label = self._fit_line(figure.label, width - value.width - _PAD)
            self._put(label, x, x + width, y, FIGURE_ROW)
        self._vertical(self.inner + width, height)
        self._label("报告摘要", height)

    def _findings(self) -> None:
        lines = self._fit("".join(self.content.findings), self.right - self.inner, Role.FANG)
        height = max(ROW, _height(lines) + 2 * _PAD)
        self._put(lines, self.inner, self.right, self.y, height)
        self._label("核对结果", height)

    def _signatures(self) -> None:
        edges = (self.left, self.inner, self.right - DATED - SIGNED, self.right - DATED, self.right)
        for word, x, end in zip(("环节", "意见", "签字", "日期"), edges, edges[1:], strict=False):
            self._put(self._fit(word, end - x, Role.HEI), x, end, self.y, ROW, centre=True)
        for x in edges[1:-1]:
            self._vertical(x, ROW)
        self._close(ROW)
        room = (self.setter.sheet.bottom - self.y - SEAL_ROW) / len(STEPS)
        height = max(min(room, SIGN_ROW), LEAST_SIGN_ROW)
        for step in STEPS:
            for x in edges[2:-1]:
                self._vertical(x, height)
            day = self._fit("年　　月　　日", DATED, Role.FANG, size=10.5)
            self._put(day, self.right - DATED, self.right, self.y + height - ROW, ROW, right_aligned=True)
            self._label(step, height)

    def _seal(self) -> None:
        """The place of the seal, and the fingerprint as symbol and in letters."""
        height = max(min(SEAL_ROW, self.setter.sheet.bottom - self.y), QR_SIDE + 2 * ROW)
        edge = self.right - DATED
        hint = self._fit("（盖章处）", edge - self.inner, Role.FANG)
        self._put(hint, self.inner, edge, self.y, height, centre=True, grey=0.6)
        code = self._fit(f"{CODE_WORD} {self.code}", DATED, Role.FANG, size=9.0)
        top = self.y + (height - QR_SIDE - ROW) / 2 + _PAD / 2
        self.drawn += qr_boxes(self.code, edge + (DATED - QR_SIDE) / 2, top, QR_SIDE)
        self._put(code, edge, self.right, top + QR_SIDE + _PAD / 2, ROW, centre=True)
        self._vertical(edge, height)
        self._label("单位公章", height)

    def _label(self, text: str, height: float) -> None:
        """A label at the left of a row, and the end of the row."""
        self._put(self._fit(text, LABELS, Role.HEI), self.left, self.inner, self.y, height, centre=True)
        self._vertical(self.inner, height)
        self._close(height)

    def _fit(self, text: str, width: float, role: Role, size: float = SIZE) -> Fitted:
        """A text in a box of that width with its margins, on up to three lines; what is much too long is cut."""
        return self._set(text, width, role, size, SMALLEST, 3, _LONGEST_NAME)

    def _fit_line(self, text: str, width: float) -> Fitted:
        """A text on one line, smaller where it must be."""
        return self._set(text, width, Role.FANG, SIZE, SMALLEST_FIGURE, 1, _LONGEST_FIGURE)

    def _set(
        self, text: str, width: float, role: Role, size: float, smallest: float, lines: int, longest: int
    ) -> Fitted:
        shown = self.visible(text).replace("\n", " ")
        if len(shown) > longest:
            shown = shown[: longest - 1] + "…"
        smallest = min(size, smallest)
        return fit_cell(shown, role, self.setter.faces, width - 2 * _PAD, size, minimum=smallest, lines=lines)

    def _put(
        self,
        fitted: Fitted,
        left: float,
        right: float,
        top: float,
        height: float,
        *,
        centre: bool = False,
        right_aligned: bool = False,
        grey: float = 0.0,
    ) -> None:
        y = top + (height - _height(fitted)) / 2
        for line in fitted.lines:
            x = left + _PAD
            if centre:
                x = (left + right - line.width) / 2
            elif right_aligned:
                x = right - _PAD - line.width
            self.drawn += line.runs(x, y + centred(LEADING * fitted.size, fitted.size), grey)
            y += LEADING * fitted.size

    def _vertical(self, x: float, height: float) -> None:
        self.drawn.append(Stroke(x, self.y, x, self.y + height, RULE))

    def _close(self, height: float) -> None:
        """End a row with a rule; the frame is drawn over the last one."""
        self.y += height
        self.drawn.append(Stroke(self.left, self.y, self.right, self.y, RULE))


def _height(fitted: Fitted) -> float:
    return len(fitted.lines) * LEADING * fitted.size
