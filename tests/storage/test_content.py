"""The hash that stands for a year's content."""

from __future__ import annotations

import hashlib

from hypothesis import given
from hypothesis import strategies as st

from gkdesk.storage.content import applied, canonical_json, checked, content_hash

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
entries = st.dictionaries(texts, texts, max_size=5)
patches = st.dictionaries(texts, st.none() | texts, max_size=5)


def test_the_hash_is_over_canonical_json():
    expected = '{"entries":{"a":"2","b":"一\\n"},"format":"2021","year":2024}'
    assert (
        content_hash("2021", 2024, {"b": "一\n", "a": "2"}) == hashlib.sha256(expected.encode()).hexdigest()
    )


@given(entries, entries)
def test_equal_hashes_mean_equal_content(one, other):
    assert (content_hash("2021", 2024, one) == content_hash("2021", 2024, other)) == (one == other)


def test_year_and_format_count():
    assert len({content_hash(f, y, {}) for f in ("2019", "2021") for y in (2019, 2021)}) == 4


@given(entries, patches)
def test_the_patch_before_undoes_the_patch_after(content, patch):
    before = {key: content.get(key) for key in patch}
    after = applied(content, patch)
    assert applied(after, before) == content
    assert all(after.get(key) == value for key, value in patch.items())


@given(patches)
def test_what_is_checked_can_be_written(patch):
    assert checked(patch) == patch
    canonical_json(patch).encode()
