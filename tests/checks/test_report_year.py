"""Years in the text."""

from __future__ import annotations

import pytest

from gkdesk.checks import check
from tests.checks.outcomes import HOLDS, NOT_EVALUATED, fixed, outcome, report_of, said, the_issue, words


def year_of(text, field="overview", previous=None, **more):
    report = report_of(**{f"text__{field}": text}, **more)
    return outcome(report, "text.year", field, previous)


def issue_of(text, field="overview", previous=None, **more):
    report = report_of(**{f"text__{field}": text}, **more)
    return report, the_issue(report, "text.year", field, previous)


@pytest.mark.parametrize(
    "text",
    [
        "所列数据的统计期限为2024年1月1日至2024年12月31日。",
        "统计期限为2024年1月1日至12月31日。",
        "２０２４年01月01日起—２０２４年12月31日",
        "2024年，我局认真履职。",
        "二〇二四年，我局认真履职。",
        "现公布云溪县水务局2024年政府信息公开工作年度报告。",
    ],
)
def test_the_right_year(text):
    assert year_of(text, "intro") == HOLDS


@pytest.mark.parametrize(
    "text",
    [
        "",
        "全年平稳。",
        "2023年收到申请80件，2024年收到88件。",
        "2023年，我局成立了领导小组。",
        "2023年，我局收到80件，2024年收到88件。",
        "2025年，我局将继续努力。",
        "2019年，我局牵头编制目录。",
        "在2023年年报中提出的问题已整改。",
        "2023年5月，我局举办活动。",
        "2023年1月1日至2023年12月31日收到80件，2024年收到88件。",
        "2023年度政府信息公开工作年度报告已公布。",
        "2023年收到的1件申请已于1月答复。",
        "统计期限为2024年度。",
        "2020年，我局公开信息80条。",
        "2026年，我局公开信息80条。",
    ],
)
def test_other_years_that_may_stand_there(text):
    assert year_of(text) in (HOLDS, NOT_EVALUATED)


@pytest.mark.parametrize(
    ("text", "where", "mended"),
    [
        (
            "统计期限为2023年1月1日至2023年12月31日。",
            "2023年1月1日至2023年12月31日",
            "2024年1月1日至2024年12月31日",
        ),
        ("期限2023年1月1日至2024年12月31日", "2023年1月1日至2024年12月31日", "2024年1月1日至2024年12月31日"),
        ("期限2024年1月1日至2023年12月31日", "2024年1月1日至2023年12月31日", "2024年1月1日至2024年12月31日"),
        ("期限2023年1月1日至12月31日", "2023年1月1日至12月31日", "2024年1月1日至12月31日"),
        ("2023年，我局认真履职。", "2023", "2024"),
        ("一是2022年度，全局平稳。", "2022", "2024"),
        ("二〇二三年，我局认真履职。", "二〇二三", "二〇二四"),
        ("２０２３年，我局认真履职。", "２０２３", "２０２４"),
        ("2025年，我局公开信息80条。", "2025", "2024"),
        ("2021年，我局公开信息80条。", "2021", "2024"),
        (
            "期限从2023年1月1日开始，到2023年12月31日结束。",
            "2023年1月1日开始，到2023年12月31日",
            "2024年1月1日开始，到2024年12月31日",
        ),
        ("期限：2023.1.1—2023.12.31。", "2023.1.1—2023.12.31", "2024.1.1—2024.12.31"),
        ("统计期限为2023年度。", "2023", "2024"),
        ("报告期为2023年1月至12月。", "2023", "2024"),
        ("2023年全年公开信息212条。", "2023", "2024"),
        ("截至2023年底，我局发布信息212条。", "2023", "2024"),
        ("2023年度无其他需要报告的事项。", "2023", "2024"),
        ("在2023年工作中，我局坚持公开为常态。", "2023", "2024"),
    ],
)
def test_last_years_text(text, where, mended):
    report, issue = issue_of(text)
    assert (issue.severity, issue.right, said(report, issue)) == ("warning", 2024, where)
    assert mended in fixed(report, issue).text("overview")
    assert outcome(fixed(report, issue), "text.year", "overview") == HOLDS


def test_the_wrong_one_of_two_years_is_named():
    _report, issue = issue_of("期限2024年1月1日至2023年12月31日")
    assert words(issue).endswith("本报告是 2024 年的，这里写成了 2023 年")


def test_a_year_is_quoted_with_what_follows():
    _report, issue = issue_of("2023年，我局认真履职尽责，公开信息。")
    assert words(issue) == "“2023年，我局认真履职尽责”：本报告是 2024 年的，这里写成了 2023 年"


def test_another_sentence_does_not_make_a_year_right():
    report, issue = issue_of("2023年，我局认真履职。2024年，我局继续努力。")
    assert said(report, issue) == "2023"


def test_the_title_in_the_introduction():
    report, issue = issue_of("现公布我局2023年度政府信息公开工作年度报告。", "intro")
    assert (said(report, issue), issue.left) == ("2023", 2023)
    assert words(issue).endswith("本报告是 2024 年的，这里写成了 2023 年")


CELLS = {"t2__licence__decisions": 1286}


