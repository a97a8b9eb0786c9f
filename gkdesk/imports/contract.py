"""What a reader of foreign files gives back: plain data, so that it can cross from one process to another.

A reader is a function ``read(data: bytes) -> dict``. It runs in the limited process of `gkdesk.imports.gate_child`,
on bytes that :mod:`gkdesk.imports.gate` has looked at; it opens no files and no network. Its answer is JSON-able:

    {"title": "…",                      the document's own title, "" where it has none
     "blocks": [{"kind": "paragraph", "text": "…"},
                {"kind": "table", "where": "第 2 页",
                 "rows": [[{"text": "…", "colspan": 1, "rowspan": 1}, …], …]}],
     "notes": ["…"]}                    what was left out or is doubtful, for the user

A table has ``"flat": true`` where its columns are a guess (plain text). Blocks stand in reading order. ``where`` may be
""; a paragraph may have it too. Spans may be left out where they are 1.
A reader raises KnownError (without the file's name, which it does not know) for what it refuses; the types below are
refusals that callers tell apart. Any other exception (ValueError) means that
the file is damaged.
"""

from __future__ import annotations

from typing import Any, NotRequired, TypedDict

from gkdesk.errors import KnownError
from gkdesk.i18n import _

MAX_BLOCKS = 20_000
MAX_ROWS = 2_000
MAX_COLUMNS = 60
MAX_SPAN = 200
MAX_CELLS = 50_000
"""Of all tables together."""
MAX_TEXT = 4_000_000
"""Characters of all texts together."""


class CellData(TypedDict):
    """One cell of a printed table; the places it covers to the right and below have no cell of their own."""

    text: str
    colspan: NotRequired[int]
    rowspan: NotRequired[int]


class Block(TypedDict):
    """A paragraph (`text`) or a table (`rows`)."""

    kind: str
    where: NotRequired[str]
    text: NotRequired[str]
    rows: NotRequired[list[list[CellData]]]
    flat: NotRequired[bool]


class Reading(TypedDict):
    """What a reader found in a file."""

    title: str
    blocks: list[Block]
    notes: list[str]


class PictureOnly(KnownError):
    """The file has pages but no text: a scan, a photograph."""

    def __init__(self) -> None:
        super().__init__(_("里面只有图片，没有文字，认不出内容；请找原来的 Word、Excel 文件或网页"))


class Locked(KnownError):
    """The file wants a password."""

    def __init__(self) -> None:
        super().__init__(_("文件加了密码，请去掉密码再读"))


def checked(answer: Any) -> Reading:
    """A reader's answer, held to the contract and its bounds. Raises KnownError where it is too large or none."""
    if not isinstance(answer, dict):
        raise KnownError(_("文件已经损坏"))
    blocks = [_block(block) for block in _list(answer.get("blocks"), MAX_BLOCKS)]
    notes = [_text(note) for note in _list(answer.get("notes", []), MAX_BLOCKS)]
    reading: Reading = {"title": _text(answer.get("title", "")), "blocks": blocks, "notes": notes}
    tables = [block["rows"] for block in blocks if "rows" in block]
    cells = [cell["text"] for rows in tables for row in rows for cell in row]
    texts = [*cells, *notes, *(block.get("text", "") for block in blocks)]
    if len(cells) > MAX_CELLS or sum(map(len, texts)) > MAX_TEXT:
        raise _too_large()
    return reading


def _block(block: Any) -> Block:
    if not isinstance(block, dict):
        raise KnownError(_("文件已经损坏"))
    where = _text(block.get("where", ""))
    if block.get("kind") == "paragraph":
        return {"kind": "paragraph", "where": where, "text": _text(block.get("text"))}
    if block.get("kind") != "table":
        raise KnownError(_("文件已经损坏"))
    rows = [[_cell(cell) for cell in _list(row, MAX_COLUMNS)] for row in _list(block.get("rows"), MAX_ROWS)]
    table: Block = {"kind": "table", "where": where, "rows": rows}
    if block.get("flat") is True:
        table["flat"] = True
    return table


def _cell(cell: Any) -> CellData:
    if not isinstance(cell, dict):
        raise KnownError(_("文件已经损坏"))
    return {
        "text": _text(cell.get("text")),
        "colspan": _span(cell.get("colspan", 1)),
        "rowspan": _span(cell.get("rowspan", 1)),
    }


def _span(number: Any) -> int:
    if not isinstance(number, int) or number < 1:
        raise KnownError(_("文件已经损坏"))
    return min(number, MAX_SPAN)


def _text(text: Any) -> str:
    if not isinstance(text, str):
        raise KnownError(_("文件已经损坏"))
    return text


def _list(items: Any, most: int) -> list[Any]:
    if not isinstance(items, list):
        raise KnownError(_("文件已经损坏"))
    if len(items) > most:
        raise _too_large()
    return items


def _too_large() -> KnownError:
    return KnownError(_("内容太多，不像一份年报"))
