"""gkdesk import, and check and export of what was made with other programs."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from gkdesk import formats, sources
from gkdesk.exports import docx, html
from gkdesk.imports.importing import import_source
from gkdesk.report import Report, report_json
from gkdesk.storage import Document
from tests.cli.conftest import SAMPLES

PLAIN = Path(__file__).parent.parent / "imports" / "plain-2019.txt"


@pytest.fixture
def page(tmp_path):
    path = tmp_path / "年报.html"
    html.write(report_json.read_file(SAMPLES / "sample-2021.json"), path)
    return path


def test_into_a_new_document(gkdesk, page, tmp_path):
    into = tmp_path / "a.gkd"
    answer = gkdesk("import", page, "--into", into)
    report = import_source(page).report
    assert answer.err == ""
    assert answer.lines[0] == f"已读入“{into}”：{report.title}"
    assert "没有读到 0 格" in answer.lines[1]
    with Document.open(into) as opened:
        assert (opened.unit_name(), opened.years()) == (report.unit_name, [report.year])
        assert sources.report_of(opened, report.year) == report
        assert [revision.name for revision in opened.revisions(report.year)] == ["导入：年报.html"]
        # the window calls a year past with a source 已读入
        assert [state.reason for state in opened.states(report.year)] == ["导入：年报.html"]


def test_into_a_document_that_is_there(gkdesk, tmp_path):
    into = tmp_path / "a.gkd"
    gkdesk("new", into, "--unit", "云溪县水利局", "--year", "2020")
    answer = gkdesk("import", PLAIN, "--into", into)
    assert answer.code == 0
    assert "来源的单位是“云溪县水务局”，文档的单位是“云溪县水利局”" in answer.out
    with Document.open(into) as opened:
        assert opened.years() == [2019, 2020]
    again = gkdesk("import", PLAIN, "--into", into)
    assert (again.code, again.out) == (2, "")
    assert "2019" in again.err


def test_as_json(gkdesk, tmp_path):
    answer = gkdesk("import", PLAIN, "--into", tmp_path / "a.gkd", "--json")
    found = json.loads(answer.out)
    assert (found["year"], found["format"], len(found["cells"])) == (2019, "2019", 198)
    assert found["cells"]["t2.procurement.amount"]["text"] == "251000元"
    assert found["cells"]["t2.procurement.amount"]["certainty"] == "certain"
    assert (found["missing"], found["refused"]) == ([], [])


def test_what_was_not_read_is_told(gkdesk, tmp_path):
    source = tmp_path / "a.txt"
    words = PLAIN.read_text(encoding="utf-8").replace("| 12 | 2 | 0 | 0 | 0 | 0 | 14 |", "| 12 | 2 | 14 |")
    source.write_text(words, encoding="gb18030")
    answer = gkdesk("import", source, "--into", tmp_path / "a.gkd")
    assert answer.code == 1, "a table with holes has errors"
    assert "没有读到 7 格" in answer.out
    assert "读不出：表三 （一）予以公开：应有 7 个数，读到 3 个" in answer.out
    checked = gkdesk("check", source)
    assert "没有读到 7 格" in checked.out


def test_totals_that_a_report_of_ours_does_not_state_are_not_missing(gkdesk, tmp_path):
    report = report_json.read_file(SAMPLES / "sample-2021.json")
    typed = {id: value for id, value in report.cells.items() if id not in report.form.sums}
    gone, (kept, *_more) = list(typed)[-2:], typed
    source = tmp_path / "a.json"
    cells = {id: value for id, value in typed.items() if id not in gone}
    changed = Report(report.form, report.year, cells, report.fields)
    source.write_text(report_json.dumps(changed), encoding="utf-8")
    count = len(typed)
    answer = gkdesk("import", source, "--into", tmp_path / "a.gkd")
    assert answer.lines[1] == f"共 {count} 格：确定 {count - 2} 格，推断 0 格，没有读到 2 格。"
    assert kept not in answer.out
    assert all(id in answer.out for id in gone)


def test_a_source_without_a_year(gkdesk, tmp_path):
    source, into = tmp_path / "a.txt", tmp_path / "a.gkd"
    source.write_text(PLAIN.read_text(encoding="utf-8").replace("2019年", "当年"), encoding="utf-8")
    answer = gkdesk("import", source, "--into", into)
    assert answer.code == 2
    assert "--year" in answer.err
    assert not into.exists()
    assert gkdesk("import", source, "--into", into, "--year", "2019").code in (0, 1)
    assert "--year" in gkdesk("check", source).err
    assert gkdesk("check", source, "--year", "2019").err == ""


def test_nothing_is_left_behind_by_a_source_that_is_no_report(gkdesk, tmp_path):
    source, into = tmp_path / "a.txt", tmp_path / "a.gkd"
    source.write_text("今天天气很好。", encoding="utf-8")
    answer = gkdesk("import", source, "--into", into)
    assert (answer.code, answer.out) == (2, "")
    assert str(source) in answer.err
    assert not into.exists()


def test_check_and_export_take_any_source(gkdesk, tmp_path):
    report = report_json.read_file(SAMPLES / "sample-2021.json")
    source, out = tmp_path / "年报.docx", tmp_path / "年报.json"
    docx.write(report, source)
    checked = gkdesk("check", source, "--json")
    assert json.loads(checked.out)["unit"] == report.unit_name
    assert gkdesk("export", source, "--to", "json", "--out", out).code == 0
    assert report_json.read_file(out).values == report.values
    assert "没有 2019 年的年报" in gkdesk("check", source, "--year", "2019").err


KINDS = ("html", "docx", "xlsx", "pdf", "json", "gkd", "txt")


@pytest.mark.parametrize("kind", KINDS)
def test_every_source_is_taken_in(gkdesk, tmp_path, kind):
    sample = SAMPLES / "sample-2021.json"
    source, into = tmp_path / f"a.{kind}", tmp_path / "b.gkd"
    if kind == "gkd":
        gkdesk("import", sample, "--into", source)
    elif kind == "txt":
        source.write_text(PLAIN.read_text(encoding="utf-8"), encoding="gb18030")
    else:
        gkdesk("export", sample, "--to", kind, "--out", source)
    answer = gkdesk("import", source, "--into", into)
    assert answer.code == gkdesk("check", source).code == 0
    with Document.open(into) as document:
        (year,) = document.years()
        kept = Report.from_entries(formats.load(document.format_of(year)), year, document.entries(year))
    expected = report_json.read_file(sample) if kind != "txt" else import_source(PLAIN).report
    assert (kept.year, kept.values) == (expected.year, expected.values)
    assert {key: kept.fields[key] for key in expected.fields if key.startswith("text.")} == {
        key: text for key, text in expected.fields.items() if key.startswith("text.")
    }
    assert gkdesk("import", source, "--into", into).code == 2, "what is there is not overwritten"
