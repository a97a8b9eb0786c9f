"""Marks on a text that was taken over from last year's report: its years and figures, until each is revised.

They are kept beside the text under ``draft.<key of the text>`` as places in it, ``12-16 30-33`` in code points from the
beginning to before the end. They stay in the document, as notes do: no copy, web page or report JSON carries them.
A mark goes when its words are edited (:func:`follow`) or confirmed (:func:`confirm`), and moves along with its text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from difflib import SequenceMatcher

DRAFT = "draft."
Span = tuple[int, int]
"""[start, end) in code points."""

_PLACES = re.compile(r"(?:[0-9]{1,7}-[0-9]{1,7}(?: [0-9]{1,7}-[0-9]{1,7})*)?")
_GROWS = re.compile(r"[0-9０-９.．,，%％十百千万亿一二三四五六七八九〇零两]")
"""A character that, put beside a figure, makes another figure of it."""
_SENTENCES = re.compile(r"[^。！？；\n]*[。！？；\n]|[^。！？；\n]+")
_SHORT, _LONG = 600, 4_000
"""Characters that are compared one by one; more are compared by sentences first. A piece that is longer still, and has
no sentence left of before, is another text."""


def key_of(text_key: str) -> str:
    """The key of the marks of a text."""
    return DRAFT + text_key


def are_places(text: str) -> bool:
    """Whether a text is a list of places as it is kept."""
    return bool(_PLACES.fullmatch(text))


def marks(fields: Mapping[str, str], text_key: str) -> tuple[Span, ...]:
    """The words of a text that wait to be revised, in order; places outside the text are left out."""
    places = fields.get(key_of(text_key), "")
    if not places or not are_places(places):
        return ()
    most = len(fields.get(text_key, ""))
    spans = (tuple(map(int, place.split("-"))) for place in places.split(" "))
    return tuple(sorted((start, end) for start, end in spans if start < end <= most))


def spell_marks(spans: Iterable[Span]) -> str:
    """The places as they are kept; empty where there are none."""
    return " ".join(f"{start}-{end}" for start, end in sorted(spans))


def confirm(fields: Mapping[str, str], text_key: str, done: Iterable[Span]) -> dict[str, str | None]:
    """The patch that takes away marks: their words are right for this year as they stand."""
    gone = set(done)
    left = [span for span in marks(fields, text_key) if span not in gone]
    return {key_of(text_key): spell_marks(left) or None}


def follow(fields: Mapping[str, str], new: Mapping[str, str]) -> dict[str, str]:
    """What becomes of the marks when texts change: the fields to change with them; ``new`` are key and text."""
    moved: dict[str, str] = {}
    for key, text in new.items():
        before = fields.get(key, "")
        if key_of(key) in new or text == before or not (spans := marks(fields, key)):
            continue
        moved[key_of(key)] = spell_marks(_moved(before, text, spans))
    return moved


def _moved(before: str, after: str, spans: tuple[Span, ...]) -> Iterator[Span]:
    """The places in the new text of the spans that the change did not touch."""
    head = next(
        (at for at, pair in enumerate(zip(before, after, strict=False)) if pair[0] != pair[1]),
        min(len(before), len(after)),
    )
    most = min(len(before), len(after)) - head
    tail = next((at for at in range(most) if before[-1 - at] != after[-1 - at]), most)
    kept = [(0, 0, head), (len(before) - tail, len(after) - tail, tail)]
    old, new = before[head : len(before) - tail], after[head : len(after) - tail]
    if any(start >= head and end <= head + len(old) for start, end in spans):
        kept += [(head + a, head + b, size) for a, b, size in _same(old, new)]
    for start, end in spans:
        for old_start, new_start, size in kept:
            if old_start <= start and end <= old_start + size:
                place = (start - old_start + new_start, end - old_start + new_start)
                if not _grown(before, after, (start, end), place):
                    yield place
                break


def _same(old: str, new: str) -> Iterator[tuple[int, int, int]]:
    """Pieces that two texts have in common, in order: place in the one, place in the other, length."""
    if len(old) + len(new) <= _SHORT:
        yield from SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks()
        return
    ours, theirs = _SENTENCES.findall(old), _SENTENCES.findall(new)
    a = b = i = j = 0
    for block in SequenceMatcher(None, ours, theirs, autojunk=False).get_matching_blocks():
        between = "".join(ours[i : block.a]), "".join(theirs[j : block.b])
        if sum(map(len, between)) <= _LONG:
            for x, y, size in SequenceMatcher(None, *between, autojunk=False).get_matching_blocks():
                yield a + x, b + y, size
        a, b = a + len(between[0]), b + len(between[1])
        alike = sum(map(len, ours[block.a : block.a + block.size]))
        yield a, b, alike
        a, b, i, j = a + alike, b + alike, block.a + block.size, block.b + block.size


def _grown(before: str, after: str, old: Span, new: Span) -> bool:
    """Whether what stands directly beside the words is new and makes another figure of them."""
    return any(
        now != was and bool(_GROWS.match(now))
        for was, now in (
            (before[max(old[0] - 1, 0) : old[0]], after[max(new[0] - 1, 0) : new[0]]),
            (before[old[1] : old[1] + 1], after[new[1] : new[1] + 1]),
        )
    )
