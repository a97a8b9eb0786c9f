"""The notice and the law that a text cites, and the unit's own name."""

from __future__ import annotations

import pytest

from gkdesk.report.intro import compose_intro
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

LAW = "《中华人民共和国政府信息公开条例》"


def intro(text, form="2021"):
    return report_of(form, text__intro=text)


@pytest.mark.parametrize("form", ["2019", "2021"])
def test_the_introduction_that_we_write_is_right(form):
    text = compose_intro(FORMS[form], 2024, {"unit.name": "云溪县水务局"})
    assert outcome(intro(text, form), "text.legal_basis", "intro") == HOLDS


@pytest.mark.parametrize(
    "text",
    [
        f"根据{LAW}（国务院令第711号）和国办公开办函[2021]30号",
        f"根据{LAW}（国令 第７１１号）和国办公开办函（2021）第30号",
        f"根据{LAW}和国办公开办函2021年30号、国办函〔2020〕109号",
        f"根据{LAW}、《政务处分办法》（国务院令第495号）和国办公开办函〔2021〕30号",
    ],
)
def test_ways_to_cite(text):
    assert outcome(intro(text), "text.legal_basis", "intro") == HOLDS


def test_the_notice_of_another_format():
    report = intro(f"根据{LAW}和（国办公开办函〔2019〕60号）要求")
    issue = the_issue(report, "text.legal_basis", "intro")
    assert (issue.severity, said(report, issue)) == ("warning", "国办公开办函〔2019〕60号")
    assert (
        words(issue) == "引用了别的通知“国办公开办函〔2019〕60号”，本年度年报应引用国办公开办函〔2021〕30号"
    )
    assert outcome(fixed(report, issue), "text.legal_basis", "intro") == HOLDS


def test_the_title_of_another_formats_notice():
    other = FORMS["2019"].notice_title
    report = intro(f"根据{LAW}和《{other}》（国办公开办函〔2021〕30号）")
    issue = the_issue(report, "text.legal_basis", "intro")
    assert said(report, issue) == other
    assert outcome(fixed(report, issue), "text.legal_basis", "intro") == HOLDS


def test_the_old_number_of_the_law():
    report = intro(f"根据{LAW}（国务院令第492号）和国办公开办函〔2021〕30号")
    issue = the_issue(report, "text.legal_basis", "intro")
    assert said(report, issue) == "492"
    assert words(issue) == "《条例》的令号写成了“第492号”，应为国令第711号"
    assert "第711号" in fixed(report, issue).text("intro")


def test_citing_nothing_is_a_hint():
    issue = the_issue(intro("现将有关情况报告如下。"), "text.legal_basis", "intro")
    assert (issue.severity, issue.span) == ("hint", None)
    assert words(issue) == (
        "“引言”没有写明编制依据：《中华人民共和国政府信息公开条例》（国令第711号）、国办公开办函〔2021〕30号"
    )
    only_law = the_issue(intro(f"根据{LAW}编制"), "text.legal_basis", "intro")
    assert words(only_law).endswith("编制依据：国办公开办函〔2021〕30号")
    assert outcome(intro(f"根据{LAW}编制", "2019"), "text.legal_basis", "intro") == HOLDS


def test_other_texts_need_not_cite():
    assert outcome(report_of(text__overview="全年平稳。"), "text.legal_basis", "overview") == HOLDS
    assert outcome(report_of(), "text.legal_basis", "intro") == NOT_EVALUATED


# ---------------------------------------------------------------- the unit's name

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
    assert outcome(named("请与东林街道学校联系。", name), "text.unit_name", "intro")[0].part == "name"


def test_spaces_and_brackets_do_not_matter():
    report = named("本报告由云溪县局（森林）根据条例编制。年报由云溪县某局编制。", "云溪县局(森林)某局")
    (issue,) = outcome(report, "text.unit_name", "intro")
    assert said(report, issue) == "云溪县某局"
