"""This year's report from last year's: which words of the texts must be looked at again."""

from __future__ import annotations

from dataclasses import replace

import pytest

from gkdesk import formats
from gkdesk.checks import check, explain
from gkdesk.checks.drafting import next_draft, stale
from gkdesk.report.draft import marks
from tests.builders import balanced

FORM = formats.load("2021")
LAST = balanced(FORM, 2023, [number % 5 for number in range(180)])


def words(text, year=2023):
    return [text[start:end] for start, end in stale(text, year)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("2023年，收到申请120件，同比增长12.5%。", ["2023", "120", "12.5"]),
        ("较2022年增加3件，全年公开信息1,204条。", ["2022", "3", "1,204"]),
        ("统计期限为2023年1月1日至2023年12月31日。", ["2023", "2023"]),
        ("3月15日召开会议，共有十二件建议。", ["3月15日", "十二"]),
        ("根据《条例》（国令第711号）和国办公开办函〔2021〕30号，按照第四十九条编制。", []),
        ("1.主动公开。（二）依申请公开。一是健全制度；二是加强培训。", []),
        ("地址：人民路12号3楼；邮编：123456；电话：0123-4567890；网址：www.a12.gov.cn。", []),
        ("拨打12345热线。2015年以来有一个专栏。", []),
        ("印发《2023年政务公开工作要点》和《2018年规划》。", ["2023"]),
        ("二〇二三年新收２３件。", ["二〇二三", "２３"]),
        ("《2018年规划》、《条例》印发。", []),
        ("自2023年01月01日起。", ["2023"]),
        ("结转2024年继续办理4件，上升0.5个百分点。", ["2024", "4", "0.5"]),
        ("2021年以来有一个专栏；根据国办函〔2023〕5号办理。", []),
        ("二〇二二年、二〇二四年的事项。", ["二〇二二", "二〇二四"]),
        ("二〇二一年、二〇二五年的规划。", []),
        ("收到申请120，办结4。", ["120", "4"]),
        ("见附件12B和C34。", []),
        ("-12见附件。", []),
        ("", []),
    ],
)
def test_years_and_figures(text, found):
    assert words(text) == found


def test_a_draft_has_texts_unit_and_what_is_carried_over():
    last = replace(
        LAST, fields={**LAST.fields, "date": "2024-01-20", "text.overview": "2023年，收到申请12件。"}
    )
    made = next_draft(FORM, 2024, last)
    assert made.text("overview") == "2023年，收到申请12件。"
    assert [made.text("overview")[start:end] for start, end in marks(made.fields, "text.overview")] == [
        "2023",
        "12",
    ]
    assert made.unit_name == last.unit_name
    assert made.values["t3.carried_in.natural"] == last.values["t3.carried_out.natural"]
    assert "date" not in made.fields
    found = {(issue.rule, issue.field) for issue in check(made, last)}
    assert ("text.draft", "text.overview") in found
    (issue,) = [
        issue for issue in check(made, last) if issue.rule == "text.draft" and issue.field == "text.overview"
    ]
    # the year is told by the rule about years, which can mend it
    assert explain(issue, FORM).startswith("“总体情况”里还有 1 处去年的年份或数字没有改，第一处是“12”")
    assert ("text.year", "text.overview") in found


def test_a_year_left_over_is_one_issue():
    text = "2023年，没有其他需要报告的事项。"
    made = next_draft(FORM, 2024, replace(LAST, fields={**LAST.fields, "text.other_matters": text}))
    (issue,) = [issue for issue in check(made, LAST) if issue.field == "text.other_matters"]
    assert issue.rule == "text.year"
    # a year that is right is no other issue either
    text = "2023年，开展检查5次。2024年，没有其他需要报告的事项。"
    made = next_draft(FORM, 2024, replace(LAST, fields={**LAST.fields, "text.other_matters": text}))
    found = [issue for issue in check(made, LAST) if issue.field == "text.other_matters"]
    assert [issue.rule for issue in found] == ["text.year", "text.draft"]
    # of a period only the year that is wrong
    text = "期限2024年1月1日至2023年12月31日。"
    marked = {"text.other_matters": text, "draft.text.other_matters": "2-6 12-16"}
    made = replace(LAST, year=2024, fields={**LAST.fields, **marked})
    (issue,) = [issue for issue in check(made) if issue.rule == "text.draft"]
    assert (issue.span, dict(issue.params)["count"]) == ((2, 6), "1")
    # a title is the report's own in the introduction only
    text = "2023年政府信息公开年度报告"
    for field, rules in (("text.intro", ["text.year"]), ("text.other_matters", ["text.draft"])):
        made = replace(LAST, year=2024, fields={**LAST.fields, field: text, f"draft.{field}": "0-4"})
        found = [issue.rule for issue in check(made) if issue.field == field]
        assert [rule for rule in found if rule in ("text.year", "text.draft")] == rules
    # where no rule knows whether it is wrong, the mark is what tells
    text = "除2023年的会议外，没有其他需要报告的事项。"
    made = next_draft(FORM, 2024, replace(LAST, fields={**LAST.fields, "text.other_matters": text}))
    (issue,) = [issue for issue in check(made, LAST) if issue.field == "text.other_matters"]
    assert issue.rule == "text.draft"


def test_an_introduction_of_the_units_data_is_put_together_anew():
    made = next_draft(FORM, 2024, LAST)
    assert "2024年1月1日" in made.text("intro")
    assert "2023" not in made.text("intro")
    assert marks(made.fields, "text.intro") == ()


def test_an_introduction_of_ones_own_is_a_draft():
    last = replace(LAST, fields={**LAST.fields, "text.intro": "本报告统计2023年的数据。"})
    made = next_draft(FORM, 2024, last)
    assert marks(made.fields, "text.intro") == ((5, 9),)


def test_what_was_empty_stays_so():
    texts = {"text.overview": "全年平稳。"}
    last = replace(
        LAST, fields={key: text for key, text in LAST.fields.items() if not key.startswith("text.")} | texts
    )
    made = next_draft(FORM, 2024, last)
    begun = {key: text for key, text in made.fields.items() if key.startswith(("text.", "draft."))}
    assert {key: text for key, text in begun.items() if key != "text.intro"} == texts


@pytest.mark.parametrize("year", [2025, 2022])
def test_texts_of_another_year_than_the_last_are_left(year):
    made = next_draft(formats.for_year(year), year, LAST)
    assert not [key for key in made.fields if key.startswith(("text.", "draft."))]
