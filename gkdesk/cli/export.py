"""`gkdesk export`: one report to a file, or several to a folder."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import click

from gkdesk import exports, sources
from gkdesk.cli.guard import FINE, HAS_ERRORS, plain, tell
from gkdesk.errors import KnownError
from gkdesk.files import is_folder
from gkdesk.i18n import _
from gkdesk.sources import Source
from gkdesk.words import listed, remarked

KINDS = ("pdf", "xlsx", "docx", "html", "json")
"""Of `exports.KINDS` those that --to names; the archive copy is --archive of a PDF."""
COPIES = ("review", "final")
_MOST_NAMED = 20
_PATTERN = frozenset("*?[")


def run(
    paths: tuple[Path, ...],
    kind: str,
    out: Path,
    year: int | None,
    copy: Literal["review", "final"] | None,
    *,
    archive: bool,
) -> int:
    """Write the reports; 1, and nothing is written, when a final copy is asked of one that is not 定稿.

    Raises KnownError for unusable sources, targets and kinds. All sources are read before the first file is written.
    """
    if archive:
        if kind != "pdf":
            raise KnownError(_("--archive 只能和 --to pdf 一起用。"))
        kind = "pdfa"
    paths = tuple(source for path in paths for source in _filled_in(path))
    if len(paths) > 1 and not is_folder(out):
        raise KnownError(
            _("“{folder}”不是文件夹：导出几份年报时 --out 要写已有的文件夹。").format(folder=out)
        )
    found = [sources.read(path, year) for path in paths]
    targets = _targets(found, kind, out)
    if copy == "final":
        for source in found:
            if not source.final:
                tell(_("“{file}”还没有定稿，不能导出正式稿，没有写任何文件。").format(file=source.path))
                return HAS_ERRORS
    for source, target in zip(found, targets, strict=True):
        chosen: Literal["review", "final"] = copy or ("final" if source.final else "review")
        if kind in ("pdf", "pdfa"):
            _name_missing(source, chosen)
        if kind == "pdfa" and chosen == "review":
            tell(
                _("“{file}”导出的是送审稿，每页有“送审稿”字样；归档请用定稿以后的正式稿。").format(
                    file=source.path
                )
            )
        exports.write(kind, source.report, target, copy=chosen, previous=source.previous)
        click.echo(plain(_("已导出：{file}").format(file=target)))
    return FINE


def _filled_in(path: Path) -> list[Path]:
    """The files that a pattern such as *.gkd stands for: the command line of Windows leaves that to programs."""
    if not _PATTERN.intersection(path.name) or path in path.parent.glob("*"):
        return [path]
    return sorted(path.parent.glob(path.name)) or [path]


def _targets(found: list[Source], kind: str, out: Path) -> list[Path]:
    """Where each report goes. Raises KnownError before a source or another document would be overwritten."""
    names = [exports.file_name(source.report, kind) for source in found]
    targets = [out / name for name in names] if is_folder(out) else [out]
    taken: dict[Path, Path] = {}
    for source, target in zip(found, targets, strict=True):
        other = taken.setdefault(target, source.path)
        if other is not source.path:
            message = _("“{first}”和“{second}”的单位、年度相同，导出的文件会重名，没有写任何文件。")
            raise KnownError(message.format(first=other, second=source.path))
        if target.suffix.lower() == sources.DOCUMENT_SUFFIX or any(
            _same(target, each.path) for each in found
        ):
            raise KnownError(_("不能导出到“{file}”：会覆盖年报文档或来源文件。").format(file=target))
    return targets


def _name_missing(source: Source, copy: Literal["review", "final"]) -> None:
    """Tell of characters that no face has; they are printed as 〓."""
    from gkdesk.paper import Options, compose  # with the faces it takes a while to load

    missing = compose(source.report, Options(copy=copy, previous=source.previous)).missing
    if missing:
        # A terminal may have no sign for them either.
        named = listed(remarked(char, f"U+{ord(char):04X}") for char in missing[:_MOST_NAMED])
        message = _("“{file}”里有 {count} 个字没有字体能印出，PDF 里印成〓：{characters}。")
        tell(message.format(file=source.path, count=len(missing), characters=named))


def _same(target: Path, source: Path) -> bool:
    try:
        return target.samefile(source)
    except OSError:  # nothing there yet; what else is wrong with the target, writing will tell
        return False
