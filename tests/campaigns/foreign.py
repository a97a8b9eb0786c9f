"""Spoiled workbooks, Word files, web pages and PDF, and the named bombs, through the gate and its readers.

    python -m tests.campaigns.foreign workbooks|documents|bombs [--count N] [--seed N]

Each is read, or refused in words: nothing escapes, none takes over 10 s or 1 GB. All go through one limited process,
started anew when it had to be ended; the gate of the program starts one for each file.
"""

from __future__ import annotations

import argparse
import io
import json
import random
import sys
import tempfile
import time
from collections import Counter
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from functools import cache
from pathlib import Path

from gkdesk import formats
from gkdesk.errors import KnownError
from gkdesk.exports import html, xlsx
from gkdesk.imports import contract, gate, gate_process, gate_rules
from gkdesk.report import report_json
from tests.builders import balanced
from tests.campaigns.spoil import spoil, spoil_package
from tests.imports import bombs

SECONDS = gate_process.ProcessLimits().seconds
MEGABYTES = gate_process.ProcessLimits().memory >> 20
PACKED = ("xlsx", "docx")


@dataclass
class Outcome:
    """`stumbled` are refusals as damaged because a library raised; the kinds of errors are in `stumbles`."""

    count: int = 0
    read: int = 0
    refused: int = 0
    stumbled: int = 0
    stopped: int = 0
    escaped: int = 0
    too_slow: int = 0
    too_big: int = 0
    slowest: float = 0.0
    largest_mb: int = 0
    starts: int = 0
    stumbles: dict[str, int] = field(default_factory=dict)
    examples: list[str] = field(default_factory=list)

    @property
    def good(self) -> bool:
        """Whether every file was read or refused in words, within the limits."""
        bad = self.escaped + self.too_slow + self.too_big
        return bad == 0 and self.read + self.refused + self.stumbled + self.stopped == self.count


def workbooks(count: int, seed: int) -> Outcome:
    """Spoil and read workbooks, others' and, an eighth each since they are large, ours by both readers."""
    return _campaign(count, seed, ("own", *["xlsx"] * 7))


def documents(count: int, seed: int) -> Outcome:
    """Spoil and read Word files, web pages, PDF and plain texts."""
    return _campaign(count, seed, ("docx", "docx", "html", "html", "pdf", "mhtml", "text"))


def _campaign(count: int, seed: int, kinds: tuple[str, ...]) -> Outcome:
    outcome = Outcome()
    stumbles: Counter[str] = Counter()
    with gate_process.LimitedProcess() as process:
        for number in range(seed, seed + count):
            chance = random.Random(number)
            kind = kinds[number % len(kinds)]
            data = chance.choice(originals()[kind])
            packed = kind == "own" or kind in PACKED
            data = spoil_package(chance, data) if packed else spoil(chance, data)
            started = time.perf_counter()
            answer, detail = _attempt(process, data, ours=kind == "own")
            _count(outcome, f"{number} {kind}", answer, detail, time.perf_counter() - started)
            stumbles[detail] += answer == "stumbled"
            outcome.largest_mb = max(outcome.largest_mb, peak(process))
        outcome.starts = process.starts
    outcome.too_big += outcome.largest_mb > MEGABYTES
    outcome.stumbles = dict(+stumbles)
    return outcome


def _attempt(process: gate_process.LimitedProcess, data: bytes, *, ours: bool) -> tuple[str, str]:
    """What the gate does with a file, but for the process of its own."""
    try:
        foreign = gate.recognise(data, "坏文件")
        reader = (
            gate_rules.OWN_WORKBOOK if ours and foreign.kind == "xlsx" else gate.READERS.get(foreign.kind)
        )
        if reader is None:
            return "refused", foreign.kind
        answer = process.read(reader, foreign.data, kind=foreign.kind)
        if reader == gate_rules.OWN_WORKBOOK:
            if answer["report"] is not None:
                report_json.loads(answer["report"])
        else:
            contract.checked(answer)
    except gate_process.Broken as error:
        return ("stumbled", error.cause) if error.cause else ("stopped", str(error))
    except (gate_process.TooSlow, gate_process.TooLarge) as error:
        return "stopped", type(error).__name__
    except KnownError as error:
        words = str(error)
        return ("refused", words) if words and words.isprintable() else ("escaped", f"no line: {words!r}")
    except Exception as error:  # noqa: BLE001 - that none escapes is what is tested
        return "escaped", f"{type(error).__name__}: {error}"
    return "read", ""


def _count(outcome: Outcome, what: str, answer: str, detail: str, seconds: float) -> None:
    outcome.count += 1
    setattr(outcome, answer, getattr(outcome, answer) + 1)
    if answer in ("stopped", "escaped"):
        outcome.examples.append(f"{what}: {answer}: {detail}")
    outcome.too_slow += seconds > SECONDS + 1  # a second to notice it and to end the process
    outcome.slowest = max(outcome.slowest, round(seconds, 3))


def peak(process: gate_process.LimitedProcess) -> int:
    """The most memory that the process ever had, in MB; 0 where the system does not tell."""
    with suppress(OSError, AttributeError, StopIteration):
        status = Path(f"/proc/{process._process.pid}/status").read_text(encoding="ascii")
        line = next(line for line in status.splitlines() if line.startswith("VmHWM"))
        return int(line.split()[1]) // 1024
    return 0


