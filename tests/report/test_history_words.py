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
        ("unit.phone", "电话"),
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
    ],
)
def test_changes(form, before, after, words):
    assert describe(Patch({"text.overview": before}, {"text.overview": after}), form) == [f"总体情况 {words}"]


def test_the_order_of_the_form_and_nothing_that_stayed(form):
    before = {"t4.review.other": "1", "unit.fax": "1", "x": "1", "t3.new.natural": "7", "text.intro": ""}
    after = {"t4.review.other": "2", "unit.fax": "2", "x": "2", "t3.new.natural": "7"}
    assert compare(before, after, form) == ["传真 1 → 2", "表四 行政复议 其他结果 1 → 2", "x 1 → 2"]
    assert compare({}, {}, form) == []


def test_what_is_chosen_from_a_list_is_told_as_it_was_chosen(form):
    before, after = {"unit.kind": "department", "unit.rule_power": "false"}, {"unit.kind": "government"}
    assert compare(before, after, form) == ["机关类别 政府部门 → 人民政府", "规章制定权 没有 → 空白"]
    assert compare({}, {"draft.text.overview": "0-4 9-12"}, form) == ["总体情况的待改标记 空白 → 2 处"]
