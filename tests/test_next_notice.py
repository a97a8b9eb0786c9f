"""The next notice is one TOML file: beside the two real formats, everything works in reports of its year without code.

It is what a coming notice will be: the newest format with another number, from a later year on, with a row more in
table 三, another label and another rule. The file is made here from the newest one; nothing else is told of it.
"""

from __future__ import annotations

import io
import json
import shutil
import sys

import pytest
from PySide6.QtCore import Qt

from gkdesk import formats, paths
from gkdesk.checks import check, explain, fix, open_session
from gkdesk.exports import html, xlsx
from gkdesk.imports import own_workbook
from gkdesk.report import Report, report_json
from gkdesk.report.carry import next_report
from gkdesk.report.fingerprint import fingerprint
from gkdesk.report.intro import compose_intro
from gkdesk.sources import report_of
from gkdesk.storage import Document
from tests.builders import balanced

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")

YEAR = 2031
NOTICE = "国办发〔2031〕5号"
ROW = "t3.refused_rest"
NEW_LABEL, OTHER_LABEL = "9.其他不予公开情形", "四、结转下年度办理"
CHANGES = {
    'series = "国办公开办函"': 'series = "国办发"',
    "rowspan = 22": "rowspan = 23",
    '"（三）不予公开", rowspan = 8': '"（三）不予公开", rowspan = 9',
    '  { id = "unavailable_not_held"':
        f'  {{ id = "refused_rest", labels = [{{ text = "{NEW_LABEL}" }}], help = "以上各项以外的。" }},\n'
        '  { id = "unavailable_not_held"',
    '"t3.refused_inquiry.{each}"': f'"t3.refused_inquiry.{{each}}", "{ROW}.{{each}}"',
    '"t3.refused_inquiry",': f'"t3.refused_inquiry", "{ROW}",',
    "四、结转下年度继续办理": OTHER_LABEL,
}  # fmt: skip
RULE = f"""
[[rules]]
id = "t2.stock"
title = "废止的没有现行有效的多"
kind = "at_most"
severity = "warning"
each = ["regulations", "normative"]
subject = "row"
cell = ["t2.{{each}}.repealed"]
limit = ["t2.{{each}}.in_force"]
cell_name = "本年废止"
limit_name = "现行有效"
source = "{NOTICE}"
"""
KNOWN = {
    "t3.new.natural": 9, "t3.granted.natural": 5, f"{ROW}.natural": 3, "t3.carried_out.natural": 1,
    "t2.normative.made": 4, "t2.normative.repealed": 2, "t2.normative.in_force": 1,
}  # fmt: skip


@pytest.fixture(scope="module")
def form(tmp_path_factory):
    """The format of the next notice in a copy of the formats; everything else lies where it was."""
    newest = formats.available()[-1]
    source = paths.resources()
    folder = tmp_path_factory.mktemp("resources")
    for entry in source.iterdir():
        if entry.name != "formats":
            (folder / entry.name).symlink_to(entry, target_is_directory=entry.is_dir())
    shutil.copytree(source / "formats", folder / "formats")
    text = (folder / "formats" / f"{newest.id}.toml").read_text(encoding="utf-8")
    heads = {
        f'id = "{newest.id}"': f'id = "{YEAR}"',
        f"first_year = {newest.first_year}": f"first_year = {YEAR}",
        newest.notice: NOTICE,
    }
    for old, new in (heads | CHANGES).items():
        assert old in text
        text = text.replace(old, new)
    (folder / "formats" / f"{YEAR}.toml").write_text(text + RULE, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(paths, "resources", lambda: folder)
        # not by clearing the cache: formats are compared by identity, and other tests hold those that are there
        known = formats.available.__wrapped__()
        for module in (formats, sys.modules["gkdesk.formats.load"]):
            patch.setattr(module, "available", lambda: known)
        yield formats.for_year(YEAR)


@pytest.fixture
def report(form):
    """A report of the new year, with three things to mend."""
    fields = {"unit.name": "云溪县水务局"}
    texts = {
        "text.intro": compose_intro(form, YEAR, fields),
        "text.overview": "全年新收政府信息公开申请9件，不予公开4件，结转下年度1件。",
        "text.problems": "依据国办公开办函〔2021〕30号，公开还不够主动。",
        "text.other_matters": "无。",
    }
    cells = {id: KNOWN.get(id, 0) for table in form.tables for id in table.inputs}
    return Report(form, YEAR, cells, fields | texts)


@pytest.fixture
def before(form):
    """The report of the year before, in the format that ends there."""
    return balanced(formats.for_year(YEAR - 1), YEAR - 1, [2] * 170)


@pytest.fixture
def document(report, before, tmp_path):
    """A document with both years."""
    path = tmp_path / "局.gkd"
    with Document.create(path, report.unit_name) as made:
        for each in (before, report):
            made.add_report(each.year, each.form.id, each.entries(), "新建")
    return path


@pytest.fixture
def gkdesk(capsys, monkeypatch):
    """Run one command; returns its exit code and what it printed."""
    from gkdesk.cli import main

    def run(*arguments, stdin=""):
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin.encode())))
        return main([str(argument) for argument in arguments]), capsys.readouterr().out

    return run


