"""From characters to tokens."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gkdesk.checks.reading.tokens import FIGURE, GAP, PERCENT, POINT, Token, fold, tokens


def kinds(text):
    return [(token.kind, token.text) for token in tokens(fold(text))]


def figure(text) -> Token:
    (token,) = [token for token in tokens(fold(text)) if token.figure is not None]
    return token


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("258件", 258, "件"),
        ("２５８ 件", 258, "件"),
        ("1,368条", 1368, "条"),
        ("12", 12, ""),
        ("十二件", 12, "件"),
        ("二十件", 20, "件"),
        ("两件", 2, "件"),
        ("一千二百零三件", 1203, "件"),
        ("二〇三件", 203, "件"),
        ("三万二千件", 32000, "件"),
        ("一亿二千万件", 120_000_000, "件"),
        ("万件", 10_000, "件"),
        ("1.2万件", 12000, "件"),
        ("3千件", 3000, "件"),
        ("312.46万元", 3_124_600, "元"),
        ("三万元", 30000, "元"),
        ("300余万元", 3_000_000, "元"),
        ("三十余万元", 300_000, "元"),
        ("1.5万亿元", 1_500_000_000_000, "元"),
        ("3千万元", 30_000_000, "元"),
        ("亿件", 100_000_000, "件"),
        ("一万二千亿件", 1_200_000_000_000, "件"),
        ("七项", 7, "项"),
        ("96171.60元", Decimal("96171.6"), "元"),
        ("95.8%", Decimal("95.8"), "%"),
        ("９５．８％", Decimal("95.8"), "%"),
        ("百分之五十一点七", Decimal("51.7"), "%"),
        ("百分之百", 100, "%"),
        ("2.3个百分点", Decimal("2.3"), "点"),
        ("20个工作日", 20, "个工作日"),
    ],
)
def test_numerals(text, value, unit):
    found = figure(text).figure
    assert (found.value, found.unit) == (value, unit)
    assert text[found.start : found.end].rstrip(" ") in text
    assert found.money == text.endswith("元")


def test_kinds_of_figures():
    assert figure("95.8%").kind == PERCENT
    assert figure("2个百分点").kind == POINT
    assert figure("2件").kind == FIGURE
    assert figure("300余件").figure.approximate
    assert figure("十余件").figure.approximate
    assert figure("百分之五十").figure.percent
    assert not figure("300件").figure.approximate


@pytest.mark.parametrize(
    ("text", "printed", "actual", "holds"),
    [
        ("258件", 258, 258, True),
        ("258件", 258, 259, False),
        ("1.2万件", 12000, 12034, True),
        ("1.2万件", 12000, 12500, False),
        ("312.5万元", 3125000, 3124600, True),
        ("51.7%", "51.7", "51.6853", True),
        ("51.7%", "51.7", "51.64", False),
    ],
)
def test_a_figure_holds_what_rounds_to_it(text, printed, actual, holds):
    found = figure(text).figure
    assert found.value == Decimal(printed)
    assert found.holds(Decimal(actual)) is holds


def test_rounding_is_half_up_also_below_zero():
    found = figure("1.5%").figure
    assert found.rounded(Decimal("0.25")) == Decimal("0.3")
    assert found.rounded(Decimal("-0.25")) == Decimal("-0.3")
    assert found.rounded(Decimal("0.07")) == Decimal("0.1")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("（一）予以公开", [("ordinal", "(一)"), ("word", "予以公开")]),
        ("一是公开", [("ordinal", "一是"), ("word", "公开")]),
        ("1.公开", [("ordinal", "1."), ("word", "公开")]),
        ("第三十六条", [("ordinal", "第三十六条")]),
        ("《办法3件》", [("gap", "《办法3件》")]),
        ("〔2021〕30号", [("gap", "〔2021〕30号")]),
        ("2024年度", [("year", "2024年度")]),
        ("1000000000000000件", [("gap", "1000000000000000件")]),
        ("0.1234567891件", [("gap", "0.1234567891件")]),
        ("6月30日、3日", [("day", "6月30日"), ("mark", "、"), ("day", "3日")]),
        ("2023年结转", [("carry", "in")]),
        ("结转至2025年继续办理", [("carry", "out")]),
        ("“共 计”", [("word", "共"), ("word", "计")]),
        ("龘龘公开龘", [("gap", "龘龘"), ("word", "公开"), ("gap", "龘")]),
    ],
)
def test_what_is_no_figure(text, expected):
    assert kinds(text) == expected


@given(st.text(alphabet="收到申请88件,，。（）()《》一二十百.%年月第〔〕龘 \n是余万元点", max_size=60))
def test_places_are_those_of_the_text(text):
    end = 0
    folded = fold(text)
    assert len(folded) == len(text)
    for token in tokens(folded):
        assert end <= token.start < token.end <= len(text)
        end = token.end
        if token.kind == GAP:
            assert folded[token.start : token.end].startswith(token.text[:1])


@given(st.integers(1, 99_999_999))
def test_chinese_numerals_are_read_back(number):
    assert figure(_spelled(number) + "件").figure.value == number


def _spelled(number):
    digits = "零一二三四五六七八九"
    text, rest, zero = "", number, False
    for size, name in (
        (10**7, "千"),
        (10**6, "百"),
        (10**5, "十"),
        (10**4, "万"),
        (1000, "千"),
        (100, "百"),
        (10, "十"),
        (1, ""),
    ):
        digit, rest = divmod(rest, size)
        if digit:
            text += ("零" if zero and text else "") + digits[digit] + name
            zero = False
            if size > 10**4 and not rest // 10**4:
                text += "万"
        else:
            zero = True
    return text
