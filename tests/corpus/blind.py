"""The corpora written by someone who had not read the grammar, each frozen before its first run.

    python tests/corpus/blind.py [NAME…] [-v]

A wrong sentence is found when a warning of its rule (or of a rule that its case names besides) speaks of its
field, or of 六 where text.fee is its rule: the fee has to stand there. A correct one is a false alarm when any
rule about texts gives a warning there. Hints do not count.
"""

from __future__ import annotations

import argparse
import hashlib
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

from gkdesk import formats  # noqa: E402
from gkdesk.checks import check, explain  # noqa: E402
from gkdesk.report import Issue, Report  # noqa: E402
from tests.corpus.measure import Result  # noqa: E402


@dataclass(frozen=True)
class Corpus:
    """``NAME.toml`` and its hash ``NAME.sha256``.

    ``unit`` is the one that its sentences speak for, where a case names no other.
    """

    name: str
    unit: str

    @property
    def is_frozen(self) -> bool:
        """True while it is what it was before its first run."""
        stated = (HERE / f"{self.name}.sha256").read_text(encoding="utf-8").split()[0]
        return hashlib.sha256((HERE / f"{self.name}.toml").read_bytes()).hexdigest() == stated

    def cases(self) -> Iterator[dict[str, Any]]:
        """Its cases as they stand in the file."""
        yield from tomllib.loads((HERE / f"{self.name}.toml").read_text(encoding="utf-8"))["cases"]


CORPORA = {
    corpus.name: corpus
    for corpus in (
        Corpus("blind", "云溪县水务局"),
        Corpus("blind2", "云川县档案局"),
        Corpus("blind3", "云川县档案局"),
        Corpus("blind4", "石桥县卫生健康局"),
        Corpus("blind5", "云川县水务局"),
        Corpus("blind6", "临河县自然资源局"),
        Corpus("blind7", "青平县教育局"),
        Corpus("blind8", "安平县司法局"),
        Corpus("blind9", "东岭县农业农村局"),
        Corpus("blind10", "南溪县交通运输局"),
        Corpus("blind11", "西河县市场监督管理局"),
        Corpus("blind12", "北岭县财政局"),
        Corpus("blind13", "西林县民政局"),
        Corpus("blind14", "临河县农业农村局"),
        Corpus("blind15", "安岭县住房和城乡建设局"),
        Corpus("blind16", "沙河区应急管理局"),
        Corpus("blind17", "柳泉县人民政府办公室"),
        Corpus("blind18", "清河区卫生健康委员会"),
        Corpus("blind19", "石门乡人民政府"),
    )
}

LACKING = "text.assessment"
"""The rule about what the whole section of a government must mention: a case is an excerpt of it."""


def report_of(case: dict[str, Any], unit: str) -> Report:
    """The report of a case: its sentence in its field, its cells, every other cell 0; ``unit`` where it names none."""
    form = formats.load(case["format"])
    entries = dict.fromkeys(form.cells, "0") | {id: str(value) for id, value in case["cells"].items()}
    unit = case.get("unit", unit)
    kind = "government" if unit.endswith("人民政府") else "department"
    entries |= {"unit.name": unit, "unit.kind": kind, f"text.{case['field']}": case["text"]}
    return Report.from_entries(form, case["year"], entries)


def warnings(case: dict[str, Any], report: Report) -> list[Issue]:
    """Warnings of the rules about texts in the field of a case."""
    return [
        issue
        for issue in check(report)
        if issue.rule.startswith("text.")
        and issue.rule != LACKING
        and (issue.field == f"text.{case['field']}" or issue.rule == case.get("rule") == "text.fee")
        and issue.severity == "warning"
    ]


def measure(corpus: Corpus) -> Result:
    """Check every case."""
    result = Result()
    for case in corpus.cases():
        report = report_of(case, corpus.unit)
        found = warnings(case, report)
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
    parser.add_argument(
        "names", nargs="*", metavar="NAME", choices=[*CORPORA, []], help="all when none is named"
    )
    parser.add_argument("-v", "--verbose", action="store_true")
    given = parser.parse_args()
    for name in given.names or CORPORA:
        corpus = CORPORA[name]
        print(f"{name}.toml" if corpus.is_frozen else f"{name}.toml is not the frozen one")
        result = measure(corpus)
        print(result)
        if given.verbose:
            print("\nmissed:", *result.misses, sep="\n  ")
            print("\nfalse alarms:", *result.false, sep="\n  ")


if __name__ == "__main__":
    main()
