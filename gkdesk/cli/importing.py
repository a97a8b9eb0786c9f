"""`gkdesk import`: a report made with other programs into a document, with a list of what was read how."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from gkdesk import sources
from gkdesk.checks import check
from gkdesk.cli.guard import FINE, HAS_ERRORS, plain
from gkdesk.errors import KnownError
from gkdesk.i18n import _
from gkdesk.imports.importing import Imported, import_source, own
from gkdesk.report import Issue, Report
from gkdesk.report.report import INSIDE
from gkdesk.storage import Document
from gkdesk.words import listed

MOST_LISTED = 12


def run(path: Path, into: Path, year: int | None, *, as_json: bool) -> int:
    """Read a source into a document, a new one where there is none; 1 when the report has errors.

    Any source will do, a document or report JSON too. ``year`` says which report of a document, or what year a foreign
    report is of. Raises KnownError, and changes no document then: unreadable, no year or unit, the year is there
    already.
    """
    imported = _read(path, year)
    report = imported.report
    if report is None:
        raise KnownError(_("“{file}”里没有写明是哪一年的年报，请用 --year 指明。").format(file=path))
    unit = _store(imported, report, path, into)
    issues = check(report, None)
    if as_json:
        click.echo(json.dumps(as_object(imported, report, issues), ensure_ascii=False, indent=1))
    else:
        click.echo("\n".join(_lines(imported, report, issues, into, unit)))
    return HAS_ERRORS if any(issue.severity == "error" for issue in issues) else FINE


def _read(path: Path, year: int | None) -> Imported:
    """What a source says. A report of our own keeps its notes and marks to itself: they belong to its document."""
    if not sources.is_document(path) and not sources.is_report_json(path):
        return import_source(path, year)
    report = sources.read(path, year).report
    fields = {key: text for key, text in report.fields.items() if not key.startswith(INSIDE)}
    return own(replace(report, fields=fields), str(path), _("本程序的数据"))


def _store(imported: Imported, report: Report, path: Path, into: Path) -> str:
    """Add the report to the document; returns the unit that the document belongs to."""
    name = _("导入：{file}").format(file=path.name)
    fresh = not into.exists()
    if fresh and not report.unit_name:
        raise KnownError(_("“{file}”里没有写明单位，请先用 gkdesk new 新建文档。").format(file=path))
    document = Document.create(into, report.unit_name) if fresh else Document.open(into)
    try:
        with document:
            document.add_report(report.year, imported.form.id, report.entries(), name, name)
            return document.unit_name()
    except KnownError:
        if fresh:
            into.unlink(missing_ok=True)  # ours, and without a report of no use
        raise


def as_object(imported: Imported, report: Report, issues: Sequence[Issue]) -> dict[str, Any]:
    """What was read, for other programs."""
    return {
        "unit": report.unit_name,
        "year": report.year,
        "format": imported.form.id,
        "cells": {
            id: {"text": each.text, "certainty": each.certainty, "doubt": each.doubt, "source": each.where}
            for id, each in imported.cells.items()
        },
        "guessed_fields": sorted(imported.guessed),
        "missing": list(imported.missing),
        "refused": [
            {"what": each.what, "reason": each.reason, "source": each.where, "cells": list(each.cells)}
            for each in imported.refused
        ],
        "notes": list(imported.notes),
        "errors": sum(issue.severity == "error" for issue in issues),
    }


def _lines(imported: Imported, report: Report, issues: Sequence[Issue], into: Path, unit: str) -> list[str]:
    lines = [_("已读入“{file}”：{title}").format(file=into, title=report.title)]
    lines += coverage(imported)
    if report.unit_name and report.unit_name != unit:
        lines.append(
            _("注意：来源的单位是“{source}”，文档的单位是“{unit}”。").format(
                source=report.unit_name, unit=unit
            )
        )
    errors = sum(issue.severity == "error" for issue in issues)
    if errors:
        lines.append(_("这份年报有错误 {count} 处，详见 gkdesk check。").format(count=errors))
    return [plain(line) for line in lines]


def coverage(imported: Imported) -> list[str]:
    """How much was read, what must be confirmed and what is missing, line by line."""
    guessed = len(imported.uncertain)
    # not all the other cells of the form: totals that a report of ours does not state are added up
    refused = {id for refusal in imported.refused for id in refusal.cells}
    lost = {*imported.missing, *refused} - imported.cells.keys()
    lines = [
        _("共 {total} 格：确定 {certain} 格，推断 {guessed} 格，没有读到 {lost} 格。").format(
            total=len(imported.cells) + len(lost),
            certain=len(imported.cells) - guessed,
            guessed=guessed,
            lost=len(lost),
        )
    ]
    if guessed:
        lines.append(_("请核对推断的格：{cells}").format(cells=_listed(imported.uncertain)))
    for refusal in imported.refused[:MOST_LISTED]:
        where = _("（{where}）").format(where=refusal.where) if refusal.where else ""
        lines.append(
            _("读不出：{what}：{reason}{where}").format(
                what=refusal.what, reason=refusal.reason.rstrip("。"), where=where
            )
        )
    if imported.missing:
        lines.append(_("来源里没有的格：{cells}").format(cells=_listed(imported.missing)))
    return [*lines, *imported.notes]


def _listed(cells: Sequence[str]) -> str:
    shown = listed(cells[:MOST_LISTED])
    return (
        shown
        if len(cells) <= MOST_LISTED
        else _("{cells} 等 {count} 格").format(cells=shown, count=len(cells))
    )