def mended(report):
    """The report without what is to be mended."""
    texts = {
        "text.overview": report.fields["text.overview"].replace("4件", "3件"),
        "text.problems": "公开还不够主动。",
    }
    cells = {**report.cells, "t2.normative.in_force": 2}
    return Report(report.form, report.year, cells, report.fields | texts)


def test_the_older_format_ends_where_the_next_one_begins(form):
    *_older, last, newest = formats.available()
    assert newest is form is formats.load(str(YEAR)) is formats.for_year(YEAR + 9)
    assert (form.first_year, form.last_year, form.notice) == (YEAR, None, NOTICE)
    assert formats.for_year(YEAR - 1) is last
    assert last.last_year == YEAR - 1
    assert f"{ROW}.natural" in form.cells.keys() - last.cells.keys()


def test_totals_follow_the_new_row(report):
    session = open_session(report)
    assert [session.value(id) for id in (f"{ROW}.total", "t3.total.natural", "t3.total.total")] == [3, 8, 8]
    changes = session.edit({f"{ROW}.natural": "4"})
    assert {f"{ROW}.total", "t3.total.natural", "t3.total.total"} < set(changes.cells)
    assert session.value("t3.total.total") == 9
    broken = {
        issue.each: explain(issue, report.form)
        for issue in changes.issues_added
        if issue.rule == "t3.balance"
    }
    assert broken.keys() == {"natural", "total"}
    assert broken["natural"].startswith("自然人：第一项 9 + 第二项 0 = 9，第三项总计 9 + 第四项 1 = 10")
    session.undo()
    assert session.value("t3.total.total") == 8
    (stated,) = session.edit({"t3.total.business": "5"}).issues_added[:1]
    assert (stated.rule, stated.each) == ("t3.results_total", "business")
    assert f"{ROW}.business" in stated.cells


def test_the_texts_are_read_with_the_new_row(report):
    session = open_session(report)
    issues = {issue.rule: issue for issue in session.issues if issue.rule != "unit.contact"}
    assert issues.keys() == {"t2.stock", "text.figure", "text.legal_basis"}
    figure = issues["text.figure"]
    assert f"{ROW}.total" in figure.cells
    assert explain(figure, report.form) == "“不予公开4件”：表三“（三）不予公开”总计是 3 件，相差 1 件"
    session.edit(fix(figure, session.view))
    assert "不予公开3件" in session.text("text.overview")
    cited = explain(issues["text.legal_basis"], report.form)
    assert cited.endswith(f"本年度年报应引用{NOTICE}")
    assert {issue.rule for issue in check(mended(report))} == {"unit.contact"}


def test_last_year_is_in_the_older_format(report, before):
    """What both formats hold goes from one to the other; in the report of the older one the new notice is wrong."""
    draft = next_report(report.form, YEAR, before)
    assert draft.cells["t3.carried_in.natural"] == before.cells["t3.carried_out.natural"] == 2
    found = {(issue.rule, issue.each) for issue in check(report, before)}
    assert ("year.carried_in", "natural") in found
    assert ("year.in_force", "normative") in found
    fields = {**before.fields, "text.overview": f"依据{NOTICE}，全年工作平稳。"}
    (issue,) = [
        each
        for each in check(Report(before.form, YEAR - 1, before.cells, fields))
        if each.rule == "text.legal_basis"
    ]
    assert explain(issue, before.form).endswith(f"应引用{before.form.notice}")


def test_report_json(report):
    import jsonschema

    schema = json.loads((paths.resources() / "report.schema.json").read_text(encoding="utf-8"))
    jsonschema.validate(report_json.to_json(report), schema)
    again = report_json.loads(report_json.dumps(report))
    assert again == report
    assert again.form is report.form
    assert fingerprint(again) == fingerprint(report)
    content = report_json.to_json(report) | {"format": formats.available()[-2].id}
    with pytest.raises(report_json.ReportJsonError, match=ROW):
        report_json.loads(json.dumps(content))


def test_the_workbook_is_the_new_form_and_is_read_in_again(report):
    from openpyxl import load_workbook

    data = xlsx.to_bytes(report)
    book = load_workbook(io.BytesIO(data))
    values = {cell.value for sheet in book for row in sheet.iter_rows() for cell in row}
    assert {NEW_LABEL, OTHER_LABEL} <= values
    # not by the command: that reads in a process of its own, which knows the real formats only
    assert report_json.loads(own_workbook.read_data(data)["report"]) == report


