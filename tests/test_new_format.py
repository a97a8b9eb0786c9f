"""A new format notice is one TOML file: invented ones go through grid, checks, exports and imports without code.

The first has nothing in common with the statutory formats. The second is what a coming notice will be, and lies among
the others: the newest format with another number, a row more in table 三, another label and another rule.
"""

from __future__ import annotations

import io
import json
import shutil
import sys
from pathlib import Path

import pytest

from gkdesk import formats, paths
from gkdesk.checks import check, explain, open_session
from gkdesk.checks.progress import State, progress
from gkdesk.report import Report
from gkdesk.report.intro import compose_intro

FIGURES = {
    "tx.came.north": 7, "tx.came.south": 5, "tx.done.north": 4, "tx.done.south": 3,
    "tx.refused.north": 1, "tx.refused.south": 2, "tx.left.north": 2, "tx.left.south": 0, "tx.fee.money": 30,
}  # fmt: skip
LABELS = ["事项", "分区", "城北", "甲、收到", "乙、办理", "1.办结", "2.退回", "丙、结转", "收费", "金额"]


@pytest.fixture
def form():
    return formats.load_file(Path(__file__).parent / "fixtures" / "invented-2031.toml")


@pytest.fixture
def report(form):
    fields = {"unit.name": "云溪县水务局", "unit.phone": "0123-4567890", "text.work": "工作平稳。"}
    fields["text.intro"] = compose_intro(form, 2031, fields)
    return Report(form, 2031, FIGURES, fields)


def test_checks(report, form):
    assert check(report) == ()
    assert report.values["tx.came.all"] == 12
    session = open_session(report)
    issues = session.edit({"tx.done.south": "9"}).issues_added
    assert [explain(issue, form) for issue in issues] == [
        "城南：收到 5 = 5，办结 9 + 退回 2 + 结转 0 = 11，相差 6",
        "合计：收到 12 = 12，办结 13 + 退回 3 + 结转 2 = 18，相差 6",
    ]
    assert progress(session)["figures"].state == State.ERROR


def test_window(report, form, qtbot):
    from ui.editing import Editing
    from ui.settings import Settings
    from ui.tasks import Background
    from ui.wizard import Wizard

    background = Background()
    wizard = Wizard(Editing(open_session(report)), Settings(), background)
    qtbot.addWidget(wizard)
    wizard.show()
    for step in ("info", "intro", "work", "figures", "review"):
        wizard.go(step)
    wizard.go("figures")
    editor = wizard.page("figures").editor
    assert editor.go_to("tx.left.south")
    wizard.editing.edit({"tx.left.south": "4"}, "x")
    assert len(wizard.editing.issues) == 2
    background.close()


def test_pdf(report):
    import pypdfium2

    from gkdesk.exports import pdf

    document = pypdfium2.PdfDocument(pdf.to_bytes(report))
    text = "".join(page.get_textpage().get_text_bounded() for page in document)
    text = "".join(text.split())
    for words in ("云溪县水务局2031年度测试报告", "一、工作情况", "工作平稳。", *LABELS, "30元"):
        assert words in text


def test_excel(report):
    from openpyxl import load_workbook

    from gkdesk.exports import xlsx

    book = load_workbook(io.BytesIO(xlsx.to_bytes(report)))
    values = {cell.value for sheet in book for row in sheet.iter_rows() for cell in row}
    assert set(LABELS) <= values
    assert set(FIGURES.values()) <= values
    assert {12, 7, 3, 2} <= values


def test_word(report):
    import docx

    from gkdesk.exports import docx as word

    document = docx.Document(io.BytesIO(word.to_bytes(report)))
    texts = [cell.text for row in document.tables[0].rows for cell in row.cells]
    assert set(LABELS) <= set(texts)
    assert {"7", "12", "30元"} <= set(texts)
    assert [p.text for p in document.paragraphs][3:6] == ["一、工作情况", "工作平稳。", "二、数字情况"]


def test_web_page(report):
    from gkdesk.exports import html

    page = html.to_text(report)
    for words in ("云溪县水务局", "2031年度测试报告", "一、工作情况", "工作平稳。", *LABELS, "30元"):
        assert f">{words}<" in page
    assert '<td id="tx.came.all"' in page


# ---------------------------------------------------------------- the next notice

NEXT_YEAR = 2031
ROW = "t3.refused_rest"
HELP = 'help = "以上各项以外的。"'
CHANGES = {
    'series = "国办公开办函"': 'series = "国办发"',
    "rowspan = 22": "rowspan = 23",
    '"（三）不予公开", rowspan = 8': '"（三）不予公开", rowspan = 9',
    '  { id = "unavailable_not_held"':
        f'  {{ id = "refused_rest", labels = [{{ text = "9.其他不予公开情形" }}], {HELP} }},\n'
        '  { id = "unavailable_not_held"',
    '"t3.refused_inquiry.{each}"': '"t3.refused_inquiry.{each}", "t3.refused_rest.{each}"',
    '"t3.refused_inquiry",': '"t3.refused_inquiry", "t3.refused_rest",',
    "四、结转下年度继续办理": "四、结转下年度办理",
}  # fmt: skip
RULE = """
[[rules]]
id = "t2.stock"
title = "废止的没有现行有效的多"
kind = "at_most"
severity = "warning"
each = ["regulations", "normative"]
subject = "row"
cell = ["t2.{each}.repealed"]
limit = ["t2.{each}.in_force"]
cell_name = "本年废止"
limit_name = "现行有效"
source = "国办发〔2031〕5号"
"""


