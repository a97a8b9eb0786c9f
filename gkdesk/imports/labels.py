"""Comparing labels as people print them with those of the form: white space, punctuation, numbers, slips."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

_NUMBER = re.compile(
    r"[(]([一二三四五六七八九十]{1,3}|\d{1,2})[)]|([一二三四五六七八九十]{1,3})[、.,:：]|(\d{1,2})[、.,)](?!\d)"
)
_NOT_WORD = re.compile(r"[^0-9A-Za-z\u3400-\u9fff\U00020000-\U0003ffff]+")
_COUNTED = re.compile(r"\((?:单位:?)?[件个项次宗人条份]\)$")
"""What is counted, behind a label: 总计（件）."""
_WHITE = re.compile(r"\s+")
_LONG, _LONGER = 5, 10
"""Characters from which one, and two, slips are taken for the same label."""


@dataclass(frozen=True, slots=True)
class Label:
    """A printed label: its number (一, 1; empty without one) and its words, folded, without punctuation."""

    number: str
    words: str


@lru_cache(maxsize=4096)
def label_of(text: str) -> Label:
    """Fold a text: NFKC, no white space, number taken off, no punctuation."""
    folded = _WHITE.sub("", unicodedata.normalize("NFKC", text)).replace("\u200b", "").replace("\ufeff", "")
    number = ""
    if found := _NUMBER.match(folded):
        number = next(group for group in found.groups() if group)
        folded = folded[found.end() :]
    folded = _COUNTED.sub("", folded)
    return Label(number, _NOT_WORD.sub("", folded))


def distance(one: str, other: str, most: int) -> int:
    """How many characters must be changed, put in or taken out; ``most`` + 1 for anything more."""
    if abs(len(one) - len(other)) > most:
        return most + 1
    before = list(range(len(other) + 1))
    for row, a in enumerate(one, 1):
        now = [row]
        for column, b in enumerate(other, 1):
            now.append(min(before[column] + 1, now[-1] + 1, before[column - 1] + (a != b)))
        if min(now) > most:
            return most + 1
        before = now
    return before[-1]


def tolerance(label: Label) -> int:
    """How many slips are taken for the same label."""
    length = len(label.words)
    return 2 if length >= _LONGER else 1 if length >= _LONG else 0


@dataclass(frozen=True, slots=True)
class Match:
    """Which of the labels it is; ``slips`` is 0 for the same words; ``sure`` unless it takes believing."""

    index: int
    slips: int
    sure: bool


def best(text: str, labels: Iterable[Label], *, loose: bool = False) -> Match | None:
    """The label that a text is, or None; equally near ones are none.

    ``loose`` also takes, as unsure, a label of the same number with a quarter of its words wrong.
    """
    printed = label_of(text)
    if not printed.words or len(printed.words) > 60:
        return None
    found: list[tuple[int, bool, int]] = []
    for index, label in enumerate(labels):
        slips = distance(printed.words, label.words, max(tolerance(label), len(label.words) // 4))
        same_number = not printed.number or not label.number or printed.number == label.number
        if slips == 0 and len(label.words) > 2:
            found.append((0, True, index))
        elif slips == 0 and same_number and (label.number or not printed.number):
            found.append((0, bool(printed.number) or not label.number, index))
        elif 0 < slips <= tolerance(label) and same_number:
            found.append((slips, True, index))
        elif loose and printed.number and printed.number == label.number and slips <= len(label.words) // 4:
            found.append((slips, False, index))
    found.sort(key=lambda each: each[0])
    if not found or (len(found) > 1 and found[1][0] - found[0][0] < (1 if found[0][0] == 0 else 2)):
        return None
    slips, sure, index = found[0]
    return Match(index, slips, sure)
