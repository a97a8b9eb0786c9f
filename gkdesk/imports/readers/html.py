"""Web pages (HTML as saved, pasted from Word, or packed as MHTML) -> blocks.

A table that only lays out the page (it holds another table, or whole paragraphs) is taken apart into what its cells
hold; every other table stays one.
"""

from __future__ import annotations

import re
from email import message_from_bytes, policy
from typing import TYPE_CHECKING, Any

from gkdesk.imports.readers.encoding import decode

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.html import HtmlElement

MOST_SPAN = 60
LONGEST_CELL = 400
"""Characters of a cell of a table of figures; a longer one shows that the table lays out the page."""

_DROPPED = re.compile(
    r"script|style|noscript|template|head|iframe|object|embed|svg|select|option|button|input|textarea|"
    r"nav"
)
_BLOCKS = re.compile(
    r"address|article|aside|blockquote|body|center|dd|details|dialog|div|dl|dt|fieldset|figcaption|"
    r"figure|footer|form|h1|h2|h3|h4|h5|h6|header|hr|html|li|main|ol|p|pre|section|summary|ul|table|"
    r"caption|tr|td|th|tbody|thead"
)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.IGNORECASE)
_MHTML = re.compile(
    rb"\A\s*(?:[A-Za-z-]+:[^\n]*\n(?:[ \t][^\n]*\n)*)*?(?:MIME-Version|Content-Type)\s*:", re.IGNORECASE
)
_BLANKS = re.compile(r"[ \t\r\n\f\v\u00a0\u3000\u2002\u2003\u2009\u200b\ufeff]+")
_DEEPEST = 200


def read(data: bytes) -> dict[str, Any]:
    """The blocks of a page. Raises ValueError where there is no page in the bytes."""
    from lxml import html

    text = _page(data)
    text = re.sub(r"^\s*<\?xml[^>]*>", "", text)  # lxml refuses text that declares an encoding
    text = re.sub(r"<!\[(?:if|endif)[^>]*>", "", text)
    if not text.strip():
        raise ValueError("empty page")
    parser = html.HTMLParser(no_network=True, remove_comments=True, remove_pis=True, huge_tree=False)
    root = html.document_fromstring(text, parser=parser)
    title = root.findtext(".//title") or ""
    body = root.find("body")
    reader = _Reader()
    reader.walk(body if body is not None else root, 0)
    reader.flush()
    return {"title": _clean(title), "blocks": reader.blocks, "notes": reader.notes}


def _page(data: bytes) -> str:
    """The HTML text; of an MHTML archive its first page."""
    if _MHTML.match(data[:4000]):
        message = message_from_bytes(data, policy=policy.compat32)
        for part in message.walk():
            if part.get_content_type() == "text/html":
                content = part.get_payload(decode=True)
                if isinstance(content, bytes):
                    return decode(content, part.get_content_charset() or "")
        raise ValueError("archive without a page")
    return decode(data)


class _Reader:
    """Walks a page once and gathers blocks; ``line`` is the paragraph that is being gathered."""

    def __init__(self) -> None:
        self.blocks: list[dict[str, Any]] = []
        self.notes: list[str] = []
        self.line: list[str] = []
        self.tables = 0
        self.pictures = 0

    def flush(self) -> None:
        text = _clean("".join(self.line))
        self.line = []
        if text:
            self.blocks.append({"kind": "paragraph", "text": text, "where": ""})

    def walk(self, element: HtmlElement, depth: int) -> None:
        tag = _tag(element)
        if _DROPPED.fullmatch(tag) or depth > _DEEPEST or _HIDDEN.search(element.get("style") or ""):
            return
        if tag == "img":
            self.pictures += 1
            return
        if tag == "br":
            self.flush()
            return
        if tag == "table" and not _is_layout(element):
            self.flush()
            self.tables += 1
            rows = _rows(element)
            if any(cell["text"] for row in rows for cell in row):
                self.blocks.append({"kind": "table", "rows": rows, "where": f"表格{self.tables}"})
            return
        if _BLOCKS.fullmatch(tag):
            self.flush()
        self.line.append(element.text or "")
        for child in element:
            self.walk(child, depth + 1)
            self.line.append(child.tail or "")
        if _BLOCKS.fullmatch(tag):
            self.flush()


def _tag(element: HtmlElement) -> str:
    return (
        element.tag.lower().rpartition(":")[2]
        if isinstance(element.tag, str) and ":" not in element.tag
        else ("span" if isinstance(element.tag, str) else "script")
    )


def _is_layout(table: HtmlElement) -> bool:
    """Whether a table only places things on the page."""
    if next(table.iterdescendants("table"), None) is not None:
        return True
    cells = list(table.iterdescendants("td", "th"))
    if len(cells) <= 1:
        return True
    return any(len("".join(_words(cell)).strip()) > LONGEST_CELL for cell in cells)


def _rows(table: HtmlElement) -> list[list[dict[str, Any]]]:
    rows = []
    for row in table.iterdescendants("tr"):
        cells = [cell for cell in row if _tag(cell) in ("td", "th")]
        rows.append(
            [
                {
                    "text": _cell_text(cell),
                    "colspan": _span(cell.get("colspan")),
                    "rowspan": _span(cell.get("rowspan")),
                }
                for cell in cells
            ]
        )
    return rows


def _span(text: str | None) -> int:
    digits = re.match(r"\s*(\d{1,5})", text or "")
    return min(max(int(digits[1]), 1), MOST_SPAN) if digits else 1


def _cell_text(cell: HtmlElement) -> str:
    lines = "".join(_words(cell)).split("\0")
    return "\n".join(text for text in (_clean(line) for line in lines) if text)


def _words(element: HtmlElement, depth: int = 0) -> Iterator[str]:
    r"""The text under an element, with \0 where a line ends."""
    tag = _tag(element)
    if _DROPPED.fullmatch(tag) or depth > _DEEPEST or _HIDDEN.search(element.get("style") or ""):
        return
    if tag == "br" or _BLOCKS.fullmatch(tag):
        yield "\0"
    yield element.text or ""
    for child in element:
        yield from _words(child, depth + 1)
        yield child.tail or ""
    if _BLOCKS.fullmatch(tag):
        yield "\0"


def _clean(text: str) -> str:
    return _BLANKS.sub(" ", text).strip()
