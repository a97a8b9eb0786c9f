"""What the only figure of a sentence counts."""

from __future__ import annotations

import pytest

from gkdesk.checks.reading.reader import read

BETWEEN = "有{}申请索要检查材料，我局以属于行政执法案卷为由不予公开。"

UNKNOWN = "涉用水的，我局以属于行政执法案卷为由不予公开。"


def bound(text):
    return [(str(fact.figure.value), fact.readings) for fact in read(text, "云溪县财政局", 2024).facts]


def reason(value, applicant="total"):
    return [("4", ((("requests", value, applicant),),))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (BETWEEN.format("4件"), reason("refused_enforcement")),
        ("要求我局确认已获取信息的4份，说明理由后不予处理。", reason("rejected_reissue")),
        ("4件在发出补正告知书后，申请人逾期不补正，我局不再处理。", reason("other_no_correction")),
        ("已核查4件，属于行政查询事项，告知到窗口办理。", reason("refused_inquiry")),
        ("居民打听的4件" + UNKNOWN, reason("refused_enforcement")),
        ("共有4件" + UNKNOWN, reason("refused_enforcement")),
        ("4件涉用水的重复申请，已说明不予处理和救济的途径。", reason("rejected_repeat")),
        ("除4件认定为重复申请不予处理外，其余申请均已办理。", reason("rejected_repeat")),
        ("律师事务所的4件" + UNKNOWN, reason("refused_enforcement", "legal_service")),
        ("4件" + UNKNOWN + "申请人为商业企业。", reason("refused_enforcement")),
    ],
)
def test_one_figure_and_one_reason_with_its_result(text, expected):
    assert bound(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        BETWEEN.format("约4件"),
        BETWEEN.format("4次"),
        BETWEEN.format("4件、3件"),
        "今年上半年" + BETWEEN.format("4件"),
        "比上年多" + BETWEEN.format("4件"),
        "全县" + BETWEEN.format("4件"),
        "12月5日" + BETWEEN.format("4件"),
        "2023年" + BETWEEN.format("4件"),
        "去年" + BETWEEN.format("4件"),
        # no result, two reasons, a result of another reason
        "有4件申请索要检查材料，我局说明属于行政执法案卷。",
        "有4件申请索要检查材料，属于行政执法案卷或者行政查询事项，不予公开。",
        "有4件申请索要检查材料，属于行政执法案卷不予公开，重复的不予处理。",
        "律师事务所或者个人的4件" + UNKNOWN,
        "其他组织的4件" + UNKNOWN,
        # something else is counted
        "居民打听4件" + UNKNOWN,
        "有4件来访要检查材料，我局以属于行政执法案卷为由不予公开。",
        "打听的居民4件" + UNKNOWN,
        "对信访、投诉类申请不予处理，全年接待来访4件。",
        "对信访、投诉类申请不予处理，全年审查案卷4件。",
        "对信访、投诉类申请不予处理，全年审查的案卷4件。",
        "索要行政处罚卷宗的4件，属于行政执法案卷，不予公开。",
    ],
)
def test_where_something_else_may_be_counted(text):
    assert bound(text) == []


@pytest.mark.parametrize("whole", ["上半年收到申请88件", "全县收到申请88件", "去年收到申请88件"])
def test_a_part_of_the_sentence_before_is_of_the_same_time_and_scope(whole):
    part = "有4件申请索要检查材料，以属于行政执法案卷为由不予公开。"
    assert bound("收到申请88件。其中，" + part)[1:] == reason("refused_enforcement")
    assert [figure for figure, _readings in bound(f"{whole}。其中，{part}") if figure != "88"] == []
