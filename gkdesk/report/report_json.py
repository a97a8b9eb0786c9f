"""Report JSON (``gkdesk-report/1``): reading it with plain words for what is wrong, and writing it.

The JSON Schema of the format is ``resources/report.schema.json``; this reader accepts what it accepts,
and knows besides which cells each statutory format has.
"""

from __future__ import annotations

import json
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from gkdesk import formats
from gkdesk.errors import KnownError
from gkdesk.files import reason
from gkdesk.formats.load import UNIT_FIELDS
from gkdesk.formats.model import Format
from gkdesk.i18n import _
from gkdesk.report.report import Report, check_field, is_field
from gkdesk.report.session import MAX_TEXT, clean_text
from gkdesk.report.values import Invalid, Value, is_number, parse, spell
from gkdesk.words import listed, remarked

SCHEMA = "gkdesk-report/1"
MAX_BYTES = 5_000_000
_KEYS = {"schema", "format", "year", "unit", "date", "text", "cells", "units"}
_LONGEST_NUMBER = 60


class ReportJsonError(KnownError):
    """A text that is not report JSON; the message says what is wrong and where."""


def read_file(path: Path) -> Report:
    """The report in a JSON file. Raises ReportJsonError that names the file, or KnownError if unreadable."""
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise KnownError(_("读不了“{file}”：{reason}。").format(file=path, reason=reason(error))) from error
    try:
        return loads(data)
    except ReportJsonError as error:
        raise ReportJsonError(
            _("“{file}”不是可用的年报数据：{reason}").format(file=path, reason=error)
        ) from error


def loads(data: bytes | str) -> Report:
    """The report in a JSON text. Raises ReportJsonError; figures that are no numbers become Invalid."""
    if len(data) > MAX_BYTES:
        raise ReportJsonError(_("文件太大，不是一份年报。"))
    try:
        content = json.loads(
            data,
            parse_int=_number,
            parse_float=_number,
            parse_constant=_constant,
            object_pairs_hook=_each_once,
        )
    except ReportJsonError:
        raise
    except (ValueError, RecursionError) as error:
        where = (
            remarked("", f"{error.lineno}:{error.colno}") if isinstance(error, json.JSONDecodeError) else ""
        )
        raise ReportJsonError(_("不是 JSON 文本{where}。").format(where=where)) from error
    return from_json(content)


def from_json(content: Any) -> Report:
    """The report in parsed JSON. Raises ReportJsonError."""
    data = _object(content, _("最外层"))
    if data.get("schema") != SCHEMA:
        raise ReportJsonError(_("schema 应为 {schema}。").format(schema=SCHEMA))
    strange = sorted(set(data) - _KEYS)
    if strange:
        raise ReportJsonError(_("有不认识的项“{key}”。").format(key=strange[0][:40]))
    form, year = _form_and_year(data)
    fields = _unit(form, year, _object(data.get("unit"), "unit"))
    for name, text in _object(data.get("text", {}), "text").items():
        _put(fields, form, year, f"text.{name}", text)
    for cell, unit in _object(data.get("units", {}), "units").items():
        _put(fields, form, year, f"units.{cell}", unit)
    if data.get("date") is not None:
        _put(fields, form, year, "date", data["date"])
    cells: dict[str, Value] = {}
    for id, raw in _object(data.get("cells", {}), "cells").items():
        value = _cell(form, id, raw)
        if value is not None:
            cells[id] = value
    return Report(form, year, cells, fields)


def _form_and_year(data: dict[str, Any]) -> tuple[Format, int]:
    year = data.get("year")
    # the range first: int() of 1e999999 would take for ever
    if not isinstance(year, Decimal) or not 1900 <= year <= 2999 or year != int(year):
        raise ReportJsonError(_("year 应为四位数的年份。"))
    if not isinstance(data.get("format"), str):
        known = listed(form.id for form in formats.available())
        raise ReportJsonError(_("format 应为文字，本程序支持 {known}。").format(known=known))
    try:
        form = formats.load(data["format"][:40])
        formats.for_year(int(year))
    except KnownError as error:
        raise ReportJsonError(str(error)) from error
    return form, int(year)


