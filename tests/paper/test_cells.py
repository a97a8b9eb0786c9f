from __future__ import annotations

import pytest

from gkdesk.paper.cells import Fitted, fit_cell
from gkdesk.paper.faces import FaceSet, Role


def cell(text: str, faces: FaceSet, width: float, size: float = 10, **options: float | bool) -> Fitted:
    return fit_cell(text, Role.FANG, faces, width, size, **{"minimum": 6, **options})


def texts(fitted: Fitted) -> list[str]:
    return [line.text for line in fitted.lines]


def test_what_fits_keeps_its_size(faces: FaceSet) -> None:
    fitted = cell("商业企业", faces, 40)
    assert (texts(fitted), fitted.size, fitted.fits, fitted.width) == (["商业企业"], 10, True, 40)


def test_a_long_figure_shrinks_to_its_column(faces: FaceSet) -> None:
    fitted = cell("1234567", faces, 30)
    assert (texts(fitted), fitted.fits) == (["1234567"], True)
    assert fitted.size == pytest.approx(8.5)
    assert fitted.width <= 30


def test_below_the_minimum_nothing_is_lost(faces: FaceSet) -> None:
    fitted = cell("123456789012", faces, 30)
    assert (fitted.size, fitted.fits) == (6, False)
    assert "".join(texts(fitted)) == "123456789012"
    assert all(line.width <= 30 for line in fitted.lines)


def test_labels_take_the_lines_they_may_before_they_shrink(faces: FaceSet) -> None:
    fitted = cell("法律服务机构", faces, 30, lines=2)
    assert (texts(fitted), fitted.size) == (["法律服", "务机构"], 10)
    fitted = cell("法律服务机构", faces, 25, lines=2)
    assert (texts(fitted), fitted.size) == (["法律服", "务机构"], 8)
    fitted = cell("法律服务机构及其他", faces, 20, lines=2)
    assert (fitted.size, fitted.fits, texts(fitted)) == (6, False, ["法律服", "务机构", "及其他"])


def test_balanced_lines_are_about_equal(faces: FaceSet) -> None:
    assert texts(cell("商业企业", faces, 35, lines=2)) == ["商业企", "业"]
    assert texts(cell("商业企业", faces, 35, lines=2, balanced=True)) == ["商业", "企业"]
    assert texts(cell("社会公益组织", faces, 50, lines=3, balanced=True)) == ["社会公", "益组织"]


def test_a_line_break_of_the_label_is_kept(faces: FaceSet) -> None:
    assert texts(cell("结果\n维持", faces, 50)) == ["结果", "维持"]


def test_marks_obey_the_same_rules_as_in_paragraphs(faces: FaceSet) -> None:
    assert texts(cell("（七）总计。", faces, 30, lines=3)) == ["（七）", "总计。"]
    assert texts(cell("3.其他（年", faces, 35, lines=3)) == ["3.其他", "（年"]


def test_an_empty_cell(faces: FaceSet) -> None:
    fitted = cell("", faces, 30)
    assert (texts(fitted), fitted.size, fitted.fits, fitted.width) == ([""], 10, True, 0)


def test_a_size_below_the_minimum_stays(faces: FaceSet) -> None:
    assert cell("甲", faces, 30, size=5).size == 5
