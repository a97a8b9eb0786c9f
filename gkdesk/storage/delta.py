"""What a revision changed, small enough to be kept for ever.

A revision's `change` is canonical JSON: key -> [before, after] with null for blank, or, where both are long texts,
key -> [prefix, suffix, removed, inserted]: between the first `prefix` and the last `suffix` code points `removed`
became `inserted`. A keystroke in a text of many pages costs a few bytes that way; the whole texts come back by
walking from the present content to the past.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from gkdesk.storage.content import canonical_json

WORTH_IT = 48
"""Code points of both texts together under which they are stored as they are."""

Text = str | None


class BadChangeError(ValueError):
    """A stored change makes no sense, or does not fit the content that it should lead to or come from."""


def encode(before: Mapping[str, Text], after: Mapping[str, Text]) -> str:
    """The change from `before` to `after`, which have the same keys."""
    return canonical_json({key: _pair(before[key], after[key]) for key in after})


def parse(change: object) -> dict[str, list[Any]]:
    """The stored change, its shape checked. Raises BadChangeError."""
    try:
        pairs = json.loads(change) if isinstance(change, str) else None
    except (ValueError, RecursionError) as error:
        raise BadChangeError("no JSON") from error
    if not isinstance(pairs, dict) or not all(map(_is_pair, pairs.values())):
        raise BadChangeError("no change")
    return pairs


def backwards(pair: list[Any], after: Text) -> Text:
    """The text before, given the text after. Raises BadChangeError when that cannot have been."""
    if len(pair) == 2:
        before, stored = pair
        if stored != after:
            raise BadChangeError("another text")
        return before if before is None else str(before)
    prefix, suffix, removed, inserted = pair
    return _replaced(after, prefix, suffix, inserted, removed)


def forwards(pair: list[Any], before: Text) -> Text:
    """The text after, given the text before. Raises BadChangeError when that cannot have been."""
    if len(pair) == 2:
        return backwards(pair[::-1], before)
    prefix, suffix, removed, inserted = pair
    return _replaced(before, prefix, suffix, removed, inserted)


def _pair(before: Text, after: Text) -> list[Any]:
    if before is None or after is None or len(before) + len(after) < WORTH_IT:
        return [before, after]
    most = min(len(before), len(after))
    prefix = _common(before, after, most)
    suffix = _common(before[::-1], after[::-1], most - prefix)
    pair = [prefix, suffix, before[prefix : len(before) - suffix], after[prefix : len(after) - suffix]]
    return pair if prefix + suffix > 16 else [before, after]


def _common(one: str, other: str, most: int) -> int:
    """How many code points both begin with, `most` at the most; by halving, as slices are compared in C."""
    low = 0
    while low < most:
        middle = (low + most + 1) // 2
        if one[low:middle] == other[low:middle]:
            low = middle
        else:
            most = middle - 1
    return low


def _replaced(text: Text, prefix: int, suffix: int, there: str, instead: str) -> str:
    if text is None or len(text) != prefix + len(there) + suffix or not text.startswith(there, prefix):
        raise BadChangeError("another text")
    return text[:prefix] + instead + text[len(text) - suffix :]


def _is_pair(pair: object) -> bool:
    match pair:
        case [None | str(), None | str()]:
            return True
        case [int(prefix), int(suffix), str(), str()]:
            return prefix >= 0 and suffix >= 0
    return False
