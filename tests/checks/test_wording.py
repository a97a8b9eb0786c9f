"""Length, punctuation and private numbers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gkdesk.checks.wording import mend
from tests.checks.outcomes import HOLDS, NOT_EVALUATED, fixed, outcome, report_of, said, the_issue, words


def overview(text, **more):
    return report_of(text__overview=text, **more)


# ---------------------------------------------------------------- length


def test_length():
    assert outcome(overview("字" * 1000), "text.length", "overview") == HOLDS
    assert outcome(overview(""), "text.length", "overview") == NOT_EVALUATED
    issue = the_issue(overview("字" * 1001), "text.length", "overview")
    assert (issue.severity, issue.left, issue.right, issue.span) == ("hint", 1001, 1000, None)
    assert words(issue) == "“总体情况”有 1001 字，超过 1000 字，建议精简"
    assert fixed(overview("字" * 1001), issue) is None


def test_all_of_a_very_long_text_is_counted():
    assert the_issue(overview("字" * 150_000), "text.length", "overview").left == 150_000


# ---------------------------------------------------------------- punctuation


@pytest.mark.parametrize(
    ("text", "mended"),
    [
        ("收到申请,办结。", "收到申请，办结。"),
        ("电话:0951-1234567;传真:无!", "电话：0951-1234567；传真：无！"),
        ("网站(www.yunxi.example)查阅", "网站（www.yunxi.example）查阅"),
        ("工作(一)加强领导", "工作（一）加强领导"),
        ("APP(甲),微信", "APP（甲），微信"),
        ("落实到位.下一步", "落实到位。下一步"),
        ("全部完成.", "全部完成。"),
        ("国办发[2021]30号", "国办发〔2021〕30号"),
        ("国办发（2021）30号、【2019】第60号", "国办发〔2021〕30号、〔2019〕第60号"),
        ("解读工作。 二是公开", "解读工作。二是公开"),
        ("收到  258 件", "收到 258 件"),
        ("办结，，答复。。", "办结，答复。"),
        ("好. （附", "好. （附"),
        ("公开(全部).", "公开（全部）。"),
        ("甲(a, b)c", "甲（a, b）c"),
        ("甲(a)(b)c", "甲（a）（b）c"),
        ("a,甲)", "a，甲）"),
        ("甲(a b)c", "甲（a b）c"),
    ],
)
def test_what_is_mended(text, mended):
    assert mend(text)[0] == mended


@pytest.mark.parametrize(
    "text",
    [
        "共1,368件，占10.5%，时间12:30，比例2:1。",
        "a(b)c, d; e: f? g!",
        "1.主动公开\n2.依申请公开",
        "一.总体情况",
        "  段首空两格\n　　下一段",
        "收到 258 件",
        "附件　1，表\t2",
        "行末两格  \n文末两格  ",
        "〔2021〕30号、[1]、（2021年）",
        "http://www.yunxi.example/a?b=1",
        "（甲）：“乙”……——《丙》",
        "破折号——不算重复……",
    ],
)
def test_what_is_right(text):
    assert mend(text) == (text, [])
    assert outcome(overview(text), "text.punctuation", "overview") == HOLDS


def test_one_issue_a_field_with_counts_and_a_fix():
    report = overview("收到申请,办结(全部)。 国办发[2021]30号，，好")
    issue = the_issue(report, "text.punctuation", "overview")
    assert (issue.severity, issue.left, issue.right, said(report, issue)) == ("hint", 6, 0, ",")
    assert (
        words(issue)
        == "“总体情况”的标点不规范：文号没有用〔〕 1 处，半角标点 3 处，多余的空格 1 处，重复的标点 1 处"
    )
    mended = fixed(report, issue)
    assert mended.text("overview") == "收到申请，办结（全部）。国办发〔2021〕30号，好"
    assert outcome(mended, "text.punctuation", "overview") == HOLDS
    assert fixed(mended, issue) is None
    assert outcome(overview(None), "text.punctuation", "overview") == NOT_EVALUATED


def test_a_full_stop_is_counted_with_the_half_width_marks():
    issue = the_issue(overview("全部完成."), "text.punctuation", "overview")
    assert words(issue) == "“总体情况”的标点不规范：半角标点 1 处"


def test_brackets_pair_within_a_line_only():
    assert mend("甲(a\n)b")[0] == "甲（a\n)b"
    assert mend(")甲(")[0] == "）甲（"
    assert mend("((甲))")[0] == "（（甲））"


@given(st.text(alphabet="好。，,;:()[ \n　ab1.“2021]〔号", max_size=30))
def test_mending_ends(text):
    mended, faults = mend(text)
    assert mend(mended) == (mended, [])
    assert bool(faults) == (mended != text)
    assert all(0 <= place < len(text) for place, _name in faults)


# ---------------------------------------------------------------- private numbers


@pytest.mark.parametrize(
    "text", ["电话0890-5550166", "编号202401011234567890", "金额13800138.00元", "1380013"]
)
def test_other_numbers(text):
    assert outcome(overview(text), "text.privacy", "overview") == HOLDS


def test_private_numbers_are_hidden():
    report = overview("联系人张某，手机１３８ 0013-8000，身份证11010519491231002X。")
    mobile, identity = outcome(report, "text.privacy", "overview")
    assert said(report, mobile) == "１３８ 0013-8000"
    assert said(report, identity) == "11010519491231002X"
    assert words(mobile) == "“总体情况”里有手机号“１３８ 0013-8000”：公开前请删去或隐去"
    assert "身份证号" in words(identity)
    assert fixed(report, mobile).text("overview") == "联系人张某，手机138****8000，身份证11010519491231002X。"
    assert "110105********002X" in fixed(report, identity).text("overview")
    assert {mobile.key, identity.key} == {
        (mobile.rule, "overview", "mobile"),
        (mobile.rule, "overview", "identity"),
    }


def test_two_of_a_kind_have_keys_of_their_own():
    first, second = outcome(overview("13800138000、13900139000"), "text.privacy", "overview")
    assert (first.part, second.part) == ("mobile", "mobile#2")


@pytest.mark.parametrize("own", ["138-0013-8000", "138 0013 8000", "１３８００１３８０００"])
def test_the_units_own_telephone_is_no_secret(own):
    report = overview("请拨打138-0013 8000", unit__phone=own)
    assert outcome(report, "text.privacy", "overview") == HOLDS
    other = overview("请拨打13800138000或13900139000", unit__phone=own)
    assert said(other, the_issue(other, "text.privacy", "overview")) == "13900139000"
    assert outcome(overview(" "), "text.privacy", "overview") == NOT_EVALUATED
