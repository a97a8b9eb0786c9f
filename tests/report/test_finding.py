"""Finding words in the texts, and replacing them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from gkdesk.report.finding import Hit, find, replacing

TEXTS = {
    "text.overview": "收到申请１２件，ABC。\n收到12件。",
    "text.problems": "无",
    "text.other_matters": "收到",
}


def test_places_come_in_the_order_of_the_texts():
    assert find(TEXTS, "收到") == [
        Hit("text.overview", 0, 2),
        Hit("text.overview", 13, 15),
        Hit("text.other_matters", 0, 2),
    ]


def test_places_do_not_overlap():
    assert find({"a": "啊啊啊啊啊"}, "啊啊") == [Hit("a", 0, 2), Hit("a", 2, 4)]


def test_nothing_is_found_for_nothing():
    assert find(TEXTS, "") == []


def test_alike_means_width_and_case():
    assert [hit.start for hit in find(TEXTS, "12件")] == [15]
    assert [hit.start for hit in find(TEXTS, "12件", alike=True)] == [4, 15]
    assert [hit.start for hit in find(TEXTS, "ＡＢＣ", alike=True)] == [8]
    assert find(TEXTS, "abc") == []
    assert find(TEXTS, "abc", alike=True) == [Hit("text.overview", 8, 11)]


def test_alike_keeps_places_where_a_character_has_a_longer_plain_form():
    assert find({"a": "㍿ﬁ甲"}, "甲", alike=True) == [Hit("a", 2, 3)]


def test_replacing_touches_only_the_texts_that_are_hit():
    patch = replacing(TEXTS, find(TEXTS, "收到"), "受理")
    assert patch == {"text.overview": "受理申请１２件，ABC。\n受理12件。", "text.other_matters": "受理"}


@given(
    st.text("甲乙丙1１aA\n", max_size=40),
    st.text("甲乙丙1１aA", min_size=1, max_size=3),
    st.text("甲丁", max_size=2),
)
def test_replacing_is_what_python_does(text, words, instead):
    texts = {"k": text}
    assert replacing(texts, find(texts, words), instead).get("k", text) == text.replace(words, instead)
