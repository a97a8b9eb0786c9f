"""Recognising the form's own labels in a pasted block, so that figures find their rows and columns."""

from __future__ import annotations

import unicodedata

from ui.grid.blocks import Block
from ui.grid.places import Places

LABEL_CHARACTERS = 3
"""So many Chinese characters make a label: a figure with its unit has two at most."""


def labels_of(places: Places) -> set[str]:
    """The labels and headers of a table, plain."""
    return {_plain(box.text) for box in places.table.boxes if box.text}


def is_label(text: str, labels: set[str]) -> bool:
    """True for a label of the form, and for words that can be nothing else."""
    plain = _plain(text)
    words = sum("\u4e00" <= character <= "\u9fff" for character in plain)
    return plain in labels or words >= LABEL_CHARACTERS


def without_labels(
    places: Places, block: Block, start: tuple[int, int], labels: set[str]
) -> tuple[Block, tuple[int, int]]:
    """A block without the form's own labels, and where its figures begin.

    When its texts match the labels of some rows or columns, it goes to those rows and columns instead of ``start``.
    """
    rows = next((r for r, line in enumerate(block) if not _all_labels(line, labels)), len(block))
    body = block[rows:]
    if not body:
        return block, start
    columns = 0
    while columns < len(body[0]) and _all_labels([line[columns] for line in body], labels):
        columns += 1
    if not rows and not columns:
        return block, start
    # a label that spans several columns leaves the others empty
    if columns < places.left < len(body[0]) and not any(any(line[columns : places.left]) for line in body):
        columns = places.left if columns else 0
    row, column = start
    if columns:
        row = _row_of(places, body, columns, start[0])
    if columns == places.left and len(body[0]) - columns >= places.columns:
        column = 0
    return [line[columns:] for line in body], (row, column)


def _row_of(places: Places, body: Block, columns: int, default: int) -> int:
    """The model row whose label is the block's first one."""
    wanted = {_plain(text) for text in body[0][:columns] if text}
    for row in range(places.rows):
        here = {_box_label(places, row + places.top, column) for column in range(places.left)}
        if wanted and wanted <= here:
            return row
    return default


def _box_label(places: Places, grid_row: int, grid_column: int) -> str:
    box = places.box_at(grid_row, grid_column)
    return _plain(box.text) if box else ""


def _all_labels(texts: list[str], labels: set[str]) -> bool:
    written = [text for text in texts if text]
    return bool(written) and all(is_label(text, labels) for text in written)


def _plain(text: str) -> str:
    """A label without spaces and marks, which other documents set differently."""
    return "".join(character for character in unicodedata.normalize("NFKC", text) if character.isalnum())
