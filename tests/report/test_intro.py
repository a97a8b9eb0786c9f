"""The introduction is put together from what is there."""

from __future__ import annotations

from gkdesk import formats
from gkdesk.report.intro import INTRO, compose_intro, with_intro
from tests.builders import UNIT


def test_all_there():
    text = compose_intro(formats.load("2021"), 2024, UNIT | {"unit.website": "某网站"})
    assert "本报告由云溪县水务局根据" in text
    assert "国办公开办函〔2021〕30号" in text
    assert "2024年1月1日至2024年12月31日" in text
    assert "某网站" in text
    assert text.endswith("（地址：云溪县人民路1号；邮编：123456；电话：0123-4567890）。")


def test_sentences_without_data_are_left_out():
    text = compose_intro(formats.load("2019"), 2020, {"unit.name": "甲局"})
    assert "查阅" not in text
    assert "联系" not in text
    assert "国办公开办函〔2019〕60号" in text


def test_an_introduction_that_nobody_reworded_follows_the_unit():
    form = formats.load("2021")
    fields = UNIT | {INTRO: compose_intro(form, 2024, UNIT)}
    patch = with_intro(form, 2024, fields, {"unit.name": "云溪县林业局", "unit.phone": None})
    assert patch["unit.name"] == "云溪县林业局"
    assert "本报告由云溪县林业局根据" in patch[INTRO]
    assert "0123-4567890" not in patch[INTRO]


def test_full_width_digits_do_not_reach_the_introduction():
    form = formats.load("2021")
    fields = UNIT | {INTRO: compose_intro(form, 2024, UNIT)}
    patch = with_intro(form, 2024, fields, {"unit.postcode": "６５４３２１"})
    assert "邮编：654321；" in patch[INTRO]


def test_one_that_was_reworded_is_left_alone():
    patch = {"unit.name": "云溪县林业局"}
    assert with_intro(formats.load("2021"), 2024, UNIT | {INTRO: "现公布如下。"}, patch) == patch
