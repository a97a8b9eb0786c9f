from __future__ import annotations

import pytest

from gkdesk.paper.faces import FaceSet, Role
from gkdesk.paper.linebreak import MAX_STRETCH, Line, Span, break_lines, natural_width

SIZE = 10.0


def body(text: str, faces: FaceSet, ems: float, **options: float | bool) -> list[Line]:
    return break_lines([Span(text, Role.FANG, SIZE)], faces, ems * SIZE, **options)


def texts(text: str, faces: FaceSet, ems: float, **options: float | bool) -> list[str]:
    return [line.text for line in body(text, faces, ems, **options)]


def test_a_full_line_is_not_stretched_and_the_last_is_ragged(faces: FaceSet) -> None:
    first, last = body("政府信息公开工作年度报告", faces, 8)
    assert (first.text, first.width, first.stretch, first.forced) == ("政府信息公开工作", 80, 0, False)
    assert (last.text, last.width, last.stretch) == ("年度报告", 40, 0)
    assert [tuple(piece)[:2] for piece in first.pieces] == [(0, "政府信息公开工作")]


def test_a_closing_mark_takes_the_last_character_along_and_the_line_is_filled(faces: FaceSet) -> None:
    first, last = body("政府信息公开工作？年度报告", faces, 8)
    assert (first.text, last.text) == ("政府信息公开工", "作？年度报告")
    assert first.width == 80
    assert first.stretch == pytest.approx(10 / 6)
    assert first.pieces[0].spacing == first.stretch


def test_a_closing_mark_gives_up_its_empty_half_at_the_end_of_a_line(faces: FaceSet) -> None:
    first, last = body("政府信息公开12件，年度", faces, 8.5)
    assert (first.text, last.text) == ("政府信息公开12件，", "年度")
    assert (first.width, first.stretch) == (85, 0)
    # A mark that stands in the middle of its square has nothing to give.
    assert texts("政府信息公开12件？年度", faces, 8.5)[0] == "政府信息公开"


def test_marks_that_meet_are_squeezed(faces: FaceSet) -> None:
    assert natural_width([Span("甲》，《“乙”）。", Role.FANG, SIZE)], faces) == pytest.approx(90 - 5 * 5)
    (line,) = body("甲》，《乙", faces, 20)
    assert [(piece.x, piece.text) for piece in line.pieces] == [(0, "甲》"), (15, "，"), (20, "《乙")]
    assert natural_width([Span("甲？》乙", Role.FANG, SIZE)], faces) == 40


def test_a_mark_squeezed_by_the_next_is_whole_at_the_end_of_its_line(faces: FaceSet) -> None:
    # 信》《 meet, but the line ends between them: 》 counts whole again and fits exactly.
    first, second = body("政府信》《公开", faces, 4)
    assert (first.text, second.text) == ("政府信》", "《公开")
    assert (first.width, first.stretch) == (40, 0)


def test_an_opening_mark_goes_to_the_next_line(faces: FaceSet) -> None:
    assert texts("政府信息公开工作《条例》", faces, 9) == ["政府信息公开工作", "《条例》"]
    assert texts("甲乙丙丁戊己庚《“‘辛’”》", faces, 9) == ["甲乙丙丁戊己庚", "《“‘辛’”》"]


def test_nested_quotation_marks_stay_with_what_they_enclose(faces: FaceSet) -> None:
    lines = texts("关于印发《“十四五‘数字’政府”》（试行）。" * 30, faces, 9)
    assert not any(line[0] in "》”’）。" or line[-1] in "《“‘（" for line in lines)


def test_the_first_line_is_indented(faces: FaceSet) -> None:
    first, second, _last = body("政府信息公开工作年度报告政府信息", faces, 6, first_indent=20)
    assert (first.indent, first.text, first.width, first.pieces[0].x) == (20, "政府信息", 40, 20)
    assert (second.indent, second.text, second.pieces[0].x) == (0, "公开工作年度", 0)


def test_numbers_keep_their_units_and_the_gap_is_filled(faces: FaceSet) -> None:
    first, second = body("全年共收到政府信息公开申请3000件，均已办结", faces, 14)
    assert (first.text, second.text) == ("全年共收到政府信息公开申请", "3000件，均已办结")
    assert first.width == 140


def test_latin_words_are_neither_cut_nor_stretched_inside(faces: FaceSet) -> None:
    first, _second = body("采用OpenDocument格式公开发布信息", faces, 11.5)
    assert first.text == "采用OpenDocument格式公"
    assert first.stretch == pytest.approx(5 / 5)
    spacing = {piece.text: piece.spacing for piece in first.pieces}
    assert spacing == {"采用": first.stretch, "OpenDocument": 0, "格式公": first.stretch}
    assert [piece.x for piece in first.pieces] == pytest.approx([0, 22, 83])
    last = first.pieces[-1]
    assert last.x + 30 + 2 * last.spacing == pytest.approx(115)


