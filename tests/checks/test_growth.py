"""Growth and other changes against another year."""

from __future__ import annotations

from decimal import Decimal

import pytest

from gkdesk.report import Report
from tests.checks.outcomes import HOLDS, NOT_EVALUATED, fixed, outcome, report_of, said, the_issue, words
from tests.corpus.measure import reports


def growth(text, previous=None, **cells):
    return outcome(report_of(text__overview=text, **cells), "text.growth", "overview", previous)


def the(rule, text, previous=None, **cells):
    report = report_of(text__overview=text, **cells)
    return report, the_issue(report, rule, "overview", previous)


@pytest.mark.parametrize(
    "text",
    [
        "新收申请88件，比上年的80件增长10%。",
        "新收申请88件，比上年的80件增长10.0%，增加8件。",
        "新收申请88件，较2023年增加8件，增长10%。",
        "与上年80件相比，新收申请88件，增加8件。",
        "由上年的160件降至120件，下降25%。",
        "办结率98.5%，比上年的96.2%提高2.3个百分点。",
        "收到来信51件，同比下降25%（2023年为68件）。",
        "受理34件，由上年的17件增长1倍。",
        "信息80条，较上年的80条增长0%。",
        "收到来信9件，较上年增加8件，增长800%。",
        "较上年增加8件，增长10%，上年为80件。",
    ],
)
def test_right_changes(text):
    assert growth(text) == HOLDS


@pytest.mark.parametrize(
    "text",
    [
        "",
        "同比增长10%。",
        "新收申请88件，同比增长10%。",
        "新收申请88件，比上年的80件增长约10%。",
        "新收申请88件，比上年的0件增长10%。",
        "新收申请88件，比上年的80条增长10%。",
        "办结率98.5%，提高2.3个百分点。",
        "新收申请5件，较上年增加8件，增长10%。",
        "有所增加。",
        "新收申请约88件，比上年的80件增长12%。",
        "收到来信8件，较上年增加8件，增长10%。",
        "新收申请88件，增加8件，办结80件，增长11%。",
    ],
)
def test_changes_that_cannot_be_told(text):
    assert growth(text) == NOT_EVALUATED


def test_wrong_growth():
    report, issue = the("text.growth", "新收申请88件，比上年的80件增长11.0%。")
    assert (issue.severity, said(report, issue)) == ("warning", "11.0")
    assert (issue.left, issue.right) == (Decimal("11.0"), Decimal(10))
    assert words(issue) == "“比上年的80件增长11.0%”：从 80 到 88 是增加 10%"
    assert fixed(report, issue).text("overview") == "新收申请88件，比上年的80件增长10.0%。"


def test_a_wrong_change_is_not_right_because_it_is_said_twice():
    first, second = growth("新收申请88件，比上年的80件增加9件，共增加9件。")
    assert (first.right, second.right) == (8, 8)
    before = report_of(year=2023, t3__new__total=80)
    assert len(growth("新收政府信息公开申请88件，增加9件，共增加9件。", before, **CELLS)) == 2


def test_the_wrong_direction_has_no_fix():
    report, issue = the("text.growth", "新收申请70件，比上年的80件增长12.5%。")
    assert words(issue).endswith("从 80 到 70 是减少 12.5%")
    assert fixed(report, issue) is None


def test_a_change_of_one_has_a_direction_too():
    report, issue = the("text.growth", "新收申请81件，比上年的80件减少1件。")
    assert words(issue).endswith("从 80 到 81 是增加 1件")
    assert fixed(report, issue) is None


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("受理36件，比上年的30件增长20%；作出处罚10件，比上年的15件减少5件，下降30%。", "30"),
        ("访问量有1万次，增长8%；新收申请88件，比上年的80件增长11%。", "11"),
        ("2024年受理88件；比上年的80件增长11%。", "11"),
        ("阅读量增长8%；新收申请88件，比上年的80件增长11%。", "11"),
    ],
)
def test_each_change_is_looked_at(text, wrong):
    report, issue = the("text.growth", text)
    assert said(report, issue) == wrong


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("新收申请88件，办结90件，比上年的80件增长11%。", "从 80 到 90 是增加 13%"),
        ("受理34件（上年20件），办结30件（上年25件），增长25%。", "从 25 到 30 是增加 20%"),
    ],
)
def test_the_nearest_figures_are_named(text, message):
    assert message in words(the("text.growth", text)[1])


def test_no_change_at_all():
    _report, issue = the("text.growth", "新收申请80件，比上年的80件增长5%。")
    assert words(issue).endswith("从 80 到 80 没有变化")


