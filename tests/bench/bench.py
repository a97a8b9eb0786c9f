"""Measure what the clerk waits for, and print it as JSON: ``python3 packaging/dev.py bench [GROUP…]``.

Times are milliseconds on this machine at this moment: compare figures of one run with each other, not
with those of another machine. ``median`` and ``p95`` are over ``runs`` runs after a warm-up.
"""

from __future__ import annotations

import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT))

from gkdesk import paths  # noqa: E402
from gkdesk.checks import checker_for, open_session  # noqa: E402
from gkdesk.report import Report, View, report_json  # noqa: E402


def measured(work: Callable[[], object], runs: int, *, warm_up: int = 1) -> dict[str, float]:
    """Time ``work``; milliseconds."""
    for _run in range(warm_up):
        work()
    times = []
    for _run in range(runs):
        start = time.perf_counter()
        work()
        times.append(1000 * (time.perf_counter() - start))
    return summary(times)


def summary(times: list[float]) -> dict[str, float]:
    ordered = sorted(times)
    return {
        "median": round(statistics.median(ordered), 4),
        "p95": round(ordered[min(len(ordered) - 1, int(0.95 * len(ordered)))], 4),
        "runs": len(ordered),
    }


def sample() -> Report:
    return report_json.read_file(paths.resources() / "samples" / "sample-2021.json")


def first_paint(runs: int) -> dict[str, float]:
    """From starting the interpreter to the finished first paint of the window."""
    times = []
    for _run in range(runs + 1):
        with tempfile.TemporaryDirectory() as folder:
            start = time.monotonic()
            done = subprocess.run(
                [sys.executable, str(Path(__file__).with_name("first_paint.py"))],
                env={**os.environ, "GKDESK_DATA": folder, "PYTHONPATH": str(ROOT)},
                capture_output=True,
                text=True,
                check=True,
            )
            times.append(1000 * (float(done.stdout.split()[-1]) - start))
    return summary(times[1:])


def checks(report: Report) -> dict[str, dict[str, float]]:
    checker = checker_for(report.form)
    view = View.of(report)
    reading = tuple(checker.reading(["t3.new.natural", "t3.new.total"]))
    session = open_session(report)
    figures = iter(range(10**9))
    at_once = [index for index, check in enumerate(checker.checks) if not check.deferred]
    return {
        "check_full": measured(lambda: checker.run(view, at_once), 300),
        "check_full_with_texts": measured(lambda: checker.full(view), 100),
        "check_incremental": measured(lambda: checker.run(view, reading), 2000),
        "session_edit": measured(lambda: session.edit({"t3.new.natural": str(next(figures))}), 1000),
    }


def storage(report: Report) -> dict[str, dict[str, float]]:
    from gkdesk.storage import Document

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "bench.gkd"
        with Document.create(path, report.unit_name) as document:
            document.add_report(report.year, report.form.id, report.entries(), "bench")
            figures = iter(range(10**9))
            save = measured(
                lambda: document.commit(report.year, {"t3.new.natural": str(next(figures))}, "bench"), 200
            )
        return {"save": save, "open": measured(lambda: Document.open(path).close(), 20)}


def exports(report: Report) -> dict[str, dict[str, float]]:
    from gkdesk.exports import write

    with tempfile.TemporaryDirectory() as folder:
        found = {}
        for kind in ("pdf", "xlsx", "docx", "html"):
            path = Path(folder) / f"bench.{kind}"
            found[kind] = measured(lambda kind=kind, path=path: write(kind, report, path), 9)
            found[kind]["bytes"] = path.stat().st_size
        return found


def typing(report: Report) -> dict[str, dict[str, float]]:
    """In the whole window at 1366 × 768 with the issue list open: a key until the cell is painted, Enter until
    everything is painted again."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["GKDESK_DATA"] = folder
        from tests.bench.keystrokes import measure

        keys, enters = measure(report, 200)
        slow_keys, slow_enters = measure(report, 20, commit_takes=0.3)
        return {
            "key_to_paint": summary(keys),
            "enter_to_repaint": summary(enters),
            "key_to_paint_when_a_commit_takes_300_ms": summary(slow_keys),
            "enter_to_repaint_when_a_commit_takes_300_ms": summary(slow_enters),
        }


def rivals(report: Report) -> dict[str, object]:
    """Our PDF beside typst and LibreOffice, where they are installed."""
    from tests.bench.rivals import measure

    return {"pdf_and_rivals": measure(report)}


GROUPS: dict[str, Callable[[Report], Mapping[str, object]]] = {
    "start": lambda _report: {"first_paint": first_paint(7)},
    "checks": checks,
    "storage": storage,
    "exports": exports,
    "rivals": rivals,
    "typing": typing,
}


def main(arguments: Sequence[str]) -> None:
    unknown = [word for word in arguments if word not in GROUPS]
    if unknown:
        sys.exit(f"Not understood: {' '.join(unknown)}. Groups: {' '.join(GROUPS)}")
    report = sample()
    figures: dict[str, object] = {
        "machine": f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}",
        "unit": "ms",
    }
    for group, work in GROUPS.items():
        if not arguments or group in arguments:
            figures |= work(report)
    print(json.dumps(figures, ensure_ascii=False, indent=1))


if __name__ == "__main__":
    main(sys.argv[1:])
