"""Stored changes lead from the content before to the content after and back, and to nothing else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gkdesk.storage.content import canonical_json
from gkdesk.storage.delta import BadChangeError, backwards, encode, forwards, parse

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
piece = st.sampled_from(["", "公", "公开", "长" * 60, "政府信息" * 40, "\n", "𠮷"])
long_texts = st.lists(piece, max_size=6).map("".join)
maybe = st.none() | texts | long_texts


@given(st.dictionaries(texts, st.tuples(maybe, maybe), max_size=4))
def test_there_and_back(pairs):
    before = {key: pair[0] for key, pair in pairs.items()}
    after = {key: pair[1] for key, pair in pairs.items()}
    change = parse(encode(before, after))
    assert {key: backwards(change[key], text) for key, text in after.items()} == before
    assert {key: forwards(change[key], text) for key, text in before.items()} == after


@given(long_texts, long_texts, maybe)
def test_another_text_is_refused_or_is_the_same_change(before, after, other):
    """Whatever a change is laid over, it takes out what it names and nothing else."""
    pair = parse(encode({"a": before}, {"a": after}))["a"]
    try:
        found = backwards(pair, other)
    except BadChangeError:
        assert other != after
    else:
        assert forwards(pair, found) == other


def test_a_word_in_a_long_text_is_small():
    text = "长" * 5000
    change = encode({"text.overview": text}, {"text.overview": text[:2500] + "公开" + text[2500:]})
    assert change == '{"text.overview":[2500,2500,"","公开"]}'


def test_short_and_unlike_texts_are_plain():
    assert encode({"a": "12"}, {"a": "15"}) == '{"a":["12","15"]}'
    assert encode({"a": None}, {"a": "15" * 50}) == canonical_json({"a": [None, "15" * 50]})
    assert encode({"a": "公" * 30}, {"a": "开" * 30}) == canonical_json({"a": ["公" * 30, "开" * 30]})


@pytest.mark.parametrize(
    "stored",
    [
        None,
        b"{}",
        "",
        "[]",
        "null",
        "[" * 100_000,
        '{"a":1}',
        '{"a":["1"]}',
        '{"a":[1,"2"]}',
        '{"a":[0,-1,"",""]}',
        '{"a":[0,0,"",null]}',
        '{"a":[0,0.5,"",""]}',
        '{"a":["","","",""]}',
    ],
)
def test_what_is_no_change(stored):
    with pytest.raises(BadChangeError):
        parse(stored)


@pytest.mark.parametrize(
    ("pair", "after"),
    [
        (["1", "2"], "3"),
        (["1", "2"], None),
        ([None, "2"], ""),
        ([1, 1, "", "b"], "abbc"),
        ([1, 1, "", "b"], "axc"),
        ([1, 1, "", "b"], None),
        ([5, 5, "", ""], "abc"),
    ],
)
def test_a_change_that_does_not_fit(pair, after):
    with pytest.raises(BadChangeError):
        backwards(pair, after)
