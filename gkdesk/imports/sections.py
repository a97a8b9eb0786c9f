"""Where the sections of a report begin: its headings among the paragraphs of a document."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from gkdesk.formats.model import Format, Section
from gkdesk.imports.labels import best, label_of

_LONGEST = 60
_OTHER = re.compile(r"\s*([一二三四五六七八九十]{1,2})\s*[、.．]\s*[^。；;]{2,40}")
_NUMERALS = {word: number for number, word in enumerate("一二三四五六七八九十", 1)}
_ENDS = "。：: \u3000\n"


@dataclass(frozen=True, slots=True)
class Heading:
    """``block`` is its paragraph; ``rest`` what follows in the same one; a section of None is not of the format."""

    section: Section | None
    block: int
    number: int
    text: str
    rest: str = ""


def find_headings(paragraphs: Sequence[tuple[int, str]], form: Format) -> list[Heading]:
    """The headings in order; ``paragraphs`` are numbers of blocks and texts.

    A heading that stands twice (a list of contents above) counts where it stands last, in the order of the format.
    Headings of sections that the format does not have are found where the printed numbers leave room for them.
    """
    sections = [section for section in form if section.heading]
    found: dict[str, list[Heading]] = {section.id: [] for section in sections}
    for block, text in paragraphs:
        heading = _heading(block, text, sections)
        if heading is not None and heading.section is not None:
            found[heading.section.id].append(heading)
    chosen: list[Heading] = []
    before = max((block for block, _text in paragraphs), default=0) + 1
    for section in reversed(sections):
        last = next((each for each in reversed(found[section.id]) if each.block < before), None)
        if last is not None:
            chosen.insert(0, last)
            before = last.block
    return _with_others(paragraphs, chosen)


def _heading(block: int, text: str, sections: Sequence[Section]) -> Heading | None:
    labels = [
        (section, label_of(heading))
        for section in sections
        for heading in (section.heading, *section.variants)
    ]
    if len(text) <= _LONGEST:
        # numbers differ where a section was put in between
        plain = [type(label)("", label.words) for _section, label in labels]
        found = best(text, plain)
        if found is not None and not re.search("[。；]", text.rstrip("。")):
            return Heading(labels[found.index][0], block, _numeral(text), text)
    for section, _label in labels:
        for heading in (section.heading, *section.variants):
            folded, wanted = _fold(text), _fold(heading)
            if (
                folded.startswith(wanted)
                and text[len(heading) : len(heading) + 1] in tuple(_ENDS)
                and section.table is None
            ):
                return Heading(section, block, _numeral(text), heading, text[len(heading) :].lstrip(_ENDS))
    return None


def _with_others(paragraphs: Sequence[tuple[int, str]], chosen: list[Heading]) -> list[Heading]:
    """Add the headings of sections that the format does not have, known by the numbers they use up."""
    result: list[Heading] = []
    for index, heading in enumerate(chosen):
        result.append(heading)
        after = chosen[index + 1] if index + 1 < len(chosen) else None
        if not heading.number or (after is not None and after.number <= heading.number + 1):
            continue
        number = heading.number
        for block, text in paragraphs:
            if block <= heading.block or (after is not None and block >= after.block):
                continue
            found = _OTHER.fullmatch(text)
            if found and _numeral(text) == number + 1 and (after is None or number + 1 < after.number):
                number += 1
                result.append(Heading(None, block, number, text))
    return result


def _numeral(text: str) -> int:
    found = re.match(r"\s*([一二三四五六七八九十]{1,2})\s*[、.．,，]", text)
    if not found:
        return 0
    word = found[1]
    if len(word) == 1:
        return _NUMERALS[word]
    return 10 + _NUMERALS[word[1]] if word[0] == "十" else 0


def _fold(text: str) -> str:
    return unicodedata.normalize("NFKC", text)
