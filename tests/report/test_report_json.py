"""Report JSON: round trips, the schema, and plain words for what is wrong."""

from __future__ import annotations

import json

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gkdesk import formats, paths
from gkdesk.errors import KnownError
from gkdesk.report import Report, report_json
from gkdesk.report.report_json import MAX_BYTES, ReportJsonError, canonical, dumps, loads, read_file
from tests.builders import balanced, balanced_reports

SCHEMA = json.loads((paths.resources() / "report.schema.json").read_text(encoding="utf-8"))
MINIMAL = {"schema": "gkdesk-report/1", "format": "2021", "year": 2024, "unit": {"name": "甲局"}}


def text(**more):
    return json.dumps(MINIMAL | more, ensure_ascii=False)


@given(balanced_reports() | balanced_reports(stated=True))
def test_round_trip(report):
    again = loads(dumps(report))
    assert canonical(again) == canonical(report)
    jsonschema.validate(report_json.to_json(report), SCHEMA)


@given(st.dictionaries(st.sampled_from(list(formats.load("2021").cells)), st.text(min_size=1, max_size=20)))
def test_round_trip_of_anything_typed(cells):
    report = Report.from_entries(formats.load("2021"), 2024, {"unit.name": "甲局", **cells})
    again = loads(dumps(report))
    assert canonical(loads(canonical(again))) == canonical(again)
    jsonschema.validate(report_json.to_json(report), SCHEMA)


def test_canonical_spelling():
    cells = {"t2.fees.amount": "96171.60", "t3.new.natural": "１２"}
    report = Report.from_entries(
        formats.load("2021"), 2024, {"unit.name": "甲局", "unit.rule_power": "false", **cells}
    )
    assert canonical(report).decode() == (
        '{"cells":{"t2.fees.amount":"96171.6","t3.new.natural":12},"format":"2021",'
        '"schema":"gkdesk-report/1","text":{},"unit":{"name":"甲局","rule_power":false},"year":2024}'
    )


def test_figures_as_given():
    report = loads(
        text(cells={"t2.fees.amount": 24252.311082, "t3.new.natural": "3", "t3.new.business": "/"})
    )
    assert report_json.to_json(report)["cells"] == {
        "t2.fees.amount": "24252.311082",
        "t3.new.natural": 3,
        "t3.new.business": "/",
    }


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("", "不是 JSON"),
        ("[1, 2]", "对象"),
        ("null", "对象"),
        ('{"schema": "gkdesk-report/2"}', "schema"),
        (text(format="2030"), "2030"),
        (text(format=2021), "format"),
        (text(year=2018), "2018 年"),
        (text(year="2024"), "year"),
        (text(year=2024.5), "year"),
        (text(year=1899), "四位数"),
        (text(year=1900), "1900 年"),
        (text(year=3000), "四位数"),
        (text(unit={}), "unit.name"),
        (text(unit={"name": "甲局", "boss": "x"}), "unit.boss"),
        (text(unit={"name": "甲局", "rule_power": "no"}), "rule_power"),
        (text(unit={"name": "甲局", "kind": "company"}), "company"),
        (text(unit="甲局"), "^unit 应为"),
        (text(text="甲局"), "^text 应为"),
        (text(units=["元"]), "^units 应为"),
        (text(extra=1), "extra"),
        (text(cells={"t3.new": 1}), "t3.new"),
        (text(cells={"t3.new.natural": True}), "t3.new.natural"),
        (text(cells={"t3.new.natural": [1]}), "t3.new.natural"),
        (text(cells=[1]), "^cells 应为"),
        (text(text={"summary": "x"}), "text.summary"),
        (text(text={"overview": 3}), "text.overview"),
        (text(units={"t2.fees.amount": "元"}), "元"),
        (text(date="20250120"[:7]), "日期"),
        (text(date="昨天"), "日期“昨天”应写成 2025-01-20"),
        (text(date="20250120"), "日期"),
        (text(date="2025-W04-1"), "日期"),
        (text(cells={"t3.new.natural": 1}).replace("{", '{"year": 2023, ', 1), "“year”写了两次"),
        (
            text(cells={"t3.new.natural": 1}).replace("1}", '1, "t3.new.natural": 2}'),
            "“t3.new.natural”写了两次",
        ),
        ('{"schema": NaN}', "NaN"),
        (text(cells={"t3.new.natural": 10**60}), "太长"),
        ("[" * 100_000, "不是 JSON"),
        ("\ufeff" + "{", "不是 JSON"),
        (text(text={"overview": "长" * 200_001}), "太长"),
        ('{"schema": 1e999999999999999999999}', "不是数"),
        ("[1, 2", r"1:6"),
    ],
)
def test_plain_words_for_what_is_wrong(content, words):
    with pytest.raises(ReportJsonError, match=words):
        loads(content)


