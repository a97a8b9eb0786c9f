"""The direction of imports, which keeps the core free of the window and each layer free of those above it."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent

BASE = {"errors", "files", "i18n", "paths", "words"}
# What each part of gkdesk may know besides itself and the base. Modules that stand beside these packages
# (gkdesk.cli and the like) are the front: they may know everything, and nothing here may know them.
MAY_KNOW = {
    "formats": set(),
    "report": {"formats"},
    "checks": {"formats", "report"},
    "storage": set(),
    "paper": {"formats", "report", "checks"},
    "exports": {"formats", "report", "checks", "paper"},
    "imports": {"formats", "report", "checks"},
    "rollup": {"formats", "report", "checks", "exports", "imports", "storage"},
}
WINDOW = {"PySide6", "shiboken6", "ui"}
STARTS_WINDOW = "gkdesk.__main__"
NOT_IN_UI = {"sqlite_utils", "sqlite3", "openpyxl", "reportlab"}
SLOW_TO_IMPORT = {"openpyxl", "reportlab", "sqlite_utils"}

LINES = 500
# Modules that are longer for a reason: path -> reason.
LONGER: dict[str, str] = {}


@dataclass(frozen=True)
class Import:
    """One imported module; `lazy` when that happens inside a function."""

    target: str
    line: int
    lazy: bool


def imports(name: str, source: str, *, package: bool, modules: set[str]) -> Iterator[Import]:
    """What the module `name` imports, dynamic imports by a written name included."""
    parent = name if package else name.rpartition(".")[0]

    def walk(node: ast.AST, *, lazy: bool) -> Iterator[Import]:
        for child in ast.iter_child_nodes(node):
            match child:
                case ast.Import(names=names):
                    yield from (Import(alias.name, child.lineno, lazy) for alias in names)
                case ast.ImportFrom(module=module, names=names, level=level):
                    start = parent.split(".")[: len(parent.split(".")) - level + 1] if level else []
                    origin = ".".join([*start, *([module] if module else [])])
                    for alias in names:
                        full = f"{origin}.{alias.name}"
                        yield Import(full if full in modules else origin, child.lineno, lazy)
                case ast.Call(
                    func=ast.Name(id="import_module" | "__import__") | ast.Attribute(attr="import_module"),
                    args=[ast.Constant(value=str(target)), *_],
                ):
                    yield Import(target, child.lineno, lazy)
            inside = isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
            yield from walk(child, lazy=lazy or inside)

    yield from walk(ast.parse(source), lazy=False)


def wrong(name: str, found: Import) -> str | None:
    """Why the module `name` may not import this, or None where it may."""
    top = found.target.partition(".")[0]
    if name.partition(".")[0] == "ui":
        if top in NOT_IN_UI:
            return f"the window leaves {top} to the core"
        return "the window does not use the command line" if found.target.startswith("gkdesk.cli") else None
    if top in WINDOW:
        if name == STARTS_WINDOW and top == "ui" and found.lazy:
            return None
        return "the core does not know the window"
    if top != "gkdesk":
        return None
    part, known = part_of(name), part_of(found.target)
    if known in BASE or known in ("", part) or part is None:
        return None
    return None if known in MAY_KNOW.get(part, set()) else f"{part or 'gkdesk'} does not know {found.target}"


def part_of(name: str) -> str | None:
    """The layer a module belongs to ("" for the package gkdesk itself), None for the front."""
    words = name.split(".")
    if len(words) == 1:
        return ""
    return words[1] if words[1] in BASE or words[1] in MAY_KNOW else None


def violations(sources: Mapping[str, str], packages: set[str]) -> list[str]:
    """Every import that goes the wrong way, as `module:line imports target: reason`."""
    modules = set(sources)
    found = []
    for name, source in sources.items():
        for item in imports(name, source, package=name in packages, modules=modules):
            reason = wrong(name, item)
            if reason:
                found.append(f"{name}:{item.line} imports {item.target}: {reason}")
    return found


def program() -> dict[str, Path]:
    """Every module of the program: dotted name -> file."""
    found = {}
    for top in ("gkdesk", "ui"):
        for path in sorted((ROOT / top).rglob("*.py")):
            words = path.relative_to(ROOT).with_suffix("").parts
            found[".".join(words[:-1] if words[-1] == "__init__" else words)] = path
    return found


def test_imports_go_one_way():
    paths = program()
    packages = {name for name, path in paths.items() if path.name == "__init__.py"}
    assert {"gkdesk", "gkdesk.__main__", "gkdesk.paths", "ui"} <= set(paths)
    sources = {name: path.read_text(encoding="utf-8") for name, path in paths.items()}
    assert violations(sources, packages) == []


@pytest.mark.parametrize(
    ("name", "source", "reason"),
    [
        ("gkdesk.report.values", "import PySide6.QtCore", "window"),
        ("gkdesk.report.values", "from PySide6 import QtCore", "window"),
        ("gkdesk.cli", "import ui.app", "window"),
        ("gkdesk.cli", "def f():\n    import PySide6", "window"),
        ("gkdesk.cli", "def f():\n    from ui import app", "window"),
        ("gkdesk.__main__", "from ui import app", "window"),
        ("gkdesk.report.values", "def f():\n    from ui import app", "window"),
        ("gkdesk.report.values", "import importlib\nimportlib.import_module('ui.app')", "window"),
        ("gkdesk.formats.model", "from gkdesk.report import values", "formats"),
        ("gkdesk.formats.model", "from ..report import values", "formats"),
        ("gkdesk.formats.model", "from gkdesk import report", "formats"),
        ("gkdesk.report.values", "if TYPE_CHECKING:\n    from gkdesk.checks import check", "report"),
        ("gkdesk.checks.check", "def f():\n    import gkdesk.paper.page", "checks"),
        ("gkdesk.storage.document", "from gkdesk.formats.model import Format", "storage"),
        ("gkdesk.exports.pdf", "from gkdesk.storage import document", "exports"),
        ("gkdesk.imports.xlsx", "from gkdesk.storage import document", "imports"),
        ("gkdesk.report.values", "from gkdesk.cli import main", "report"),
        ("gkdesk.errors", "from gkdesk.report import values", "errors"),
        ("gkdesk", "from gkdesk.report import values", "gkdesk"),
        ("ui.app", "import sqlite3", "sqlite3"),
        ("ui.app", "def f():\n    from openpyxl.styles import Font", "openpyxl"),
        ("ui.app", "from gkdesk.cli import main", "command line"),
    ],
)
def test_a_wrong_import_is_found(name, source, reason):
    tree = {"gkdesk": "", "gkdesk.report": "", "gkdesk.report.values": "", "gkdesk.storage": "", name: source}
    found = violations(tree, {"gkdesk", "gkdesk.report", "gkdesk.storage", "ui"})
    assert len(found) == 1
    assert found[0].startswith(f"{name}:")
    assert reason in found[0]


@pytest.mark.parametrize(
    ("name", "source"),
    [
        ("gkdesk.__main__", "def f():\n    from ui import app"),
        ("gkdesk.cli", "from gkdesk.storage import document"),
        (
            "gkdesk.report.values",
            "from gkdesk.formats import model\nfrom gkdesk.i18n import _\nfrom . import totals",
        ),
        (
            "gkdesk.storage.document",
            "import sqlite3\nfrom gkdesk.errors import KnownError\nfrom .worker import Worker",
        ),
        ("gkdesk.exports.pdf", "from gkdesk.paper.page import Page\nimport reportlab"),
        ("ui.app", "from PySide6.QtCore import QObject\nfrom gkdesk.storage import document"),
    ],
)
def test_a_right_import_is_left_alone(name, source):
    assert violations({"gkdesk": "", name: source}, {"gkdesk"}) == []


STARTS = (
    "gkdesk",
    "gkdesk.__main__",
    "gkdesk.cli",
    "gkdesk.formats",
    "gkdesk.report",
    "gkdesk.checks",
    "ui.app",
)


@pytest.mark.parametrize("name", [name for name in STARTS if name in program()])
def test_a_start_leaves_slow_libraries_out(name):
    """They cost most of a second together, and the window must be there before that."""
    unwanted = SLOW_TO_IMPORT | (set() if name.startswith("ui") else {"PySide6"})
    code = f"import sys, {name}; print(*sorted({unwanted!r} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.split() == []


def test_packaging_is_no_package():
    """An __init__.py there would hide the library of the same name from every import."""
    assert (ROOT / "packaging").is_dir()
    assert not list((ROOT / "packaging").rglob("__init__.py"))


def test_modules_are_short():
    long = {}
    for top in ("gkdesk", "ui", "packaging", "tests"):
        for path in (ROOT / top).rglob("*.py"):
            lines = path.read_text(encoding="utf-8").count("\n")
            if lines > LINES:
                long[path.relative_to(ROOT).as_posix()] = lines
    assert {path: lines for path, lines in long.items() if path not in LONGER} == {}
    assert set(LONGER) <= set(long), "a module on the list is short again"