def test_figures_of_this_year_under_another():
    report, issue = issue_of("全局2023年办理行政许可1286件。", **CELLS)
    assert said(report, issue) == "2023"


@pytest.mark.parametrize(
    "text",
    [
        "2023年办理行政许可1286件。",
        "2023年作出行政许可1286件。",
        "办理行政许可1286件。全局2023年办理行政许可1286件。",
        "全局2023年办理行政许可1190件。全局2023年办理行政许可1286件。",
        "全局2023年办理行政许可1286件，共1286件行政许可。",
    ],
)
def test_each_figure_is_asked_for_its_year(text):
    report, issue = issue_of(text, **CELLS)
    assert said(report, issue) == "2023"


@pytest.mark.parametrize("text", ["全局2023年办理行政许可1190件。", "全县2023年办理行政许可1286件。"])
def test_figures_that_are_another_years(text):
    assert year_of(text, **CELLS) == NOT_EVALUATED


def test_small_figures_may_be_alike_in_two_years():
    assert year_of("全局2023年办理行政许可6件。", t2__licence__decisions=6) == NOT_EVALUATED
    assert year_of("全局2023年办理行政许可10件。", t2__licence__decisions=10) != NOT_EVALUATED


def test_last_years_report_says_whose_figure_it_is():
    before = report_of(year=2023, t2__licence__decisions=1286)
    assert year_of("全局2023年办理行政许可1286件。", previous=before, **CELLS) == NOT_EVALUATED
    other = report_of(year=2023, t2__licence__decisions=1000)
    assert len(year_of("全局2023年办理行政许可1286件。", previous=other, **CELLS)) == 1
    cells = CELLS | {"t3__new__total": 88}
    two = report_of(year=2023, t2__licence__decisions=1286, t3__new__total=70)
    text = "全局2023年办理行政许可1286件。全局2023年新收政府信息公开申请88件。"
    _report, issue = issue_of(text, previous=two, **cells)
    assert issue.span[0] == text.rfind("2023")


def test_a_year_is_told_once():
    report, issue = issue_of("2023年，我局办理行政许可1286件。", **CELLS)
    assert (issue.part, said(report, issue)) == ("start", "2023")


def rules_told(text, figure, last, field="other_matters"):
    report = report_of(**{f"text__{field}": text}, t2__licence__decisions=figure)
    before = report_of(year=2023, t2__licence__decisions=last)
    return [issue.rule for issue in check(report, before) if issue.field == f"text.{field}"]


def test_a_wrong_year_is_one_issue_also_where_last_years_figure_is_another():
    # 1000 were in 2023: it is the year that is wrong, and the figure with it only as long as it is
    assert rules_told("2023年，我局办理行政许可1286件。", 1286, 1000) == ["text.year"]
    assert rules_told("全局2023年办理行政许可1286件。", 1286, 1000) == ["text.year"]
    assert rules_told("2023年，我局办理行政许可6件。", 6, 5) == ["text.year"]
    assert rules_told("全局2023年办理行政许可10件。", 10, 9) == ["text.year"]
    title = "2023年政府信息公开年度报告，办理行政许可6件。"
    assert "text.figure" not in rules_told(title, 6, 5, "intro")
    assert rules_told(title, 6, 5) == ["text.figure"]
    two = "全局2023年办理行政许可1286件。全局办理行政许可1287件。"
    assert rules_told(two, 1286, 1000) == ["text.figure", "text.year"]


def test_a_wrong_figure_of_last_year_is_told_where_no_year_is_wrong():
    # so small, it may be this year's by chance
    assert rules_told("全局2023年办理行政许可6件。", 6, 5) == ["text.figure"]
    assert rules_told("全局2023年办理行政许可1190件。", 1286, 1000) == ["text.figure"]
    assert rules_told("全局2024年办理行政许可1190件。", 1286, 1000) == ["text.figure"]


def test_a_year_far_away_is_not_taken_for_the_figures():
    text = "至2023年，" + "工作有序，" * 12 + "办理行政许可1286件。"
    assert year_of(text, **CELLS) == NOT_EVALUATED


BEFORE = (
    "按照条例的要求，我局健全工作机制，压实工作责任，规范登记、审核、办理、答复、送达和归档各个环节的工作，"
)


@pytest.mark.parametrize(
    "text",
    [
        BEFORE + "2023年收到政府信息公开申请88件，2024年收到政府信息公开申请88件",
        BEFORE + "2023年收到政府信息公开申请88件，2024年收到政府信息公开申请88件。" + BEFORE * 3,
        BEFORE + "2024年收到政府信息公开申请88件，2023年收到政府信息公开申请88件。",
    ],
)
def test_two_years_of_one_sentence_are_told_apart(text):
    assert year_of(text, t3__new__total=88) in (HOLDS, NOT_EVALUATED)


@pytest.mark.parametrize(
    "after", ["。2024年，我局认真履职。", "。" + BEFORE * 3, "", "，" + BEFORE * 3 + "2024年好"]
)
def test_a_figure_of_this_year_under_another(after):
    text = BEFORE + "2023年收到政府信息公开申请88件" + after
    report, issue = issue_of(text, t3__new__total=88)
    assert said(report, issue) == "2023"
