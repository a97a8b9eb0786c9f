"""gkdesk check: what is printed, and the exit codes."""

from __future__ import annotations

import json

import pytest

from gkdesk import paths
from gkdesk.checks import check_json
from gkdesk.report import report_json

FIGURES = paths.resources().parent / "tests" / "fixtures" / "reports"


def found(answer):
    content = json.loads(answer.out)
    assert answer.err == ""
    assert answer.code == (1 if content["summary"]["error"] else 0)
    return content


def of(content, *starts):
    return [issue for issue in content["issues"] if issue["rule"].startswith(starts)]


def test_nothing_found(gkdesk, sample):
    answer = gkdesk("check", sample)
    assert (answer.code, answer.err) == (0, "")
    assert answer.lines == [
        "云溪县自然资源局2024年政府信息公开工作年度报告：没有发现问题",
        "",
        "没有上年年报，未核对上年结转等数据。",
    ]


def test_issues_stand_under_their_steps(gkdesk, broken):
    answer = gkdesk("check", broken)
    assert (answer.code, answer.err) == (1, "")
    assert answer.lines[0] == "云溪县自然资源局2024年政府信息公开工作年度报告：错误 6 处，提醒 3 处"
    headings = [line for line in answer.lines[1:-1] if line and not line.startswith(" ")]
    assert headings == ["基本信息", "一 总体情况", "二 主动公开", "三 申请办理", "四 复议诉讼", "五 问题改进"]
    contact = answer.lines[answer.lines.index("基本信息") + 1]
    assert contact == "  提醒  邮编“58120”应为 6 位数字"
    assert (
        "  错误  商业企业：第一项 12 + 第二项 1 = 13，第三项总计 14 + 第四项 1 = 15，相差 2" in answer.lines
    )


def test_json_is_what_the_core_says(gkdesk, broken):
    content = found(gkdesk("check", broken, "--json"))
    report = report_json.read_file(broken)
    from gkdesk.checks import check

    assert content == check_json.to_json(report, check(report))
    assert content["summary"] == {"error": 6, "warning": 3, "hint": 0}


def test_warnings_alone_are_fine(gkdesk, tmp_path, sample):
    content = json.loads(sample.read_text(encoding="utf-8"))
    content["unit"]["postcode"] = "1"
    path = tmp_path / "x.json"
    path.write_text(json.dumps(content), encoding="utf-8")
    answer = gkdesk("check", path)
    assert answer.code == 0
    assert answer.lines[0].endswith("：提醒 1 处")


# ---------------------------------------------------------------- figures of published reports

CORRECT = ("huaian-2024", "pingtan-2019", "pingtan-2021", "yinchuan-2019")


@pytest.mark.parametrize("name", CORRECT)
def test_published_figures_that_add_up(gkdesk, name):
    content = found(gkdesk("check", FIGURES / f"{name}.json", "--json"))
    assert of(content, "t3.", "t4.") == []
    gaps = {"text.missing", "cell.blank", "unit.contact"}
    known = {"pingtan-2021": {"t2.fee_decimals"}, "yinchuan-2019": {"t2.published_total"}}
    tables = {issue["rule"] for issue in content["issues"] if not issue["rule"].startswith("text.")}
    assert tables - gaps == known.get(name, set())


def test_published_with_wrong_totals_in_table_four(gkdesk):
    wrong = of(found(gkdesk("check", FIGURES / "hongze-2023.json", "--json")), "t3.", "t4.")
    assert [(issue["rule"], issue["cells"][-1], issue["left"], issue["right"]) for issue in wrong] == [
        ("t4.total", "t4.review.total", 11, 0),
        ("t4.total", "t4.suit_after_review.total", 5, 0),
    ]


def test_published_with_wrong_results_in_table_three(gkdesk):
    wrong = of(found(gkdesk("check", FIGURES / "pingtan-2020.json", "--json")), "t3.", "t4.")
    assert [(issue["rule"], issue["cells"][-1], issue["left"], issue["right"]) for issue in wrong] == [
        ("t3.results_total", "t3.total.natural", 26, 20),
        ("t3.results_total", "t3.total.total", 27, 21),
    ]


@pytest.mark.parametrize("year", [2020, 2021])
def test_what_was_carried_over_agrees_with_the_year_before(gkdesk, year):
    this, last = (FIGURES / f"pingtan-{each}.json" for each in (year, year - 1))
    answer = gkdesk("check", this, "--previous", last, "--json")
    assert of(found(answer), "year.carried_in") == []
    assert "未核对上年" not in gkdesk("check", this, "--previous", last).out


@pytest.mark.parametrize("year", [2020, 2021])
@pytest.mark.parametrize(
    "column", ["natural", "business", "research", "charity", "legal_service", "other_org", "total"]
)
def test_any_one_changed_figure_breaks_the_chain(gkdesk, tmp_path, year, column):
    last = json.loads((FIGURES / f"pingtan-{year - 1}.json").read_text(encoding="utf-8"))
    cell = f"t3.carried_out.{column}"
    last["cells"][cell] = last["cells"].get(cell, 0) + 1
    path = tmp_path / "last.json"
    path.write_text(json.dumps(last), encoding="utf-8")
    answer = gkdesk("check", FIGURES / f"pingtan-{year}.json", "--previous", path, "--json")
    (issue,) = of(found(answer), "year.carried_in")
    assert issue["cells"] == [f"t3.carried_in.{column}"]
    assert abs(issue["left"] - issue["right"]) == 1
    assert issue["severity"] == "warning"


