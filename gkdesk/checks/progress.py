"""How far each section is: empty, being filled in, with issues, or done."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

from gkdesk.checks.notes import open_issues
from gkdesk.formats.model import Format, Section
from gkdesk.i18n import _
from gkdesk.report.history_words import name_of
from gkdesk.report.issue import Issue
from gkdesk.report.session import ReportSession
from gkdesk.words import listed

INFO = "info"
"""The step 基本信息, which is no section of the printed report."""
GAPS = ("filled", "written")
"""Rule kinds that speak of what is still missing, not of what is wrong."""
UNIT_NEEDED = ("unit.name", "unit.kind", "unit.address", "unit.postcode", "unit.phone")
_URGENT = {"error": 0, "warning": 2, "hint": 3}


class State(Enum):
    """State of a step, worst first."""

    ERROR = "error"
    EMPTY = "empty"
    FILLING = "filling"
    WARNING = "warning"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class Progress:
    """State of a step; ``filled`` of ``needed`` inputs are there."""

    state: State
    errors: int
    warnings: int
    filled: int
    needed: int


def step_of(issue: Issue, form: Format) -> str:
    """The step where an issue is mended: a section id or INFO."""
    section = form.section_of(issue.field or issue.cells[0])
    return section.id if section else INFO


@dataclass(frozen=True, slots=True)
class Counts:
    """Issues counted as a clerk thinks of them: ``gaps`` are errors that only say what is still to be filled in."""

    errors: int
    gaps: int
    warnings: int


def is_gap(issue: Issue, form: Format) -> bool:
    """True where something is still missing, rather than wrong."""
    return form.rule(issue.rule).kind in GAPS


def urgency(issue: Issue, form: Format) -> int:
    """What is mended first, the lowest first: errors, what is missing, warnings, hints."""
    return 1 if is_gap(issue, form) else _URGENT[issue.severity]


def counts(issues: Iterable[Issue], form: Format) -> Counts:
    """How many issues of each sort."""
    errors = gaps = warnings = 0
    for issue in issues:
        if is_gap(issue, form):
            gaps += 1
        elif issue.severity == "error":
            errors += 1
        elif issue.severity == "warning":
            warnings += 1
    return Counts(errors, gaps, warnings)


def by_step(issues: Iterable[Issue], form: Format) -> dict[str, list[Issue]]:
    """Issues under the step where they are mended, each list in the given order."""
    steps: dict[str, list[Issue]] = {id: [] for id in (INFO, *(section.id for section in form.sections))}
    for issue in issues:
        steps[step_of(issue, form)].append(issue)
    return steps


def progress(session: ReportSession) -> dict[str, Progress]:
    """Progress of every step, by its id."""
    form = session.form
    steps = by_step(open_issues(session), form)
    kinds = {rule.id: rule.kind for rule in form.rules}
    result = {INFO: _progress(steps[INFO], kinds, [bool(session.text(key)) for key in UNIT_NEEDED])}
    for section in form.sections:
        result[section.id] = _progress(steps[section.id], kinds, _inputs(session, section))
    return result


def summary(session: ReportSession) -> Progress:
    """The report as a whole: its worst state, all errors and warnings, all inputs."""
    steps = progress(session).values()
    states = {step.state for step in steps}
    if State.EMPTY in states and len(states) > 1:
        states = states - {State.EMPTY} | {State.FILLING}
    worst = next(state for state in State if state in states)
    return Progress(
        worst,
        sum(step.errors for step in steps),
        sum(step.warnings for step in steps),
        sum(step.filled for step in steps),
        sum(step.needed for step in steps),
    )


def completeness(session: ReportSession) -> float:
    """Share of the needed inputs that are filled in, 0 … 1; each section counts the same."""
    steps = progress(session).values()
    return sum(step.filled / step.needed if step.needed else 1 for step in steps) / len(steps)


def missing_words(session: ReportSession, step: str) -> str:
    """What a step still lacks, in words; empty when everything is there. ``step`` is a section id or INFO."""
    form = session.form
    if step == INFO:
        lacking = [name_of(key, form) for key in UNIT_NEEDED if not session.text(key)]
        return _("还差：{names}").format(names=listed(lacking)) if lacking else ""
    section = next(section for section in form.sections if section.id == step)
    if any(field.required and not session.text(field.key).strip() for field in section.fields):
        return _("还没有写")
    cells = section.table.inputs if section.table else ()
    blank = sum(session.value(cell) is None for cell in cells)
    if not blank:
        return ""
    if blank == len(cells):
        return _("还没有填")
    return _("还有 {count} 格没有填，共 {total} 格").format(count=blank, total=len(cells))


def _inputs(session: ReportSession, section: Section) -> list[bool]:
    inputs = [bool(session.text(field.key)) for field in section.fields if field.required]
    if section.table:
        inputs += [session.value(cell) is not None for cell in section.table.inputs]
    return inputs


def _progress(issues: list[Issue], kinds: dict[str, str], inputs: list[bool]) -> Progress:
    wrong = [issue for issue in issues if kinds[issue.rule] not in GAPS]
    errors = sum(issue.severity == "error" for issue in wrong)
    warnings = sum(issue.severity == "warning" for issue in wrong)
    filled = sum(inputs)
    if errors:
        state = State.ERROR
    elif inputs and not filled:
        state = State.EMPTY
    elif filled < len(inputs) or len(wrong) < len(issues):
        state = State.FILLING
    elif warnings:
        state = State.WARNING
    else:
        state = State.DONE
    return Progress(state, errors, warnings, filled, len(inputs))
