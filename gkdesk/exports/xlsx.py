"""A report as an Excel workbook that looks like the form, can be filled, and is read back to the same report.

Sheets: the cover with the unit's data and the introduction, one for each section, 核对 with what is to be mended,
and a hidden one that says which report this is. Figures and totals are values: other programs and previews show
no results of formulas that nobody has calculated yet. Everything about the form comes from the format's data.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

from gkdesk import checks
from gkdesk.exports import text_rows, xlsx_style
from gkdesk.exports.xlsx_book import TEXT_HEIGHT, TEXT_WIDTH, Book, Page, Place
from gkdesk.exports.xlsx_issues import write_issues
from gkdesk.exports.xlsx_package import packed
from gkdesk.exports.xlsx_rules import mark_rules
from gkdesk.exports.xlsx_style import BODY, FIELD, FIELD_LABEL, FIXED_FIELD, HEADING, SUBHEADING, TITLE
from gkdesk.exports.xlsx_table import write_table, write_units
from gkdesk.formats.load import UNIT_FIELDS
from gkdesk.formats.model import Section
from gkdesk.report import Report, spell
from gkdesk.report import workbook_terms as terms
from gkdesk.report.report import INSIDE
from gkdesk.report.totals import add

COVER = "封面与基本信息"
WORDS = {
    "unit.name": "机关全称",
    "unit.kind": "机关类别",
    "unit.rule_power": "规章制定权",
    "unit.address": "地址",
    "unit.postcode": "邮编",
    "unit.phone": "电话",
    "unit.fax": "传真",
    "unit.email": "电子邮箱",
    "unit.website": "公布网站",
    "date": "落款日期",
}
"""Labels of the cover; those of the contact are the format's own where it has them."""
TEXT_COLUMNS = (1, 1)
"""Two, though one would do: LibreOffice fits no single column to the width of the page."""
DATE_FORMAT = 'yyyy"年"m"月"d"日"'
_EARLIEST = date(1901, 1, 1)
"""Excel's days before 1 March 1900 are not the calendar's."""
_DATA_SHEET = "gkdesk"


def write(report: Report, path: Path, *, previous: Report | None = None) -> None:
    """Write the workbook to a file; ``previous`` is last year's report, which some checks need.

    Raises OSError. :func:`gkdesk.exports.write` replaces a file whole or not at all.
    """
    path.write_bytes(to_bytes(report, previous=previous))


def to_bytes(report: Report, *, previous: Report | None = None) -> bytes:
    """The workbook as bytes: the same for the same report."""
    book = Book()
    _cover(book, report)
    for section in report.form:
        if section.heading or section.table:
            _section(book, section, report)
    mark_rules(book, report.form)
    write_issues(book, report, checks.check(report, previous))
    _data(book, report)
    book.workbook.properties.title = report.title.replace("\n", " ")[:200]
    return packed(book.workbook, _time(report))


def _cover(book: Book, report: Report) -> None:
    """The title, the unit's data, and the sections without a heading (引言)."""
    page = book.page(COVER, (1, 3), spare=True)
    page.line(_title(report), TITLE, least=60)
    page.row += 1
    _fixed(page, "报告年度", report.year)
    _fixed(page, "报告格式", f"{report.form.name}（{report.form.notice}）")
    labels = WORDS | {f"unit.{line.field}": line.label for line in report.form.contact}
    for key in (*(f"unit.{name}" for name in UNIT_FIELDS), "date"):
        _field(page, key, labels[key], report.fields.get(key, ""))
    for section in report.form:
        if not section.heading and not section.table:
            page.row += 1
            page.line(section.step, SUBHEADING, least=26)
            _texts(page, section, report)
    page.finish()


def _title(report: Report) -> str:
    """The title; one too long for a line is broken behind the unit's name (GB/T 9704-2012, 7.3.1)."""
    title, unit = report.title, report.unit_name
    if text_rows.line_count(title, TEXT_WIDTH, TITLE.size) > 1 and unit and title.startswith(unit):
        return f"{unit}\n{title.removeprefix(unit)}"
    return title


def _fixed(page: Page, label: str, value: object) -> None:
    page.write(page.row, 1, label, FIELD_LABEL)
    page.write(page.row, 2, value, FIXED_FIELD)
    page.set_height(page.row, 24)
    page.row += 1


