"""Word documents (.docx) -> blocks: paragraphs in reading order, tables with their merges, nested ones taken out.

The XML is read directly (ECMA-376 part 1, 17): python-docx knows neither revisions nor text boxes.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from gkdesk.errors import KnownError
from gkdesk.i18n import _

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_SKIPPED = frozenset(
    (_W + "del", _W + "moveFrom", _FALLBACK, _W + "pPr", _W + "rPr", _W + "instrText", _W + "delText")
)
_BREAKS = frozenset((_W + "br", _W + "cr"))
_BODY = "word/document.xml"
MOST_SPAN = 60


def read(data: bytes) -> dict[str, Any]:
    """The blocks of a document. Raises KnownError where the package holds no text document."""
    from lxml import etree

    with zipfile.ZipFile(io.BytesIO(data)) as package:
        try:
            content = package.read(_body_name(package))
        except KeyError:
            raise KnownError(_("里面没有正文，可能不是 Word 文档")) from None
    content = content.replace(_STRICT, _W[1:-1].encode())
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    root = etree.fromstring(content, parser)
    body = root.find(_W + "body")
    if body is None:
        raise KnownError(_("里面没有正文，可能不是 Word 文档"))
    reader = _Reader()
    reader.container(body)
    return {"title": "", "blocks": reader.blocks, "notes": reader.notes}


def _body_name(package: zipfile.ZipFile) -> str:
    names = package.namelist()
    if _BODY in names:
        return _BODY
    return next((name for name in names if name.startswith("word/document") and name.endswith(".xml")), _BODY)


class _Reader:
    def __init__(self) -> None:
        self.blocks: list[dict[str, Any]] = []
        self.notes: list[str] = []
        self.tables = 0

    def container(self, parent: Element) -> None:
        """Everything in a body, a cell or a text box, in order."""
        for child in parent:
            if child.tag == _W + "p":
                self.paragraph(child)
            elif child.tag == _W + "tbl":
                self.table(child)
            elif child.tag not in _SKIPPED and isinstance(child.tag, str):
                self.container(child)  # content controls, custom XML, insertions

    def paragraph(self, element: Element) -> None:
        for line in "".join(_words(element)).split("\n"):
            if text := line.strip(" \t\u3000\u00a0"):
                self.blocks.append({"kind": "paragraph", "text": text, "where": ""})
        for box in element.iter(_W + "txbxContent"):
            if not any(parent.tag == _FALLBACK for parent in box.iterancestors()):
                self.container(box)

    def table(self, element: Element) -> None:
        """A table of figures, or, where it holds tables, what its cells hold."""
        if next(element.iterdescendants(_W + "tbl"), None) is not None:
            for cell in element.iter(_W + "tc"):
                if next((each for each in cell.iterancestors(_W + "tbl")), None) is element:
                    self.container(cell)
            return
        rows = _rows(element)
        if sum(len(row) for row in rows) == 1:
            for cell in element.iter(_W + "tc"):
                self.container(cell)
            return
        self.tables += 1
        self.blocks.append(
            {"kind": "table", "rows": rows, "where": _("第 {number} 张表").format(number=self.tables)}
        )


def _rows(table: Element) -> list[list[dict[str, Any]]]:
    """The rows with vertical merges as rowspans: a cell that continues is counted to the one above it."""
    rows: list[list[dict[str, Any]]] = []
    above: dict[int, dict[str, Any]] = {}
    for row in table.iter(_W + "tr"):
        made: list[dict[str, Any]] = []
        column = 0
        now: dict[int, dict[str, Any]] = {}
        before = _number(row, "trPr/gridBefore")
        if before:
            made.append({"text": "", "colspan": before, "rowspan": 1})
            column += before
        for cell in row.iter(_W + "tc"):
            wide = min(max(_number(cell, "tcPr/gridSpan"), 1), MOST_SPAN)
            merge = cell.find(f"{_W}tcPr/{_W}vMerge")
            goes_on = merge is not None and merge.get(_W + "val", "continue") == "continue"
            start = above.get(column) if goes_on else None
            if start is not None and start["colspan"] == wide:
                start["rowspan"] += 1
                now[column] = start
                # Word keeps text in a continued cell, though it shows none.
            else:
                start = {"text": _cell_text(cell) if not goes_on else "", "colspan": wide, "rowspan": 1}
                made.append(start)
                if merge is not None:
                    now[column] = start
            column += wide
        above = now
        rows.append(made)
    return rows


def _number(element: Element, path: str) -> int:
    found = element.find("/".join(_W + step for step in path.split("/")))
    text = found.get(_W + "val", "") if found is not None else ""
    return min(int(text), MOST_SPAN) if text.isascii() and text.isdigit() else 0


def _cell_text(cell: Element) -> str:
    lines = [
        line.strip(" \t\u3000\u00a0")
        for part in cell.iter(_W + "p")
        for line in "".join(_words(part)).split("\n")
    ]
    return "\n".join(line for line in lines if line)


def _words(element: Element) -> Iterator[str]:
    """The text of a paragraph without what was deleted, field codes and text boxes."""
    for child in element:
        if child.tag == _W + "t":
            yield child.text or ""
        elif child.tag == _W + "tab":
            yield "\t"
        elif child.tag in _BREAKS:
            yield "\n"
        elif child.tag == _W + "noBreakHyphen":
            yield "-"
        elif isinstance(child.tag, str) and child.tag not in _SKIPPED and child.tag != _W + "txbxContent":
            yield from _words(child)
