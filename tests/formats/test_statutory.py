"""The two statutory formats hold the cells, merges and words of the published forms."""

from __future__ import annotations

from itertools import permutations

import pytest

from gkdesk import formats
from gkdesk.errors import KnownError

T3_ROWS_2021 = [
    "new", "carried_in", "granted", "partial",
    "refused_secret", "refused_law", "refused_security", "refused_third_party",
    "refused_internal", "refused_process", "refused_enforcement", "refused_inquiry",
    "unavailable_not_held", "unavailable_to_create", "unavailable_unclear",
    "rejected_petition", "rejected_repeat", "rejected_publication", "rejected_excessive", "rejected_reissue",
    "other_no_correction", "other_unpaid", "other_rest", "total", "carried_out",
]  # fmt: skip
T3_LABELS_2021 = [
    "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）",
    "一、本年新收政府信息公开申请数量",
    "二、上年结转政府信息公开申请数量",
    "三、本年度办理结果",
    "（一）予以公开",
    "（二）部分公开（区分处理的，只计这一情形，不计其他情形）",
    "（三）不予公开",
    "1.属于国家秘密",
    "2.其他法律行政法规禁止公开",
    "3.危及“三安全一稳定”",
    "4.保护第三方合法权益",
    "5.属于三类内部事务信息",
    "6.属于四类过程性信息",
    "7.属于行政执法案卷",
    "8.属于行政查询事项",
    "（四）无法提供",
    "1.本机关不掌握相关政府信息",
    "2.没有现成信息需要另行制作",
    "3.补正后申请内容仍不明确",
    "（五）不予处理",
    "1.信访举报投诉类申请",
    "2.重复申请",
    "3.要求提供公开出版物",
    "4.无正当理由大量反复申请",
    "5.要求行政机关确认或重新出具已获取信息",
    "（六）其他处理",
    "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请",
    "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请",
    "3.其他",
    "（七）总计",
    "四、结转下年度继续办理",
]
HEADINGS = [
    "",
    "一、总体情况",
    "二、主动公开政府信息情况",
    "三、收到和处理政府信息公开申请情况",
    "四、政府信息公开行政复议、行政诉讼情况",
    "五、存在的主要问题及改进情况",
    "六、其他需要报告的事项",
]


@pytest.mark.parametrize(("id", "cells"), [("2019", (22, 161, 15)), ("2021", (10, 175, 15))])
def test_number_of_cells(id, cells):
    assert tuple(len(table.cells) for table in formats.load(id).tables) == cells


def test_rows_of_table_3():
    rows = list(formats.load("2021").table("t3").row_ids)
    assert rows == T3_ROWS_2021
    older = [row for row in T3_ROWS_2021 if row not in ("other_no_correction", "other_unpaid")]
    older[older.index("other_rest")] = "other"
    assert list(formats.load("2019").table("t3").row_ids) == older


def test_labels_of_table_3_are_exact():
    boxes = [box for box in formats.load("2021").table("t3").boxes if box.role == "label"]
    assert [box.text for box in boxes] == T3_LABELS_2021[1:]
    note = formats.load("2021").table("t3").boxes[0]
    assert (note.text, note.rowspan, note.colspan) == (T3_LABELS_2021[0], 3, 3)


@pytest.mark.parametrize(("id", "rows"), [("2019", 20), ("2021", 22)])
def test_merges_of_table_3(id, rows):
    spans = {box.text: (box.rowspan, box.colspan) for box in formats.load(id).table("t3").boxes}
    assert spans["三、本年度办理结果"] == (rows, 1)
    assert spans["（三）不予公开"] == (8, 1)
    assert spans["（四）无法提供"] == (3, 1)
    assert spans["（五）不予处理"] == (5, 1)
    assert spans["（六）其他处理"] == ((3, 1) if id == "2021" else (1, 2))
    assert spans["申请人情况"] == (1, 7)
    assert spans["法人或其他组织"] == (1, 5)


@pytest.mark.parametrize("id", ["2019", "2021"])
def test_headings(id):
    assert [section.heading for section in formats.load(id).sections] == HEADINGS


def test_table_2_of_2021():
    table = formats.load("2021").table("t2")
    assert len(table.rows) == 14
    assert list(table.cells) == [
        "t2.regulations.made", "t2.regulations.repealed", "t2.regulations.in_force",
        "t2.normative.made", "t2.normative.repealed", "t2.normative.in_force",
        "t2.licence.decisions", "t2.penalty.decisions", "t2.coercion.decisions", "t2.fees.amount",
    ]  # fmt: skip
    fees = table.cells["t2.fees.amount"]
    assert (fees.kind, fees.units, fees.prints_unit) == ("money", ("万元",), False)
    assert fees.column_path == ("本年收费金额（单位：万元）",)
    assert table.box_of("t2.fees.amount").colspan == 3


def test_table_2_of_2019():
    table = formats.load("2019").table("t2")
    spans = {cell: table.box_of(cell).colspan for cell in table.cells}
    assert spans["t2.normative.made"] == 1
    assert spans["t2.normative.published"] == 2
    assert spans["t2.fees.previous"] == spans["t2.fees.change"] == 2
    assert {cell for cell, known in table.cells.items() if known.kind == "signed"} == {
        f"t2.{row}.change" for row in ("licence", "other_services", "penalty", "coercion", "fees")
    }
    amount = table.cells["t2.procurement.amount"]
    assert (amount.units, amount.prints_unit) == (("元", "万元"), True)


@pytest.mark.parametrize("id", ["2019", "2021"])
def test_table_4(id):
    table = formats.load(id).table("t4")
    assert len(table.widths) == 15
    assert table.header_rows == 3
    assert table.cells["t4.review.total"].column_path == ("行政复议", "总计")
    assert table.cells["t4.suit_after_review.upheld"].column_path == ("行政诉讼", "复议后起诉", "结果维持")
    assert [cell for cell, known in table.cells.items() if known.computed] == [
        "t4.review.total",
        "t4.suit_direct.total",
        "t4.suit_after_review.total",
    ]


def test_paths_of_a_cell():
    cell = formats.load("2021").cells["t3.refused_law.business"]
    assert cell.row_path == ("三、本年度办理结果", "（三）不予公开", "2.其他法律行政法规禁止公开")
    assert cell.column_path == ("申请人情况", "法人或其他组织", "商业企业")


@pytest.mark.parametrize(("year", "id"), [(2019, "2019"), (2020, "2019"), (2021, "2021"), (2025, "2021")])
def test_format_of_a_year(year, id):
    assert formats.for_year(year).id == id


def test_years_and_formats_that_are_not_there():
    with pytest.raises(KnownError, match="2018 年"):
        formats.for_year(2018)
    with pytest.raises(KnownError, match="2099x"):
        formats.load("2099x")


def test_notices_are_the_formats_own():
    for form, other in permutations(formats.available(), 2):
        text = (
            form.notice,
            *form.intro,
            *(section.source for section in form),
            *(rule.source for rule in form.rules),
        )
        assert not any(other.notice in part for part in text)
        assert any(form.notice in sentence for sentence in form.intro)


def test_every_cell_has_help():
    for form in formats.available():
        assert [id for id, cell in form.cells.items() if not cell.help] == []
