"""How many wrong figures the checks of texts find, and how often they speak where nothing is wrong.

    python tests/corpus/measure.py [FILE.toml] [-v]

prints both for a corpus (own.toml unless another is named), -v every miss and false alarm.
"""

from __future__ import annotations

import argparse
import re
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

from gkdesk import formats  # noqa: E402
from gkdesk.checks import check, explain  # noqa: E402
from gkdesk.report import Issue, Report  # noqa: E402

RULES = frozenset(
    {
        "text.figure",
        "text.zero_claim",
        "text.percent",
        "text.growth",
        "text.sum",
        "text.balance",
        "text.year",
    }
)
"""The rules that read figures; wording is not measured here."""
_CHOICE = re.compile(r"\[([^\[\]|]*)\|([^\[\]|]*)\]")


@dataclass(frozen=True)
class Case:
    """A sentence against a report. ``wrong`` is where the wrong figure stands, None where all are right."""

    text: str
    rule: str
    report: Report
    previous: Report | None
    wrong: tuple[int, int] | None
    hint: bool = False


@dataclass
class Result:
    """Counts over a corpus, and what went wrong."""

    wrong: int = 0
    found: int = 0
    right: int = 0
    alarms: int = 0
    misses: list[str] = field(default_factory=list)
    false: list[str] = field(default_factory=list)

    @property
    def found_percent(self) -> float:
        return 100 * self.found / self.wrong

    @property
    def alarm_percent(self) -> float:
        return 100 * self.alarms / self.right

    def __str__(self) -> str:
        return (
            f"wrong figures found: {self.found} of {self.wrong} ({self.found_percent:.1f} %)\n"
            f"false alarms: {self.alarms} of {self.right} correct sentences ({self.alarm_percent:.1f} %)"
        )


def reports() -> dict[str, Report]:
    """The reports that sentences are held against."""
    data = tomllib.loads((HERE / "reports.toml").read_text(encoding="utf-8"))
    return {name: _report(spec) for name, spec in data.items()}


def _report(spec: dict) -> Report:
    form = formats.load(spec["format"])
    cells: dict[str, str] = {}
    if not spec.get("blank"):
        cells = {id: "0" for table in form.tables for id in table.inputs}
    for table, rows in spec["cells"].items():
        for row, columns in rows.items():
            cells |= {f"{table}.{row}.{column}": str(value) for column, value in columns.items()}
    return Report.from_entries(form, spec["year"], {"unit.name": spec["unit"], **cells})


def cases(path: Path) -> Iterator[Case]:
    """The sentences of a corpus of ours: a right and a wrong one of each with a choice in it."""
    known = reports()
    for group in tomllib.loads(path.read_text(encoding="utf-8"))["group"]:
        report, previous = known[group["report"]], known.get(group.get("previous", ""))
        for text in group["sentences"]:
            choice = _CHOICE.search(text)
            right = _CHOICE.sub(r"\1", text)
            yield Case(right, group["rule"], report, previous, None)
            if choice is not None:
                wrong = _CHOICE.sub(r"\2", text)
                span = (choice.start(), choice.start() + len(choice[2]))
                yield Case(wrong, group["rule"], report, previous, span, group.get("hint", False))
            elif "against" in group:
                yield Case(text, group["rule"], known[group["against"]], previous, (0, len(text)))


def issues(case: Case) -> list[Issue]:
    """What the rules that read figures say of a sentence."""
    fields = {**case.report.fields, "text.overview": case.text}
    report = Report(case.report.form, case.report.year, case.report.cells, fields)
    return [
        issue
        for issue in check(report, case.previous)
        if issue.rule in RULES and issue.field == "text.overview"
    ]


def is_found(case: Case, found: list[Issue]) -> bool:
    """True where the wrong figure is named: by its own rule, or by one whose place covers it."""
    assert case.wrong is not None
    start, end = case.wrong
    severities = {"warning", "hint"} if case.hint else {"warning"}
    return any(
        issue.severity in severities
        and issue.span is not None
        and (issue.rule == case.rule or (issue.span[0] < end and start < issue.span[1]))
        for issue in found
    )


def measure(all_cases: Iterator[Case]) -> Result:
    """Check every sentence."""
    result = Result()
    for case in all_cases:
        found = issues(case)
        words = "; ".join(
            f"{issue.rule} {issue.severity}: {explain(issue, case.report.form)}" for issue in found
        )
        if case.wrong is None:
            result.right += 1
            if found:
                result.alarms += 1
                result.false.append(f"{case.text}\n    {words}")
        else:
            result.wrong += 1
            if is_found(case, found):
                result.found += 1
            else:
                result.misses.append(f"{case.text}  [{case.rule}]\n    {words}")
    return result


@dataclass(frozen=True)
class Passage:
    """A passage that is right. ``known``: it brings up a warning all the same, as far as is known."""

    text: str
    field: str
    report: Report
    previous: Report
    known: bool

    def warnings(self) -> list[Issue]:
        """Warnings of the rules that read figures in its field."""
        report = replace(self.report, fields={**self.report.fields, f"text.{self.field}": self.text})
        return [
            issue
            for issue in check(report, self.previous)
            if issue.field == f"text.{self.field}"
            and issue.rule in RULES | {"text.unit_name"}
            and issue.severity == "warning"
        ]


def passages() -> Iterator[Passage]:
    """What stands in right.toml."""
    known = reports()
    for group in tomllib.loads((HERE / "right.toml").read_text(encoding="utf-8"))["group"]:
        for text in group["passages"]:
            yield Passage(
                text,
                group["field"],
                known[group["report"]],
                known[group["previous"]],
                group.get("known", False),
            )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpus", nargs="?", type=Path, default=HERE / "own.toml")
    parser.add_argument("-v", "--verbose", action="store_true")
    given = parser.parse_args()
    result = measure(cases(given.corpus))
    print(result)
    if given.verbose:
        print("\nmissed:", *result.misses, sep="\n  ")
        print("\nfalse alarms:", *result.false, sep="\n  ")


if __name__ == "__main__":
    main()
