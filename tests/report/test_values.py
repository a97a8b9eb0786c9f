"""What is typed into a cell, and what becomes of it."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gkdesk.report.values import MAX_DIGITS, Invalid, is_number, likely, parse, spell, why_invalid

KINDS = st.sampled_from(["count", "signed", "money"])


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("12", 12),
        ("１２", 12),
        (" 12 ", 12),
        ("\u300012\t", 12),
        ("0012", 12),
        ("1,234", 1234),
        ("１，２３４", 1234),
        ("+7", 7),
        ("12.0", 12),
        ("１２。０", 12),
        ("0", 0),
        ("", None),
        ("  ", None),
        ("/", Invalid("/")),
        ("—", Invalid("—")),
        ("-3", Invalid("-3")),
        ("１2a", Invalid("１2a")),
        ("12%", Invalid("12%")),
        ("1万", Invalid("1万")),
        ("1.5", Invalid("1.5")),
        ("1,23", Invalid("1,23")),
        ("1 2", Invalid("1 2")),
        ("9" * MAX_DIGITS, 10**MAX_DIGITS - 1),
        ("9" * (MAX_DIGITS + 1), Invalid("9" * (MAX_DIGITS + 1))),
        ("0" * 500, Invalid("0" * 500)),
        ("9" * 5000, Invalid("9" * 5000)),
        ("１" * 5000, Invalid("１" * 5000)),
        (f"{7:064}", 7),
        (f"{7:065}", Invalid(f"{7:065}")),
        ("²", 2),
        ("١٢", Invalid("١٢")),
    ],
)
def test_counts(text, value):
    assert parse(text, "count") == value
    assert not isinstance(parse(text, "count"), Decimal)


@pytest.mark.parametrize(
    ("text", "value"),
    [("-18", -18), ("−18", -18), ("－１８", -18), ("+19", 19), ("-0", 0), ("--1", Invalid("--1"))],
)
def test_signed_counts(text, value):
    assert parse(text, "signed") == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("24252.311082", Decimal("24252.311082")),
        ("96171.60", Decimal("96171.6")),
        ("５．５", Decimal("5.5")),
        ("5.", Decimal(5)),
        (".5", Decimal("0.5")),
        ("1,000.50", Decimal("1000.5")),
        ("100", Decimal(100)),
        ("1e3", Invalid("1e3")),
        ("-1", Invalid("-1")),
        ("nan", Invalid("nan")),
        ("251000元", Invalid("251000元")),
        ("0.123456789", Invalid("0.123456789")),
    ],
)
def test_money(text, value):
    assert parse(text, "money") == value


def test_money_is_exact_and_plainly_spelled():
    assert parse("0.12345678", "money") == Decimal("0.12345678")
    assert spell(parse("0.12345678", "money")) == "0.12345678"
    assert spell(parse("1000.00", "money")) == "1000"
    assert spell(parse("24252.311082", "money")) == "24252.311082"
    assert spell(Decimal("1E+3")) == "1000"
    assert isinstance(parse("3", "money"), Decimal)
    assert isinstance(parse("3", "count"), int)


def test_each_value_is_spelled():
    values = [12, -3, Decimal("1.50"), Invalid("１2a"), None]
    assert [spell(value) for value in values] == ["12", "-3", "1.5", "１2a", ""]
    assert [is_number(value) for value in values] == [True, True, True, False, False]


@given(st.text(max_size=80), KINDS)
def test_parse_of_spell_is_the_same_value(text, kind):
    value = parse(text, kind)
    assert parse(spell(value), kind) == value
    if is_number(value):
        assert spell(value).isascii()


@given(st.integers(-(10**MAX_DIGITS) + 1, 10**MAX_DIGITS - 1))
def test_every_signed_count_comes_back(number):
    assert parse(str(number), "signed") == number


@given(st.decimals(min_value=0, max_value=10**9, places=6, allow_nan=False))
def test_every_amount_comes_back(amount):
    assert parse(format(amount, "f"), "money") == amount


@pytest.mark.parametrize(
    ("text", "kind", "words"),
    [
        ("/", "count", "请填 0"),
        ("无", "count", "请填 0"),
        ("-3", "count", "负数"),
        ("-3", "money", "负数"),
        ("1.5", "count", "整数"),
        ("9999999999999", "count", "太大"),
        ("0.123456789", "money", "小数太长"),
        ("12%", "count", "带有单位"),
        ("12份", "count", "带有单位"),
        ("-3件", "signed", "带有单位"),
        ("251000元", "money", "带有单位"),
        ("十二", "count", "不是数"),
        ("1.2.3", "count", "不是数"),
        ("１2a", "count", "“１2a”不是数，已原样保留"),
        ("x" * 5000, "count", "…"),
    ],
)
def test_reasons(text, kind, words):
    assert isinstance(parse(text, kind), Invalid)
    assert words in why_invalid(text, kind)


@pytest.mark.parametrize("text", ["/", "-", "--", "\\", "无", "空", "－"])
def test_what_stands_for_nothing_is_told_to_be_0(text):
    assert why_invalid(text, "count") == f"“{text}”不是数：没有发生请填 0。"


def test_a_long_text_is_cut_in_what_is_told():
    assert f"“{'字' * 20}”" in why_invalid("字" * 20, "count")
    assert f"“{'字' * 20}…”" in why_invalid("字" * 21, "count")


def test_the_largest_figure():
    largest = "9" * MAX_DIGITS
    assert parse(largest, "count") == int(largest)
    assert parse(f"1{largest}", "count") == Invalid(f"1{largest}")
    assert "太大" in why_invalid(f"1{largest}", "count")
    assert "小数太长" in why_invalid(f"{largest}.1234567890123", "money")


@pytest.mark.parametrize(
    ("text", "kept"), [("100", "100"), ("1e2", "100"), ("1.50", "1.5"), ("0.10", "0.1"), ("0", "0")]
)
def test_money_is_spelled_without_exponent_and_zeros(text, kept):
    assert spell(Decimal(text)) == kept


@pytest.mark.parametrize(
    ("text", "kind", "meant"),
    [
        ("/", "count", "0"),
        ("／", "count", "0"),
        ("—", "signed", "0"),
        ("——", "count", "0"),
        ("无", "count", "0"),
        ("12件", "count", "12"),
        ("１２ 份", "count", "12"),
        ("1,234条", "count", "1234"),
        ("0个", "count", "0"),
        ("3.0项", "count", "3"),
        ("-3项", "signed", "-3"),
        ("-3件", "count", None),
        ("1.5件", "count", None),
        ("12、件", "count", None),
        ("1,23件", "count", None),
        ("12件次", "count", None),
        ("约12件", "count", None),
        ("1万件", "count", None),
        ("1万", "count", None),
        ("12%", "count", None),
        ("12元", "count", None),
        ("无数", "count", None),
        ("无3件", "count", None),
        ("十二件", "count", None),
        ("9" * (MAX_DIGITS + 1) + "件", "count", None),
        ("12件" + " " * 62 + "不确定", "count", None),
        (f"{7:063}件", "count", "7"),
        (f"{7:064}件", "count", None),
        ("/", "money", None),
        ("12件", "money", None),
        ("251000元", "money", None),
    ],
)
def test_what_was_meant_is_plain_or_not_said(text, kind, meant):
    assert isinstance(parse(text, kind), Invalid)
    assert likely(text, kind) == meant
