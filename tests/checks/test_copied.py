"""Last year's text once more."""

from __future__ import annotations

from tests.checks.outcomes import HOLDS, NOT_EVALUATED, outcome, report_of, the_issue, words

TEXT = (
    "一是政策解读不够好懂，专业用语多，群众看后还要再打电话询问。二是早年档案查找慢，部分确权档案没有数字化，"
    "检索和核对占去较多办理时间。三是答复文书质量不齐，个别答复引用条款不够准确，说明理由不够充分。"
)
OTHER = (
    "主要是栏目更新不够及时，个别股室没有按月核对；基层查阅点设备旧，老年人用起来不方便；培训次数少，新来的同志"
    "对区分处理的要求掌握得不牢，需要在下一年集中补课，并由法规股逐件讲评。"
)


def problems(text, year=2024):
    return report_of(year=year, text__problems=text)


def test_a_new_text():
    assert outcome(problems(TEXT), "text.similar", "problems", problems(OTHER, 2023)) == HOLDS


def test_the_same_text_with_other_figures():
    copied = TEXT.replace("一是", "2024年，一是").replace("三是", "三是,")
    issue = the_issue(problems(copied), "text.similar", "problems", problems(TEXT, 2023))
    assert (issue.severity, issue.span, issue.right) == ("warning", None, 80)
    assert issue.left >= 90
    assert words(issue) == f"“存在的主要问题及改进情况”有 {issue.left}% 与去年年报相同，请按今年的情况重写"


def test_the_whole_text_once_more():
    assert the_issue(problems(TEXT), "text.similar", "problems", problems(TEXT, 2023)).left == 100


def test_too_little_to_compare():
    assert outcome(problems(TEXT), "text.similar", "problems") == NOT_EVALUATED
    assert outcome(problems(TEXT), "text.similar", "problems", problems(None, 2023)) == NOT_EVALUATED
    assert outcome(problems("无。"), "text.similar", "problems", problems("无。", 2023)) == NOT_EVALUATED
    assert outcome(problems(None), "text.similar", "problems", problems(TEXT, 2023)) == NOT_EVALUATED


def test_how_much_may_be_alike():
    # 80 of 100 runs of six characters are last year's
    fresh = "".join(chr(0x4E00 + number) for number in range(300))
    last = fresh[:105]
    assert (
        outcome(problems(fresh[:85] + fresh[200:220]), "text.similar", "problems", problems(last, 2023))
        != HOLDS
    )
    assert (
        outcome(problems(fresh[:84] + fresh[200:221]), "text.similar", "problems", problems(last, 2023))
        == HOLDS
    )


def test_how_much_there_must_be_to_compare():
    text = "".join(chr(0x4E00 + number) for number in range(65))
    assert outcome(problems(text), "text.similar", "problems", problems(text, 2023)) != NOT_EVALUATED
    assert outcome(problems(text[1:]), "text.similar", "problems", problems(text[1:], 2023)) == NOT_EVALUATED
