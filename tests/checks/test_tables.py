"""The rules of the tables: what breaks them, which cells they name, and what they say."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gkdesk import formats
from gkdesk.checks import check, checker_for, explain, fix, open_session
from gkdesk.checks.sums import NotNegative
from gkdesk.report import Report, View
from tests.builders import balanced, balanced_reports
from tests.checks.outcomes import HOLDS, NOT_EVALUATED, outcome, report_of, the_issue


def found(report, *prefixes):
    return [issue for issue in check(report) if issue.rule.startswith(prefixes or ("t", "cell"))]


@given(balanced_reports())
def test_a_correct_report_has_no_issue(report):
    assert check(report) == ()


@given(balanced_reports(stated=True))
def test_stated_totals_that_agree_are_fine(report):
    assert check(report) == ()


@given(balanced_reports(), st.data())
def test_any_one_input_of_table_3_breaks_its_column_and_the_total(report, data):
    table = report.form.table("t3")
    cell = data.draw(st.sampled_from(table.inputs))
    session = open_session(report)
    changes = session.edit({cell: str(report.values[cell] + data.draw(st.integers(1, 50)))})
    column = table.cells[cell].column
    broken = {issue.each: issue for issue in changes.issues_added if issue.rule == "t3.balance"}
    assert set(broken) == {column, "total"}
    assert broken[column].cells == tuple(
        f"t3.{row}.{column}" for row in ("new", "carried_in", "total", "carried_out")
    )
    for issue in broken.values():
        words = explain(issue, report.form)
        assert str(issue.left) in words
        assert str(issue.right) in words
        assert f"相差 {abs(issue.left - issue.right)}" in words
    assert session.undo().issues_removed
    assert session.issues == ()


@given(balanced_reports(stated=True), st.data())
def test_with_stated_totals_any_one_number_of_tables_3_and_4_is_reported(report, data):
    cells = [id for table in ("t3", "t4") for id in report.form.table(table).cells]
    cell = data.draw(st.sampled_from(cells))
    wrong = dict(report.cells) | {cell: report.cells[cell] + data.draw(st.integers(1, 50))}
    issues = found(Report(report.form, report.year, wrong, report.fields), "t3", "t4")
    assert any(cell in issue.cells for issue in issues)


def test_messages_name_both_sides_and_the_difference():
    form = formats.load("2021")
    cells = {
        "t3.new.business": 12,
        "t3.carried_in.business": 3,
        "t3.total.business": 13,
        "t3.carried_out.business": 1,
        "t4.review.upheld": 10,
        "t4.review.corrected": 1,
        "t4.review.other": 0,
        "t4.review.pending": 0,
        "t4.review.total": 0,
    }
    words = [explain(issue, form) for issue in found(Report(form, 2024, cells), "t3.balance", "t4.total")]
    assert words == [
        "商业企业：第一项 12 + 第二项 3 = 15，第三项总计 13 + 第四项 1 = 14，相差 1",
        "行政复议：维持＋纠正＋其他＋尚未审结 10 + 1 + 0 + 0 = 11，总计写的是 0，相差 11",
    ]


def test_one_name_may_stand_for_several_operands():
    report = report_of("2019", t2__licence__previous=5, t2__licence__change=-6)
    known = next(check for check in checker_for(report.form).checks if check.rule.id == "t2.change_range")
    rule = replace(known.rule, names={"parts_name": ("项目",)})
    check = NotNegative(rule, known.instance)
    issue = check.evaluate(View.of(report, None))
    assert (issue.left, issue.right) == (-1, 0)
    assert "：项目 5 + 项目 -6 = -1" in check.explain(issue, report.form)


def test_a_missing_operand_is_not_zero():
    form = formats.load("2021")
    report = balanced(form, 2024, [3] * 170)
    cells = {id: value for id, value in report.cells.items() if id != "t3.new.business"}
    assert found(Report(form, 2024, cells, report.fields), "t3") == []
    cells["t3.new.business"] = 0
    assert {issue.each for issue in found(Report(form, 2024, cells, report.fields), "t3")} == {
        "business",
        "total",
    }


def test_an_invalid_operand_is_not_zero():
    form = formats.load("2021")
    session = open_session(balanced(form, 2024, [3] * 170))
    changes = session.edit({"t3.new.business": "/"})
    assert [(issue.rule, issue.cells) for issue in changes.issues_added] == [
        ("cell.invalid", ("t3.new.business",))
    ]
    assert "没有发生请填 0" in explain(changes.issues_added[0], form)


@pytest.mark.parametrize(("text", "expected"), [("3", HOLDS), (None, NOT_EVALUATED)])
def test_a_cell_with_a_figure_is_right(text, expected):
    report = report_of(t3__new__natural=text)
    assert outcome(report, "cell.invalid", "t3.new.natural") == expected


@pytest.mark.parametrize(
    ("form", "cell", "text", "meant"),
    [
        ("2021", "t3.new.natural", "/", "0"),
        ("2021", "t3.new.natural", "12件", "12"),
        ("2019", "t2.licence.change", "-3项", "-3"),
        ("2021", "t3.new.natural", "1万", None),
        ("2021", "t3.new.total", "12件", None),
        ("2021", "t2.fees.amount", "/", None),
        ("2019", "t2.procurement.amount", "12件", None),
    ],
)
def test_what_was_meant_is_offered_where_it_is_plain(form, cell, text, meant):
    report = report_of(form, **{cell: text})
    issue = the_issue(report, "cell.invalid", cell)
    assert fix(issue, View.of(report)) == (meant and {cell: meant})


def test_a_cell_that_has_changed_is_not_mended():
    issue = the_issue(report_of(t3__new__natural="12件"), "cell.invalid", "t3.new.natural")
    assert fix(issue, View.of(report_of(t3__new__natural=13))) is None


def test_empty_cells_are_one_issue_a_table():
    form = formats.load("2021")
    issues = found(Report(form, 2024), "cell.blank")
    assert [issue.each for issue in issues] == ["t2", "t3", "t4"]
    assert [len(issue.cells) for issue in issues] == [10, 144, 12]
    assert explain(issues[1], form) == "表三还没有填写：没有发生的填 0"
    session = open_session(balanced(form, 2024, []))
    (issue,) = session.edit({"t4.review.upheld": None}).issues_added
    assert explain(issue, form) == "表四还有 1 格没有填（结果维持）：没有发生的填 0"


@pytest.mark.parametrize(
    ("cells", "named"),
    [
        (["upheld", "corrected", "other"], "结果维持、结果纠正、其他结果"),
        (["upheld", "corrected", "other", "pending"], "结果维持、结果纠正、其他结果等"),
    ],
)
def test_the_first_three_empty_cells_are_named(cells, named):
    session = open_session(balanced(formats.load("2021"), 2024, []))
    blank = {f"t4.review.{cell}": None for cell in cells}
    (issue,) = session.edit(blank).issues_added
    assert explain(issue, session.form) == f"表四还有 {len(cells)} 格没有填（{named}）：没有发生的填 0"


@pytest.mark.parametrize(
    ("cells", "named"),
    [
        (["t3.other_unpaid.business", "t3.new.natural"], "“一、本年新收政府信息公开…”自然人等"),
        (["t3.granted.natural", "t3.granted.business"], "“（一）予以公开”自然人等"),
        (["t3.partial.natural"], "“（二）部分公开”自然人"),
        (["t3.other_unpaid.legal_service"], "“2.申请人逾期未按收费通…”法律服务机构"),
        (["t2.normative.made", "t2.normative.repealed"], "“行政规范性文件”本年制发件数等"),
        (["t2.fees.amount"], "“行政事业性收费”本年收费金额"),
    ],
)
def test_names_of_empty_cells_are_short(cells, named):
    session = open_session(balanced(formats.load("2021"), 2024, []))
    (issue,) = session.edit(dict.fromkeys(cells)).issues_added
    assert f"还有 {len(cells)} 格没有填（{named}）" in explain(issue, session.form)


def test_an_empty_cell_is_named_by_its_row_and_column():
    session = open_session(balanced(formats.load("2021"), 2024, []))
    (issue,) = session.edit({"t3.refused_secret.business": None}).issues_added
    assert "（“1.属于国家秘密”商业企业）" in explain(issue, session.form)


@pytest.mark.parametrize(
    ("cell", "rule", "told"),
    [
        ("t4.review.total", "t4.total", "2 + 2 + 2 + 2 = 8"),
        ("t3.total.natural", "t3.results_total", "（一）至（六）相加为"),
        ("t3.new.total", "t3.applicants_total", "相加为"),
    ],
)
def test_a_few_parts_are_written_out_and_many_are_not(cell, rule, told):
    session = open_session(balanced(formats.load("2021"), 2024, [2] * 170, stated=True))
    session.edit({cell: "999"})
    first = next(issue for issue in session.issues if issue.rule == rule)
    assert told in explain(first, session.form)


@pytest.mark.parametrize(
    ("cell", "place"),
    [
        ("t3.new.natural", "表三“一、本年新收政府信息公开申请数量”自然人"),
        ("t3.refused_secret.business", "表三“1.属于国家秘密”法人或其他组织 商业企业"),
        ("t4.review.upheld", "表四行政复议 结果维持"),
        ("t2.licence.decisions", "表二“行政许可”本年处理决定数量"),
    ],
)
def test_cells_are_named_as_the_form_does(cell, place):
    session = open_session(balanced(formats.load("2021"), 2024, []))
    (issue,) = [issue for issue in session.edit({cell: "/"}).issues_added if issue.rule == "cell.invalid"]
    assert explain(issue, session.form).startswith(place)


@pytest.mark.parametrize(
    ("previous", "change", "broken"), [("5", "-6", True), ("5", "-5", False), ("5", None, False)]
)
def test_2019_change_range(previous, change, broken):
    form = formats.load("2019")
    session = open_session(balanced(form, 2020, [7] * 170))
    session.edit({"t2.licence.previous": previous, "t2.licence.change": change})
    issues = [issue for issue in session.issues if issue.rule == "t2.change_range"]
    assert bool(issues) is broken
    if broken:
        assert explain(issues[0], form) == "行政许可：上一年项目数量 5 + 本年增/减 -6 = -1，不能小于 0"


def test_text_and_contact():
    form = formats.load("2021")
    session = open_session(balanced(form, 2024, []))
    changes = session.edit(
        {"text.problems": "无。", "unit.postcode": "1234", "unit.phone": None, "unit.address": None}
    )
    words = {issue.field: explain(issue, form) for issue in changes.issues_added}
    assert words == {
        "text.problems": "“存在的主要问题及改进情况”不能只写“无”：请写明具体内容",
        "unit.postcode": "邮编“1234”应为 6 位数字",
        "unit.phone": "单位电话没有填写",
        "unit.address": "单位地址没有填写",
    }
    (missing,) = session.edit({"text.other_matters": None}).issues_added
    assert (missing.rule, explain(missing, form)) == ("text.missing", "“其他需要报告的事项”还没有写")
    assert not session.edit({"text.other_matters": "无。"}).issues_added


@pytest.mark.parametrize(
    ("phone", "good"),
    [
        ("0951-6889683", True),
        ("010-12345678、010-87654321", True),
        ("（0951）6889683", True),
        ("12345678", True),
        ("0951-6889683转801", True),
        ("办公室", False),
        ("123", False),
        ("6889683", True),
        ("688968", False),
        ("电话12345678", False),
    ],
)
def test_phones(phone, good):
    session = open_session(balanced(formats.load("2021"), 2024, []))
    session.edit({"unit.phone": phone})
    assert (not session.issues) is good
