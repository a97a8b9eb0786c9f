"""The unit is called by its name wherever a text speaks for it."""

from __future__ import annotations

import pytest

from tests.checks.outcomes import HOLDS, NOT_EVALUATED, fixed, outcome, report_of, said, the_issue, words

NAME = "云溪县自然资源局"


def named(text, name=NAME):
    return report_of(text__intro=text, unit__name=name)


@pytest.mark.parametrize(
    "text",
    [
        "本报告由云溪县自然资源局根据条例编制。",
        "本报告由县自然资源局依据条例编制。",
        "请与云溪县自然资源局办公室联系。",
        "请与我局办公室联系。",
        "报告由自然资源局办公室按照条例编制",
        "本报告由县局政务公开领导小组办公室编制。",
        "可直接向云溪县自然资源局法规中心咨询",
    ],
)
def test_names_of_the_unit(text):
    assert outcome(named(text), "text.unit_name", "intro") == HOLDS


@pytest.mark.parametrize(
    "text", ["全年平稳。", "本报告由总体情况等六部分组成。", "请与群众联系。", "由办公室按照分工办理。", None]
)
def test_nobody_is_named(text):
    assert outcome(named(text), "text.unit_name", "intro") == NOT_EVALUATED


def test_another_name():
    report = named("本报告由云溪县水务局根据条例编制，请与云溪县自然资源局联系。")
    issue = the_issue(report, "text.unit_name", "intro")
    assert (issue.severity, said(report, issue)) == ("warning", "云溪县水务局")
    assert words(issue) == "单位写成了“云溪县水务局”，基本信息里是“云溪县自然资源局”"
    assert outcome(fixed(report, issue), "text.unit_name", "intro") == HOLDS
    assert outcome(named(report.text("intro"), None), "text.unit_name", "intro") == NOT_EVALUATED


def test_an_office_inside_the_unit():
    name = "万盛区东林街道办事处"
    assert outcome(named("请与东林街道党政办联系。", name), "text.unit_name", "intro") == HOLDS
    for school in ("东林街道学校", "东林街道学校办公室"):
        report = named(f"请与{school}联系。", name)
        assert said(report, the_issue(report, "text.unit_name", "intro")) == school


def test_spaces_and_brackets_do_not_matter():
    report = named("本报告由云溪县局（森林）根据条例编制。年报由云溪县水局编制。", "云溪县局(森林)某局")
    (issue,) = outcome(report, "text.unit_name", "intro")
    assert said(report, issue) == "云溪县水局"
    for name in ("云溪县(森林)局", "云溪县（森林）局", " 云溪县 （森林）局"):
        assert (
            outcome(named("本报告由云溪县（森林）局根据条例编制。", name), "text.unit_name", "intro") == HOLDS
        )


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("云溪县人民政府办公室", "请与云溪县政府办公室联系。"),
        ("云溪县水利局", "请与水利局办公室联系。"),
        ("云溪县水利局", "本报告由各乡镇按照分工编制。"),
    ],
)
def test_short_names_of_the_unit(name, text):
    assert outcome(named(text, name), "text.unit_name", "intro") == HOLDS


@pytest.mark.parametrize(
    "text",
    [
        "现公布云溪县自然资源局2024年政府信息公开工作年度报告。",
        "云溪县自然资源局（以下简称“我局”）认真履职。",
        "县政府办公室2024年政府信息公开工作年度报告会后，我局部署落实。",
        "云溪县自然资源局认真贯彻《条例》。",
        "云溪县自然资源局编制了本年度报告。",
    ],
)
def test_the_unit_speaks_of_itself(text):
    assert outcome(named(text), "text.unit_name", "intro") in (HOLDS, NOT_EVALUATED)