@pytest.fixture
def next_form(tmp_path, monkeypatch):
    """The format of the next notice in a copy of the formats; everything else lies where it was."""
    newest = formats.available()[-1]
    source = paths.resources()
    folder = tmp_path / "resources"
    folder.mkdir()
    for entry in source.iterdir():
        if entry.name != "formats":
            (folder / entry.name).symlink_to(entry, target_is_directory=entry.is_dir())
    shutil.copytree(source / "formats", folder / "formats")
    text = (folder / "formats" / f"{newest.id}.toml").read_text(encoding="utf-8")
    heads = {
        f'id = "{newest.id}"': f'id = "{NEXT_YEAR}"',
        f"first_year = {newest.first_year}": f"first_year = {NEXT_YEAR}",
        newest.notice: "国办发〔2031〕5号",
    }
    for old, new in (heads | CHANGES).items():
        assert old in text
        text = text.replace(old, new)
    (folder / "formats" / f"{NEXT_YEAR}.toml").write_text(text + RULE, encoding="utf-8")
    monkeypatch.setattr(paths, "resources", lambda: folder)
    # not by clearing the cache: formats are compared by identity, and other tests hold those that are there
    known = formats.available.__wrapped__()
    for module in (formats, sys.modules["gkdesk.formats.load"]):
        monkeypatch.setattr(module, "available", lambda: known)
    return formats.for_year(NEXT_YEAR)


@pytest.fixture
def gkdesk(capsys, monkeypatch):
    """Run one command; returns its exit code and what it printed."""
    from gkdesk.cli import main

    def run(*arguments, stdin=""):
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin.encode())))
        return main([str(argument) for argument in arguments]), capsys.readouterr().out

    return run


links = pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")


@links
def test_the_older_format_ends_where_the_next_one_begins(next_form):
    assert (next_form.id, next_form.last_year) == (str(NEXT_YEAR), None)
    assert formats.for_year(NEXT_YEAR - 1) is formats.available()[-2]
    assert formats.available()[-2].last_year == NEXT_YEAR - 1


@links
@pytest.mark.parametrize("kind", ["html", "docx", "pdf"])
def test_the_next_notice(next_form, gkdesk, tmp_path, kind):
    document = tmp_path / "局.gkd"
    assert gkdesk("new", document, "--unit", "云溪县水务局", "--year", NEXT_YEAR)[0] == 0
    known = {
        "t3.new.natural": 9, "t3.granted.natural": 5, f"{ROW}.natural": 3, "t3.carried_out.natural": 1,
        "t2.normative.made": 4, "t2.normative.repealed": 2, "t2.normative.in_force": 1,
    }  # fmt: skip
    cells = {id: known.get(id, 0) for table in next_form.tables for id in table.inputs}
    fields = {"unit.name": "云溪县水务局"}
    texts = {
        "text.intro": compose_intro(next_form, NEXT_YEAR, fields),
        "text.overview": "全年新收政府信息公开申请9件，不予公开4件，结转下年度1件。",
        "text.problems": "依据国办公开办函〔2021〕30号，公开还不够主动。",
        "text.other_matters": "无。",
    }
    lines = "".join(f"{key}={value}\n" for key, value in (cells | texts).items())
    code, answers = gkdesk("edit", document, "--stdin", stdin=lines)
    assert (code, answers.count("ok")) == (0, len(cells | texts))
    code, found = gkdesk("check", document, "--json")
    issues = {
        issue["rule"]: issue for issue in json.loads(found)["issues"] if issue["rule"] != "unit.contact"
    }
    assert (code, set(issues)) == (0, {"t2.stock", "text.figure", "text.legal_basis"})
    assert issues["t2.stock"]["message"] == "行政规范性文件：本年废止 2 比现行有效 1 多出 1"
    assert issues["text.figure"]["right"] == 3
    assert f"{ROW}.total" in issues["text.figure"]["cells"]
    assert issues["text.legal_basis"]["message"].endswith("本年度年报应引用国办发〔2031〕5号")
    file = tmp_path / f"a.{kind}"
    assert gkdesk("export", document, "--to", kind, "--out", file)[0] == 0
    again = tmp_path / "again.gkd"
    code, answer = gkdesk("import", file, "--into", again, "--json")
    read = json.loads(answer)
    assert (code, read["format"], read["missing"], read["refused"]) == (0, str(NEXT_YEAR), [], [])
    assert {id: read["cells"][id]["text"] for id in cells} == {id: str(value) for id, value in cells.items()}
