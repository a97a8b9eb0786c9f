"""Changes in the words of the form."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from gkdesk import formats
from gkdesk.report.history_words import compare, describe, name_of

LONG = "全年共收到政府信息公开申请，均按期答复。" * 10


@dataclass(frozen=True)
class Patch:
    before: dict
    after: dict


@pytest.fixture(scope="module")
def form():
    return formats.load("2021")


@pytest.mark.parametrize(
    ("key", "name"),
    [
        ("t3.new.business", "表三 商业企业 本年新收"),
        ("t3.carried_in.natural", "表三 自然人 上年结转"),
        ("t3.carried_out.total", "表三 总计 结转下年度继续办理"),
        ("t2.fees.amount", "表二 本年收费金额（单位：万元） 行政事业性收费"),
        ("t4.review.total", "表四 行政复议 总计"),
        ("t4.suit_after_review.pending", "表四 行政诉讼 复议后起诉 尚未审结"),
        ("units.t2.fees.amount", "表二 本年收费金额（单位：万元） 行政事业性收费 的金额单位"),
        ("text.overview", "总体情况"),
        ("text.requests_note", "表三 表前说明"),
        ("t3.granted.natural", "表三 自然人 予以公开"),
        ("t3.refused_secret.natural", "表三 自然人 不予公开 属于国家秘密"),
        ("unit.name", "机关全称"),
        ("unit.address", "地址"),
        ("unit.postcode", "邮编"),
        ("unit.phone", "电话"),
        ("unit.email", "电子邮箱"),
        ("unit.website", "公布网站"),
        ("note.t3.balance|natural|", "例外说明（表三各列：勾稽关系列平）"),
        ("note.t9.unknown|natural|", "例外说明（t9.unknown）"),
        ("units.t9.unknown", "units.t9.unknown"),
        ("date", "落款日期"),
        ("draft.text.overview", "总体情况的待改标记"),
        ("t9.unknown", "t9.unknown"),
    ],
)
def test_names(form, key, name):
    assert name_of(key, form) == name


@pytest.mark.parametrize("id", ["2019", "2021"])
def test_no_two_cells_have_one_name(id):
    form = formats.load(id)
    names = [name_of(cell, form) for cell in form.cells]
    assert len(set(names)) == len(names)
    assert not any("  " in name or name != name.strip() for name in names)


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        ("12", "15", "12 → 15"),
        (None, "15", "空白 → 15"),
        ("12", None, "12 → 空白"),
        (LONG, LONG[:30] + "新增" + LONG[30:], "增加 2 字：“新增”"),
        (LONG, LONG[:30] + LONG[32:], "删去 2 字：“开申”"),
        (LONG, LONG[:30] + "甲\n乙" + LONG[34:], "“开申请，” → “甲↵乙”"),
        (None, LONG, f"新写 {len(LONG)} 字：“{LONG[:12]}…{LONG[-12:]}”"),
        (LONG, "", f"删去全部 {len(LONG)} 字：“{LONG[:12]}…{LONG[-12:]}”"),
        ("一", "一\n", "增加 1 字：“↵”"),
        ("啊" * 30, "啊" * 31, "增加 1 字：“啊”"),
        ("啊" * 24, "嗯" * 24, f"{'啊' * 24} → {'嗯' * 24}"),
        ("啊" * 25, "啊" * 25 + "嗯" * 24, f"增加 24 字：“{'嗯' * 24}”"),
        ("啊" * 25, "啊" * 25 + "嗯" * 25, f"增加 25 字：“{'嗯' * 12}…{'嗯' * 12}”"),
        (None, "true", "空白 → true"),
    ],
)
def test_changes(form, before, after, words):
    assert describe(Patch({"text.overview": before}, {"text.overview": after}), form) == [f"总体情况 {words}"]


def test_the_order_of_the_form_and_nothing_that_stayed(form):
    before = {"t4.review.other": "1", "unit.fax": "1", "x": "1", "t3.new.natural": "7", "text.intro": ""}
    after = {"t4.review.other": "2", "unit.fax": "2", "x": "2", "t3.new.natural": "7"}
    assert compare(before, after, form) == ["传真 1 → 2", "表四 行政复议 其他结果 1 → 2", "x 1 → 2"]
    assert compare({}, {}, form) == []


def test_the_order_of_keys(form):
    keys = [
        "unit.name",
        "unit.website",
        "date",
        "text.overview",
        "t2.fees.amount",
        "units.t2.fees.amount",
        "t3.new.natural",
        "t3.carried_in.natural",
        "text.problems",
    ]
    lines = compare({}, dict.fromkeys(reversed(keys), "1"), form)
    assert [line.removesuffix(" 空白 → 1") for line in lines] == [name_of(key, form) for key in keys]


def test_a_total_that_nobody_states_is_added_up(form):
    assert compare({"t4.review.total": "9"}, {}, form) == ["表四 行政复议 总计 9 → 自动合计"]


def test_of_a_note_only_the_clerks_words_are_told(form):
    before, after = ({"note.t3.balance|natural|": f"0a1b\n{words}"} for words in ("系统口径不同", "已核"))
    assert compare(before, after, form) == ["例外说明（表三各列：勾稽关系列平） 系统口径不同 → 已核"]


def test_what_is_chosen_from_a_list_is_told_as_it_was_chosen(form):
    before, after = {"unit.kind": "department", "unit.rule_power": "false"}, {"unit.kind": "government"}
    assert compare(before, after, form) == ["机关类别 政府部门 → 人民政府", "规章制定权 没有 → 空白"]
    before, after = {"unit.kind": "township", "unit.rule_power": "true"}, {"unit.kind": "other"}
    assert compare(before, after, form) == ["机关类别 乡镇、街道 → 其他单位", "规章制定权 有 → 空白"]
    assert compare({}, {"draft.text.overview": "0-4 9-12"}, form) == ["总体情况的待改标记 空白 → 2 处"]
