"""`gkdesk check`: the issues of a report, for people or as JSON."""

from __future__ import annotations

from pathlib import Path

import click

from gkdesk import sources
from gkdesk.checks import check, check_json, explain
from gkdesk.checks.progress import by_step
from gkdesk.cli.guard import FINE, HAS_ERRORS, plain
from gkdesk.cli.importing import coverage
from gkdesk.i18n import _
from gkdesk.report import Issue, Report
from gkdesk.words import clauses


def run(path: Path, year: int | None, previous: Path | None, *, as_json: bool) -> int:
    """Check one report and print what is found; 1 when there are errors. Raises KnownError for unusable sources."""
    source = sources.read(path, year)
    report = source.report
    last = source.previous if previous is None else sources.read_previous(previous, report.year)
    issues = check(report, last)
    if as_json:
        click.echo(check_json.dumps(report, issues), nl=False)
    else:
        lines = _lines(report, issues, compared=last is not None)
        if source.imported is not None and source.imported.doubtful:
            lines += ["", *(plain(line) for line in coverage(source.imported))]
        click.echo("\n".join(lines))
    return HAS_ERRORS if any(issue.severity == "error" for issue in issues) else FINE


def _lines(report: Report, issues: tuple[Issue, ...], *, compared: bool) -> list[str]:
    """The issues under the steps where they are mended."""
    words = {"error": _("错误"), "warning": _("提醒"), "hint": _("提示")}
    counts = [(word, sum(issue.severity == severity for issue in issues)) for severity, word in words.items()]
    told = [_("{severity} {count} 处").format(severity=word, count=count) for word, count in counts if count]
    headings = {section.id: section.step for section in report.form}
    lines = [_("{title}：{result}").format(title=report.title, result=clauses(told) or _("没有发现问题"))]
    for step, found in by_step(issues, report.form).items():
        if found:
            lines += ["", headings.get(step) or _("基本信息")]
            lines += [f"  {words[issue.severity]}  {explain(issue, report.form)}" for issue in found]
    if not compared:
        lines += ["", _("没有上年年报，未核对上年结转等数据。")]
    return [plain(line) for line in lines]
