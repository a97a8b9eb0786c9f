"""Arguments: help, version, language, and refusals in one plain line."""

from __future__ import annotations

import sys
from types import SimpleNamespace

import pytest

from gkdesk import __version__, i18n
from gkdesk.cli.commands import commands

COMMANDS = ("gui", "new", "check", "export", "edit", "import", "history", "verify", "backup", "restore")


@pytest.fixture
def window(monkeypatch):
    """A window that only writes down what it was asked to open."""
    opened = []
    app = SimpleNamespace(run=lambda path: opened.append(path) or 0)
    monkeypatch.setitem(sys.modules, "ui.app", app)
    monkeypatch.setattr(sys.modules.setdefault("ui", __import__("ui")), "app", app, raising=False)
    return opened


def test_the_commands():
    assert tuple(commands().commands) == COMMANDS


def test_version(gkdesk):
    answer = gkdesk("--version")
    assert (answer.code, answer.out) == (0, f"gkdesk {__version__}\n")


@pytest.mark.parametrize("command", [[], *([name] for name in COMMANDS)])
@pytest.mark.parametrize("option", ["-h", "--help"])
def test_help_is_chinese(gkdesk, command, option):
    answer = gkdesk(*command, option)
    assert answer.code == 0
    assert answer.out.startswith("用法：gkdesk")
    assert not {"Usage", "Options", "Commands", "Show this", "required"} & set(
        answer.out.replace(":", " ").split()
    )


def test_the_escape_of_line_breaks_is_documented(gkdesk):
    assert "\\n 表示换行" in gkdesk("edit", "--help").out


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (["check", ""], "gkdesk check：SOURCE 是空的，请写明文件名。用法见 gkdesk check --help"),
        (
            ["export", "a.json", "--to", "html", "--out", ""],
            "gkdesk export：--out 是空的，请写明文件名。用法见 gkdesk export --help",
        ),
        (["foo"], "gkdesk：没有“foo”这个命令。用法见 gkdesk --help"),
        (["check"], "gkdesk check：缺少 SOURCE。用法见 gkdesk check --help"),
        (["check", "a", "b"], "gkdesk check：多余的内容“b”。用法见 gkdesk check --help"),
        (["check", "--frob", "a"], "gkdesk check：没有“--frob”这个选项。用法见 gkdesk check --help"),
        (
            ["check", "a", "--year"],
            "gkdesk check：选项 --year 后面少了内容，或不该带内容。用法见 gkdesk check --help",
        ),
        (
            ["check", "a", "--json=1"],
            "gkdesk check：选项 --json 后面少了内容，或不该带内容。用法见 gkdesk check --help",
        ),
        (
            ["check", "a", "--year", "24"],
            "gkdesk check：--year 年份“24”应为 2024 这样的四位数。用法见 gkdesk check --help",
        ),
        (
            ["check", "a", "--lang", "fr"],
            "gkdesk check：--lang “fr”不能用，只能是：zh、en。用法见 gkdesk check --help",
        ),
        (["new", "a.gkd", "--year", "2024"], "gkdesk new：缺少 --unit。用法见 gkdesk new --help"),
        (["new", "a.gkd", "--unit", "局"], "gkdesk new：缺少 --year。用法见 gkdesk new --help"),
        (["export", "--to", "pdf", "--out", "x"], "gkdesk export：缺少 SOURCE…。用法见 gkdesk export --help"),
        (["export", "a", "--to", "pdf"], "gkdesk export：缺少 --out。用法见 gkdesk export --help"),
        (
            ["export", "a", "--to", "doc", "--out", "x"],
            "gkdesk export：--to “doc”不能用，只能是：pdf、xlsx、docx、html、json。用法见 gkdesk export --help",
        ),
        (
            ["export", "a", "--to", "pdf", "--out", "x", "--copy", "draft"],
            "gkdesk export：--copy “draft”不能用，只能是：review、final。用法见 gkdesk export --help",
        ),
    ],
)
def test_refusals(refused, arguments, line):
    assert refused(*arguments) == line


@pytest.mark.parametrize("year", ["", "x", "-2024", "20244", "1", "2024.0", "9" * 5000, "²⁰²⁴", "3000"])
def test_years_that_are_none(refused, year):
    assert "应为 2024 这样的四位数" in refused("check", "a", f"--year={year}")


def test_full_width_digits_of_a_year(refused, sample):
    assert refused("check", sample, "--year", "２０２３").endswith("里没有 2023 年的年报，只有：2024。")


def test_nothing_of_clicks_own_english_is_left(gkdesk):
    answer = gkdesk("export", "--help")
    assert "导出成什么  [必填]" in answer.out
    assert "选项：" in answer.lines
    assert "required" not in answer.out
    english = gkdesk("export", "--lang", "en", "--help")
    assert english.out.startswith("Usage: gkdesk export")
    assert "[required]" in english.out
    assert "Options:" in english.lines


@pytest.mark.parametrize("arguments", [["--lang", "en", "check"], ["check", "--lang=en"]])
def test_english_is_chosen_anywhere_on_the_line(gkdesk, monkeypatch, sample, arguments):
    monkeypatch.setattr(i18n, "_english", lambda: {"没有发现问题": "nothing found"})
    answer = gkdesk(*arguments, sample)
    assert answer.code == 0
    assert "nothing found" in answer.out
    assert "没有发现问题" in gkdesk("check", sample).out, "the next command is Chinese again"


def test_no_arguments_open_the_window(gkdesk, window):
    assert gkdesk().code == 0
    assert gkdesk("--lang", "zh").code == 0
    assert gkdesk("gui").code == 0
    assert window == [None, None, None]


def test_the_window_opens_a_file(gkdesk, window, tmp_path):
    assert gkdesk("gui", tmp_path / "a.gkd").code == 0
    assert window == [tmp_path / "a.gkd"]


def test_a_machine_without_the_graphics_libraries(refused, monkeypatch):
    import builtins

    real = builtins.__import__

    def fail(name, *rest):
        if name == "ui":
            raise ImportError("libEGL.so.1: cannot open shared object file")
        return real(name, *rest)

    monkeypatch.setattr(builtins, "__import__", fail)
    line = refused()
    assert line.startswith("打不开窗口")
    assert "libEGL.so.1" in line


def test_a_missing_part_of_our_own_is_a_bug(gkdesk, monkeypatch, data_folder):
    monkeypatch.setitem(sys.modules, "ui", None)
    answer = gkdesk("gui")
    assert answer.code == 2
    assert answer.err.startswith("程序出错（ModuleNotFoundError）")
    assert "Traceback" in (data_folder / "logs" / "gkdesk.log").read_text(encoding="utf-8")