@pytest.mark.parametrize(
    ("text", "other"),
    [
        ("现公布云溪市自然资源局2024年政府信息公开工作年度报告。", "云溪市自然资源局"),
        ("根据条例，云溪县水务局现公布2024年政府信息公开年度报告。", "云溪县水务局"),
        ("2024年，云溪县水务局（以下简称“我局”）认真履职。", "云溪县水务局"),
        ("经审定，由石桥县水务局编制了本年度报告。", "石桥县水务局"),
        ("云溪县自然资源馆根据《条例》编制本报告。", "云溪县自然资源馆"),
        ("石桥县自然资源局认真贯彻《条例》。", "石桥县自然资源局"),
        ("2024年，云溪县水务局高度重视政务公开。", "云溪县水务局"),
        ("石桥县水务局2024年政府信息公开工作年度报告。", "石桥县水务局"),
        ("说明：石桥县水务局2024年政府信息公开工作年度报告。", "石桥县水务局"),
        ("学习云溪县水务局2024年政府信息公开工作年度报告。", "云溪县水务局"),
        ("甲局2021年政府信息公开年度报告已公开，现公布乙县水务局2024年政府信息公开年度报告。", "乙县水务局"),
        ("联系单位：云溪县水务局。", "云溪县水务局"),
        ("云溪县发展和改革局（以下简称“我局”）认真履职。", "云溪县发展和改革局"),
        (
            "云溪县水务局2021年政府信息公开工作年度报告已公开。石桥县水务局（以下简称“我局”）认真履职。",
            "石桥县水务局",
        ),
        (
            "2024年政府信息公开工作年度报告由六部分组成。石桥县水务局（以下简称“我局”）认真履职。",
            "石桥县水务局",
        ),
        (
            "学习Ａ县水务局2024年政府信息公开工作年度报告。石桥县水务局（以下简称“我局”）认真履职。",
            "石桥县水务局",
        ),
        ("如有疑问，请联系云溪县水务局，电话见上。", "云溪县水务局"),
    ],
)
def test_another_unit_in_its_place(text, other):
    report = named(text)
    issue = the_issue(report, "text.unit_name", "intro")
    assert said(report, issue) == other
    assert NAME in fixed(report, issue).text("intro")


@pytest.mark.parametrize(
    "text",
    [
        # the year of another report
        "云溪县水务局2021年政府信息公开工作年度报告已公开。",
        # where the name begins is not clear, or it is none
        "2024年政府信息公开工作年度报告由六部分组成。",
        "学习Ａ县水务局2024年政府信息公开工作年度报告。",
        "学习Ａ石桥县水务局2024年政府信息公开工作年度报告。",
        "参照县水务局2024年政府信息公开工作年度报告。",
        "各乡镇2024年政府信息公开工作年度报告。",
        # who leads the unit, and who acts further on
        "云溪县人民政府高度重视政务公开。",
        "全年平稳。云溪县水务局认真履职。",
        "石桥县教育局认真贯彻《条例》。",
    ],
)
def test_others_may_be_named(text):
    assert outcome(named(text), "text.unit_name", "intro") in (HOLDS, NOT_EVALUATED)


def test_a_government_speaks_of_its_units():
    text = "云溪县水务局认真贯彻《条例》。"
    assert outcome(named(text, "云溪县人民政府"), "text.unit_name", "intro") == NOT_EVALUATED


@pytest.mark.parametrize(
    ("name", "who", "ours"),
    [
        ("清河区卫生健康委员会", "清河区卫健委", True),
        ("清河区卫生健康委员会", "区卫健委", True),
        ("清河区卫生健康委员会", "白河区卫健委", False),
        ("清河区卫生健康委员会", "清河区教育局", False),
        ("石门乡人民政府", "石门乡党政综合办公室", True),
        ("石门乡人民政府", "石桥乡党政综合办公室", False),
        ("石门乡人民政府", "石门乡派出所", False),
    ],
)
def test_short_names_and_offices_inside(name, who, ours):
    found = outcome(named(f"如有疑问，请与{who}联系。", name), "text.unit_name", "intro")
    assert (found in (HOLDS, NOT_EVALUATED)) is ours


def test_the_name_is_put_in_with_full_brackets():
    report = named("本报告由云溪县教育局根据条例编制。", "云溪县 (森林)局")
    issue = the_issue(report, "text.unit_name", "intro")
    assert "由云溪县（森林）局根据" in fixed(report, issue).text("intro")
