"""A report: one unit's figures and texts for one year, as an unchanging value.

Everything in it has a key: a cell id (``t3.new.natural``), ``text.<field>``, ``unit.<field>``,
``date``, ``units.<cell id>`` for the unit of money, and ``draft.text.<field>`` for marks on a text.
The key is the same in storage, patches, JSON and Excel. ``cells`` holds what was typed or stated;
computed totals are never stored.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from gkdesk.errors import KnownError
from gkdesk.formats.load import UNIT_KEYS
from gkdesk.formats.model import Format
from gkdesk.i18n import _
from gkdesk.report.draft import DRAFT, are_places
from gkdesk.report.totals import effective
from gkdesk.report.values import Value, parse, spell
from gkdesk.words import listed

NOTE = "note."
"""Beginning of the keys of notes (例外说明): ``note.<rule>|<each>|<part>``; see gkdesk.checks.notes."""
INSIDE = (NOTE, DRAFT)
"""Beginnings of the keys that stay in the document: no copy for others has them."""
_CONTACT = frozenset(f"unit.{name}" for name in ("postcode", "phone", "fax", "email", "website"))
"""Contact data that are written in half-width letters, digits and marks."""
_HALF = {
    code: code - 0xFEE0 for code in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))
}
_HALF |= str.maketrans("－．／＠＿＋", "-./@_+")
_DATE = re.compile(r"([0-9]{4})\s*[年./-]\s*([0-9]{1,2})\s*[月./-]\s*([0-9]{1,2})\s*日?")
UNIT_KINDS = ("department", "government", "township", "other")


@dataclass(frozen=True)
class Report:
    """A snapshot. ``cells`` has no blank entries; ``fields`` maps unit.*, text.*, date, units.* to text."""

    form: Format
    year: int
    cells: Mapping[str, Value] = field(default_factory=dict)
    fields: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def from_entries(cls, form: Format, year: int, entries: Mapping[str, str]) -> Report:
        """A report from stored keys and texts. Raises KeyError for a key that the format does not know."""
        cells: dict[str, Value] = {}
        fields: dict[str, str] = {}
        for key, text in entries.items():
            cell = form.cells.get(key)
            if cell is not None:
                value = parse(text, cell.kind)
                if value is not None:
                    cells[key] = value
            elif is_field(form, key):
                if text:
                    fields[key] = text
            else:
                raise KeyError(key)
        return cls(form, year, cells, fields)

    def entries(self) -> dict[str, str]:
        """All keys with their text, as stored; blank ones are absent."""
        return {id: spell(value) for id, value in self.cells.items()} | dict(self.fields)

    @property
    def unit_name(self) -> str:
        return self.fields.get("unit.name", "")

    @property
    def title(self) -> str:
        return self.form.report_title(self.unit_name, self.year)

    @cached_property
    def values(self) -> Mapping[str, Value]:
        """Every cell of the format with its value; totals as stated, else computed."""
        return effective(self.form, self.cells)

    def text(self, field: str) -> str:
        """The text of a field (``overview``), empty where there is none."""
        return self.fields.get(f"text.{field}", "")

    def money_unit(self, cell: str) -> str:
        """The unit of a money cell: the one given, else the format's first."""
        return self.fields.get(f"units.{cell}") or self.form.cells[cell].units[0]

    def shown(self, cell: str) -> str:
        """A figure as printed: no thousands separators; its unit where the form names none; blank is empty."""
        definition = self.form.cells[cell]
        value = self.values[cell]
        text = spell(value)
        if definition.prints_unit and value:
            return text + self.money_unit(cell)
        return text


class FieldValueError(KnownError):
    """A field with a fixed set of values got another one."""


def is_field(form: Format, key: str) -> bool:
    """True for the keys of texts and their marks, unit, date, units of money and notes (not for cells)."""
    key = key.removeprefix(DRAFT) if key.startswith(f"{DRAFT}text.") else key
    if key.startswith("text."):
        return any(text.key == key for text in form.text_fields)
    if key.startswith("units."):
        cell = form.cells.get(key.removeprefix("units."))
        return cell is not None and bool(cell.units)
    if key.startswith(NOTE):
        rule = key.removeprefix(NOTE).partition("|")[0]
        return any(known.id == rule for known in form.rules)
    return key == "date" or key in UNIT_KEYS


def tidied(key: str, text: str) -> str:
    """The text of a field as it is kept: dates in ISO form, letters and digits of contact data in half width."""
    if key == "date":
        return iso_date(text)
    return text.translate(_HALF) if key in _CONTACT else text


def iso_date(text: str) -> str:
    """A date as people write it (2025年1月20日, 2025.1.20, 2025/01/20) in ISO form; other texts as they are."""
    folded = unicodedata.normalize("NFKC", text).strip()
    found = _DATE.fullmatch(folded)
    if found is None:
        return text
    year, month, day = (int(part) for part in found.groups())
    return f"{year:04}-{month:02}-{day:02}"


def date_example(year: int) -> str:
    """A date as it may stand under the report of a year."""
    return f"{year + 1}-01-20"


def check_field(form: Format, key: str, text: str, year: int | None = None) -> None:
    """Raise FieldValueError when a field with fixed values (date, kind of unit, unit of money) has another.

    ``year`` is the report's, for an example of a date: reports are dated in the January after it.
    """
    if not text:
        return
    if key == "date":
        if not _is_iso_date(text):
            raise FieldValueError(
                _("日期“{text}”应写成 {example} 的样子。").format(
                    text=text[:40], example=date_example(year or form.first_year)
                )
            )
    elif key.startswith("units."):
        units = form.cells[key.removeprefix("units.")].units
        _one_of(_("金额单位"), text, units)
    elif key == "unit.kind":
        _one_of("unit.kind", text, UNIT_KINDS)
    elif key == "unit.rule_power":
        _one_of("unit.rule_power", text, ("true", "false"))
    elif key.startswith(DRAFT) and not are_places(text):
        raise FieldValueError(_("底稿标记“{text}”应是 12-16 30-33 这样的位置。").format(text=text[:40]))


def _is_iso_date(text: str) -> bool:
    """True for 2025-01-20 and nothing else: ``fromisoformat`` takes 20250120 and weeks (2025-W04-1) as well."""
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _one_of(what: str, text: str, allowed: tuple[str, ...]) -> None:
    if text not in allowed:
        raise FieldValueError(
            _("{what}“{text}”不对，只能是：{allowed}。").format(
                what=what, text=text[:40], allowed=listed(allowed)
            )
        )
