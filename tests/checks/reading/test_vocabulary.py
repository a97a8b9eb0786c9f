"""The words, and the one expression that finds them."""

from __future__ import annotations

import re
import tomllib
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gkdesk import formats, paths
from gkdesk.checks.reading.cells import cell_map
from gkdesk.checks.reading.vocabulary import DOMAINS, KIND, build, expanded, trie_pattern, vocabulary

WORDS = paths.resources() / "vocabulary" / "words.toml"


@given(st.lists(st.text(alphabet="甲乙丙.*[", min_size=1, max_size=4), min_size=1, max_size=12), st.data())
def test_the_longest_word_is_found(words, data):
    pattern = re.compile(trie_pattern(words))
    text = data.draw(st.sampled_from(words)) + data.draw(st.text(alphabet="甲乙丙.*[", max_size=4))
    assert pattern.match(text)[0] == max((word for word in words if text.startswith(word)), key=len)


def test_all_lists_are_read():
    data = tomllib.loads(WORDS.read_text(encoding="utf-8"))
    found = vocabulary()
    assert set(data["words"]) < set(KIND)
    for kind, texts in data["words"].items():
        assert all(found.words[text].flags & KIND[kind] for text in expanded(texts)), kind
    for domain in DOMAINS:
        for slot in ("first", "second"):
            for value, texts in data[domain][slot].items():
                assert all((slot, value) in found.words[text].senses[domain] for text in expanded(texts)), (
                    value
                )


def test_every_word_is_found():
    found = vocabulary()
    pattern = re.compile(found.pattern)
    assert [word for word in found.words if pattern.match(word)[0] != word] == []


def test_choices_stand_for_words():
    assert list(expanded(["甲", "{结转|转}{至|}明年", "甲"])) == [
        "甲",
        "结转至明年",
        "结转明年",
        "转至明年",
        "转明年",
    ]


def test_a_list_that_is_not_known_is_refused():
    data = tomllib.loads(WORDS.read_text(encoding="utf-8"))
    data["words"]["strange"] = ["奇怪"]
    with pytest.raises(KeyError):
        build(data)


def test_a_word_may_be_added_without_code():
    from gkdesk.checks.reading.bind import Binder
    from gkdesk.checks.reading.clauses import sentences

    assert "办讫" not in vocabulary().words
    data = tomllib.loads(WORDS.read_text(encoding="utf-8"))
    data["requests"]["first"]["answered"].append("办讫")
    words = build(data).words
    assert words["办讫"].senses == {"requests": [("first", "answered")]}
    assert Binder("", 2024, vocabulary()).read(sentences("")).facts == []


@pytest.mark.parametrize("form", ["2019", "2021"])
def test_what_words_mean_stands_in_the_format(form):
    cells = cell_map(formats.load(form))
    for domain in DOMAINS:
        for slot, values in cells.domains[domain].slots.items():
            known = {
                value
                for word in vocabulary().words.values()
                for s, value in word.senses.get(domain, ())
                if s == slot
            }
            assert set(values) <= known | {"total", "both", "change"}, (domain, slot)
    assert cells.readings((("requests", "new", "total"),))[0].cells == ("t3.new.total",)
    assert cells.readings((("requests", "unclear", "total"), ("requests", "new", "total"))) == ()
    assert cells.readings((("nothing", "new", "total"),)) == ()


def test_a_cell_that_the_form_does_not_have_is_no_reading():
    from gkdesk.checks.reading.cells import CellMap

    cells = cell_map(formats.load("2021"))
    assert CellMap(cells.domains, frozenset()).readings((("requests", "new", "total"),)) == ()


def lists(data, *path):
    for key, value in data.items():
        if isinstance(value, dict):
            yield from lists(value, *path, key)
        elif isinstance(value, list):
            yield (*path, key), value


def test_no_word_stands_twice_in_its_list():
    data = tomllib.loads(WORDS.read_text(encoding="utf-8"))
    for path, texts in lists(data):
        made = Counter(word for text in texts for word in set(expanded([text])))
        twice = [text for text in texts if "{" not in text and made[text] > 1]
        assert twice == [], path
