"""What the sign-off sheet (签批单) and the notes of a review copy say, from report, format and checks alone."""

from __future__ import annotations

from dataclasses import dataclass

from gkdesk.checks import Verdict, checker_for, explain, notes
from gkdesk.report import Issue, Report
from gkdesk.report.session import View

STEPS = ("拟稿", "科室复核", "保密审查", "分管领导", "主要负责人")
"""Who signs, in the order in which the copy goes round."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A line of the summary, as printed; a blank figure is empty."""

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class SignOff:
    """The content of the sheet; `explained` are issue and note of each explained warning, in words."""

    title: str
    unit: str
    year: str
    form: str
    figures: tuple[Figure, ...]
    findings: tuple[str, ...]
    explained: tuple[tuple[str, str], ...]


def sign_off(report: Report, previous: Report | None) -> SignOff:
    """Check a report and gather what its sign-off sheet says, in Chinese but for the words of issues."""
    outcomes = checker_for(report.form).outcomes(View.of(report, previous))
    issues: list[Issue] = []
    passed = failed = 0
    for outcome in outcomes:
        found = () if isinstance(outcome, Verdict) else outcome if isinstance(outcome, tuple) else (outcome,)
        issues += found
        # A hint is no finding: what only has hints has passed.
        wrong = any(issue.severity != "hint" for issue in found)
        failed += wrong
        passed += not wrong and outcome is not Verdict.NOT_EVALUATED
    explained = tuple(
        (explain(issue, report.form), note) for issue, note in notes.explained(issues, report.fields).items()
    )
    return SignOff(
        title=report.title,
        unit=report.unit_name,
        year=f"{report.year}年",
        form=report.form.name,
        figures=tuple(Figure(line.label, report.shown(line.cell)) for line in report.form.summary),
        findings=tuple(_findings(issues, passed, failed, len(explained), compared=previous is not None)),
        explained=explained,
    )


def _findings(issues: list[Issue], passed: int, failed: int, explained: int, *, compared: bool) -> list[str]:
    errors = sum(issue.severity == "error" for issue in issues)
    warnings = sum(issue.severity == "warning" for issue in issues)
    lines = [f"共核对{passed + failed}项，通过{passed}项。"]
    lines.append(f"错误{errors}处，须改正后再签批。" if errors else "没有错误。")
    if not warnings:
        lines.append("没有提醒。")
    elif explained == warnings:
        lines.append(f"提醒{warnings}处，都已说明，见末页。")
    elif explained:
        lines.append(f"提醒{warnings}处：{explained}处已说明，见末页；{warnings - explained}处未说明。")
    else:
        lines.append(f"提醒{warnings}处，未作说明。")
    if not compared:
        lines.append("没有上年年报，未与上年核对。")
    return lines