def test_bytes_that_are_no_text():
    with pytest.raises(ReportJsonError):
        loads(b"\xff\xfe\x00{")
    with pytest.raises(ReportJsonError, match="太大"):
        loads(b" " * 6_000_000)


def test_negative_and_huge_figures_are_kept_as_invalid():
    report = loads(text(cells={"t3.new.natural": -1, "t3.new.business": 1e40, "t3.new.research": 1.5}))
    assert [type(value).__name__ for value in report.cells.values()] == ["Invalid"] * 3


def test_the_largest_that_is_taken():
    assert loads(text(year=2999)).year == 2999
    assert loads(text(text={"overview": "长" * 200_000})).text("overview")
    assert loads(text().ljust(MAX_BYTES)).unit_name == "甲局"
    with pytest.raises(ReportJsonError, match="太大"):
        loads(text().ljust(MAX_BYTES + 1))
    cells = loads(text(cells={"t3.new.natural": 10**59})).entries()
    assert cells["t3.new.natural"] == str(10**59)


def test_powers_of_ten_are_written_out_only_while_they_are_short():
    content = text(cells={"t3.new.natural": "few", "t3.new.business": "many"})
    report = loads(content.replace('"few"', "1e3").replace('"many"', "1e9999999"))
    assert report.cells["t3.new.natural"] == 1000
    assert report.entries()["t3.new.business"] == "1E+9999999"
    assert loads(content.replace('"few"', "1e59")).entries()["t3.new.natural"] == "1" + "0" * 59
    assert loads(content.replace('"few"', "1e60")).entries()["t3.new.natural"] == "1E+60"


def test_a_file_that_cannot_be_read_is_named(tmp_path):
    with pytest.raises(KnownError, match=r"nothing\.json"):
        read_file(tmp_path / "nothing.json")
    (tmp_path / "bad.json").write_text("{", encoding="utf-8")
    with pytest.raises(KnownError, match=r"bad\.json"):
        read_file(tmp_path / "bad.json")
    (tmp_path / "large.json").write_text(text().ljust(MAX_BYTES + 1), encoding="utf-8")
    with pytest.raises(KnownError, match=r"large\.json.*太大"):
        read_file(tmp_path / "large.json")
    good = balanced(formats.load("2019"), 2020, [1, 2, 3])
    (tmp_path / "good.json").write_text(dumps(good), encoding="utf-8-sig")
    assert canonical(read_file(tmp_path / "good.json")) == canonical(good)


def test_null_is_nothing():
    report = loads(
        text(
            unit={"name": "甲局", "phone": None, "fax": "", "rule_power": None},
            cells={"t3.new.natural": None},
        )
    )
    assert report.entries() == {"unit.name": "甲局"}
    unit = {"rule_power": None, "name": "甲局", "phone": "0123-4567890"}
    assert loads(text(unit=unit)).entries() == {"unit.name": "甲局", "unit.phone": "0123-4567890"}


def test_date_units_and_rule_power_are_kept():
    content = json.loads(
        text(format="2019", year=2020, date="2021-01-20", units={"t2.procurement.amount": "万元"})
    )
    content["unit"] |= {"rule_power": True, "phone": "0123-4567890"}
    report = loads(json.dumps(content))
    assert report.fields == {
        "unit.name": "甲局",
        "unit.phone": "0123-4567890",
        "unit.rule_power": "true",
        "date": "2021-01-20",
        "units.t2.procurement.amount": "万元",
    }
    assert loads(dumps(report)).fields == report.fields
    written = report_json.to_json(report)
    assert (written["date"], written["units"]) == ("2021-01-20", {"t2.procurement.amount": "万元"})
    assert '"甲局"' in dumps(report)


def test_without_a_name_and_with_what_is_not_so():
    assert report_json.to_json(Report(formats.load("2021"), 2024))["unit"] == {"name": ""}
    assert loads(text(unit={"name": "甲局", "rule_power": False})).fields["unit.rule_power"] == "false"
