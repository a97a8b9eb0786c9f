"""Paragraphs of a document -> the texts of a report: introduction, sections, notes before tables, signature."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from gkdesk.formats.model import Format, Section
from gkdesk.i18n import _
from gkdesk.imports.contacts import contacts_of
from gkdesk.imports.figures import is_figure
from gkdesk.imports.furniture import is_furniture, is_page_mark
from gkdesk.imports.headers import HeaderWords
from gkdesk.imports.labels import best, label_of
from gkdesk.imports.reading import Refusal
from gkdesk.imports.sections import find_headings
from gkdesk.imports.titles import date_of, find_title, maker, period_year, title_of

_SHORT = 40


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of the document: the number of its block, its text; ``table`` when it is a table of figures."""

    block: int
    text: str
    table: bool = False


@dataclass
class Texts:
    """What was read besides the tables. ``guessed`` are the keys that the user must confirm."""

    fields: dict[str, str] = field(default_factory=dict)
    guessed: set[str] = field(default_factory=set)
    year: int | None = None
    year_certain: bool = False
    refused: list[Refusal] = field(default_factory=list)
    headings: int = 0


def match_texts(paragraphs: Sequence[Paragraph], form: Format, title: str = "") -> Texts:
    """Read the texts; ``title`` is the document's own, for want of a printed one."""
    texts = Texts()
    written = [each for each in paragraphs if each.table or not is_page_mark(each.text)]
    headings = find_headings([(each.block, each.text) for each in written if not each.table], form)
    texts.headings = sum(heading.section is not None for heading in headings)
    first = headings[0].block if headings else (written[-1].block + 1 if written else 0)
    _introduction([each for each in written if each.block < first], form, texts, title)
    for index, heading in enumerate(headings):
        end = headings[index + 1].block if index + 1 < len(headings) else None
        inside = [
            each for each in written if each.block > heading.block and (end is None or each.block < end)
        ]
        if heading.rest:
            inside.insert(0, Paragraph(heading.block, heading.rest))
        if end is None:
            inside = _ending(inside, texts)
        if heading.section is None:
            reason = _("格式里没有这一部分，没有读入")
            texts.refused.append(Refusal(heading.text, reason, ""))
        else:
            _section(heading.section, inside, texts)
    _unit(form, texts)
    return texts


def _introduction(paragraphs: Sequence[Paragraph], form: Format, texts: Texts, title: str) -> None:
    """Title and 引言: what stands before the first heading."""
    lines = [each.text if not each.table else "" for each in paragraphs]
    found = find_title(lines)
    body = list(paragraphs)
    if found is not None:
        body = body[found.end :]
        texts.year, texts.year_certain = found.year, True
        _put(texts, "unit.name", found.unit)
    elif outer := next((each for part in _parts(title) if (each := title_of(part))), None):
        texts.year, texts.year_certain = outer[1], True
        _put(texts, "unit.name", outer[0])
    body = [each for each in body if not each.table]
    while body and is_furniture(body[0].text):
        body.pop(0)
    if found is None:
        body = [each for each in body if not is_furniture(each.text)]
    intro = "\n".join(each.text for each in body)
    for part in next((section.fields for section in form if not section.heading), ()):
        _put(texts, part.key, intro)
    if texts.year is None:
        texts.year = period_year(intro)


def _parts(title: str) -> list[str]:
    """A page's title, and its pieces where the portal put its own name behind it."""
    pieces = [title]
    for mark in ("_", "-", "—", "|", "–"):
        pieces += [piece.strip() for piece in title.split(mark)]
    return pieces


def _section(section: Section, inside: Sequence[Paragraph], texts: Texts) -> None:
    keys = [field.key for field in section.fields]
    if section.table is None:
        if keys:
            _put(texts, keys[0], "\n".join(each.text for each in inside if not each.table))
        return
    words = HeaderWords(section.table)
    rows = [label_of(cell.row_path[-1]) for cell in section.table.cells.values() if cell.row_path]
    start = next((index for index, each in enumerate(inside) if each.table), None)
    notes: list[str] = []
    for index, each in enumerate(inside):
        if each.table or is_figure(each.text):
            continue
        label = len(each.text) <= _SHORT and (
            words.know(each.text) or best(each.text, rows, loose=True) is not None
        )
        if label:
            start = index if start is None else start
        elif start is None or index < start:
            notes.append(each.text)
        elif len(each.text) >= _SHORT // 2 and each.text.endswith("。"):
            notes.append(each.text)
            texts.guessed.update(keys)
    if keys:
        _put(texts, keys[0], "\n".join(notes))


def _ending(inside: list[Paragraph], texts: Texts) -> list[Paragraph]:
    """Take the signature and the page's furniture off the last section."""
    for index, each in enumerate(inside):
        if not each.table and (day := date_of(each.text)):
            _put(texts, "date", day)
            inside = inside[:index]
            name = texts.fields.get("unit.name", "")
            if inside and (inside[-1].text == name or (len(inside) > 1 and _signs(inside[-1].text))):
                signed = inside.pop().text
                if not name:
                    _put(texts, "unit.name", signed)
                    texts.guessed.add("unit.name")
            return inside
    for index, each in enumerate(inside):
        if index and not each.table and is_furniture(each.text):
            return inside[:index]
    return inside


def _signs(text: str) -> bool:
    """Whether a short last paragraph reads like the name of a unit."""
    return (
        len(text) <= _SHORT
        and text[-1:] in "府局委办会院厅处部街镇乡队站所中心室"
        and not any(mark in text for mark in "，。；：、")
    )


def _unit(form: Format, texts: Texts) -> None:
    intro = next(
        (
            texts.fields.get(field.key, "")
            for section in form
            if not section.heading
            for field in section.fields
        ),
        "",
    )
    if "unit.name" not in texts.fields and (name := maker(intro)):
        _put(texts, "unit.name", name)
        texts.guessed.add("unit.name")
    for key, text in contacts_of(intro, form).items():
        _put(texts, key, text)
        texts.guessed.add(key)


def _put(texts: Texts, key: str, text: str) -> None:
    if text.strip():
        texts.fields[key] = text
