"""Finding words in the texts of a report, and putting others in their place."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from gkdesk.report.session import Patch


@dataclass(frozen=True, slots=True)
class Hit:
    """A place where the words stand: [start, end) in the code points of the text under ``key``."""

    key: str
    start: int
    end: int


def find(texts: Mapping[str, str], words: str, *, alike: bool = False) -> list[Hit]:
    """Every place of the words, text by text in the given order; places do not overlap.

    ``alike`` takes full-width and half-width, capital and small characters as the same. Nothing is found for
    empty words.
    """
    wanted = _folded(words) if alike else words
    if not wanted:
        return []
    hits = []
    for key, text in texts.items():
        searched = _folded(text) if alike else text
        at = searched.find(wanted)
        while at >= 0:
            hits.append(Hit(key, at, at + len(wanted)))
            at = searched.find(wanted, at + len(wanted))
    return hits


def replacing(texts: Mapping[str, str], hits: Iterable[Hit], words: str) -> Patch:
    """The patch that puts ``words`` at each place found by :func:`find` in the same texts."""
    by_key: dict[str, list[Hit]] = {}
    for hit in hits:
        by_key.setdefault(hit.key, []).append(hit)
    patch = {}
    for key, found in by_key.items():
        text, parts, done = texts[key], [], 0
        for hit in found:
            parts += [text[done : hit.start], words]
            done = hit.end
        patch[key] = "".join((*parts, text[done:]))
    return patch


def _folded(text: str) -> str:
    """The text with each character in its plain form, as long as before."""
    return "".join(map(_plain, text))


def _plain(character: str) -> str:
    plain = unicodedata.normalize("NFKC", character).casefold()
    return plain if len(plain) == 1 else character
