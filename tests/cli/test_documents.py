"""gkdesk new, edit and history: what is answered is on the disk."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from gkdesk import paths
from gkdesk.cli import documents, main
from gkdesk.storage import Document
from gkdesk.storage.failures import DiskFull

ROOT = paths.resources().parent


def entries(path, year=2024):
    with Document.open(path) as opened:
        return opened.entries(year)


def edit(gkdesk, path, text, *options):
    answer = gkdesk("edit", path, *options, "--stdin", stdin=text)
    assert (answer.code, answer.err) == (0, "")
    return answer.lines


# ---------------------------------------------------------------- new


def test_new(gkdesk, tmp_path):
    path = tmp_path / "a.gkd"
    answer = gkdesk("new", path, "--unit", " 云溪县水务局 ", "--year", "2020")
    assert (answer.code, answer.err) == (0, "")
    assert answer.out == f"已新建“{path}”：云溪县水务局 2020 年（2019 版格式）。\n"
    with Document.open(path) as opened:
        assert (opened.unit_name(), opened.years(), opened.format_of(2020)) == (
            "云溪县水务局",
            [2020],
            "2019",
        )
        assert opened.entries(2020) == {"unit.name": "云溪县水务局"}


def test_new_does_not_overwrite(refused, document):
    before = document.read_bytes()
    assert f"“{document}”已经存在" in refused("new", document, "--unit", "局", "--year", "2024")
    assert document.read_bytes() == before


@pytest.mark.parametrize(
    ("unit", "year", "cause"),
    [
        ("局", "2018", "2018 年的年报没有可用的格式"),
        ("", "2024", "请写单位全称"),
        (" ", "2024", "请写单位全称"),
        ("一\n二", "2024", "请写单位全称"),
        ("\udce4\udcba", "2024", "请写单位全称"),
    ],
)
def test_new_with_arguments_that_make_no_report(refused, tmp_path, unit, year, cause):
    assert cause in refused("new", tmp_path / "a.gkd", "--unit", unit, "--year", year)
    assert list(tmp_path.iterdir()) == []


def test_new_where_nothing_can_be_written(refused, tmp_path):
    assert str(tmp_path / "no") in refused("new", tmp_path / "no" / "a.gkd", "--unit", "局", "--year", "2024")


def test_new_on_a_full_disk_leaves_no_half_document(refused, tmp_path, monkeypatch):
    path = tmp_path / "a.gkd"

    def fail(*_rest):
        raise DiskFull(path)

    monkeypatch.setattr(Document, "add_report", fail)
    assert "磁盘已满" in refused("new", path, "--unit", "局", "--year", "2024")
    assert list(tmp_path.iterdir()) == []


# ---------------------------------------------------------------- edit


def test_each_line_is_answered(gkdesk, document):
    text = "t3.new.natural=１２\nunit.phone=0890-5550166\ndate=2025-01-20\nt2.fees.amount=0.10\n t4.review.other =3"
    assert edit(gkdesk, document, text) == ["ok 1", "ok 2", "ok 3", "ok 4", "ok 5"]
    assert entries(document) == {
        "unit.name": "云溪县水务局",
        "t3.new.natural": "12",
        "unit.phone": "0890-5550166",
        "date": "2025-01-20",
        "t2.fees.amount": "0.1",
        "t4.review.other": "3",
    }


def test_lines_that_are_refused(gkdesk, document):
    lines = [
        ("t3.new.nobody=1", "error 1 本格式没有“t3.new.nobody”这一项。"),
        ("t3.new.total=1", "error 2 “t3.new.total”是自动计算的合计，不用填。"),
        ("t4.review.total=", "error 3 “t4.review.total”是自动计算的合计，不用填。"),
        ("date=一月", "error 4 日期“一月”应写成 2025-01-20 的样子。"),
        ("hello", "error 5 应写成：格名=内容。"),
        ("", "error 6 应写成：格名=内容。"),
        ("=1", "error 7 应写成：格名=内容。"),
        ("text.nothing=x", "error 8 本格式没有“text.nothing”这一项。"),
        ("\x1b[31m=x", "error 9 本格式没有“ [31m”这一项。"),
        (b"text.overview=\xb9\xab\xbf\xaa", "error 10 这一行不是 UTF-8 文字。"),
        ("t3.new.natural=1", "ok 11"),
    ]
    text = b"\n".join(line if isinstance(line, bytes) else line.encode() for line, _answer in lines)
    assert edit(gkdesk, document, text) == [answer for _line, answer in lines]
    assert entries(document) == {"unit.name": "云溪县水务局", "t3.new.natural": "1"}


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("一\\n二", "一\n二"),
        ("一\\\\n二", "一\\n二"),
        ("a=b=c", "a=b=c"),
        ("\\t\\", "\\t\\"),
        ("末尾\\\\", "末尾\\"),
    ],
)
def test_escapes_in_texts(gkdesk, document, written, kept):
    assert edit(gkdesk, document, f"text.overview={written}\n") == ["ok 1"]
    assert entries(document)["text.overview"] == kept


def test_only_texts_have_escapes(gkdesk, document):
    assert edit(gkdesk, document, "unit.address=C:\\north\n") == ["ok 1"]
    assert entries(document)["unit.address"] == "C:\\north"


def test_line_ends_of_windows_and_a_byte_order_mark(gkdesk, document):
    assert edit(gkdesk, document, b"\xef\xbb\xbfunit.fax=1\r\nunit.email=2\r\n") == ["ok 1", "ok 2"]
    assert entries(document) == {"unit.name": "云溪县水务局", "unit.fax": "1", "unit.email": "2"}


def test_an_empty_value_clears(gkdesk, document):
    edit(gkdesk, document, "t3.new.natural=1\nt3.new.natural=\ntext.intro=a\ntext.intro=\n")
    assert entries(document) == {"unit.name": "云溪县水务局"}


def test_what_is_no_figure_is_kept_and_reported(gkdesk, document):
    assert edit(gkdesk, document, "t3.new.natural=/\n") == ["ok 1"]
    assert entries(document)["t3.new.natural"] == "/"
    assert "“/”不是数" in gkdesk("check", document).out


def test_a_line_that_changes_nothing_is_fine(gkdesk, document):
    assert edit(gkdesk, document, "t3.new.natural=1\nt3.new.natural=1\n") == ["ok 1", "ok 2"]
    with Document.open(document) as opened:
        assert len(opened.revisions(2024)) == 2


def test_a_line_that_is_too_long(gkdesk, document, monkeypatch):
    monkeypatch.setattr(documents, "LONGEST_LINE", 40)
    text = (
        "text.overview=" + "长" * 50 + "\nunit.fax=" + "7" * 30 + "\nunit.fax=8\ntext.overview=" + "长" * 50
    )
    assert edit(gkdesk, document, text) == ["error 1 这一行太长。", "ok 2", "ok 3", "error 4 这一行太长。"]
    assert entries(document) == {"unit.name": "云溪县水务局", "unit.fax": "8"}


def test_a_text_that_is_too_long(gkdesk, document):
    (line,) = edit(gkdesk, document, "text.overview=" + "长" * 200_001 + "\n")
    assert line.startswith("error 1 文字太长")
    assert edit(gkdesk, document, "text.overview=" + "长" * 200_000 + "\n") == ["ok 1"]


def test_no_lines_at_all(gkdesk, document):
    assert edit(gkdesk, document, "") == []


def test_the_year(gkdesk, refused, document):
    with Document.open(document) as opened:
        opened.add_report(2020, "2019", {}, "新建")
    assert edit(gkdesk, document, "t2.fees.previous=3\n", "--year", "2020") == ["ok 1"]
    assert entries(document, 2020) == {"t2.fees.previous": "3"}
    line = refused("edit", document, "--year", "2023", "--stdin", stdin="t3.new.natural=1\n")
    assert line == f"“{document}”里没有 2023 年的年报，只有：2020、2024。"


def test_a_final_report_is_left_alone(refused, document):
    with Document.open(document) as opened:
        opened.set_state(2024, "final")
    assert "已定稿" in refused("edit", document, "--stdin", stdin="t3.new.natural=1\n")
    assert entries(document) == {"unit.name": "云溪县水务局"}


def test_stdin_must_be_named(refused, document):
    assert "--stdin" in refused("edit", document)


def test_stdin_may_be_closed(capsys, document, monkeypatch):
    monkeypatch.setattr(sys, "stdin", None)
    assert main(["edit", str(document), "--stdin"]) == 2
    assert "标准输入是关着的" in capsys.readouterr().err


def test_only_documents_are_edited(refused, sample, tmp_path):
    before = sample.read_bytes()
    assert str(sample) in refused("edit", sample, "--stdin", stdin="t3.new.natural=1\n")
    assert sample.read_bytes() == before
    assert str(tmp_path / "no.gkd") in refused("edit", tmp_path / "no.gkd", "--stdin")


def test_a_line_that_cannot_be_saved_is_not_acknowledged(gkdesk, document, monkeypatch):
    real = Document.commit

    def commit(self, year, patch, name):
        if "t3.new.business" in patch:
            raise DiskFull(document)
        return real(self, year, patch, name)

    monkeypatch.setattr(Document, "commit", commit)
    answer = gkdesk(
        "edit", document, "--stdin", stdin="t3.new.natural=1\nt3.new.business=2\nt3.new.natural=3\n"
    )
    assert answer.code == 2
    assert answer.lines[0] == "ok 1"
    assert answer.lines[1].startswith("error 2 ")
    assert len(answer.lines) == 2, "what follows could not be saved either"
    assert str(document) in answer.err
    assert entries(document) == {"unit.name": "云溪县水务局", "t3.new.natural": "1"}


def test_ok_is_said_after_the_commit(gkdesk, document, monkeypatch):
    order = []
    real = Document.commit
    monkeypatch.setattr(Document, "commit", lambda *rest: (order.append("commit"), real(*rest))[1])
    monkeypatch.setattr(documents.click, "echo", order.append)
    edit(gkdesk, document, "t3.new.natural=1\nt3.new.total=1\nt3.new.natural=2\n")
    assert [word.split()[0] for word in order] == ["commit", "ok", "error", "commit", "ok"]


# ---------------------------------------------------------------- another program has it, or is killed


def start(document):
    return subprocess.Popen(
        [sys.executable, "-m", "gkdesk", "edit", str(document), "--stdin"],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONIOENCODING": "gbk"},
    )


def test_a_document_that_is_open_elsewhere(refused, document):
    with start(document) as other:
        other.stdin.write(b"t3.new.natural=1\n")
        other.stdin.flush()
        assert other.stdout.readline() == b"ok 1" + os.linesep.encode(), "answered before the input ends"
        for command in (["check", document], ["edit", document, "--stdin"], ["history", document]):
            line = refused(*command)
            assert str(document) in line
            assert "打开" in line
        other.communicate()
    assert other.returncode == 0


@pytest.mark.parametrize("after", [1, 4, 9])
def test_a_kill_loses_nothing_that_was_acknowledged(document, after):
    with start(document) as other:
        for number in range(1, after + 1):
            other.stdin.write(f"text.overview={number}\n".encode())
            other.stdin.flush()
            assert other.stdout.readline().split() == [b"ok", str(number).encode()]
        other.stdin.write(b"".join(b"text.overview=%d\n" % (after + more) for more in range(1, 51)))
        other.stdin.flush()
        other.kill()
        acknowledged = after + len(other.communicate()[0].splitlines())
    found = int(entries(document)["text.overview"])
    assert acknowledged <= found <= after + 50


# ---------------------------------------------------------------- history


def test_history(gkdesk, document):
    edit(gkdesk, document, "t3.new.natural=1\ntext.intro=一\\n二\n")
    answer = gkdesk("history", document)
    assert answer.code == 0
    rows = [line.split("\t") for line in answer.lines]
    assert [(row[0], row[3], row[4]) for row in rows] == [
        ("3", "命令行填报", "text.intro"),
        ("2", "命令行填报", "t3.new.natural"),
        ("1", "新建 2024 年报", "unit.name"),
    ]


def test_history_of_a_big_change_is_short(gkdesk, document):
    with Document.open(document) as opened:
        opened.commit(
            2024,
            {f"t4.review.{name}": "1" for name in ("upheld", "corrected", "other", "pending")},
            "粘贴\n两行",
        )
    first = gkdesk("history", document).lines[0].split("\t")
    assert first[3:] == ["粘贴 两行", "t4.review.corrected t4.review.other t4.review.pending …"]


def test_history_needs_a_document(refused, sample):
    assert "不是年报文档" in refused("history", sample)
