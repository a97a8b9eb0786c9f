"""From tokens to sentences and clauses."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gkdesk.checks.reading.clauses import LONGEST, sentences
from gkdesk.checks.reading.tokens import fold


def split(text):
    return [
        [
            (clause.before, clause.depth, "".join(token.text for token in clause.tokens))
            for clause in sentence.clauses
        ]
        for sentence in sentences(fold(text))
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("。！？\n", []),
        (
            "公开，答复；办结：收到1件",
            [[("", 0, "公开"), ("，", 0, "答复"), (";", 0, "办结"), (":", 0, "收到1件")]],
        ),
        ("公开1件。答复1件！", [[("", 0, "公开1件")], [("", 0, "答复1件")]]),
        ("公开。答复1件！", [[], [("", 0, "答复1件")]]),
        ("平稳。答复1件！", [[], [("", 0, "答复1件")]]),
        ("行政复议、行政诉讼4件、办结5件", [[("", 0, "行政复议、行政诉讼4件"), ("、", 0, "办结5件")]]),
        ("答复5件（含办结3件），公开", [[("", 0, "答复5件"), ("(", 1, "含办结3件"), ("，", 0, "公开")]]),
        ("答复（含办结）5件", [[("", 0, "答复5件"), ("(", 1, "含办结")]]),
        ("答复5件（办结）公开", [[("", 0, "答复5件"), ("(", 1, "办结"), (")", 0, "公开")]]),
        ("答复）公开（办结1件", [[("", 0, "答复公开"), ("(", 1, "办结1件")]]),
        ("（（（（（（公开1件", [[("(", 4, "公开1件")]]),
        (
            "公开——答复/办结…收到1件",
            [[("", 0, "公开"), (",", 0, "答复"), (",", 0, "办结"), (",", 0, "收到1件")]],
        ),
        ("公开-答复·办结1件", [[("", 0, "公开-答复·办结1件")]]),
        ("予以公开（5件），答复", [[("", 0, "予以公开5件"), ("，", 0, "答复")]]),
        ("公开第三条答复", [[("", 0, "公开"), (",", 0, "答复")]]),
    ],
)
def test_clauses(text, expected):
    assert split(text) == expected


def test_lines_and_items():
    found = list(sentences(fold("\n\n（二）公开1件\n答复1件。办结1件\n一是收到1件")))
    assert [(sentence.begins_line, sentence.ends_line, sentence.is_item) for sentence in found] == [
        (True, True, True),
        (True, False, False),
        (False, True, False),
        (True, True, True),
    ]


def test_what_nobody_writes_is_left_out():
    assert split("公开1件" * (LONGEST + 1)) == [[]]
    assert len(split("公开1件，" * (LONGEST + 9))[0]) == LONGEST


def test_a_sentence_without_figures_tells_only_what_it_is_about():
    (sentence,) = sentences(fold("（二）依申请公开和信访工作有序"))
    assert (sentence.is_item, sentence.clauses) == (True, [])
    assert [word.text for word in sentence.words] == ["依申请公开", "信访"]
    (sentence,) = sentences(fold("  3.平稳"))
    assert (sentence.is_item, sentence.words) == (True, [])


@given(st.text(alphabet="公开1件,，。（）()[]、；\n", max_size=80))
def test_any_brackets(text):
    for sentence in sentences(fold(text)):
        assert all(clause.tokens and 0 <= clause.depth <= 4 for clause in sentence.clauses)