def test_last_year_must_be_last_year(refused):
    line = refused("check", FIGURES / "pingtan-2021.json", "--previous", FIGURES / "pingtan-2019.json")
    assert line == f"“{FIGURES / 'pingtan-2019.json'}”里没有 2020 年的年报，只有：2019。"


def test_a_document_supplies_last_year_by_itself(gkdesk, document):
    from gkdesk.storage import Document

    with Document.open(document) as opened:
        opened.add_report(2023, "2021", {"t3.carried_out.natural": "5"}, "新建")
        opened.commit(2024, {"t3.carried_in.natural": "4"}, "填")
    issues = of(found(gkdesk("check", document, "--json")), "year.")
    assert [(issue["left"], issue["right"]) for issue in issues] == [(4, 5)]
    assert of(found(gkdesk("check", document, "--year", "2023", "--json")), "year.") == []


def test_a_given_last_year_comes_before_the_documents_own(gkdesk, document, tmp_path):
    from gkdesk.storage import Document

    with Document.open(document) as opened:
        opened.add_report(2023, "2021", {"t3.carried_out.natural": "5"}, "新建")
        opened.commit(2024, {"t3.carried_in.natural": "4"}, "填")
    last = {"schema": "gkdesk-report/1", "format": "2021", "year": 2023, "unit": {"name": "局"}}
    path = tmp_path / "last.json"
    path.write_text(json.dumps(last | {"cells": {"t3.carried_out.natural": 4}}), encoding="utf-8")
    assert of(found(gkdesk("check", document, "--previous", path, "--json")), "year.") == []


# ---------------------------------------------------------------- bad input


def write(tmp_path, content):
    path = tmp_path / "x.json"
    path.write_text(json.dumps(content), encoding="utf-8")
    return path


BASE = {"schema": "gkdesk-report/1", "format": "2021", "year": 2024, "unit": {"name": "局"}}


@pytest.mark.parametrize(
    ("figure", "reason"),
    [
        ("abc", "“abc”不是数，已原样保留，请改正"),
        ("/", "“/”不是数：没有发生请填 0"),
        (-3, "“-3”是负数：这里只能填 0 或正整数"),
        ("1.5", "“1.5”有小数：这里只能填整数"),
        (10**15, "太大"),
        ("1e9", "“1e9”不是数"),
        ("12件", "“12件”带有单位：只填数字"),
        ("9" * 5000, "太大：最多 12 位数"),
    ],
)
def test_figures_that_are_none_are_reported(gkdesk, tmp_path, figure, reason):
    path = write(tmp_path, BASE | {"cells": {"t3.new.natural": figure}})
    (issue,) = of(found(gkdesk("check", path, "--json")), "cell.invalid")
    assert issue["cells"] == ["t3.new.natural"]
    assert reason in issue["message"]


def test_full_width_digits_are_figures(gkdesk, tmp_path):
    cells = {f"t4.review.{name}": "１" for name in ("upheld", "corrected", "other", "pending")}
    path = write(tmp_path, BASE | {"cells": cells | {"t4.review.total": "５"}})
    (issue,) = of(found(gkdesk("check", path, "--json")), "t4.")
    assert (issue["left"], issue["right"]) == (4, 5)


@pytest.mark.parametrize(
    ("change", "cause"),
    [
        ({"format": "2031"}, "不认识格式“2031”"),
        ({"year": 2011}, "2011 年的年报没有可用的格式"),
        ({"schema": "x"}, "schema 应为"),
        ({"cells": {"t3.new.everyone": 1}}, "没有“t3.new.everyone”这一格"),
        ({"extra\n\x1b[31m": 1}, "不认识的项"),
    ],
)
def test_sources_that_break_the_schema(refused, tmp_path, change, cause):
    path = write(tmp_path, BASE | change)
    line = refused("check", path)
    assert str(path) in line
    assert cause in line
    assert "\x1b" not in line


@pytest.mark.parametrize("content", [b"", b"not a document", b"[" * 100_000])
@pytest.mark.parametrize("name", ["x.gkd", "x.json", "x.doc"])
def test_sources_that_are_none(refused, tmp_path, name, content):
    path = tmp_path / name
    path.write_bytes(content)
    assert str(path) in refused("check", path)


def test_sources_that_are_not_there(refused, tmp_path):
    assert refused("check", tmp_path / "没有.json") == f"找不到文件“{tmp_path / '没有.json'}”。"
    assert str(tmp_path / "没有.gkd") in refused("check", tmp_path / "没有.gkd")
    assert refused("check", tmp_path) == f"“{tmp_path}”不是文件。"


def test_a_previous_that_is_not_there(refused, sample, tmp_path):
    assert "找不到文件" in refused("check", sample, "--previous", tmp_path / "x.json")
