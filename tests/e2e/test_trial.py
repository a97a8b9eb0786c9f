"""How many keys a whole report takes, from the start page to the exported PDF. Counted, printed and held.

The report is the sample: its figures are typed, its texts pasted (a clerk writes them elsewhere or brings them
along), zeros filled in by 填零. No mouse, no click.
"""

from __future__ import annotations

import json
import shutil

import pytest

from gkdesk import formats, paths
from gkdesk.checks import drafting
from gkdesk.report import Report, report_json, spell
from gkdesk.report.deadline import due_year
from gkdesk.storage import Document
from gkdesk.storage.history import FINAL
from tests.e2e.screen import wait_for
from ui import clock

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.skipif(shutil.which("xclip") is None, reason="needs xclip"),
]
SAMPLE = report_json.read_file(paths.resources() / "samples" / "sample-2021.json")
FORM = formats.load("2021")
KEYS = {".": "period"}


class Clerk:
    """Fills in the sample by keyboard, and knows what each key was for."""

    def __init__(self, screen) -> None:
        self.screen = screen
        self.counts = {}
        self.given = {}
        """What the program knows already: cell -> figure."""
        self.drafted = {}
        """Last year's texts, which stand there as a draft: key -> text."""

    def keys(self, what, *names) -> None:
        self.counts[what] = self.counts.get(what, 0) + len(names)
        self.screen.keys(*names)

    def pastes(self, key) -> None:
        """Paste a text, in the place of the draft where there is one."""
        self.screen.copy(SAMPLE.fields[key])
        self.keys("pasting", *(["ctrl+a"] if self.drafted.get(key) else []), "ctrl+v")

    def types(self, text) -> None:
        self.counts["typing"] = self.counts.get("typing", 0) + len(text)
        self.screen.write(text)

    def fills(self, table) -> None:
        """The figures of a table that are not 0 and not there yet; then the zeros.

        Tab goes along a row, Enter to the beginning of the next one.
        """
        rows = [[cell for cell in row.cells if cell in table.inputs] for row in table.rows]
        wanted = {cell: spell(SAMPLE.values[cell]) for cell in table.inputs}
        typed = {cell for cell, figure in wanted.items() if figure != "0" and cell not in self.given}
        zeros = [cell for cell, figure in wanted.items() if figure == "0" and cell not in self.given]
        keys = []
        for row in filter(None, rows):
            last = max((place for place, cell in enumerate(row) if cell in typed), default=0)
            for place, cell in enumerate(row[: last + 1]):
                if cell in typed:
                    keys += [KEYS.get(sign, sign) for sign in wanted[cell]]
                keys.append("Tab" if place < last else "Return")
        # the last Return has nowhere to go
        self.keys("filling in tables", *keys[:-1])
        if zeros:
            self.keys("filling in zeros", "ctrl+l")

    def goes_on(self) -> None:
        self.keys("steps", "alt+Right")

    def fills_in_the_sections(self) -> None:
        """From 引言, which is put together by the program, to 六."""
        self.goes_on()
        self.pastes("text.overview")
        self.goes_on()
        self.fills(FORM.table("t2"))
        self.goes_on()
        self.fills(FORM.table("t3"))
        # to the sentences before the table; they are folded away while there are none
        self.keys("moving", "ctrl+Home", "shift+Tab", *([] if self.drafted else ["space"]))
        self.pastes("text.requests_note")
        self.goes_on()
        self.fills(FORM.table("t4"))
        self.goes_on()
        self.pastes("text.problems")
        self.goes_on()
        self.pastes("text.other_matters")

    def exports(self, folder) -> None:
        self.keys("exporting", "ctrl+p", "Return")
        wait_for(lambda: [path for path in folder.glob("*.pdf") if path.stat().st_size], "the PDF")


@pytest.fixture
def clerk(screen, data_folder, tmp_path):
    (tmp_path / "out").mkdir()
    data_folder.mkdir()
    settings = f"[General]\nexport_folder={tmp_path / 'out'}\n"
    (data_folder / "settings.ini").write_text(settings, encoding="utf-8")
    return Clerk(screen)


def the_report(path, year):
    with Document.open(path) as document:
        return Report.from_entries(FORM, year, document.entries(year))


def told(clerk, name, most):
    total = sum(clerk.counts.values())
    print(json.dumps({"trial": name, "keys": total, "clicks": 0, **clerk.counts}, ensure_ascii=False))
    assert total <= most, clerk.counts


def same_content(report):
    """Figures and texts of the sample, without the introduction, which the program wrote."""
    assert {cell: report.values[cell] for cell in FORM.cells} == SAMPLE.values
    texts = {field.key for field in FORM.text_fields} - {"text.intro"}
    assert {key: report.fields.get(key) for key in texts} == {key: SAMPLE.fields.get(key) for key in texts}
    assert SAMPLE.fields["unit.phone"] in report.fields["text.intro"]


def test_a_first_report(clerk, data_folder, tmp_path):
    fields, screen = SAMPLE.fields, clerk.screen
    screen.start("gui")
    clerk.pastes("unit.name")
    clerk.keys("moving", "Tab")
    clerk.types(str(SAMPLE.year))
    clerk.keys("steps", "Return")
    # the kind is known from the name; the cursor stands in the address
    clerk.pastes("unit.address")
    for key in ("unit.postcode", "unit.phone", "unit.fax", "unit.email", "unit.website", "date"):
        clerk.keys("moving", "Return")
        clerk.types(fields[key])
    clerk.goes_on()
    clerk.fills_in_the_sections()
    clerk.exports(tmp_path / "out")
    screen.picture(tmp_path / "exported.png")
    assert screen.quit() == 0
    (document,) = data_folder.glob("*.gkd")
    report = the_report(document, SAMPLE.year)
    same_content(report)
    units = [key for key in fields if key.startswith("unit.") and key != "unit.rule_power"]
    assert {key: report.fields.get(key) for key in units} == {key: fields[key] for key in units}
    told(clerk, "a first report", 246)


def test_the_report_of_the_next_year(clerk, tmp_path):
    year = due_year(clock.today())
    cells = {cell: SAMPLE.values[cell] for cell in FORM.cells if not FORM.cells[cell].computed}
    carried = {
        cell: cells[cell.replace("carried_out", "carried_in")] for cell in cells if "carried_out" in cell
    }
    last = Report(FORM, year - 1, {**cells, **carried}, SAMPLE.fields)
    path = tmp_path / "unit.gkd"
    with Document.create(path, last.unit_name) as document:
        document.add_report(last.year, FORM.id, last.entries(), "上年")
        document.set_state(last.year, FINAL, "")
    draft = drafting.next_draft(FORM, year, last)
    clerk.given, clerk.drafted = draft.cells, draft.fields
    clerk.screen.start("gui", str(path))
    # the start page with its years; last year is done, and the new one is what stands out
    clerk.keys("steps", "alt+Home", "Return")
    # the unit's data are there; the introduction is looked over first
    clerk.keys("steps", "ctrl+2")
    clerk.fills_in_the_sections()
    clerk.exports(tmp_path / "out")
    assert clerk.screen.quit() == 0
    report = the_report(path, year)
    same_content(report)
    told(clerk, "the next year", 159)
