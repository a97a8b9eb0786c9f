"""Our PDF beside what else an office could make it with, in one run: typst with the same content and the same faces,
and LibreOffice from our own Word copy. Each only where it is installed: typst as program or as Python module.

Every run sets a report that differs from all before in a figure and in words at the start of 一, one of them new to
the report, so that nobody serves a stored answer: a paragraph is broken anew and a font is cut anew. Warm means one
process: typst as module keeps its fonts and what it has set, as we do. A rival's source is made before its time runs.
"""

from __future__ import annotations

import importlib.util
import json
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

from gkdesk import paths
from gkdesk.exports import docx, pdf
from gkdesk.paper import Options
from gkdesk.paper.content import Figures, content_of, left_aligned
from gkdesk.paper.faces import FaceSet, load_faces
from gkdesk.paper.geometry import MM, PAGE
from gkdesk.report import Report

RUNS = 21
SLOW_RUNS = 9
WARM_UP = 2
NEW_WORDS = "赣鄂湘粤桂琼渝蜀黔滇藏陕陇澳台春夏秋冬梅兰竹菊桃李杏梨松柏杉榆柳槐枫桑"
FIRST = """
import sys, time
started = time.perf_counter()
from pathlib import Path
from gkdesk.exports import pdf
from gkdesk.report import report_json
report = report_json.read_file(Path(sys.argv[1]))
pdf.to_bytes(report)
print(1000 * (time.perf_counter() - started))
"""

_HEAD = """
#set page(width: 210mm, height: 297mm, margin: (top: 37mm, left: 28mm, right: 26mm, bottom: 35mm),
  footer: context {{ let n = counter(page).get().first()
    align(if calc.odd(n) {{ right }} else {{ left }}, text(14pt)[— #n —]) }})
#set document(title: {title}, author: {author})
#set text(font: ("Liberation Serif", "GKDesk Fang", "GKDesk Rare"), size: {size}pt, lang: "zh", region: "cn",
  cjk-latin-spacing: none)
#set par(justify: true, leading: {space}pt, spacing: {space}pt, first-line-indent: (amount: 2em, all: true))
#show heading: it => par(text(font: ("Liberation Serif", "GKDesk Hei"), size: {size}pt, weight: "regular", it.body))
"""


Prepare = Callable[[Report], Callable[[], object]]
"""From a report to what is timed."""


def measure(report: Report) -> dict[str, object]:
    """Milliseconds: ours, each rival that is here, and what ours is of theirs."""
    faces = load_faces(paths.resources() / "fonts", installed=False)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        quick: dict[str, Prepare] = {"ours": partial(_ours, faces=faces)}
        slow: dict[str, Prepare] = {}
        if importlib.util.find_spec("typst"):
            typst: Any = importlib.import_module("typst")
            fonts = [str(paths.resources() / "fonts")]
            compiler = typst.Compiler(font_paths=fonts, ignore_system_fonts=True)
            quick["typst"] = partial(_typst_module, compiler=compiler)
        if shutil.which("typst"):
            slow["typst_program"] = partial(_typst_program, folder=folder)
        if office := shutil.which("soffice") or shutil.which("libreoffice"):
            slow["libreoffice"] = partial(_libreoffice, folder=folder, office=office)
        found = {**_in_turn(report, quick, RUNS), **_in_turn(report, slow, SLOW_RUNS)}
        found["ours_first_in_a_process"] = _first(report, folder)
    ours = found["ours"]["median"]
    ratios = {
        f"ours_to_{rival}": round(ours / found[rival]["median"], 3)
        for rival in (*quick, *slow)
        if rival != "ours"
    }
    return {**found, **ratios, "bytes": len(pdf.to_bytes(report, Options(faces=faces)))}


def _in_turn(report: Report, prepare: dict[str, Prepare], runs: int) -> dict[str, dict[str, float]]:
    """They take turns, so that a busy moment of the machine hits all of them; a warm-up first."""
    times: dict[str, list[float]] = {name: [] for name in prepare}
    for edit in range(WARM_UP + runs):
        for name, prepared in prepare.items():
            work = prepared(_edited(report, edit))
            start = time.perf_counter()
            work()
            times[name].append(1000 * (time.perf_counter() - start))
    return {name: _summary(taken[WARM_UP:]) for name, taken in times.items()}


