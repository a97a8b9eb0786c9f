"""`gkdesk --selftest`: the main job once, in a temporary folder, to see that an installed program is whole.

What it opens, writes and starts is what a clerk's day needs: every module, formats and fonts, a document, the checks,
each export, the limited process that reads other people's files, a backup, and on demand a window that no screen is
needed for. Nothing of the user's is read or touched.
"""

from __future__ import annotations

import os
import pkgutil
import sys
import tempfile
import tomllib
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from hashlib import sha256
from importlib import import_module
from pathlib import Path

import click

import gkdesk
from gkdesk import __version__, exports, formats, i18n, paths, sources
from gkdesk.checks import check, open_session
from gkdesk.cli.guard import FINE, HAS_ERRORS, plain
from gkdesk.errors import KnownError
from gkdesk.i18n import _
from gkdesk.imports import gate, gate_process
from gkdesk.imports.importing import import_source
from gkdesk.report import Report, report_json
from gkdesk.storage import BackupPolicy, Document, backups
from gkdesk.words import clauses, listed

KINDS = ("pdf", "pdfa", "xlsx", "docx", "html", "json")
"""Of exports.KINDS, in this order."""
READ_BACK = ("xlsx", "docx", "html", "pdf")
"""Kinds that the limited process must read again, the figures being those that were written."""
SPOILED, BY = "t3.new.natural", 7
"""A figure of the sample, and by how much it is made wrong to see that the checks notice."""


class Failed(Exception):
    """A step did not do what it must; the message says what."""


@dataclass
class Bench:
    """What the steps hand on to each other."""

    folder: Path
    report: Report
    document: Path
    written: dict[str, Path] = field(default_factory=dict)


def run(*, window: bool) -> int:
    """Do every step and say how each went; 1 after the first that fails."""
    steps: list[tuple[str, Callable[[Bench], str]]] = [
        (_("程序文件"), _whole),
        (_("新建和填报"), _fill_in),
        (_("检查"), _check),
        (_("导出"), _export),
        (_("读别人的文件"), _read_back),
        (_("备份和恢复"), _back_up),
        (_("重新打开"), _reopen),
    ]
    if window:
        steps.append((_("窗口"), _show))
    click.echo(f"GKDesk {__version__}")
    with _folder() as folder:
        bench = _bench(folder)
        for name, step in steps:
            try:
                told = step(bench)
            except Exception as error:  # noqa: BLE001 - whatever it is, this program is not whole
                click.echo(plain(_("失败 {step}：{reason}").format(step=name, reason=_reason(error))))
                return HAS_ERRORS
            click.echo(plain(_("正常 {step}：{told}").format(step=name, told=told)))
    click.echo(_("自检通过"))
    return FINE


@contextmanager
def _folder() -> Iterator[Path]:
    """A temporary folder that is the data folder meanwhile: settings, logs and backups go there too."""
    old = os.environ.get(paths.ENVIRONMENT)
    # On Windows a scanner may still hold a file of it: a leftover there is no fault of the program.
    with tempfile.TemporaryDirectory(prefix="gkdesk-selftest-", ignore_cleanup_errors=True) as name:
        os.environ[paths.ENVIRONMENT] = str(Path(name, "data"))
        try:
            yield Path(name)
        finally:
            os.environ.pop(paths.ENVIRONMENT)
            if old is not None:
                os.environ[paths.ENVIRONMENT] = old


def _bench(folder: Path) -> Bench:
    sample = report_json.read_file(paths.resources() / "samples" / "sample-2021.json")
    typed = {cell: value for cell, value in sample.cells.items() if cell not in sample.form.sums}
    return Bench(folder, replace(sample, cells=typed), folder / "自检 self-test.gkd")


def _reason(error: Exception) -> str:
    if isinstance(error, (Failed, KnownError)):
        return str(error)
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    where = f" ({Path(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno})" if trace else ""
    return f"{type(error).__name__}: {error}{where}"


def _want(holds: bool, otherwise: str) -> None:
    if not holds:
        raise Failed(otherwise)


def _whole(_bench: Bench) -> str:
    """Every module can be imported, every format read, every font is the one that was shipped."""
    import sqlite3

    modules = [found.name for found in pkgutil.walk_packages(gkdesk.__path__, "gkdesk.")]
    for module in modules:
        import_module(module)
    known = formats.available()
    fonts = paths.resources() / "fonts"
    listed = tomllib.loads((fonts / "fonts.toml").read_text(encoding="utf-8"))["font"]
    for font in listed:
        data = (fonts / font["file"]).read_bytes()
        _want(sha256(data).hexdigest() == font["sha256"], _("字体“{file}”已损坏").format(file=font["file"]))
    _want(bool(known), _("没有年报格式"))
    _want(_is_translated(), _("没有英文译文"))
    words = _("模块 {modules} 个，格式 {formats} 种，字体 {fonts} 种；Python {python}，SQLite {sqlite}")
    return words.format(
        modules=len(modules),
        formats=len(known),
        fonts=len(listed),
        python=sys.version.split()[0],
        sqlite=sqlite3.sqlite_version,
    )


