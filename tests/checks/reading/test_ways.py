"""Ways by which applications come: all of them, or one."""

from __future__ import annotations

import pytest

from gkdesk.checks.reading.reader import read


def first(text):
    """What the first figure counts, None where that is left open."""
    facts = read(text, "云溪县财政局", 2024).facts
    return facts[0].readings[0][0][1] if facts else None


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("通过网站、信函等渠道收到申请20件，其中网上申请12件。", "received"),
        ("通过网站、信函等渠道收到申请20件，经审查答复18件。", "received"),
        ("通过网站、信函等渠道收到申请20件，其余均已办结。", "received"),
        ("新收通过网站、信函等渠道提出的申请20件。", "new"),
        ("通过档案馆等渠道收到申请20件。", "received"),
        ("通过信函等多种方式收到申请20件。", "received"),
        ("通过信函方式等提出的申请20件。", "received"),
        ("网站、信函等渠道收到申请20件。", "received"),
    ],
)
def test_examples_of_all_ways(text, value):
    assert first(text) == value


@pytest.mark.parametrize(
    "text",
    [
        "通过网站收到申请20件。",
        "通过告知承诺等方式收到申请20件。",
        "通过网站、信函等线上渠道收到申请20件。",
        "通过网站、信函等渠道收到申请20件，通过窗口收到申请8件。",
        "通过网站、信函等渠道收到申请20件，其余8件为当面提交。",
        "以信函等方式答复申请20件。",
        "通过网站、信函等渠道作出行政处罚20件。",
    ],
)
def test_one_way_of_several(text):
    assert first(text) is None
