"""Tables that lost their cells: paragraphs with one cell a line, or a row a line with blanks between -> lines.

Only the words and figures and their order are left. A run of figures belongs to the label just before it; whether it
holds as many as the row has cells is for :mod:`row_values` to see.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from gkdesk.formats.model import Format
from gkdesk.imports.figures import is_figure
from gkdesk.imports.grids import Line, Slot
from gkdesk.imports.labels import Label, best, label_of

LONGEST_LABEL = 60
"""Characters; a longer paragraph is text."""
_MOST_PARTS = 4
"""Pieces that a label may have been cut into."""
_BLANKS = re.compile(r"[\s|]+")


@dataclass(frozen=True, slots=True)
class FlatRow:
    """A line, and which paragraphs (numbers of blocks) it was made of."""

    line: Line
    blocks: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Token:
    text: str
    block: int
    where: str


def flat_rows(paragraphs: Sequence[tuple[int, str, str]], form: Format, table: int) -> list[FlatRow]:
    """The rows that stand in paragraphs (number of block, text, where); ``table`` numbers the first of them."""
    labels = [
        label_of(cell.row_path[-1]) for part in form.tables for cell in part.cells.values() if cell.row_path
    ]
    labels = list(dict.fromkeys(labels))
    heads = [
        label_of(box.text) for part in form.tables for box in part.boxes if box.role in ("header", "band")
    ]
    heads = list(dict.fromkeys(heads))
    rows: list[FlatRow] = []
    words: list[_Token] = []
    figures: list[_Token] = []
    index = 0
    for token in (*_tokens(paragraphs), None):
        if token is not None and token.text and is_figure(token.text):
            figures.append(token)
            continue
        if figures:
            for part in _row(words, figures, labels, heads):
                rows.append(_flat(part, table, index))
                index += 1
            words, figures = [], []
        if token is None or not token.text:
            words = []
        else:
            words.append(token)
    return rows


def _tokens(paragraphs: Sequence[tuple[int, str, str]]) -> Iterator[_Token]:
    """Words and figures in order; an empty one where a text stands between that is no part of a table."""
    for block, text, where in paragraphs:
        for part in _BLANKS.split(text):
            if len(part) > LONGEST_LABEL or part.endswith(("。", "；")):
                yield _Token("", block, where)
            elif part:
                yield _Token(part, block, where)


def _row(
    words: list[_Token], figures: list[_Token], labels: Sequence[Label], heads: Sequence[Label]
) -> list[list[_Token]]:
    """A line of the header that stands before the label, and one of the label with its figures."""
    for parts in range(1, min(_MOST_PARTS, len(words)) + 1):
        text = "".join(token.text for token in words[-parts:])
        found = best(text, labels)
        if found is not None and found.sure and (found.slips == 0 or parts == 1):
            label = _Token(text, words[-1].block, words[-1].where)
            return [line for line in (_header(words[:-parts], heads), [label, *figures]) if line]
    if words and (found := best(words[-1].text, labels, loose=True)) and found.slips:
        return [line for line in (_header(words[:-1], heads), [words[-1], *figures]) if line]
    return [line for line in (_header(words, heads), figures) if line]


def _header(words: Sequence[_Token], heads: Sequence[Label]) -> list[_Token]:
    """The labels of a header from the first that is known; pieces of one that was cut are put together."""
    made: list[_Token] = []
    index = 0
    while index < len(words):
        for parts in range(min(_MOST_PARTS, len(words) - index), 0, -1):
            text = "".join(token.text for token in words[index : index + parts])
            found = best(text, heads)
            if found is not None and (found.slips == 0 or parts == 1):
                made.append(_Token(text, words[index].block, words[index].where))
                break
        else:
            parts = 1
            if made:
                made.append(words[index])
        index += parts
    return made


def _flat(tokens: Sequence[_Token], table: int, index: int) -> FlatRow:
    slots = tuple(Slot(token.text, index, column, block=token.block) for column, token in enumerate(tokens))
    where = tokens[0].where
    line = Line(slots, index, len(slots), table, where, flat=True)
    return FlatRow(line, tuple(dict.fromkeys(token.block for token in tokens)))
