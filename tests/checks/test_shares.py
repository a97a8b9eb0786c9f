"""Percentages: shares and rates."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.checks.outcomes import HOLDS, NOT_EVALUATED, fixed, outcome, report_of, said, the_issue, words


def percent(text):
    return outcome(report_of(text__overview=text), "text.percent", "overview")


def the(rule, text, previous=None, **cells):
    report = report_of(text__overview=text, **cells)
    return report, the_issue(report, rule, "overview", previous)


@pytest.mark.parametrize(
    "text",
    [
        "受理信件2742件，办结2629件，办结率95.9%。",
        "受理信件2742件，办结2629件，办结率96%。",
        "予以公开46件，占办结89件的51.7%。",
        "收到申请88件，其中自然人62件，占70.5%，企业26件，占29.5%。",
        "收到申请88件。其中，自然人62件，占比70.45%。",
        "新收申请88件，上年结转5件，办结89件，办结率95.7%。",
        "抽查栏目48个，合格45个，合格率93.75%。",
        "新收申请88件，上年结转5件，办结80件，办结率86%。",
        "行政复议8件，其中维持5件、纠正3件，维持率62.5%。",
        "收到申请88件，上年结转5件，办结80件，办结率86%。",
    ],
)
def test_right_percentages(text):
    assert percent(text) == HOLDS


@pytest.mark.parametrize(
    "text",
    [
        "",
        "办结率100%。",
        "收到申请88件，办结率100%。",
        "受理信件2742件，办结2629件，办结率约95%。",
        "自然人62件，占70%。",
        "收到申请88件，其中自然人62件、企业26件，分别占70%、30%。",
        "收到申请88件，办结0件，占同类的5%。",
        "收到申请0件，办结0件，办结率100%。",
        "受理0件，其中自然人0件，占10%。",
        "收到申请0件。其中自然人0件，占10%。",
        "办结46件，占约90件的51.7%。",
        "占办结89件的51.7%。",
        "予以公开46件，占办结0件的51.7%。",
        "发布80条，举办5期，占6%。",
        "抽查10个，走访20个，检查30个，合格8人，合格率80%。",
        "图解12篇、视频解读6篇，解读率10%。",
        "受理甲类10件、乙类20件，转办5件，答复15件，答复率7%。",
        "率5%。",
        "满意率98%，满意度较高。",
    ],
)
def test_percentages_that_cannot_be_told(text):
    assert percent(text) in (NOT_EVALUATED, HOLDS)


@pytest.mark.parametrize(
    "text",
    [
        "合计占71.7%。",
        "自然人申请占72.5%。收到申请88件，其中自然人62件、企业26件。",
        "收到申请88件，其中自然人62件、企业26件。\n自然人申请占72.5%。",
        "甲类12篇，占60%；乙类9篇，比上年增长43%。",
        "甲类12篇、乙类8人，共20篇，分别占70%和40%。",
        "甲类12篇，占60%；乙类9篇，完成率43%。",
        "抽查10个，走访20个，检查30个，合格8个，合格率80%。",
    ],
)
def test_without_a_part_and_a_whole_nothing_is_held(text):
    assert percent(text) == NOT_EVALUATED


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("满意率98%，受理信件2742件，办结2629件，办结率95.8%。", "95.8"),
        ("收到申请88件，办结88件，办结率99%。", "99"),
        ("收到申请90件，其中自然人62件，占77.5%，举办培训0期。", "77.5"),
        ("收到申请90件，其中自然人40件，占80%，企业50件，占55.6%。", "80"),
    ],
)
def test_wrong_percentages_beside_other_figures(text, wrong):
    report, issue = the("text.percent", text)
    assert said(report, issue) == wrong


def test_what_was_received_is_named_as_the_whole():
    _report, issue = the("text.percent", "新收申请88件，上年结转5件，办结80件，办结率85%。")
    assert "80 ÷ 88 = 90.91%" in words(issue)


def test_a_rate_that_was_cut_instead_of_rounded():
    report, issue = the("text.percent", "受理信件2742件，办结2629件，办结率95.8%。")
    assert (issue.severity, said(report, issue)) == ("warning", "95.8")
    assert (issue.left, issue.right) == (Decimal("95.8"), Decimal("95.9"))
    assert words(issue) == "“办结率95.8%”：2629 ÷ 2742 = 95.88%，应写 95.9%"
    assert outcome(fixed(report, issue), "text.percent", "overview") == HOLDS


def test_decimals_of_the_fix_are_those_of_the_text():
    report, issue = the("text.percent", "收到申请80件，其中自然人60件，占76.00%。")
    assert fixed(report, issue).text("overview").endswith("占75.00%。")
    report, issue = the("text.percent", "收到申请80件，其中自然人60件，占76%。")
    assert fixed(report, issue).text("overview").endswith("占75%。")


def test_a_part_that_is_more_than_the_whole_is_another_totals():
    assert percent("收到申请50件，办结60件，办结率98%。") == HOLDS


def test_any_figure_nearby_may_be_the_whole():
    assert percent("收到申请90件，其中网上40件，自然人62件，占77.5%。全年办结80件。") == HOLDS
    assert len(percent("收到申请90件，其中自然人62件，占77.5%。\n全年办结80件。")) == 1


@pytest.mark.parametrize(
    ("text", "wrong", "right"),
    [
        ("网上申请27件、窗口申请9件，合计36件，网上申请占{}%。", "78", "75"),
        ("收到申请88件，其中自然人62件、企业26件。自然人申请占{}%。", "72.5", "70.5"),
        ("发布信息925条，其中专题类263条，占发布总量的{}%。", "28.5", "28.4"),
        ("抽查信息160条，发现问题信息13条，差错率{}%。", "8.3", "8.1"),
        ("办结率为{}%（收到48件，办结46件）。", "95.9", "95.8"),
        ("收到申请46件，其中予以公开28件、部分公开5件，合计占{}%。", "77.1", "71.7"),
        ("自然人62件，法人和其他组织26件，共88件，分别占{}%和29.5%。", "75.0", "70.5"),
        ("收到申请88件，其中自然人62件、企业26件，分别占70.5%和{}%。", "28.5", "29.5"),
        ("收到申请58件，办结55件，其中予以公开40件，占办结总数的{}%。", "69", "73"),
        ("自然人35件，占{}%；商业企业5件，占12.5%。", "87", "88"),
        ("全年收到12件，当年办结11件，办结比例为{}%。", "90.7", "91.7"),
        ("新收申请88件，上年结转5件，办结89件，办结率{}%。", "97.5", "95.7"),
        ("培训3次，收到申请88件，其中自然人62件，占{}%。", "72.5", "70.5"),
        ("办结率为{}%（收到48件，办结46件），复议2件。", "95.9", "95.8"),
        ("办结率{}%（收到48件，46件已全部办结）。", "100", "96"),
        ("新收80件，上年结转5件，办结80件，办结率{}%。", "86", "100"),
        ("34件申请由个人提出，公开率98%，占全部40件申请的{}%。", "80", "85"),
        ("收到申请240件，予以公开60件，占办结申请200件的{}%。", "40", "30"),
        ("收到申请88件，其中自然人62件，占{}%。", "100", "70"),
        ("公开640条，其中网站512条，比例为{}%。", "85", "80"),
        ("收到申请46件，其中予以公开28件、部分公开5件，部分公开占{}%。", "71.7", "10.9"),
        ("网络申请30件，占60%；信函申请20件，占{}%。", "66.7", "40.0"),
        ("满意率90%，收到申请88件，自然人62件，占{}%。", "72.5", "70.5"),
        ("网上27件、窗口9件，合计36件；来电14件、来访6件，合计20件，来电占{}%。", "75", "70"),
        ("网上27件、窗口9件，合计36件；来电14件、来访6件，合计20件，来访占{}%。", "35", "30"),
        ("申请125件，网络申请80件（占{}%），信函申请45件（占36%）。", "65", "64"),
        ("收到申请58件，答复55件，占{}%。", "96", "95"),
        ("收到申请40件，培训5次，予以公开20件，占{}%。", "62.5", "50.0"),
        ("收到申请40件，答复4件，培训5次，予以公开20件，占{}%。", "60", "50"),
        ("自然人35件，自然人占{}%；商业企业5件，占12.5%。", "87", "88"),
        ("收到申请88件，其中自然人62件（含学生5件）、企业26件，分别占70.5%和{}%。", "28.5", "29.5"),
    ],
)
def test_parts_and_wholes_by_their_words(text, wrong, right):
    report, issue = the("text.percent", text.format(wrong))
    assert said(report, issue) == wrong
    assert fixed(report, issue).text("overview") == text.format(right)
    assert percent(text.format(right)) == HOLDS


@pytest.mark.parametrize(
    "text",
    [
        "收到申请52件，其中线上41件、信函8件、当面3件，网上申请占比78.8%。",
        "收到申请21件，占全县总量的5.1%。",
        "收到申请46件，其中予以公开28件、部分公开5件，占71.7%。",
        "合计占71.7%。",
        "收到申请0件，其中自然人0件、企业0件，合计占50%。",
        "其中予以公开121件，占45.7%；部分公开28件，占10.6%。",
        "文字解读12篇，占46%；图解9篇，占34%。",
        "甲类12篇，占60%；乙类9件，占34%。",
        "甲类12篇，占57%；乙类9件，占34%。",
        "自然人35件，占总量的70%；商业企业5件，占总量的12.5%。",
        "收到申请88件，其中自然人62件、企业26件。\n自然人申请占72.5%。",
        "办结0件，其中予以公开40件，占办结总数的69%。",
        "满意率85%。其中自然人62件，占70%。",
        "发布80条，举办5期，占9%。",
        "办结情况：予以公开28件、部分公开5件，占15%。",
        "满意率98%，其中予以公开28件、部分公开5件，合计占71.7%。",
        "办结1298件，合计占77.1%。",
        "全年制发文件40件，其中需解读10件，比例为100%。",
        "全年公开文件35个，其中需要解读的10个文件已全部解读，解读率100%。",
        "甲类12篇，占60%；乙类9篇，比上年增长34%。",
        "甲类0篇，占60%；乙类0篇，占40%。",
        "甲类12篇、乙类8人，共20篇，分别占60%和40%。",
        "收到20件，甲类12件、乙类6件，分别占70%和40%。",
        "收到申请58件，占答复总数的69%。",
        "收到申请88件，上年结转5件，共办结89件，办结率95.7%。",
        "新收申请88件，上年结转5件，办结89件，其中自然人62件，占应办总数的66.7%。",
    ],
)
def test_wholes_that_are_not_there(text):
    assert percent(text) in (NOT_EVALUATED, HOLDS)


def test_chinese_percentages_are_mended_as_a_whole():
    report, issue = the("text.percent", "网上27件、窗口9件，合计36件，网上占百分之七十八。")
    assert said(report, issue) == "百分之七十八"
    assert fixed(report, issue).text("overview").endswith("网上占75%。")
    assert words(issue).endswith("27 ÷ 36 = 75%，应写 75%")