def _unit(form: Format, year: int, unit: dict[str, Any]) -> dict[str, str]:
    fields: dict[str, str] = {}
    name = unit.get("name")
    if not isinstance(name, str):
        raise ReportJsonError(_("unit.name 没有写单位名称。"))
    for word, raw in unit.items():
        if word == "rule_power":
            if raw is None:
                continue
            if not isinstance(raw, bool):
                raise ReportJsonError(_("unit.rule_power 应为 true 或 false。"))
            fields["unit.rule_power"] = "true" if raw else "false"
            continue
        _put(fields, form, year, f"unit.{word}", raw)
    return fields


def _put(fields: dict[str, str], form: Format, year: int, key: str, raw: Any) -> None:
    if not is_field(form, key):
        raise ReportJsonError(_("有不认识的项“{key}”。").format(key=key[:60]))
    if raw is None:
        return
    if not isinstance(raw, str):
        raise ReportJsonError(_("{key} 应为文字。").format(key=key))
    text = clean_text(raw)
    if len(text) > MAX_TEXT:
        raise ReportJsonError(_("文字太长：一处最多 {count} 字。").format(count=MAX_TEXT))
    try:
        check_field(form, key, text, year)
    except KnownError as error:
        raise ReportJsonError(str(error)) from error
    if text:
        fields[key] = text


def _cell(form: Format, id: str, raw: Any) -> Value:
    cell = form.cells.get(id)
    if cell is None:
        raise ReportJsonError(_("{format}没有“{cell}”这一格。").format(format=form.called, cell=id[:60]))
    if raw is None:
        return None
    if isinstance(raw, Decimal):
        return parse(format(raw, "f") if abs(raw.adjusted()) < _LONGEST_NUMBER else str(raw), cell.kind)
    if isinstance(raw, str):
        return parse(clean_text(raw), cell.kind)
    raise ReportJsonError(_("“{cell}”应为数字或文字。").format(cell=id))


def _object(content: Any, where: str) -> dict[str, Any]:
    if not isinstance(content, dict):
        raise ReportJsonError(_("{where} 应为一个对象（{{…}}）。").format(where=where))
    return content


def _each_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object. JSON leaves open which of two values of a key counts (RFC 8259, 4): neither is dropped in silence."""
    content: dict[str, Any] = {}
    for key, value in pairs:
        if key in content:
            raise ReportJsonError(_("“{key}”写了两次，请只留一个。").format(key=key[:60]))
        content[key] = value
    return content


def _number(text: str) -> Decimal:
    if len(text) > _LONGEST_NUMBER:
        raise ReportJsonError(_("有一个数太长（{count} 位）。").format(count=len(text)))
    try:
        return Decimal(text)
    except InvalidOperation as error:
        raise ReportJsonError(_("“{text}”不是数。").format(text=text)) from error


def _constant(text: str) -> Decimal:
    raise ReportJsonError(_("“{text}”不是数。").format(text=text))


def to_json(report: Report) -> dict[str, Any]:
    """The report as a JSON object; blank cells and fields are absent, totals only where stated."""
    unit: dict[str, Any] = {}
    for word in UNIT_FIELDS:
        text = report.fields.get(f"unit.{word}")
        if text:
            unit[word] = text == "true" if word == "rule_power" else text
    unit.setdefault("name", "")
    content: dict[str, Any] = {
        "schema": SCHEMA,
        "format": report.form.id,
        "year": report.year,
        "unit": unit,
        "text": {
            field.id: report.text(field.id) for field in report.form.text_fields if report.text(field.id)
        },
        "cells": {id: _plain(report.cells[id]) for id in report.form.cells if id in report.cells},
    }
    if "date" in report.fields:
        content["date"] = report.fields["date"]
    units = {
        key.removeprefix("units."): text for key, text in report.fields.items() if key.startswith("units.")
    }
    if units:
        content["units"] = units
    return content


def dumps(report: Report) -> str:
    """Report JSON for people to read: indented, in the order of the form."""
    return json.dumps(to_json(report), ensure_ascii=False, indent=1) + "\n"


def canonical(report: Report) -> bytes:
    """Canonical JSON, for hashes and comparison: sorted keys, UTF-8, no insignificant space."""
    return json.dumps(to_json(report), ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def _plain(value: Value) -> int | str:
    if isinstance(value, Invalid):
        return value.text
    assert is_number(value)
    return int(value) if value == int(value) else spell(value)  # type: ignore[arg-type]