def _edited(report: Report, edit: int) -> Report:
    words = f"{NEW_WORDS[edit % len(NEW_WORDS)]}{edit}，{report.text('overview')}"
    entries = {**report.entries(), "t3.new.natural": str(1000 + edit), "text.overview": words}
    return Report.from_entries(report.form, report.year, entries)


def _summary(times: list[float]) -> dict[str, float]:
    return {"median": round(statistics.median(times), 1), "least": round(min(times), 1), "runs": len(times)}


def _first(report: Report, folder: Path) -> dict[str, float]:
    """From a fresh interpreter's first import to the bytes of its first PDF."""
    from gkdesk.report import report_json

    source = folder / "first.json"
    source.write_text(report_json.dumps(report), encoding="utf-8")
    root = Path(__file__).resolve().parents[2]
    command = [sys.executable, "-c", FIRST, str(source)]
    times = [
        float(subprocess.run(command, cwd=root, capture_output=True, text=True, check=True).stdout)
        for _run in range(SLOW_RUNS)
    ]
    return _summary(times)


def _ours(report: Report, faces: FaceSet) -> Callable[[], object]:
    return lambda: pdf.to_bytes(report, Options(faces=faces))


def _typst_module(report: Report, compiler: Any) -> Callable[[], object]:
    source = typst_source(report).encode()
    # Our file has no tags either.
    return lambda: compiler.compile(input=source, format="pdf", pdf_tags=False)


def _typst_program(report: Report, folder: Path) -> Callable[[], object]:
    source = folder / "report.typ"
    source.write_text(typst_source(report), encoding="utf-8")
    fonts = paths.resources() / "fonts"
    words = ["typst", "compile", "--ignore-system-fonts", "--font-path", fonts, source, folder / "typst.pdf"]
    return lambda: subprocess.run(words, capture_output=True, check=True)


def _libreoffice(report: Report, folder: Path, office: str) -> Callable[[], object]:
    source = folder / "report.docx"
    source.write_bytes(docx.to_bytes(report))
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    words = [office, profile, "--headless", "--convert-to", "pdf", "--outdir", folder, source]
    return lambda: subprocess.run(words, capture_output=True, check=True)


def typst_source(report: Report) -> str:
    """The report for typst: the same page, faces, texts and tables."""
    content = content_of(report)
    title = content.title
    lines = [
        _HEAD.format(
            title=_quoted(title.text),
            author=_quoted(title.unit),
            size=PAGE.body_size,
            space=round(PAGE.space, 2),
        ),
        '#align(center, { set par(first-line-indent: 0pt); set text(22pt, font: "GKDesk Song")',
        f"par[#{_quoted(title.before + title.unit)} \\ #{_quoted(title.rest)}] }})",
    ]
    for part in content.parts:
        if part.heading:
            lines.append(f"#heading({_quoted(part.heading)})")
        for paragraph in part.texts:
            if paragraph is not None:
                head, rest = paragraph.text[: paragraph.head], paragraph.text[paragraph.head :]
                run_in = f'#text(font: "GKDesk Kai", {_quoted(head)})' if head else ""
                lines.append(f"#par[{run_in}#{_quoted(rest)}]")
        if part.figures:
            lines += _typst_table(part.figures)
    if content.signature:
        signed = f"#{_quoted(content.signature.unit)} \\ #{_quoted(content.signature.date)}"
        lines.append(f"#v(2em)#align(right, pad(right: 4em)[{signed}])")
    return "\n\n".join(lines)


def _typst_table(figures: Figures) -> Iterator[str]:
    table = figures.table
    unit = PAGE.block_width / MM / sum(table.widths)
    columns = ", ".join(f"{unit * width:.3f}mm" for width in table.widths)
    yield (
        "#block(breakable: false, { set text(10pt); set par(first-line-indent: 0pt, justify: false, leading: 3pt)\n"
        f"table(columns: ({columns},), align: center + horizon, inset: 2.5pt, stroke: 0.5pt,"
    )
    for box in table.boxes:
        text = box.text if box.cell is None else figures.shown[box.cell]
        face = ', font: ("Liberation Serif", "GKDesk Hei")' if box.role in ("header", "band") else ""
        side = ", align: left + horizon" if left_aligned(box) else ""
        place = f"x: {box.column}, y: {box.row}, colspan: {box.colspan}, rowspan: {box.rowspan}{side}"
        yield f"table.cell({place}, text({_quoted(text)}{face})),"
    yield ")})"


def _quoted(text: str) -> str:
    """A string of typst, whose escapes are those of JSON but for code units."""
    return json.dumps(text, ensure_ascii=False)