# ---------------------------------------------------------------- originals


@cache
def originals() -> dict[str, list[bytes]]:
    """Kind -> good files of it."""
    report = balanced(formats.load("2021"), 2024, list(range(100)))
    page = html.to_text(report).encode()
    ours = xlsx.to_bytes(report)
    return {
        "own": [ours],
        "xlsx": [*[_workbook()] * 7, ours],
        "docx": [_word()],
        "html": [page, page.decode().encode("gb18030", "replace"), _PAGE.encode(), _PAGE.encode("utf-16")],
        "mhtml": [_ARCHIVE.format(page=_PAGE).encode()],
        "pdf": [_pdf(packed=False), _pdf(packed=True)],
        "text": [_TEXT.encode(), _TEXT.encode("gb18030"), _TEXT.replace("\t", "|").encode()],
    }


_ROWS = [
    ["信息内容", "本年制发件数", "本年废止件数"],
    ["规章", "0", "1"],
    ["行政规范性文件", "12", "3"],
    ["合计", "12", "4"],
]
_PAGE = (
    "<html><head><meta charset='utf-8'><title>年报</title></head><body><div><p>一、总体情况<br>无</p><table border=1>"
    + "".join("<tr>" + "".join(f"<td colspan=1>{cell}</td>" for cell in row) + "</tr>" for row in _ROWS * 4)
    + "</table></div></body></html>"
)
_ARCHIVE = (
    "MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=b\r\n\r\n"
    "--b\r\nContent-Type: text/html; charset=utf-8\r\n\r\n{page}\r\n--b--\r\n"
)
_TEXT = "一、总体情况\n无\n" + "\n".join("\t".join(row) for row in _ROWS) + "\n"


def _workbook() -> bytes:
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    sheet.append(["政府信息公开年报"])
    sheet.merge_cells("A1:C1")
    for row in _ROWS * 3:
        sheet.append(row)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _word() -> bytes:
    cells = [[f"<w:tc><w:p><w:r><w:t>{cell}</w:t></w:r></w:p></w:tc>" for cell in row] for row in _ROWS * 3]
    wide = '<w:tr><w:tc><w:tcPr><w:gridSpan w:val="3"/></w:tcPr><w:p><w:r><w:t>表</w:t></w:r></w:p></w:tc></w:tr>'
    table = "<w:tbl>" + wide + "".join(f"<w:tr>{''.join(row)}</w:tr>" for row in cells) + "</w:tbl>"
    return bombs.document(f"<w:p><w:r><w:t>一、总体情况</w:t></w:r></w:p>{table}<w:p/>")


def _pdf(*, packed: bool) -> bytes:
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.styles import getSampleStyleSheet
    from reportlab.platypus import Paragraph, SimpleDocTemplate, Table

    buffer = io.BytesIO()
    document = SimpleDocTemplate(buffer, pagesize=A4, pageCompression=int(packed), invariant=1)
    rows = [[str(10 * row + column) for column in range(4)] for row in range(5)]
    table = Table(rows, style=[("GRID", (0, 0), (-1, -1), 1, "black")])
    document.build([Paragraph("annual report", getSampleStyleSheet()["Normal"]), table])
    return buffer.getvalue()


# ---------------------------------------------------------------- bombs


@dataclass
class Refusals:
    """Named bombs through the whole gate, a process for each; seconds from the file to the words."""

    count: int = 0
    refused: int = 0
    within_a_second: int = 0
    slowest: float = 0.0
    median: float = 0.0
    examples: list[str] = field(default_factory=list)

    @property
    def good(self) -> bool:
        """Whether every bomb was refused; how fast depends on what else the machine does."""
        return self.refused == self.count


def named_bombs(folder: Path) -> Refusals:
    """Build every bomb and have it refused."""
    times = []
    refusals = Refusals()
    for name, build in bombs.BOMBS.items():
        path = folder / "bomb"
        path.write_bytes(build())
        started = time.perf_counter()
        try:
            gate.read(path)
        except gate.Refused:
            refusals.refused += 1
        times.append(time.perf_counter() - started)
        refusals.count += 1
        refusals.within_a_second += times[-1] < 1
        if times[-1] >= 1:
            refusals.examples.append(f"{name}: {times[-1]:.2f} s")
    refusals.slowest = round(max(times), 3)
    refusals.median = round(sorted(times)[len(times) // 2], 3)
    return refusals


def main() -> int:
    """Run a campaign and print its figures; 1 when something escaped."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("what", choices=["workbooks", "documents", "bombs"])
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=random.randrange(2**32))
    options = parser.parse_args()
    if options.what == "bombs":
        with tempfile.TemporaryDirectory() as folder:
            outcome: Outcome | Refusals = named_bombs(Path(folder))
    else:
        outcome = {"workbooks": workbooks, "documents": documents}[options.what](options.count, options.seed)
    print(json.dumps({"seed": options.seed, **asdict(outcome)}, ensure_ascii=False))
    return 0 if outcome.good else 1


if __name__ == "__main__":
    sys.exit(main())
