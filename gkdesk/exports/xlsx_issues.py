"""The sheet 核对: what is to be mended, in words, each entry a link to its cell."""

from __future__ import annotations

from collections.abc import Sequence

from gkdesk import checks
from gkdesk.exports import text_rows
from gkdesk.exports.xlsx_book import Book, Page
from gkdesk.exports.xlsx_style import COLUMN_HEAD, ENTRY, HEADING, NOTE, SEVERITY
from gkdesk.i18n import _
from gkdesk.report import Issue, Report
from gkdesk.report.workbook_terms import defined_name

TITLE = "核对"
_MOST = 500
"""Issues that are listed; more of them are only counted."""


def write_issues(book: Book, report: Report, issues: Sequence[Issue]) -> None:
    """Write the sheet, the gravest issues first, otherwise in the order of the form's rules."""
    names = {"error": _("错误"), "warning": _("提醒"), "hint": _("提示")}
    page = book.page(TITLE, (10, 34, 112))
    page.line(TITLE, HEADING, least=32)
    counts = {severity: sum(issue.severity == severity for issue in issues) for severity in names}
    summary = "　".join(f"{name} {counts[severity]}" for severity, name in names.items())
    page.line(_("导出时的核对结果：{summary}。").format(summary=summary), NOTE)
    page.line(
        _("在本工作簿里改了数，请读回程序重新核对；表中标红的格不平，标橙的格请核实，标黄的格没有填。"), NOTE
    )
    page.row += 1
    head = page.row
    for column, text in enumerate((_("程度"), _("位置"), _("问题")), 1):
        page.write(head, column, text, COLUMN_HEAD)
    page.set_height(head, 24)
    page.row += 1
    order = list(names)
    for issue in sorted(issues, key=lambda issue: order.index(issue.severity))[:_MOST]:
        words = checks.explain(issue, report.form)
        _entry(page, names[issue.severity], _place(issue, report), words, _target(issue, book))
    if len(issues) > _MOST:
        page.line(_("还有 {count} 条没有列出。").format(count=len(issues) - _MOST), NOTE)
    if not issues:
        page.box(page.row, 1, 1, 3, _("没有发现问题。"), ENTRY)
        page.set_height(page.row, 24)
        page.row += 1
    page.sheet.print_title_rows = f"{head}:{head}"
    page.finish()


def _entry(page: Page, severity: str, place: str, words: str, target: str) -> None:
    from openpyxl.worksheet.hyperlink import Hyperlink

    page.write(page.row, 1, severity, SEVERITY)
    page.write(page.row, 2, place, ENTRY)
    page.write(page.row, 3, words, ENTRY)
    if target:
        cell = page.sheet.cell(page.row, 2)
        cell.hyperlink = Hyperlink(ref=cell.coordinate, location=target)
    needed = [
        text_rows.height(text, page.width(column, 1) - ENTRY.inset, ENTRY.size)
        for column, text in ((2, place), (3, words))
    ]
    page.set_height(page.row, max(22, *needed))
    page.row += 1


def _place(issue: Issue, report: Report) -> str:
    """The section in which it is mended; 基本信息 for the unit's data."""
    keys = (*issue.cells, *([issue.field] if issue.field else []))
    section = report.form.section_of(keys[0]) if keys else None
    return section.step if section else _("基本信息")


def _target(issue: Issue, book: Book) -> str:
    key = issue.field or next(iter(issue.cells), "")
    return defined_name(key) if key in book.places else ""
