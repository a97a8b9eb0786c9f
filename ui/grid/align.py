"""Recognising the form's own labels in a pasted block, so that figures find their rows and columns."""

from __future__ import annotations

import unicodedata
from collections import Counter
from dataclasses import dataclass

from ui.grid.blocks import Block
from ui.grid.places import Places

LABEL_CHARACTERS = 3
"""So many Chinese characters make a label: a figure with its unit has two at most."""


@dataclass(frozen=True, slots=True)
class Aligned:
    """The figures of a block without labels, and the model place where they begin."""

    block: Block
    row: int
    column: int


class Labels:
    """The printed words of one table, compared without spaces and marks, which other documents set differently."""

    def __init__(self, places: Places) -> None:
        self._places = places
        self._all = {_plain(box.text) for box in places.table.boxes if box.text}
        self._rows: dict[str, int] = {}
        self._columns: dict[str, list[int]] = {}
        for box in places.table.boxes:
            if box.role == "label" and box.rowspan == 1:
                self._rows.setdefault(_plain(box.text), box.row - places.top)
            elif box.role == "header" and box.column >= places.left:
                covered = range(box.column - places.left, box.column - places.left + box.colspan)
                self._columns.setdefault(_plain(box.text), []).extend(covered)

    def is_label(self, text: str) -> bool:
        """True for a label of the form, and for words that can be nothing else."""
        plain = _plain(text)
        words = sum("\u4e00" <= character <= "\u9fff" for character in plain)
        return bool(plain) and (plain in self._all or words >= LABEL_CHARACTERS)

    def align(self, block: Block, row: int, column: int) -> Aligned:
        """Leave labels out of a block.

        Where they name rows and columns of the table, the figures go there, else to ``row`` and ``column``.
        """
        top = self._header_rows(block)
        body = block[top:]
        left = self._label_columns(body)
        if not body or left >= len(body[0]):
            return Aligned(block, row, column)
        if left:
            row = next((self._rows[name] - r for r, name in self._named_rows(body, left)), row)
        if top:
            column = self._first_column(block[:top], left, column)
        elif left and len(body[0]) - left >= self._places.columns:
            column = 0
        return Aligned([line[left:] for line in body], row, column)

    def _header_rows(self, block: Block) -> int:
        """Leading rows of words in which no row of figures is named."""
        count = 0
        for line in block:
            words = [text for text in line if text]
            # headers over several rows leave rows without words
            if not words and 0 < count < self._places.top:
                count += 1
                continue
            named = any(_plain(text) in self._rows for text in words)
            if not words or named or not all(map(self.is_label, words)):
                break
            count += 1
        return count

    def _label_columns(self, body: Block) -> int:
        if not body or not self._places.left:
            return 0
        columns = [c for line in body for c, text in enumerate(line) if self.is_label(text)]
        count = min(max(columns, default=-1) + 1, self._places.left)
        # a label that spans several columns leaves the others empty
        if 0 < count < self._places.left < len(body[0]):
            between = [text for line in body for text in line[count : self._places.left]]
            count = count if any(between) else self._places.left
        return count

    def _named_rows(self, body: Block, left: int) -> list[tuple[int, str]]:
        return [
            (r, _plain(text))
            for r, line in enumerate(body)
            for text in line[:left]
            if _plain(text) in self._rows
        ]

    def _first_column(self, headers: Block, left: int, default: int) -> int:
        """Where the block's first column of figures belongs: what most of its headers say."""
        votes: Counter[int] = Counter()
        for line in headers:
            for c, text in enumerate(line[left:]):
                votes.update(place - c for place in self._columns.get(_plain(text), ()))
        if not votes:
            return default
        most = max(votes.values())
        agreed = sorted(place for place, count in votes.items() if count == most and place >= 0)
        return default if default in agreed or not agreed else agreed[0]


def _plain(text: str) -> str:
    return "".join(character for character in unicodedata.normalize("NFKC", text) if character.isalnum())
