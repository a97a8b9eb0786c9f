"""What a workbook written by :mod:`gkdesk.exports.xlsx` and its reader agree on: names, words and spellings."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

SCHEMA = "gkdesk-workbook/1"

DATA_NAME = "gkdesk.data"
"""Defined name of the hidden rows (what, key, text) that say which report this is and what the figures were."""

SCHEMA_ROW, FORMAT_ROW, YEAR_ROW = "schema", "format", "year"
FIELD_ROW = "field"
"""A field without a place on the sheets."""
IMPLIED_ROW = "implied"
"""A unit of money that is printed but was not stated."""
COMPUTED_ROW, AGREED_ROW, STATED_ROW = "computed", "agreed", "stated"
"""A total that was added up; one that was stated and agreed with its sum; one that did not."""

CONTINUED_NAME = "gkdesk.continued"
"""Prefix of the defined names of the marks beside rows that go on with the paragraph above."""

INDENT = "\u3000\u3000"
"""Two ideographic spaces before every paragraph of a text: Excel cannot indent a first line."""

KIND_WORDS = {
    "department": "政府部门",
    "government": "人民政府",
    "township": "乡镇、街道",
    "other": "其他单位",
}
POWER_WORDS = {"true": "有", "false": "没有"}
CHOICES = {"unit.kind": KIND_WORDS, "unit.rule_power": POWER_WORDS}
"""Fields with a fixed set of values -> the words that stand for them on the cover."""

_REFERENCE = re.compile(r"(?i)[a-z]{1,3}[0-9]+|r[0-9]*(c[0-9]*)?|c[0-9]*|true|false")
_CODED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_LOOKS_CODED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")


def defined_name(key: str) -> str:
    """The defined name of a key: the key itself wherever Excel takes it.

    A name may hold letters, digits, “.” and “_”, and may not be a cell reference as a whole (“t3” is one,
    “t3.new.natural” is none: ECMA-376 part 1, 18.17.2.5).
    """
    name = re.sub(r"[^\w.]", "_", key, flags=re.ASCII)
    return f"_{name}" if _REFERENCE.fullmatch(name) or not (name[:1].isalpha() or name[:1] == "_") else name


def folded_name(name: str) -> str:
    """A defined name as other programs may have changed it: letter case, dots (LibreOffice), a leading “_”."""
    return name.casefold().replace(".", "_").lstrip("_")


def escape(text: str) -> str:
    """Guard text that Excel would take for a coded character, such as ``_x0041_`` (ECMA-376 part 1, 22.9.2.19)."""
    return _LOOKS_CODED.sub("_x005F_", text) if "_x" in text else text


def unescape(text: str) -> str:
    """The text behind coded characters."""
    return _CODED.sub(lambda match: chr(int(match[1], 16)), text) if "_x" in text else text


@dataclass(frozen=True, slots=True)
class Piece:
    """The text of one row; ``continued`` when it goes on with the paragraph of the row above."""

    text: str
    continued: bool = False


def joined(rows: Iterable[Piece], *, indent: bool) -> str:
    """The text that was laid into rows, or that someone typed into them: every row a paragraph or more.

    ``indent``: paragraphs stand behind an INDENT, which is taken off.
    """
    text: list[str] = []
    for index, row in enumerate(rows):
        lines = row.text.split("\n")
        if indent:
            lines = [
                line if row.continued and not number else line.removeprefix(INDENT)
                for number, line in enumerate(lines)
            ]
        if index and not row.continued:
            text.append("\n")
        text.append("\n".join(lines))
    return "".join(text)
