"""Reports as they come: what is read of plain text, what is doubtful, and what a paste or a strange file gives."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from gkdesk.errors import KnownError
from gkdesk.imports.importing import import_source, import_text
from gkdesk.imports.readers.text import from_text
from gkdesk.report import report_json
from gkdesk.report.values import Invalid

PLAIN = Path(__file__).with_name("plain-2019.txt")
PUBLISHED = Path(__file__).parents[1] / "fixtures" / "reports"


@pytest.fixture(scope="module")
def plain():
    return import_source(PLAIN)


def test_all_of_a_flattened_text(plain):
    report = plain.report
    assert (report.form.id, report.year, report.unit_name) == ("2019", 2019, "云溪县水务局")
    assert len(plain.cells) == len(report.form.cells) == 198
    assert (plain.uncertain, plain.missing, plain.refused) == ((), (), ())
    written = {id: value for id, value in report.cells.items() if value}
    assert {id: written[id] for id in written if id.startswith("t2")} == {
        "t2.normative.made": 3,
        "t2.normative.published": 2,
        "t2.normative.total": 5,
        "t2.licence.previous": 11,
        "t2.licence.change": -2,
        "t2.licence.decisions": 47,
        "t2.other_services.previous": 4,
        "t2.other_services.change": 1,
        "t2.other_services.decisions": 9,
        "t2.penalty.previous": 6,
        "t2.penalty.decisions": 13,
        "t2.coercion.previous": 2,
        "t2.fees.previous": 1,
        "t2.procurement.projects": 8,
        "t2.procurement.amount": Decimal(251000),
    }
    natural = {id.split(".")[1]: value for id, value in written.items() if id.endswith(".natural")}
    assert natural == {
        "new": 21,
        "carried_in": 2,
        "granted": 12,
        "partial": 1,
        "refused_third_party": 1,
        "refused_enforcement": 2,
        "unavailable_not_held": 3,
        "rejected_petition": 1,
        "other": 1,
        "total": 21,
        "carried_out": 2,
    }
    assert {id[3:]: value for id, value in written.items() if id.startswith("t4")} == {
        "review.upheld": 1,
        "review.pending": 2,
        "review.total": 3,
        "suit_direct.corrected": 4,
        "suit_direct.total": 4,
        "suit_after_review.upheld": 5,
        "suit_after_review.total": 5,
    }


def test_a_published_text_gives_the_published_figures():
    found = import_source(PUBLISHED / "yinchuan-2019.txt")
    published = report_json.read_file(PUBLISHED / "yinchuan-2019.json")
    assert (found.form, found.year, found.report.unit_name) == (published.form, 2019, published.unit_name)
    assert len(found.cells) == 198
    assert (found.uncertain, found.missing, found.refused) == ((), (), ())
    assert found.report.values == published.values
    assert found.fields["text.other_matters"] == "无。"


def test_all_texts_of_a_flattened_text(plain):
    lines = PLAIN.read_text(encoding="utf-8").splitlines()
    start = {line[:2]: number for number, line in enumerate(lines) if line[1:2] == "、" and "|" not in line}
    assert plain.fields == {
        "unit.name": "云溪县水务局",
        "unit.address": "云溪县人民路1号3楼",
        "unit.postcode": "123456",
        "unit.phone": "0123-4567890",
        "unit.fax": "0123-4567891",
        "unit.website": "www.yunxi.example.cn",
        "text.intro": lines[0],
        "text.overview": "\n".join(lines[start["一、"] + 1 : start["二、"]]),
        "text.problems": lines[start["五、"] + 1],
        "text.other_matters": "无。",
        "units.t2.procurement.amount": "元",
    }


def test_a_paste_with_blanks_gone_is_refused_row_by_row():
    text = PLAIN.read_text(encoding="utf-8").replace("| 12 | 2 | 0 | 0 | 0 | 0 | 14 |", "| 12 | 2 | 14 |")
    found = import_text(text)
    lost = {f"t3.granted.{column}" for column in found.form.table("t3").column_ids}
    assert {id for refusal in found.refused for id in refusal.cells} == lost
    assert "应有 7 个数，读到 3 个" in found.refused[0].reason
    assert lost.isdisjoint(found.cells)


def test_marks_are_kept_as_they_are():
    found = import_text(PLAIN.read_text(encoding="utf-8").replace("规章 | 0 | 0 | 0 |", "规章 | / | / | / |"))
    assert found.cells["t2.regulations.made"].value == Invalid("/")


def test_a_year_that_is_not_there_is_asked_for():
    text = PLAIN.read_text(encoding="utf-8").replace("2019年", "当年")
    found = import_text(text)
    assert (found.year, found.report) == (None, None)
    assert any("年份" in note for note in found.notes)
    assert found.with_year(2019).report.values["t3.new.total"] == 25


@pytest.mark.parametrize("text", ["你好", "一、总体情况\n工作平稳。", "a | b\n1 | 2"])
def test_what_is_no_report_is_refused(text):
    with pytest.raises(KnownError, match="不是能读的年报"):
        import_text(text)


def test_the_clipboard_as_html():
    rows = "".join(
        f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>"
        for row in (
            ("信息内容", "本年制发件数", "本年废止件数", "现行有效件数"),
            ("规章", 0, 0, 0),
            ("行政规范性文件", 3, "", 7),
        )
    )
    found = import_text(f"<table>{rows}</table><p>一、总体情况</p>", 2023, html=True)
    assert {id: reading.value for id, reading in found.cells.items() if "normative" in id} == {
        "t2.normative.made": 3,
        "t2.normative.repealed": None,
        "t2.normative.in_force": 7,
    }
    assert "t2.normative.repealed" not in found.report.cells
    assert len(found.missing) == len(found.form.cells) - 6


def test_lines_with_a_bar_are_rows_and_rules_are_nothing():
    blocks = from_text("甲\n| a | b |\n|---|---|\n| 1 | |\n乙")["blocks"]
    assert [block["kind"] for block in blocks] == ["paragraph", "table", "paragraph"]
    assert [[cell["text"] for cell in row] for row in blocks[1]["rows"]] == [["a", "b"], ["1", ""]]
