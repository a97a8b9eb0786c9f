"""Thousands of lines: nothing lost, nothing too wide, no mark where it must not stand."""

from __future__ import annotations

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from gkdesk.paper.breaks import LEGAL, clean, find_breaks
from gkdesk.paper.cells import fit_cell
from gkdesk.paper.faces import FaceSet, Role
from gkdesk.paper.linebreak import Line, Span, break_lines

# Written out here once more, so that a mark lost from the program's own list is noticed.
NEVER_FIRST = set("，。、；：？！）》〉】」』〕”’…·％%,.;:?!)]}～")
NEVER_LAST = set("（《〈【「『〔“‘([{￥")
SIZE = 16.0

QUANTITIES = [
    "3000件",
    "２０００条",
    "95.8%",
    "1,234.5万元",
    "2024年",
    "12月",
    "31日",
    "第7项",
    "300余人次",
    "15个",
]
WORDS = ["GB/T", "OpenDocument", "PDF", "APP", "it’s", "A4", "V2.0"]
ADDRESSES = [
    "http://www.example.gov.cn/zwgk/2024/index.html?id=3#top",
    "gk@example.gov.cn",
    "xxgk.example.gov.cn",
]
MARKS = [
    "，",
    "。",
    "；",
    "：",
    "、",
    "？",
    "！",
    "——",
    "……",
    "”，",
    "）。",
    "》《",
    "”“",
    "（",
    "《",
    "“‘",
    "’”",
    "】",
    "·",
]
ODD = [
    "𬭎",
    "䶮",
    "😀",
    "\u200b",
    "\u202e",
    "\x07",
    "\ufeff",
    " ",
    "　",
    "\u00a0",
    "/",
    "—",
    "'",
    '"',
    "(",
    ")",
    "\ud800",
    "é",
]
HAN = "政府信息公开工作年度报告主动依申请条例规定机关行政收费复议诉讼问题改进情况单位处理办结答复"


def token(pick: random.Random) -> str:
    kind = pick.random()
    if kind < 0.5:
        return "".join(pick.choice(HAN) for _ in range(pick.randint(1, 12)))
    if kind < 0.8:
        return pick.choice(MARKS)
    for limit, words in ((0.9, QUANTITIES), (0.94, WORDS), (0.96, ADDRESSES)):
        if kind < limit:
            return pick.choice(words)
    return pick.choice(ODD)


def check(text: str, lines: list[Line], measure: float, indent: float) -> None:
    whole = clean(text)
    assert "".join(line.text for line in lines) == whole.replace("\n", "")
    assert all("".join(piece.text for piece in line.pieces) == line.text for line in lines)
    if "\n" in whole:
        return
    places, start = find_breaks(whole), 0
    for number, line in enumerate(lines):
        room = measure - (0 if number else indent)
        stop = start + len(line.text)
        single = len(line.text.strip()) <= 1
        assert line.width <= room + 0.001 or single, line
        assert 0 <= line.stretch <= 0.2 * SIZE + 0.001
        right = max(
            (
                p.x + p.size * p.face.measure(p.text.rstrip(" \u3000"))
                for p in line.pieces
                if p.text.strip(" \u3000")
            ),
            default=0.0,
        )
        # Half a character may reach over where the last mark gives up its empty half.
        assert right <= measure + SIZE / 2 + 0.001 or single
        last = line is lines[-1]
        if not line.forced and not last:
            assert places[stop] < 2, whole[start : stop + 5]
            assert line.text.rstrip(" \u3000")[-1:] not in NEVER_LAST or not line.text.strip()
            assert whole[stop] not in NEVER_FIRST
        elif line.forced:
            # Only what no line holds may be cut: no legal place within reach after this line began.
            assert LEGAL not in places[start + 1 : stop] or places.find(LEGAL, stop) - start > measure / SIZE
        start = stop


def test_zero_forbidden_starts_and_ends_in_thousands_of_lines(faces: FaceSet) -> None:
    pick = random.Random(20260120)
    count = 0
    while count < 6000:
        text = "".join(token(pick) for _ in range(pick.randint(1, 120)))
        measure = SIZE * pick.choice((28, 28, 28, 12.3, 20.5, 41))
        lines = break_lines([Span(text, Role.FANG, SIZE)], faces, measure, first_indent=2 * SIZE)
        check(text, lines, measure, 2 * SIZE)
        count += len(lines)
        # Lines of ordinary text are never cut by force.
        assert sum(line.forced for line in lines) <= len(lines) / 4


def test_zero_forbidden_starts_and_ends_in_thousands_of_cells(faces: FaceSet) -> None:
    pick = random.Random(7)
    count = 0
    while count < 5000:
        text = "".join(pick.choice(HAN + "（）、，“”《》.12") for _ in range(pick.randint(1, 60)))
        width = SIZE * pick.choice((4, 6.2, 9, 16))
        fitted = fit_cell(
            text,
            Role.FANG,
            faces,
            width,
            SIZE,
            minimum=6,
            lines=pick.randint(1, 4),
            balanced=pick.random() < 0.3,
        )
        assert "".join(line.text for line in fitted.lines) == text
        assert fitted.width <= width + 0.001
        assert 6 <= fitted.size <= SIZE
        for line, after in zip(fitted.lines, fitted.lines[1:], strict=False):
            if not line.forced:
                assert line.text[-1] not in NEVER_LAST, texts(fitted.lines)
                assert after.text[0] not in NEVER_FIRST, texts(fitted.lines)
        count += len(fitted.lines)


def texts(lines: tuple[Line, ...]) -> list[str]:
    return [line.text for line in lines]


def test_units_stay_with_their_numbers(faces: FaceSet) -> None:
    pick = random.Random(3)
    for _ in range(300):
        parts = [pick.choice(QUANTITIES) if i % 2 else token(pick).strip("第0123456789") for i in range(60)]
        text = clean("，".join(parts)).replace("\n", "")
        ends, place = set(), 0
        for line in break_lines([Span(text, Role.FANG, SIZE)], faces, 28 * SIZE):
            place += len(line.text)
            if not line.forced:
                ends.add(place)
        start = 0
        for quantity in QUANTITIES:
            start = text.find("，" + quantity + "，")
            while start >= 0:
                inside = range(start + 2, start + 1 + len(quantity))
                assert not ends.intersection(inside), text[start : start + 12]
                start = text.find("，" + quantity + "，", start + 1)


CHARACTERS = st.one_of(
    st.sampled_from(HAN + "，。、；：？！“”‘’（）《》——……/'\" \u3000\n"),
    st.characters(),
    st.sampled_from([*QUANTITIES, *WORDS, *ADDRESSES, *ODD]),
)


@settings(max_examples=400)
@given(
    st.lists(CHARACTERS, max_size=200).map("".join),
    st.floats(0, 60).map(lambda ems: ems * SIZE),
    st.sampled_from((0.0, 2 * SIZE)),
)
def test_any_text_in_any_measure(faces: FaceSet, text: str, measure: float, indent: float) -> None:
    check(
        text, break_lines([Span(text, Role.FANG, SIZE)], faces, measure, first_indent=indent), measure, indent
    )