def test_words_are_parted_at_their_spaces_which_hang_over_the_end(faces: FaceSet) -> None:
    first, second = body("aaaa bbbb cccc", faces, 4.4)
    assert (first.text, second.text) == ("aaaa bbbb ", "cccc")
    assert (first.width, first.stretch) == (44, pytest.approx(1.5))
    assert [(piece.text, piece.spacing) for piece in first.pieces] == [("aaaa ", 0), ("bbbb ", 0)]
    assert first.pieces[1].x == pytest.approx(24)


def test_a_line_that_would_be_stretched_too_far_stays_ragged(faces: FaceSet) -> None:
    first, second, _last = body("公开信息abcdefghijklmnop报告", faces, 9)
    assert (first.text, first.stretch, first.width) == ("公开信息", 0, 40)
    assert second.text == "abcdefghijklmnop报"
    assert MAX_STRETCH * SIZE < 10 / 3


def test_an_address_breaks_after_dots_and_strokes_and_anywhere_when_a_line_were_empty(faces: FaceSet) -> None:
    text = "主动公开内容详见http://www.exampleab.gov.cn/xxgk/2024年报"
    assert texts(text, faces, 14) == ["主动公开内容详见http://www.", "exampleab.gov.cn/xxgk/2024年", "报"]
    lines = body("网址http://zhengfuxinxigongkaizhuanlan.gov.cn/", faces, 11)
    assert [line.text for line in lines] == ["网址http://zhengfuxinx", "igongkaizhuanlan.gov.", "cn/"]
    assert not any(line.forced for line in lines)


def test_what_no_line_holds_is_cut_and_said_so(faces: FaceSet) -> None:
    lines = body("共" + "9" * 50 + "件", faces, 10)
    assert [len(line.text) for line in lines] == [19, 20, 13]
    assert [line.forced for line in lines] == [True, True, False]
    assert all(line.width <= 100 for line in lines)
    lines = body("。" * 40, faces, 10)
    assert "".join(line.text for line in lines) == "。" * 40
    assert all(line.width <= 100 for line in lines)


def test_a_measure_narrower_than_a_character_takes_one_a_line(faces: FaceSet) -> None:
    assert texts("公开，", faces, 0.5) == ["公", "开", "，"]
    assert texts("公开", faces, 0) == ["公", "开"]
    assert texts("公开", faces, 1, first_indent=50) == ["公", "开"]


@pytest.mark.parametrize("text", ["", "\u200b\u202e\x00", " ", "\u3000\u3000"])
def test_nothing_visible_gives_one_line_of_no_width(faces: FaceSet, text: str) -> None:
    (line,) = body(text, faces, 10)
    assert (line.width, line.forced) == (0, False)


def test_a_line_break_in_the_text_ends_the_line_without_justification_or_indent(faces: FaceSet) -> None:
    lines = body("某某市\r\n政府信息公开\n\n报告", faces, 5, first_indent=10)
    assert [line.text for line in lines] == ["某某市", "政府信息公", "开", "", "报告"]
    assert [line.indent for line in lines] == [10, 0, 0, 0, 0]
    assert all(line.stretch == 0 for line in lines)


def test_spans_of_two_roles_run_on(font_folder: object, faces: FaceSet) -> None:
    spans = [Span("（一）主动公开。", Role.RARE, SIZE), Span("国全年公开信息", Role.FANG, SIZE)]
    first, second = break_lines(spans, faces, 10 * SIZE, first_indent=2 * SIZE)
    assert (first.text, second.text) == ("（一）主动公开。", "国全年公开信息")
    spans = [Span("国", Role.RARE, SIZE), Span("国", Role.FANG, 2 * SIZE)]
    (line,) = break_lines(spans, faces, 100)
    assert [(piece.x, piece.face, piece.size) for piece in line.pieces] == [
        (0, faces[Role.RARE], 10),
        (10, faces[Role.FANG], 20),
    ]


def test_rare_characters_and_missing_ones_keep_their_place(faces: FaceSet) -> None:
    (line,) = body("王𬭎😀国", faces, 10)
    assert [(piece.x, piece.text, piece.face.path.stem) for piece in line.pieces] == [
        (0, "王", "body"),
        (10, "𬭎", "rare"),
        (20, "😀国", "body"),
    ]


def test_lines_become_runs_of_a_page(faces: FaceSet) -> None:
    (line,) = body("共3件", faces, 10, first_indent=20)
    runs = line.runs(100, 500, grey=0.5)
    assert [(run.x, run.baseline, run.text, run.size, run.grey) for run in runs] == [
        (120, 500, "共", 10, 0.5),
        (130, 500, "3", 10, 0.5),
        (135, 500, "件", 10, 0.5),
    ]


def test_without_justification_lines_keep_their_own_width(faces: FaceSet) -> None:
    first, _last = body("政府信息公开工作？年度报告", faces, 8, justify=False)
    assert (first.width, first.stretch) == (70, 0)


def test_a_set_of_one_face_is_justified_too(font_folder: object, faces: FaceSet) -> None:
    alone = FaceSet({Role.FANG: faces[Role.FANG]})
    first, _last = body("政府信息公开工作？年度报告", alone, 8)
    assert first.width == 80
    assert first.stretch > 0
