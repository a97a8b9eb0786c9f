"""The samples that come with the program: one that every check accepts, one that shows what they find."""

from __future__ import annotations

import json
import re
from decimal import ROUND_HALF_UP, Decimal

import jsonschema
import pytest

from gkdesk import paths
from gkdesk.checks import check
from gkdesk.report import report_json
from gkdesk.report.intro import compose_intro
from gkdesk.report.values import is_number

NAMES = ("sample-2021", "broken-2021")


def path(name):
    return paths.resources() / "samples" / f"{name}.json"


@pytest.fixture(scope="module")
def schema():
    content = json.loads((paths.resources() / "report.schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(content)
    return jsonschema.Draft202012Validator(content, format_checker=jsonschema.FormatChecker())


@pytest.mark.parametrize("name", NAMES)
def test_it_keeps_the_schema_and_our_spelling(name, schema):
    text = path(name).read_text(encoding="utf-8")
    schema.validate(json.loads(text))
    assert report_json.dumps(report_json.loads(text)) == text


def test_every_check_accepts_the_sample():
    assert check(report_json.read_file(path("sample-2021"))) == ()


def test_the_sample_is_complete():
    report = report_json.read_file(path("sample-2021"))
    assert set(report.cells) == set(report.form.cells), "totals are stated too"
    assert all(is_number(value) for value in report.cells.values())
    assert sum(1 for value in report.cells.values() if value) > 60
    for column in ("natural", "business", "research", "charity", "legal_service", "other_org"):
        assert report.values[f"t3.new.{column}"] != 0
    assert report.values["t3.carried_in.total"]
    assert report.values["t3.carried_out.total"]
    assert all(report.values[f"t4.{group}.total"] for group in ("review", "suit_direct", "suit_after_review"))
    assert report.text("intro") == compose_intro(report.form, report.year, report.fields)
    assert 800 <= len(report.text("overview")) <= 1000
    assert report.fields["date"] == "2025-01-20"


def test_the_words_of_the_sample_say_what_its_tables_hold():
    """By hand, not by the program's own checks of texts: whoever changes a figure changes both."""
    report = report_json.read_file(path("sample-2021"))
    values, overview = report.values, report.text("overview")
    passages = {
        "行政许可{}件": ["t2.licence.decisions"],
        "行政处罚决定{}件、行政强制决定{}件": ["t2.penalty.decisions", "t2.coercion.decisions"],
        "行政事业性收费{}万元": ["t2.fees.amount"],
        "新收政府信息公开申请{}件": ["t3.new.total"],
        "上年结转{}件，办结{}件，结转下年度继续办理{}件": [
            "t3.carried_in.total",
            "t3.total.total",
            "t3.carried_out.total",
        ],
        "自然人{}件、商业企业{}件、科研机构{}件、社会公益组织{}件、法律服务机构{}件、其他{}件": [
            f"t3.new.{column}"
            for column in ("natural", "business", "research", "charity", "legal_service", "other_org")
        ],
        "予以公开{}件、部分公开{}件": ["t3.granted.total", "t3.partial.total"],
        "行政复议{}件，其中结果维持{}件、结果纠正{}件、尚未审结{}件": [
            f"t4.review.{column}" for column in ("total", "upheld", "corrected", "pending")
        ],
        "未经复议直接起诉{}件、复议后起诉{}件": ["t4.suit_direct.total", "t4.suit_after_review.total"],
        "规范性文件{}件，废止{}件，现行有效{}件": [
            "t2.normative.made",
            "t2.normative.repealed",
            "t2.normative.in_force",
        ],
    }
    missing = [
        passage.format(*(values[cell] for cell in cells))
        for passage, cells in passages.items()
        if passage.format(*(values[cell] for cell in cells)) not in overview
    ]
    assert missing == []
    groups = {
        "不予公开{}件": "t3.refused_",
        "无法提供{}件": "t3.unavailable_",
        "不予处理{}件": "t3.rejected_",
        "其他处理{}件": "t3.other_",
    }
    for passage, start in groups.items():
        total = sum(values[id] for id in values if id.startswith(start) and id.endswith(".total"))
        assert passage.format(total) in overview
    published, parts = re.search(r"主动公开政府信息(\d+)条，其中(.+?)。", overview).groups()
    assert sum(map(int, re.findall(r"(\d+)条", parts))) == int(published)
    part, whole, percent = map(
        Decimal, re.search(r"予以公开(\d+)件，占办结(\d+)件的([\d.]+)%", overview).groups()
    )
    assert (part / whole * 100).quantize(Decimal("0.1"), ROUND_HALF_UP) == percent
    last, growth = map(Decimal, re.search(r"比上年的(\d+)件增长([\d.]+)%", overview).groups())
    assert (values["t3.new.total"] - last) / last * 100 == growth


def test_what_the_checks_find_in_the_broken_sample():
    issues = check(report_json.read_file(path("broken-2021")))
    found = {(issue.rule, issue.each, issue.left, issue.right) for issue in issues}
    assert {
        ("t3.applicants_total", "new", 86, 88),
        ("t3.balance", "business", 13, 15),
        ("t4.total", "review", 4, 5),
        ("cell.blank", "t2", None, None),
        ("cell.invalid", "t3.refused_secret.research", None, None),
        ("text.missing", "problems", None, None),
        ("unit.contact", "postcode", None, None),
    } == {issue for issue in found if issue[0].startswith(("t3.", "t4.", "cell.", "unit."))} | {
        issue for issue in found if issue[0] == "text.missing"
    }


def test_the_readme_names_what_is_found():
    readme = (paths.resources() / "samples" / "README.md").read_text(encoding="utf-8")
    rules = {issue.rule for issue in check(report_json.read_file(path("broken-2021")))}
    assert {rule for rule in rules if f"`{rule}`" not in readme} == set()