def _is_translated() -> bool:
    chosen = i18n.language()
    i18n.set_language("en")
    try:
        return _("自检通过") != "自检通过"
    finally:
        i18n.set_language(chosen)


def _fill_in(bench: Bench) -> str:
    """A new document, filled in patch by patch as the clerk's keys would."""
    form, year = bench.report.form, bench.report.year
    entries = bench.report.entries()
    with Document.create(bench.document, bench.report.unit_name) as document:
        document.add_report(year, form.id, {}, _("新建 {year} 年报").format(year=year))
        session = open_session(Report(form, year))
        for keys in _portions(list(entries), 40):
            changes = session.edit({key: entries[key] for key in keys}, _("填报"))
            document.commit(year, changes.patch, changes.name)
        stored = document.entries(year)
    _want(stored == entries, _("存下的和填的不同"))
    return _("{count} 项").format(count=len(entries))


def _portions(keys: list[str], size: int) -> Iterator[list[str]]:
    yield from (keys[at : at + size] for at in range(0, len(keys), size))


def _check(bench: Bench) -> str:
    """A correct report has no errors; one wrong figure is noticed at once and mended again."""
    session = open_session(bench.report)
    _want(not session.issues, _("正确的年报查出了问题"))
    right = session.text(SPOILED)
    session.edit({SPOILED: str(int(right) + BY)})
    found = {issue.rule for issue in session.issues}
    _want("t3.balance" in found, _("没有查出勾稽关系不平"))
    session.edit({SPOILED: right})
    _want(not session.issues, _("改正后仍有问题"))
    return _("查出改错的一格，改正后没有问题")


def _export(bench: Bench) -> str:
    for kind in KINDS:
        path = bench.folder / f"{kind} {exports.file_name(bench.report, kind)}"
        exports.write(kind, bench.report, path)
        bench.written[kind] = path
    sizes = (f"{kind} {path.stat().st_size // 1000} KB" for kind, path in bench.written.items())
    return clauses(sizes)


def _read_back(bench: Bench) -> str:
    """The limited process starts, reads each kind to the same figures, and may do nothing else."""
    for kind in READ_BACK:
        found = import_source(bench.written[kind], bench.report.year).report
        _want(
            found is not None and found.values == bench.report.values,
            _("从 {kind} 读回的数和写的不同").format(kind=kind),
        )
    _want(sources.read(bench.document).report == bench.report, _("从文档读出的和填的不同"))
    broken = gate.Foreign("docx", bench.written["docx"].read_bytes()[:5000], "broken.docx")
    with suppress(gate.Refused):
        gate.read(broken)
        raise Failed(_("损坏的文件没有被拒绝"))
    forbidden = bench.folder / "forbidden"
    try:
        gate_process.run_limited("builtins:open", os.fsencode(forbidden), arguments={"mode": "wb"})
    except gate.Refused as refusal:
        _want(refusal.cause == "Forbidden", _("读文件的进程没有受到限制"))
    _want(not forbidden.exists(), _("读文件的进程没有受到限制"))
    return _("{kinds}；坏文件被拒绝，写文件被禁止").format(kinds=listed(READ_BACK))


def _back_up(bench: Bench) -> str:
    restored = bench.folder / "restored.gkd"
    with Document.open(bench.document) as document:
        made = BackupPolicy().make(document)
        wanted = document.content_hash(bench.report.year)
    backups.restore(made.path, restored)
    with Document.open(restored) as document:
        _want(document.content_hash(bench.report.year) == wanted, _("恢复的和备份的不同"))
    return _("恢复的内容相同")


def _reopen(bench: Bench) -> str:
    year = bench.report.year
    with Document.open(bench.document) as document:
        report = sources.report_of(document, year)
        revisions = len(document.revisions(year))
    _want(report == bench.report, _("重新打开后内容不同"))
    _want(not [issue for issue in check(report, None) if issue.severity == "error"], _("重新打开后有错误"))
    return _("内容相同，历史 {count} 条").format(count=revisions)


def _show(bench: Bench) -> str:
    from gkdesk import __main__ as program

    return program.try_window(bench.document)
