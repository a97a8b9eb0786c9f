"""The introduction (引言), put together from the unit's data by the format's own sentences."""

from __future__ import annotations

from collections.abc import Mapping

from gkdesk.formats.model import Format
from gkdesk.report.report import tidied
from gkdesk.report.session import Patch

INTRO = "text.intro"


def with_intro(form: Format, year: int, fields: Mapping[str, str], patch: dict[str, str | None]) -> Patch:
    """A patch of the unit's data that takes the introduction along, as long as nobody has reworded it."""
    if fields.get(INTRO, "") != compose_intro(form, year, fields):
        return patch
    after = {key: tidied(key, text) for key, text in {**fields, **patch}.items() if text}
    return {**patch, INTRO: compose_intro(form, year, after)}


def compose_intro(form: Format, year: int, fields: Mapping[str, str]) -> str:
    """The introduction for a unit; sentences whose data are missing are left out.

    ``fields`` maps ``unit.*`` keys to text. The contact lists the lines that are filled in.
    """
    lines = [(line.label, fields.get(f"unit.{line.field}", "").strip()) for line in form.contact]
    contact = "；".join(f"{label}：{text}" for label, text in lines if text)
    words = {
        "unit": fields.get("unit.name", "").strip(),
        "year": str(year),
        "website": fields.get("unit.website", "").strip(),
        "contact": contact,
    }
    needed = [
        sentence
        for sentence in form.intro
        if all(text for word, text in words.items() if f"{{{word}}}" in sentence)
    ]
    return "".join(sentence.format(**words) for sentence in needed)
