"""The notice and the law that a text cites."""

from __future__ import annotations

from dataclasses import replace

import pytest

from gkdesk.checks.basis import Citation
from gkdesk.formats import FormatError
from gkdesk.report import View
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
        "根据《政府信息公开条例》（国令第711号）和国办公开办函〔2021〕30号",
        "根据《条例》和国办公开办函〔2021〕30号",
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
    assert words(issue).endswith("，本年度年报应引用国办公开办函〔2021〕30号")
    first = report_of(text__overview=f"{other}规定了格式。")
    assert said(first, the_issue(first, "text.legal_basis", "overview")) == other
    assert outcome(fixed(report, issue), "text.legal_basis", "intro") == HOLDS


def test_the_old_number_of_the_law():
    report = intro(f"根据{LAW}（国务院令第492号）和国办公开办函〔2021〕30号")
    issue = the_issue(report, "text.legal_basis", "intro")
    assert said(report, issue) == "492"
    assert words(issue) == "《条例》的令号写成了“第492号”，应为国令第711号"
    assert "第711号" in fixed(report, issue).text("intro")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (f"根据{LAW}（2007年国务院令第492号公布，2019年国务院令第711号修订）", None),
        (f"根据{LAW}（国务院令第492号公布）编制", "492"),
        (f"根据{LAW}（国务院令第492号公布）编制。现行的是国令第711号", "492"),
        (f"根据{LAW}（国务院令第492号）和国令第711号", "492"),
        (f"根据{LAW}（国务院第492号令）编制", "492"),
        ("根据《条例》（国令第492号）编制", "492"),
        ("《条例》（国令第492号）是依据", "492"),
        ("依据国令第711号。《条例》（国令第492号公布）", "492"),
        ("按国务院令第495号，根据《条例》（国令第492号）编制", "492"),
        ("根据《保密法实施条例》（国令第646号）编制", None),
    ],
)
def test_the_first_decree_is_history_only_beside_the_right_one(text, found):
    report = report_of(text__overview=text)
    result = outcome(report, "text.legal_basis", "overview")
    assert (HOLDS if found is None else found) == (result if result == HOLDS else said(report, result[0]))


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


def cited(monkeypatch, text, **changes):
    """What is said to a text, beside an invented notice like the newest one but for the changes."""
    form = FORMS["2021"]
    other = replace(form, id="2031", first_year=2031, **changes)
    monkeypatch.setattr("gkdesk.formats.available", lambda: (FORMS["2019"], form, other))
    rule = next(rule for rule in form.rules if rule.id == "text.legal_basis")
    report = intro(f"根据{LAW}、国办公开办函〔2021〕30号{text}")
    found = Citation(rule, rule.instances[0], form).evaluate(View.of(report))
    return [said(report, issue) for issue in found] if isinstance(found, tuple) else found


def test_a_notice_of_another_series_is_known_by_its_number(monkeypatch):
    other = {"notice": "国办函〔2031〕9号", "notice_title": "另一个通知"}
    assert cited(monkeypatch, "和国办函〔2031〕9号", **other) == ["国办函〔2031〕9号"]
    assert cited(monkeypatch, "和国办函〔2031〕10号", **other) == HOLDS
    assert cited(monkeypatch, "和国办函〔2030〕9号", **other) == HOLDS


def test_any_other_number_of_the_series_is_wrong(monkeypatch):
    assert cited(monkeypatch, "和国办公开办函〔2018〕7号") == ["国办公开办函〔2018〕7号"]


def test_titles_that_are_alike(monkeypatch):
    own = FORMS["2021"].notice_title
    longer, shorter = f"{own}的补充", own[:-4]
    assert cited(monkeypatch, f"《{own}》", notice="国办公开办函〔2031〕5号") == HOLDS, "the same title"
    assert cited(monkeypatch, f"《{own}》", notice_title=shorter) == HOLDS, "a part of our own"
    assert cited(monkeypatch, f"《{own}》和《另一个通知》", notice_title="另一个通知") == ["另一个通知"]
    assert cited(monkeypatch, f"《{shorter}》", notice_title=shorter) == [shorter]
    assert cited(monkeypatch, "", notice_title=longer) == HOLDS


def test_a_notice_of_another_series_than_the_rules_is_refused():
    form = replace(FORMS["2021"], notice="国办函〔2031〕9号")
    rule = next(rule for rule in form.rules if rule.id == "text.legal_basis")
    with pytest.raises(
        FormatError, match=r"^rule text\.legal_basis: 国办函〔2031〕9号 is not of the series 国办公开办函$"
    ):
        Citation(rule, rule.instances[0], form)