def test_the_web_page(report):
    page = html.to_text(report)
    assert f'id="{ROW}.natural"' in page
    assert f">{NEW_LABEL}<" in page
    assert f">{OTHER_LABEL}<" in page


def test_a_document_keeps_both_years(report, before, document):
    with Document.open(document) as opened:
        assert {year: opened.format_of(year) for year in opened.years()} == {
            YEAR - 1: before.form.id,
            YEAR: str(YEAR),
        }
        assert report_of(opened, YEAR) == report
        assert report_of(opened, YEAR - 1) == before
        opened.commit(YEAR, {f"{ROW}.natural": "7"}, "改")
    with Document.open(document) as opened:
        assert report_of(opened, YEAR).values[f"{ROW}.total"] == 7


def test_the_command_line(gkdesk, report, tmp_path):
    document = tmp_path / "局.gkd"
    assert gkdesk("new", document, "--unit", "云溪县水务局", "--year", YEAR)[0] == 0
    entries = {key: text for key, text in report.entries().items() if not key.startswith("unit.")}
    code, answers = gkdesk(
        "edit", document, "--stdin", stdin="".join(f"{k}={v}\n" for k, v in entries.items())
    )
    assert (code, answers.count("ok")) == (0, len(entries))
    code, found = gkdesk("check", document, "--json")
    answer = json.loads(found)
    messages = {issue["rule"]: issue["message"] for issue in answer["issues"]}
    assert (code, answer["format"]) == (0, str(YEAR))
    assert messages["t2.stock"] == "行政规范性文件：本年废止 2 比现行有效 1 多出 1"
    assert gkdesk("edit", document, "--stdin", stdin=f"{ROW}.natural=4\n") == (0, "ok 1\n")
    assert gkdesk("check", document)[0] == 1


@pytest.mark.parametrize("kind", ["html", "docx", "pdf", "json"])
def test_every_export_is_read_in_again(gkdesk, report, document, tmp_path, kind):
    file, again = tmp_path / f"a.{kind}", tmp_path / "again.gkd"
    assert gkdesk("export", document, "--to", kind, "--out", file)[0] == 0
    code, answer = gkdesk("import", file, "--into", again, "--json")
    read = json.loads(answer)
    assert (code, read["format"], read["missing"], read["refused"]) == (0, str(YEAR), [], [])
    with Document.open(again) as opened:
        taken = report_of(opened, YEAR)
    assert {id: taken.values[id] for id in report.values} == dict(report.values)
    assert taken.fields["text.overview"] == report.fields["text.overview"]


def test_the_printed_pages(report):
    import pypdfium2

    from gkdesk.exports import pdf

    pages = pypdfium2.PdfDocument(pdf.to_bytes(report))
    text = "".join("".join(page.get_textpage().get_text_bounded() for page in pages).split())
    for words in (NEW_LABEL, OTHER_LABEL, NOTICE, f"云溪县水务局{YEAR}年政府信息公开工作年度报告"):
        assert words in text


@pytest.fixture
def window(qtbot):
    from ui.main_window import MainWindow
    from ui.settings import Settings

    made = MainWindow(Settings())
    made.show()
    yield made
    made.close()
    made.deleteLater()


@pytest.mark.qt_log_level_fail("WARNING")
def test_the_window(form, document, window):
    window.desk.open_path(document)
    window.desk.open_year(YEAR)
    wizard = window.wizard
    assert wizard.editing.form is form
    for step in ("info", *(section.id for section in form.sections), "review", "output"):
        wizard.go(step)
        assert wizard.page(step).isVisible()
    window.commands.show_rule("t2.stock")  # not in the manual yet: the page of rules is
    wizard.go("requests")
    editor = wizard.page("requests").editor
    assert editor.go_to(f"{ROW}.natural")
    index = editor.model.index_of(f"{ROW}.natural")
    assert editor.model.headerData(index.row(), Qt.Orientation.Vertical).endswith(NEW_LABEL)
    assert editor.model.setData(index, "5")
    assert editor.model.index_of(f"{ROW}.total").data() == "5"
    assert "5" in editor.model.subtotal(f"{ROW}.natural")
    wizard.go("review")
    assert [issue.each for issue in wizard.editing.issues if issue.rule == "t3.balance"] == [
        "natural",
        "total",
    ]
    window.commands.undo()
    window.show_home()
    window.desk.new_year(YEAR + 1)
    session = window.wizard.editing.session
    assert (session.form, session.year, session.last_value(f"{ROW}.natural")) == (form, YEAR + 1, 3)
    assert session.value("t3.carried_in.natural") == 1
