"""Every way out of the program: an exit code, one line, never a traceback."""

from __future__ import annotations

import errno
import os
import subprocess
import sys

import pytest

from gkdesk import paths
from gkdesk.cli import guard
from gkdesk.cli.guard import guarded
from gkdesk.errors import KnownError

ROOT = paths.resources().parent


def raising(error):
    def action():
        raise error

    return action


def test_codes_pass_through():
    assert [guarded(lambda code=code: code) for code in (0, 1, 2)] == [0, 1, 2]


def test_known_errors_are_one_plain_line(capsys):
    assert guarded(raising(KnownError("“a\nb”：\x1b[31m不行"))) == 2
    assert capsys.readouterr() == ("", "“a b”： [31m不行\n")


def test_a_bug_is_a_line_and_a_log(capsys, data_folder):
    assert guarded(raising(ZeroDivisionError("secret"))) == 2
    log = data_folder / "logs" / "gkdesk.log"
    assert capsys.readouterr() == ("", f"程序出错（ZeroDivisionError），请把日志“{log}”发给维护人员。\n")
    text = log.read_text(encoding="utf-8")
    assert "Traceback" in text
    assert "ZeroDivisionError: secret" in text


def test_the_log_is_bounded(data_folder, monkeypatch):
    monkeypatch.setattr(guard, "LOG_LIMIT", 100)
    for name in ("one", "two", "three"):
        guarded(raising(ValueError(name)))
    text = (data_folder / "logs" / "gkdesk.log").read_text(encoding="utf-8")
    assert "ValueError: three" in text
    assert "ValueError: one" not in text


def test_a_bug_without_a_place_for_the_log(capsys, data_folder):
    data_folder.write_text("a file", encoding="utf-8")
    assert guarded(raising(ValueError("x"))) == 2
    assert capsys.readouterr().err == "程序出错（ValueError），日志也未能写入。\n"


def test_interrupts_are_silent(capsys):
    assert guarded(raising(KeyboardInterrupt())) == 130
    assert capsys.readouterr() == ("", "")


def test_other_failures_of_the_system(capsys, monkeypatch):
    monkeypatch.setattr(guard, "_drop_output", lambda: None)
    assert guarded(raising(OSError(errno.ENOSPC, "No space left on device"))) == 2
    assert capsys.readouterr().err == "读写出错：磁盘已满。\n"


def test_without_any_streams(monkeypatch):
    """As in a program that was started by a double click on Windows, where a box must tell it."""
    shown: list[str] = []
    monkeypatch.setattr(guard, "_show_box", shown.append)
    for name in ("stdin", "stdout", "stderr"):
        monkeypatch.setattr(sys, name, None)
    assert guarded(raising(KnownError("x"))) == 2
    assert shown == ["x"]
    assert guarded(lambda: 0) == 0


# ---------------------------------------------------------------- as a program of its own


def program(*arguments, stdin=b"", stdout=subprocess.PIPE, **environment):
    return subprocess.run(
        [sys.executable, "-m", "gkdesk", *map(str, arguments)],
        cwd=ROOT,
        input=stdin,
        stdout=stdout,
        stderr=subprocess.PIPE,
        env={**os.environ, **environment},
        check=False,
    )


@pytest.mark.parametrize(
    "environment",
    [{"PYTHONIOENCODING": "gbk"}, {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}],
    ids=["gbk", "C"],
)
def test_utf8_whatever_the_locale(environment, sample, document, tmp_path):
    done = program("check", sample, **environment)
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.decode("utf-8").startswith(
        "云溪县自然资源局2024年政府信息公开工作年度报告：没有发现问题"
    )
    done = program("check", tmp_path / "no.json", **environment)
    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr.decode("utf-8").startswith("找不到文件“")
    done = program(
        "edit", document, "--stdin", stdin="text.overview=一二\ntext.none=三\n".encode(), **environment
    )
    assert done.stdout.decode("utf-8").splitlines() == ["ok 1", "error 2 本格式没有“text.none”这一项。"]
    done = program("export", document, "--to", "json", "--out", tmp_path / "x.json", **environment)
    assert done.returncode == 0
    assert "一二" in (tmp_path / "x.json").read_text(encoding="utf-8")


@pytest.mark.skipif(sys.platform == "win32", reason="pipes of POSIX")
def test_a_reader_that_leaves(broken):
    """As `gkdesk check … | head -1`: nothing is said about it."""
    reader, writer = os.pipe()
    os.close(reader)
    try:
        done = program("check", broken, stdout=writer)
    finally:
        os.close(writer)
    assert (done.returncode, done.stderr) == (141, b"")


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="Linux only")  # noqa: PTH110
def test_output_on_a_full_disk(sample):
    with open("/dev/full", "wb") as full:  # noqa: PTH123
        done = program("check", sample, "--json", stdout=full)
    assert done.returncode == 2
    assert done.stderr.decode("utf-8") == "读写出错：磁盘已满。\n"
