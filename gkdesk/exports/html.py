"""A report as one web page for publication: the content and order of the paper copy, no scripts, nothing fetched."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from html import escape
from itertools import pairwise
from pathlib import Path

from gkdesk import paths
from gkdesk.exports.html_table import table_lines, table_style
from gkdesk.exports.plain import plain
from gkdesk.paper.breaks import LEGAL, find_breaks
from gkdesk.paper.content import Content, Paragraph, Part, Signature, Title, content_of
from gkdesk.report import Report

STYLE = Path("web", "report.css")
"""The style sheet in the resources; it goes into the page."""

_INSIDE_ADDRESS = re.compile("(?<=[./])(?=[!-~])")


@dataclass(frozen=True, slots=True)
class Portal:
    """What a government portal shows above a document (信息公开目录): 索引号 and 发布机构.

    Without a publisher it is the unit; 成文日期 and 标题 are the report's own.
    """

    index: str
    publisher: str = ""


def write(report: Report, path: Path, *, portal: Portal | None = None) -> None:
    """Write the page to a file. Raises OSError; `gkdesk.exports.write` replaces a file whole or not at all."""
    path.write_bytes(to_text(report, portal=portal).encode())


def to_text(report: Report, *, portal: Portal | None = None) -> str:
    """The page as text; with ``portal`` it begins with the portal's block. Everything from the report is escaped."""
    content = content_of(report, plain)
    signed = report.fields.get("date", "")
    return "\n".join((*_head(content), *_body(content, signed, portal), "</html>", ""))


def _head(content: Content) -> Iterator[str]:
    yield "<!DOCTYPE html>"
    yield '<html lang="zh-CN">'
    yield "<head>"
    yield '<meta charset="utf-8">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield f"<title>{escape(_one_line(content.title.text))}</title>"
    yield "<style>"
    yield (paths.resources() / STYLE).read_text(encoding="utf-8").rstrip()
    for part in content.parts:
        if part.figures:
            yield table_style(part.figures.table)
    yield "</style>"
    yield "</head>"


def _body(content: Content, signed: str, portal: Portal | None) -> Iterator[str]:
    yield "<body>"
    yield "<main>"
    yield "<article>"
    if portal:
        yield from _about(content, portal)
    yield _title(content.title)
    for part in content.parts:
        yield from _part(part)
    if content.signature:
        yield from _signature(content.signature, signed)
    yield "</article>"
    yield "</main>"
    yield "</body>"


def _about(content: Content, portal: Portal) -> Iterator[str]:
    """The portal's block; lines without content are left out."""
    lines = {
        "索引号": plain(portal.index),
        "发布机构": plain(portal.publisher) or content.title.unit,
        "成文日期": content.signature.date if content.signature else "",
        "标题": content.title.text,
    }
    yield '<dl class="about">'
    for label, text in lines.items():
        if text.strip():
            yield f"<div><dt>{label}</dt><dd>{escape(_one_line(text))}</dd></div>"
    yield "</dl>"


def _title(title: Title) -> str:
    """The title, which is broken behind the unit's name where it needs two lines."""
    parts = (_one_line(title.before + title.unit), _one_line(title.rest))
    return "<h1>" + "".join(f"<span>{escape(part)}</span>" for part in parts if part) + "</h1>"


def _part(part: Part) -> Iterator[str]:
    id = f"section-{escape(part.section.id)}"
    heading = _one_line(part.heading)
    # Without a heading it is no section that a reader could go to.
    tag, label = ("section", f' aria-labelledby="{id}-heading"') if heading else ("div", "")
    yield f'<{tag} id="{id}"{label}>'
    if heading:
        yield f'<h2 id="{id}-heading">{escape(heading)}</h2>'
    for text in part.texts:
        yield _text(text, headed=bool(heading))
    if part.figures:
        yield from table_lines(part.figures, f"{id}-heading" if heading else "")
    yield f"</{tag}>"


def _text(text: Paragraph | None, *, headed: bool) -> str:
    """A paragraph; a run-in heading that is all of it is a heading of its own under that of the section."""
    if text is None:
        return "<p>&nbsp;</p>"
    head, rest = _breakable(text.text[: text.head]), _breakable(text.text[text.head :])
    if head and not rest and headed:
        return f"<h3>{head}</h3>"
    return f'<p><span class="run-in">{head}</span>{rest}</p>' if head else f"<p>{rest}</p>"


def _breakable(text: str) -> str:
    """Text of a paragraph, escaped; a long address may be broken where it may be on paper."""
    places = find_breaks(text)
    cuts = [match.start() for match in _INSIDE_ADDRESS.finditer(text) if places[match.start()] == LEGAL]
    return "<wbr>".join(escape(text[start:end]) for start, end in pairwise((0, *cuts, len(text))))


def _signature(signature: Signature, signed: str) -> Iterator[str]:
    yield '<footer class="signature">'
    if signature.unit:
        yield f"<p>{escape(signature.unit)}</p>"
    day = escape(signature.date)
    yield f'<p><time datetime="{_iso(signed)}">{day}</time></p>' if _iso(signed) else f"<p>{day}</p>"
    yield "</footer>"


def _iso(signed: str) -> str:
    """The date as HTML writes it, empty for what is no date."""
    try:
        return date.fromisoformat(signed).isoformat()
    except ValueError:
        return ""


def _one_line(text: str) -> str:
    return " ".join(text.split())