def _field(page: Page, key: str, label: str, text: str) -> None:
    """One line of the unit's data; a choice is shown in words, a date as a date."""
    first = page.row
    shown = terms.CHOICES.get(key, {}).get(text, text)
    rows = page.text(key, shown, FIELD, column=2, indent=False, least=24)
    page.box(first, 1, rows, 1, label, FIELD_LABEL)
    if key in terms.CHOICES:
        _offer(page, first, tuple(terms.CHOICES[key].values()))
    if key == "date":
        day = as_date(text)
        page.write(first, 2, day or text, replace(FIELD, number_format=DATE_FORMAT))


def as_date(text: str) -> date | None:
    """The date of an ISO text that Excel can keep as a date without change; None for any other."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if day.isoformat() == text and day >= _EARLIEST else None


def _offer(page: Page, row: int, words: tuple[str, ...]) -> None:
    from openpyxl.worksheet.datavalidation import DataValidation

    choice = DataValidation(
        type="list", formula1=f'"{",".join(words)}"', allow_blank=True, showErrorMessage=True
    )
    page.sheet.add_data_validation(choice)
    choice.add(page.sheet.cell(row, 2))


def _section(book: Book, section: Section, report: Report) -> None:
    """One section on its own sheet: heading, texts, table."""
    table = section.table
    page = book.page(section.heading or section.step, table.widths if table else TEXT_COLUMNS, spare=True)
    page.line(section.heading or section.step, HEADING, least=32)
    _texts(page, section, report)
    if table is None:
        page.finish()
        return
    page.set_height(page.row, 8)
    page.row += 1
    above = sum(page.sheet.row_dimensions[row].height or 0 for row in range(1, page.row))
    room = TEXT_HEIGHT - above
    whole = room > TEXT_HEIGHT / 4
    if not whole:  # much text: the table gets the next page
        _break_before(page)
        room = TEXT_HEIGHT
    top = page.row
    write_table(page, table, report, room)
    bottom = page.row - 1
    if table.header_rows:
        page.sheet.print_title_rows = f"{top}:{top + table.header_rows - 1}"
    write_units(page, table, report)
    page.finish(one_page=whole, print_rows=bottom)


def _texts(page: Page, section: Section, report: Report) -> None:
    for field in section.fields:
        least = 60 if field.required else 22
        first = page.row
        page.text(field.key, report.text(field.id), BODY, least=least)
        _prompt(page, first, field.label)


def _prompt(page: Page, row: int, label: str) -> None:
    """Say what belongs into a text's first row, which shows nothing while it is empty."""
    from openpyxl.worksheet.datavalidation import DataValidation

    hint = DataValidation(allow_blank=True, showInputMessage=True, prompt=label[:255])
    page.sheet.add_data_validation(hint)
    hint.add(page.sheet.cell(row, 1))


def _break_before(page: Page) -> None:
    from openpyxl.worksheet.pagebreak import Break

    page.sheet.row_breaks.append(Break(id=page.row - 1))


def _data(book: Book, report: Report) -> None:
    """The hidden sheet by which the workbook is known again and its totals are understood."""
    rows = [
        (terms.SCHEMA_ROW, "", terms.SCHEMA),
        (terms.FORMAT_ROW, "", report.form.id),
        (terms.YEAR_ROW, "", str(report.year)),
    ]
    for total, parts in report.form.sums.items():
        stated = report.cells.get(total)
        if stated is None:
            what = terms.COMPUTED_ROW
        else:
            agrees = stated == add(report.values[part] for part in parts)
            what = terms.AGREED_ROW if agrees else terms.STATED_ROW
        rows.append((what, total, spell(report.values[total])))
    rows += [
        (terms.IMPLIED_ROW, key, report.money_unit(key.removeprefix("units.")))
        for key in book.places
        if key.startswith("units.") and key not in report.fields
    ]
    rows += [
        (terms.FIELD_ROW, key, text)
        for key, text in sorted(report.fields.items())
        if key not in book.places and not key.startswith(INSIDE)
    ]
    page = book.page(_DATA_SHEET, (1, 2, 4))
    for row in rows:
        for column, text in enumerate(row, 1):
            page.write(page.row, column, text, xlsx_style.NOTE)
        page.row += 1
    page.sheet.sheet_state = "veryHidden"
    book.define(terms.DATA_NAME, Place(page.sheet.title, 1, 1, len(rows)))


def _time(report: Report) -> datetime:
    """When the workbook says it was made: the day of the report, for only the report may decide its bytes."""
    day = as_date(report.fields.get("date", "")) or date(min(report.year + 1, 9999), 1, 1)
    return datetime(day.year, day.month, day.day)  # noqa: DTZ001 - openpyxl wants UTC without a zone
