"""Figures of the text against the tables, and statements that nothing happened."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from gkdesk.checks import check
from gkdesk.checks.figures import where
from gkdesk.report import Report
from tests.checks.outcomes import (
    FORMS,
    HOLDS,
    NOT_EVALUATED,
    fixed,
    outcome,
    report_of,
    said,
    the_issue,
    words,
)
from tests.corpus.measure import reports

BUSY = reports()["busy"]
LAST = reports()["last"]


def busy(text, report=BUSY, **more):
    extra = {name.replace("__", "."): value for name, value in more.items()}
    fields = {**report.fields, "text.overview": text} | extra
    return Report(report.form, report.year, report.cells, fields)


def figure(text, previous=None, **more):
    return outcome(busy(text, **more), "text.figure", "overview", previous)


def the(text, previous=None, rule="text.figure"):
    report = busy(text)
    return report, the_issue(report, rule, "overview", previous)


# ---------------------------------------------------------------- figures


def test_holds_and_not_evaluated():
    assert figure("收到政府信息公开申请258件。") == HOLDS
    assert figure("全年工作平稳，举办培训3期。") == NOT_EVALUATED
    assert figure("") == NOT_EVALUATED
    missing = report_of(text__overview="收到政府信息公开申请258件。", t3__new__natural=258)
    assert outcome(missing, "text.figure", "overview") == NOT_EVALUATED


def test_a_wrong_figure():
    report, issue = the("本年新收政府信息公开申请285件。")
    assert (issue.severity, said(report, issue), issue.cells) == ("warning", "285", ("t3.new.total",))
    assert (issue.left, issue.right) == (285, 258)
    assert words(issue) == (
        "“本年新收政府信息公开申请285件”：表三“一、本年新收政府信息公开申请数量”总计是 258 件，相差 27 件"
    )
    mended = fixed(report, issue)
    assert mended.text("overview") == "本年新收政府信息公开申请258件。"
    assert outcome(mended, "text.figure", "overview") == HOLDS


def test_the_fix_is_gone_when_the_words_have_changed():
    _report, issue = the("新收申请285件。")
    assert fixed(busy("全年新收申请285件。"), issue) is None


def test_one_issue_a_figure_with_keys_that_last():
    issues = figure("新收申请285件，办结256件。（二）新收申请284件。")
    assert [issue.key for issue in issues] == [
        ("text.figure", "overview", "requests.new.total"),
        ("text.figure", "overview", "requests.answered.total"),
        ("text.figure", "overview", "requests.new.total#2"),
    ]
    assert [issue.left for issue in issues] == [285, 256, 284]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("不予公开36件、不予处理18件。", "表三“（三）不予公开”总计"),
        ("收到申请258件，其中法人和其他组织75件。", "表三“一、本年新收政府信息公开申请数量”法人或其他组织"),
        ("被提起行政诉讼13件。", "表四行政诉讼 总计"),
        ("行政复议、行政诉讼共27件。", "表四行政复议、行政诉讼 总计"),
        ("被申请行政复议14件，其中维持9件。", "表四行政复议 结果维持"),
        ("予以公开和部分公开共150件，不予公开37件。", "表三“（一）予以公开与（二）部分公开"),
        ("制发行政规范性文件8件。", "表二“行政规范性文件”本年制发件数"),
    ],
)
def test_places(text, place):
    _report, issue = the(text)
    assert place in words(issue)


@pytest.mark.parametrize(
    ("cells", "place"),
    [
        ("t3.granted.natural t3.granted.business", "表三“（一）予以公开”自然人与商业企业"),
        (
            "t3.unavailable_not_held.natural t3.unavailable_unclear.natural",
            "表三“1.本机关不掌握相关政府信息与3.补正后申请内容仍不明确”自然人",
        ),
        (
            "t4.review.upheld t4.suit_direct.upheld t4.suit_after_review.upheld",
            "表四行政复议、行政诉讼 结果维持",
        ),
        ("t4.suit_direct.upheld t4.suit_after_review.upheld", "表四行政诉讼 结果维持"),
        ("t4.suit_direct.upheld t4.suit_after_review.corrected", "表四结果维持与结果纠正"),
        (
            "t4.review.upheld t4.review.corrected t4.review.other t4.review.pending t4.review.total",
            "表四行政复议",
        ),
    ],
)
def test_several_cells_are_called_by_their_group(cells, place):
    assert where(tuple(cells.split()), FORMS["2021"]) == place


def test_money_in_any_unit():
    assert figure("行政事业性收费312.46万元、即3124600元。") == HOLDS
    assert figure("收取行政事业性收费312.5万元。") == HOLDS
    assert figure("收取行政事业性收费约313万元。") == NOT_EVALUATED
    report, issue = the("收取行政事业性收费3,124,500元。")
    assert (issue.left, issue.right) == (3124500, 3124600)
    assert fixed(report, issue).text("overview") == "收取行政事业性收费3124600元。"
    report, issue = the("收取行政事业性收费313.5万元。")
    assert (issue.left, issue.right) == (Decimal("313.5"), Decimal("312.46"))
    assert fixed(report, issue).text("overview") == "收取行政事业性收费312.5万元。"
    assert "相差 1.04 万元" in words(issue)


def test_rounded_counts():
    licence = {"t2__licence__decisions": 12_345, "unit__name": "甲"}
    assert (
        outcome(report_of(text__overview="办理行政许可1.23万件。", **licence), "text.figure", "overview")
        == HOLDS
    )
    assert outcome(report_of(text__overview="办理行政许可1.24万件。", **licence), "text.figure", "overview")[
        0
    ].right == Decimal("1.2345")


def test_units_of_procurement_in_the_2019_form():
    cells = {"t2__procurement__amount": "345.6", "units__t2__procurement__amount": "万元"}
    text = "政府集中采购项目12个，采购总金额3456000元。"
    report = report_of("2019", text__overview=text, t2__procurement__projects=12, **cells)
    assert outcome(report, "text.figure", "overview") == HOLDS
    assert words(
        the_issue(
            report_of("2019", text__overview=text, t2__procurement__projects=13, **cells),
            "text.figure",
            "overview",
        ),
        "2019",
    ).endswith("采购项目数量是 13 个，相差 1 个")


def test_the_whole_area_is_a_hint_without_a_fix():
    report, issue = the("全县共收到政府信息公开申请1258件。")
    assert issue.severity == "hint"
    assert words(issue) == (
        "“全县共收到政府信息公开申请1258件”说的是全地区，"
        "表三“一、本年新收政府信息公开申请数量”总计是 258 件：请确认两处的统计范围"
    )
    assert fixed(report, issue) is None


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("信息不存在的20件，本机关不掌握的21件。", []),
        ("信息不存在的20件，本机关不掌握的21件，部分公开29件。", ["29"]),
        ("信息不存在的20件，本机关不掌握的20件。", ["20", "20"]),
        ("信息不存在的20件。\n本机关不掌握的21件。", ["20", "21"]),
        ("信息不存在的13件，部分公开28件。", ["13"]),
        ("2023年信息不存在的20件，2024年信息不存在的21件。", ["21"]),
    ],
)
def test_figures_of_one_paragraph_may_be_parts_of_a_cell(text, wrong):
    report = busy(text)
    found = outcome(report, "text.figure", "overview")
    assert [said(report, issue) for issue in found] == wrong if wrong else found == HOLDS


def test_where_the_units_own_figure_stands_beside_the_areas():
    area = "全县收到政府信息公开申请900件，其中我局258件"
    assert figure(f"{area}。") == HOLDS
    report, issue = the(f"{area}，办结256件。")
    assert said(report, issue) == "256"


@pytest.mark.parametrize(
    ("change", "text", "expected"),
    [
        (-5, "行政处罚项目比上一年减少5项。", HOLDS),
        (5, "行政处罚项目比上一年增加5项。", HOLDS),
        (-5, "行政处罚项目比上一年减少3项。", "行政处罚项目比上一年减少5项。"),
        (0, "行政处罚项目比上一年减少3项。", "行政处罚项目比上一年减少0项。"),
        (-5, "行政处罚项目比上一年增加5项。", None),
    ],
)
def test_a_change_that_the_2019_form_counts_has_a_sign(change, text, expected):
    report = report_of("2019", text__overview=text, t2__penalty__change=change)
    if expected == HOLDS:
        assert outcome(report, "text.figure", "overview") == HOLDS
        return
    mended = fixed(report, the_issue(report, "text.figure", "overview"))
    assert (None if mended is None else mended.text("overview")) == expected


def test_what_was_answered_of_the_new_ones_stands_in_no_cell():
    text = "收到政府信息公开申请258件，其中办结253件。"
    assert figure(text) == HOLDS
    nothing = dict.fromkeys((cell for cell in BUSY.cells if cell.startswith("t3.carried_in.")), 0)
    report = busy(text)
    alone = Report(report.form, report.year, {**report.cells, **nothing}, report.fields)
    issue = the_issue(alone, "text.figure", "overview")
    assert said(alone, issue) == "253"


@pytest.mark.parametrize(
    "before",
    [
        "2019年收到政府信息公开申请220件。",
        "收到政府信息公开申请258件，其中办结253件。",
        "全年工作平稳，举办培训3期。",
        "行政规范性文件2件。",
    ],
)
def test_a_wrong_figure_behind_what_cannot_be_told(before):
    report, issue = the(f"{before}本年新收政府信息公开申请285件。")
    assert said(report, issue) == "285"


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("本年新收政府信息公开申请1,285件。", "本年新收政府信息公开申请1,285件"),
        ("本年新收政府信息公开申请：285件。", "285件"),
        ("平稳，有序，新收政府信息公开申请285件。", "新收政府信息公开申请285件"),
        ("平稳（新收政府信息公开申请285件）。", "新收政府信息公开申请285件"),
        ("我单位共新收全部政府信息公开申请数量285件。", "我单位共新收全部政府信息公开申请数量285件"),
        ("今我单位共新收全部政府信息公开申请数量285件。", "…我单位共新收全部政府信息公开申请数量285件"),
    ],
)
def test_a_figure_is_quoted_with_its_clause(text, quote):
    assert words(the(text)[1]).startswith(f"“{quote}”：")


def test_a_figure_without_a_unit():
    _report, issue = the("本年新收政府信息公开申请285。")
    assert words(issue).endswith("总计是 258，相差 27")


def test_received_with_what_was_carried_in_is_a_hint():
    _report, issue = the("全年收到政府信息公开申请270件。")
    assert issue.severity == "hint"
    assert issue.cells == ("t3.new.total", "t3.carried_in.total")
    assert words(issue) == (
        "“全年收到政府信息公开申请270件”含了上年结转（新收 258 件，上年结转 12 件）：请写明“含上年结转”"
    )
    (issue,) = figure("依申请公开答复192件，均系自然人提出。")
    assert issue.cells == ("t3.total.total",), "that natural persons asked is not said of 新收 alone"
    _report, issue = the("全县收到政府信息公开申请270件。")
    assert issue.cells == ("t3.new.total",)
    assert words(issue).endswith("总计是 258 件：请确认两处的统计范围")
    assert figure("全年收到政府信息公开申请270件（含上年结转12件）。") == HOLDS
    assert figure("全年新收政府信息公开申请270件。")[0].severity == "warning"
    _report, issue = the("全年收到政府信息公开申请271件（含上年结转12件）。")
    assert (issue.right, issue.severity) == (270, "warning")
    _report, issue = the("全年新收政府信息公开申请271件（含上年结转12件）。")
    assert issue.right == 258


def test_last_years_figures_are_held_against_last_years_report():
    text = "2023年收到政府信息公开申请220件。"
    assert figure(text) == NOT_EVALUATED
    report, issue = the(text, LAST)
    assert issue.right == 230
    assert words(issue).startswith("“2023年收到政府信息公开申请220件”：去年年报的表三")
    assert fixed(report, issue, LAST) is None
    assert figure("2023年收到政府信息公开申请230件。", LAST) == HOLDS
    assert figure("2022年收到政府信息公开申请1件。", LAST) == NOT_EVALUATED


def test_a_quotation_is_cut_at_its_clause_or_to_a_length():
    _report, issue = the("工作有序，新收申请285件。")
    assert words(issue).startswith("“新收申请285件”")
    _report, issue = the("全年新收到公民、法人和其他组织提出的政府信息公开申请总数量共计285件。")
    assert words(issue).startswith("“…")


def test_the_units_own_name_counts_nothing():
    text = "云溪县行政复议局收到政府信息公开申请285件。"
    report = busy(text, unit__name="云溪县行政复议局")
    assert said(report, the_issue(report, "text.figure", "overview")) == "285"


def test_a_format_without_meanings_says_nothing():
    from gkdesk.checks.reading.cells import cell_map

    found = cell_map(replace(FORMS["2021"], meanings={}))
    assert found.readings((("requests", "new", "total"),)) == ()
    assert found.readings((("requests", "new", "total"), ("requests", "new", "natural"))) == ()
    assert found.single("requests", "new", "total") == ()


def test_what_a_format_does_not_hold():
    assert figure("行政规范性文件2件。") == NOT_EVALUATED
    assert (
        outcome(report_of("2019", text__overview="废止规范性文件2件。"), "text.figure", "overview")
        == NOT_EVALUATED
    )


# ---------------------------------------------------------------- nothing happened


def claims(text, **more):
    return outcome(busy(text, **more), "text.zero_claim", "overview")


def test_claims():
    quiet = report_of(text__overview="未收到政府信息公开申请。", t3__new__total=0)
    assert outcome(quiet, "text.zero_claim", "overview") == HOLDS
    assert claims("全年平稳。") == NOT_EVALUATED
    unknown = report_of(text__overview="未收到政府信息公开申请。")
    assert outcome(unknown, "text.zero_claim", "overview") == NOT_EVALUATED


def test_a_claim_that_the_table_denies():
    report, issue = the("全年未收到政府信息公开申请。", rule="text.zero_claim")
    assert (issue.severity, issue.left, issue.right) == ("warning", 0, 258)
    assert said(report, issue) == "未收到政府信息公开申请"
    assert words(issue) == "“未收到政府信息公开申请”：表三“一、本年新收政府信息公开申请数量”总计却是 258"
    assert fixed(report, issue) is None


def test_each_subject_of_a_claim_is_its_own_issue():
    issues = claims("未发生行政复议、行政诉讼。")
    assert [(issue.part, issue.right) for issue in issues] == [
        ("reviews.review.total", 14),
        ("reviews.suit.total", 12),
    ]


def test_the_other_way_round_a_figure_denies_the_table():
    quiet = report_of(text__overview="收到政府信息公开申请3件。", t3__new__total=0, t3__carried_in__total=0)
    assert the_issue(quiet, "text.figure", "overview").right == 0


def test_claims_about_the_area_or_another_year():
    (issue,) = claims("全县未发生行政复议。")
    assert issue.severity == "hint"
    assert claims("2023年未收到政府信息公开申请。") == NOT_EVALUATED
    (issue,) = claims("2023年未收到政府信息公开申请。2024年未发生行政复议。")
    assert issue.part == "reviews.review.total"


def test_a_claim_about_what_the_form_does_not_count():
    assert claims("无规范性文件。") == NOT_EVALUATED
    (issue,) = claims("无规范性文件和行政处罚。")
    assert issue.cells == ("t2.penalty.decisions",)


def test_everything_in_the_samples_texts_is_read():
    assert check(busy("收到政府信息公开申请258件。")) != ()


def test_one_figure_that_stands_for_two_amounts_is_not_mended():
    text = "政府信息公开行政复议和行政诉讼均为2件，收到政府信息公开申请285件。"
    report = busy(text)
    issues = outcome(report, "text.figure", "overview")
    assert [(said(report, issue), issue.right) for issue in issues] == [("2", 14), ("2", 12), ("285", 258)]
    mended = [fixed(report, issue) for issue in issues]
    assert mended[:2] == [None, None]
    assert mended[2].text("overview") == text.replace("285", "258")


def test_one_figure_that_stands_for_one_amount_twice_is_mended():
    report = busy("属于公开出版物的申请2件，均为自然人提出。")
    issue = outcome(report, "text.figure", "overview")[0]
    assert fixed(report, issue).text("overview") == "属于公开出版物的申请1件，均为自然人提出。"


def test_what_all_of_a_figure_is_brings_up_no_hint():
    """答复 6 件，全部为自然人: whoever asked this year or last."""
    cells = {"t3.new.natural": 5, "t3.carried_in.natural": 1, "t3.total.natural": 5, "t3.total.total": 6}
    text = "按期办结政府信息公开申请6件，全部为自然人。"
    assert (
        outcome(busy(text, Report(BUSY.form, 2024, cells, BUSY.fields)), "text.figure", "overview") == HOLDS
    )


@pytest.mark.parametrize(
    "before",
    [
        "办理行政处罚案件52件，作出处罚决定47件，",
        "收到政府信息公开申请258件，已答复253件，答复率98.1%，",
        "新收政府信息公开申请258件。已答复253件，答复率98.1%，",
    ],
)
def test_what_counts_something_else_hides_nothing_behind_it(before):
    report = busy(before + "申请结果中予以公开112件。")
    issue = the_issue(report, "text.figure", "overview")
    assert (said(report, issue), issue.right) == ("112", 121)


def test_an_answered_figure_alone_is_the_tables():
    _report, issue = the("全年答复政府信息公开申请253件。")
    assert issue.right == 265


def test_of_several_readings_the_one_without_last_year_is_named():
    _report, issue = the("办结和收到政府信息公开申请270件。")
    assert "新收 258 件，上年结转 12 件" in words(issue)
