"""The second corpus, written by someone who had not read the grammar, and frozen before its first run.

    python tests/corpus/blind.py [-v]

A wrong sentence is found when a warning of its rule (or of a rule that its case names besides) speaks of its
field; a correct one is a false alarm when any rule that reads figures gives a warning. Hints do not count.
"""

from __future__ import annotations

import argparse
import hashlib
import sys
import tomllib
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

from gkdesk import formats  # noqa: E402
from gkdesk.checks import check, explain  # noqa: E402
from gkdesk.report import Issue, Report  # noqa: E402
from tests.corpus.measure import RULES, Result  # noqa: E402

UNIT = {"unit.name": "云溪县水务局", "unit.kind": "department"}


def is_frozen() -> bool:
    """True while the corpus is what it was before its first run."""
    stated = (HERE / "blind.sha256").read_text(encoding="utf-8").split()[0]
    return hashlib.sha256((HERE / "blind.toml").read_bytes()).hexdigest() == stated


def warnings(case: dict) -> tuple[list[Issue], Report]:
    """Warnings of the rules that read figures about the field of a case."""
    form = formats.load(case["format"])
    key = f"text.{case['field']}"
    entries = dict.fromkeys(form.cells, "0") | {id: str(value) for id, value in case["cells"].items()}
    report = Report.from_entries(form, case["year"], {**UNIT, **entries, key: case["text"]})
    return [
        issue
        for issue in check(report)
        if issue.rule in RULES and issue.field == key and issue.severity == "warning"
    ], report


def measure() -> Result:
    """Check every case."""
    result = Result()
    for case in tomllib.loads((HERE / "blind.toml").read_text(encoding="utf-8"))["cases"]:
        found, report = warnings(case)
        told = "; ".join(f"{issue.rule}: {explain(issue, report.form)}" for issue in found)
        words = f"{case['id']} {case['text']}\n    {told}"
        if case["expect"] == "ok":
            result.right += 1
            if found:
                result.alarms += 1
                result.false.append(words)
        else:
            result.wrong += 1
            if {issue.rule for issue in found} & {case["rule"], *case.get("also", ())}:
                result.found += 1
            else:
                result.misses.append(f"{words}  [{case['rule']}: {case['figure']}]")
    return result


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("-v", "--verbose", action="store_true")
    verbose = parser.parse_args().verbose
    if not is_frozen():
        print("blind.toml is not the frozen one")
    result = measure()
    print(result)
    if verbose:
        print("\nmissed:", *result.misses, sep="\n  ")
        print("\nfalse alarms:", *result.false, sep="\n  ")


if __name__ == "__main__":
    main()
