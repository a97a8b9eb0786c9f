"""How long the checks take, tables and texts, and how well texts are read; prints JSON.

python tests/bench/text_checks.py
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

from gkdesk import paths  # noqa: E402
from gkdesk.checks import checker_for, open_session  # noqa: E402
from gkdesk.checks.reading.reader import read  # noqa: E402
from gkdesk.report import Report, View, report_json  # noqa: E402
from tests.corpus import blind, measure  # noqa: E402

LONG = 10_000
HUGE = 1_000_000
FIRST_READ = """
import time
from gkdesk.checks.reading.reader import read
start = time.perf_counter()
read("收到政府信息公开申请 1 件。", "", 2024)
print(1000 * (time.perf_counter() - start))
"""


def milliseconds(work: Callable[[], object], runs: int) -> dict[str, float]:
    """Median and 95th percentile of the time that ``work`` takes."""
    times = []
    for _run in range(runs + 1):
        start = time.perf_counter()
        work()
        times.append(1000 * (time.perf_counter() - start))
    ordered = sorted(times[1:])
    return {
        "median": round(statistics.median(ordered), 4),
        "p95": round(ordered[int(0.95 * len(ordered))], 4),
    }


def long_report(report: Report, length: int) -> Report:
    """The same report with so many characters in 一, of its own texts over and over."""
    texts = "\n".join(text for key, text in report.fields.items() if key.startswith("text."))
    text = (texts * (length // len(texts) + 1))[:length]
    return Report(report.form, report.year, report.cells, {**report.fields, "text.overview": text})


def counts(result: measure.Result) -> dict[str, int]:
    """What was found in a corpus."""
    return {"found": result.found, "of": result.wrong, "alarms": result.alarms, "correct": result.right}


def main() -> None:
    report = report_json.read_file(paths.resources() / "samples" / "sample-2021.json")
    checker = checker_for(report.form)
    view = View.of(report)
    tables = [index for index, check in enumerate(checker.checks) if not check.deferred]
    reading = tuple(checker.reading(["t3.new.natural", "t3.new.total"]))
    session = open_session(report)
    figures = iter(range(10**9))

    def texts_of(length: int) -> Callable[[], object]:
        long = View.of(long_report(report, length))
        deferred = [index for index, check in enumerate(checker.checks) if check.deferred]

        def work() -> None:
            read.cache_clear()
            checker.run(long, deferred)

        return work

    def edit_text() -> None:
        session.edit({"text.problems": f"第 {next(figures)} 次修改。"})

    first = subprocess.run(
        [sys.executable, "-c", FIRST_READ], cwd=ROOT, capture_output=True, text=True, check=True
    )
    own = measure.measure(measure.cases(measure.HERE / "own.toml"))
    seen = {name: blind.measure(corpus) for name, corpus in blind.CORPORA.items()}
    figures_found = {
        "unit": "ms",
        "tables_full": milliseconds(lambda: checker.run(view, tables), 300),
        "tables_incremental": milliseconds(lambda: checker.run(view, reading), 2000),
        "edit_of_a_cell": milliseconds(lambda: session.edit({"t3.new.natural": str(next(figures))}), 500),
        "edit_of_a_text": milliseconds(edit_text, 500),
        "texts_of_the_sample": milliseconds(texts_of(len(report.text("overview"))), 20),
        "texts_10000_characters": milliseconds(texts_of(LONG), 10),
        "texts_1000000_characters": milliseconds(texts_of(HUGE), 3),
        "first_text_with_vocabulary": round(float(first.stdout), 1),
        "own_corpus": counts(own),
        **{f"{name}_corpus_seen": counts(result) for name, result in seen.items()},
    }
    print(json.dumps(figures_found, ensure_ascii=False, indent=1))


if __name__ == "__main__":
    main()