def test_differences_in_the_unit_itself_and_in_points():
    report, issue = the("text.growth", "投资1.5万元，比上年的1.2万元增加0.4万元。")
    assert words(issue) == "“比上年的1.2万元增加0.4万元”：从 1.2 到 1.5 是增加 0.3万元"
    assert (issue.left, issue.right) == (Decimal("0.4"), Decimal("0.3"))
    assert "增加0.3万元" in fixed(report, issue).text("overview")
    _report, issue = the("text.growth", "办结率98.5%，比上年的96.2%提高2.4个百分点。")
    assert words(issue).endswith("从 96.2 到 98.5 是增加 2.3个百分点")


CELLS = {"t3__new__total": 88, "unit__name": "甲"}


def test_against_last_years_report():
    before = report_of(year=2023, t3__new__total=80)
    text = "新收政府信息公开申请88件，同比增长{}。"
    assert growth(text.format("10%"), before, **CELLS) == HOLDS
    assert growth(text.format("12%"), before, **CELLS)[0].right == 10
    assert growth("新收政府信息公开申请88件，较上年增加8件。", before, **CELLS) == HOLDS
    assert growth(text.format("10%"), report_of(year=2023), **CELLS) == NOT_EVALUATED
    assert growth("全县新收政府信息公开申请88件，同比增长12%。", before, **CELLS) == NOT_EVALUATED
    assert growth("新收政府信息公开申请160件，是原来的2倍。", before, **CELLS) == HOLDS
    assert growth("发布信息88条，同比增长12%。", before, **CELLS) == NOT_EVALUATED
    assert growth("同比增长12%，新收政府信息公开申请88件。", before, **CELLS) == NOT_EVALUATED


@pytest.mark.parametrize(
    "text",
    [
        "办理许可326件（上年289件），同比增长12.8%；作出处罚10件，比上年减少5件，下降33.3%。",
        "参训236人次，较上年的200人次增长18%；关注1.08万人，同比增长8%，上年为1万人。",
        "2024年受理90件，是2023年30件的3倍。",
        "阅读量比2023年的1.2万次增加0.3万次，增长25%。",
        "诉讼复议共5件；与2023年的8件相比减少3件，下降37.5%。",
        "比2023年的0件增加3件，增长25%。",
        "比2023年的8条增加3件，收到11件，增长37.5%。",
    ],
)
def test_what_belongs_together(text):
    assert growth(text) in (HOLDS, NOT_EVALUATED)


def test_multiples():
    report, issue = the("text.growth", "2024年受理90件，是2023年30件的2倍。")
    assert words(issue) == "“是2023年30件的2倍”：90 是 30 的 3 倍"
    assert fixed(report, issue).text("overview").endswith("30件的3倍。")


def test_a_change_on_last_years_figure():
    _report, issue = the("text.growth", "阅读量比2023年的1.2万次增加0.3万次，增长20%。")
    assert words(issue).endswith("是增加 25%")


def test_a_difference_is_mended_exactly():
    report, issue = the("text.growth", "投资12.55万元，比上年的11万元增加1.5万元。")
    assert "增加1.55万元" in fixed(report, issue).text("overview")


@pytest.mark.parametrize(
    "text",
    [
        "浏览量由281万增至326万，同比增长16%，申请量同比增长18%。",
        "来信同比增长20%，诉讼案件由2件增加到4件，增长1倍。",
        "作出处罚决定87件（上年95件），增加15项。",
        "投诉88件、来信66件，同比分别增长8%和20%，上年80件。",
        "收到来信88件，年均增长20%，上年80件。",
        "收到来信88件，比2020年的50件多38件，比上年的80件多8件。",
        "收到来信59件，为2021年（28件）的2.1倍。",
        "许可上一年项目46项，作出决定512件，同比增长6.7%。",
    ],
)
def test_changes_of_something_else(text):
    assert growth(text) in (HOLDS, NOT_EVALUATED)


def test_what_stands_behind_a_change_of_several_is_checked():
    text = "投诉88件、来信66件，同比分别增长8%和20%，培训由10场增至14场，增长50%。"
    _report, issue = the("text.growth", text)
    assert issue.right == 40


def test_last_year_by_its_name_and_years_before_it():
    busy, last = reports()["busy"], reports()["last"]

    def of(text):
        report = Report(busy.form, busy.year, busy.cells, {**busy.fields, "text.overview": text})
        return outcome(report, "text.growth", "overview", last)

    (issue,) = of("收到政府信息公开申请258件，较2023年增加20件。")
    assert issue.right == 28
    assert of("收到政府信息公开申请258件，较2023年增加28件。") == HOLDS
    assert of("收到政府信息公开申请258件，较2021年增加20件。") == NOT_EVALUATED
    assert of("收到政府信息公开申请258件，较2025年增加20件。") == NOT_EVALUATED
