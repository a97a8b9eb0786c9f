"""Plain text -> blocks: lines with pipes or tabs are rows of a table, every other line is a paragraph."""

from __future__ import annotations

import re
from typing import Any

from gkdesk.imports.readers.encoding import decode

MOST_LINES = 20_000
_RULE = re.compile(r"[\s|+:─━│┃┌┐└┘├┤┬┴┼=\-]+")
_HASHES = re.compile(r"^#{1,6}\s+")
"""Before a heading in Markdown."""
_BARS = str.maketrans({"│": "|", "┃": "|", "｜": "|", "￨": "|", "∣": "|", "丨": "|"})


def read(data: bytes) -> dict[str, Any]:
    """The blocks of a text. Raises ValueError for bytes that are no text."""
    text = decode(data)
    if text.count("\0") > len(text) // 1000:
        raise ValueError("not a text")
    return from_text(text)


def from_text(text: str) -> dict[str, Any]:
    """The blocks of a text that was pasted."""
    blocks: list[dict[str, Any]] = []
    rows: list[list[dict[str, Any]]] = []
    first = 0
    for number, line in enumerate(text.splitlines()[:MOST_LINES], 1):
        cells = _cells(line)
        if cells is None:
            if rows:
                blocks.append(_table(rows, first, number - 1))
                rows = []
            if words := _HASHES.sub("", line.strip(" \t\u3000\u00a0\ufeff")):
                blocks.append({"kind": "paragraph", "text": words, "where": f"第{number}行"})
        elif cells:
            if not rows:
                first = number
            rows.append([{"text": cell, "colspan": 1, "rowspan": 1} for cell in cells])
    if rows:
        blocks.append(_table(rows, first, len(text.splitlines())))
    return {"title": "", "blocks": blocks, "notes": []}


def _table(rows: list[list[dict[str, Any]]], first: int, last: int) -> dict[str, Any]:
    return {"kind": "table", "rows": rows, "where": f"第{first}–{last}行"}


def _cells(line: str) -> list[str] | None:
    """The cells of a line; none for a rule drawn between rows, None where it is no row of a table."""
    bars = line.translate(_BARS)
    if "|" in bars or line.lstrip().startswith(("┌", "├", "└", "+-")):
        if _RULE.fullmatch(bars) and bars.replace("|", "").strip() != "":
            return []
        cells = [cell.strip() for cell in bars.strip().split("|")]
        # A bar at the edge frames the row: there is no cell outside of it.
        cells = cells[1:] if bars.strip().startswith("|") else cells
        cells = cells[:-1] if bars.strip().endswith("|") and cells and not cells[-1] else cells
        return cells if any(cells) else []
    if "\t" in line.strip("\t ") or (line.startswith("\t") and line.strip() and len(line.strip()) < 40):
        return [cell.strip() for cell in line.split("\t")]
    return None
