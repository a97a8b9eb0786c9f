"""Where lists open, and what stands behind a figure."""

from __future__ import annotations

import pytest

from gkdesk.checks.reading.reader import read

UNIT = "云溪县自然资源局"


def openings(text):
    """Figures before each list of the last sentence."""
    return [opening.at for opening in read(text, UNIT, 2024).passages[-1].openings]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("按来件渠道分，全年收到申请47件，网上35件、信函12件。", [1]),
        ("从申请主体看，收到企业申请4件，其余11件为村民个人提出。", [1]),
        ("从申请主体看，网站申请5件、来信申请8件，全年收到申请13件。", []),
        ("从申请主体看，新收申请316件，上年结转12件，办理答复319件。", [1]),
        ("42个预算单位中有27个公开了绩效目标，占64.3%。", [1]),
        ("收到申请47件（网上35件，信函12件）。", [1]),
        ("收到申请47件，涉及拆迁30件、规划20件。", [1]),
        ("收到申请47件：涉及拆迁30件、规划20件。", [1]),
        ("收到申请47件，按渠道分（网上35件、信函12件）。", [1]),
        ("收到申请47件，按内容分，涉及拆迁30件、规划17件。", [1]),
        ("10件申请的渠道分别为网上3件、信函7件。", [1]),
        ("10件申请分别为3件、7件。", []),
        ("全年处理3件来信42个单位中有27个公开了目标，占64.3%。", [2]),
        ("公开率为83.3%（全年共承办12件，另2件涉密）。", []),
    ],
)
def test_a_list_opens_once(text, expected):
    assert openings(text) == expected


def test_what_stands_behind_the_last_figure_of_a_clause():
    (passage,) = read("收到申请3件答复2件已公开，结转1件。", UNIT, 2024).passages
    assert [said.behind for said in passage.said] == ["", "已公开", ""]
