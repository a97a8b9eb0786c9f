"""Looking an import over before it is kept: what is certain, what must be confirmed, what was corrected."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from gkdesk.formats.load import UNIT_KEYS
from gkdesk.imports.importing import Imported
from gkdesk.imports.reading import Place
from gkdesk.report import Report, parse, spell
from gkdesk.report.report import check_field, iso_date
from gkdesk.report.session import clean_text
from gkdesk.report.values import Value

Mark = Literal["certain", "guessed", "confirmed", "corrected", "missing", "refused", "computed", "absent"]
"""``computed`` is a total that the source leaves out: it is added up again; ``absent`` what a report need not have."""


class Review:
    """An import and what the clerk has said about it. Keys are those of the report."""

    def __init__(self, imported: Imported) -> None:
        self.imported = imported
        self._said: dict[str, str] = {}
        self._confirmed: set[str] = set()
        self._reasons = {id: refusal.reason for refusal in imported.refused for id in refusal.cells}
        form = imported.form
        lines = ["unit.name", *(f"unit.{line.field}" for line in form.contact)]
        others = [key for key in (*UNIT_KEYS, "date") if key in imported.fields and key not in lines]
        self.cells: tuple[str, ...] = tuple(form.cells)
        self.lines: tuple[str, ...] = tuple(dict.fromkeys((*lines, *others, "date")))
        """Keys of one line: the unit's data and the date."""
        self.texts: tuple[str, ...] = tuple(part.key for part in form.text_fields)

    # ------------------------------------------------------------ what was read

    def found(self, key: str) -> str:
        """The text in the source."""
        if key in self.imported.form.cells:
            reading = self.imported.cells.get(key)
            return reading.text if reading else ""
        return self.imported.fields.get(key, "")

    def text(self, key: str) -> str:
        """The text that will be kept."""
        if key in self._said:
            return self._said[key]
        if key in self.imported.form.cells:
            reading = self.imported.cells.get(key)
            return spell(reading.value) if reading else ""
        return self.imported.fields.get(key, "")

    def mark(self, key: str) -> Mark:
        """How far a key can be relied on."""
        if key in self._said:
            return "corrected"
        if key in self._confirmed:
            return "confirmed"
        if key not in self.imported.form.cells:
            if key in self.imported.guessed:
                return "guessed"
            if self.imported.fields.get(key):
                return "certain"
            return "missing" if key in self._needed else "absent"
        reading = self.imported.cells.get(key)
        if reading is not None:
            return "certain" if reading.certain else "guessed"
        if key in self._reasons:
            return "refused"
        return "computed" if key in self.imported.form.sums else "missing"

    def doubt(self, key: str) -> str:
        """Why a key is a guess or was refused; empty where there is nothing to say."""
        reading = self.imported.cells.get(key)
        return self._reasons.get(key, "") if reading is None else reading.doubt

    def where(self, key: str) -> str:
        reading = self.imported.cells.get(key)
        return reading.where if reading else ""

    def place(self, key: str) -> Place | None:
        """Where the source has the cell; for one that was not found, where another of its row is."""
        reading = self.imported.cells.get(key)
        return reading.place if reading else None

    @property
    def _needed(self) -> set[str]:
        return {"unit.name", *(part.key for part in self.imported.form.text_fields if part.required)}

    # ------------------------------------------------------------ what the clerk says

    @property
    def open(self) -> tuple[str, ...]:
        """Guesses that are neither confirmed nor corrected: the report is not kept before they are."""
        keys = (*self.lines, *self.cells, *self.texts)
        return tuple(key for key in keys if self.mark(key) == "guessed")

    @property
    def lacking(self) -> tuple[str, ...]:
        """Cells that nothing was read for and nothing was typed into."""
        return tuple(key for key in self.cells if self.mark(key) in ("missing", "refused"))

    def correct(self, key: str, text: str) -> None:
        """Take what the clerk typed. Raises FieldValueError for a date that is none."""
        text = clean_text(text)
        if key == "date":
            text = iso_date(text.strip())
        if key not in self.imported.form.cells:
            check_field(self.imported.form, key, text, self.imported.year)
        self._said.pop(key, None)
        if text != self.text(key):
            self._said[key] = text
        else:
            self.confirm([key])

    def confirm(self, keys: Iterable[str]) -> None:
        """Guesses that the clerk has compared with the source."""
        self._confirmed.update(key for key in keys if self.mark(key) == "guessed")

    def report(self, year: int) -> Report:
        """The report as looked over."""
        form = self.imported.form
        cells: dict[str, Value] = {}
        for id, cell in form.cells.items():
            value = parse(self.text(id), cell.kind)
            if value is not None:
                cells[id] = value
        fields = dict(self.imported.fields)
        fields |= {key: self.text(key).strip("\n") for key in (*self.lines, *self.texts)}
        return Report(form, year, cells, {key: text for key, text in fields.items() if text.strip()})
