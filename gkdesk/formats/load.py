"""Reading a format from TOML, and choosing the format of a report year."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cache
from graphlib import CycleError, TopologicalSorter
from itertools import pairwise
from pathlib import Path
from typing import Any

from gkdesk import paths
from gkdesk.errors import KnownError
from gkdesk.formats.grid import build_table
from gkdesk.formats.kinds import RULE_KINDS
from gkdesk.formats.model import (
    Cell,
    ContactField,
    Format,
    Instance,
    Rule,
    Section,
    SummaryLine,
    Table,
    TextField,
)
from gkdesk.formats.problems import FormatError
from gkdesk.i18n import _
from gkdesk.words import listed

UNIT_FIELDS = ("name", "kind", "rule_power", "address", "postcode", "phone", "fax", "email", "website")
UNIT_KEYS = tuple(f"unit.{name}" for name in UNIT_FIELDS)
SEVERITIES = ("error", "warning", "hint")
_WORDS = {
    "schema", "id", "name", "name_en", "first_year", "notice", "notice_title", "law", "law_number", "title", "intro",
    "contact", "summary", "sections", "tables", "rules", "meanings",
}  # fmt: skip
_RULE_WORDS = {"id", "title", "kind", "severity", "source", "each", "subject", "computed"}

__all__ = ["UNIT_FIELDS", "UNIT_KEYS", "FormatError", "available", "for_year", "load", "load_file"]


@cache
def available() -> tuple[Format, ...]:
    """All formats of ``resources/formats``, oldest first; each is valid until the next one begins."""
    files = (paths.resources() / "formats").glob("*.toml")
    forms = sorted((load_file(file) for file in files), key=lambda form: form.first_year)
    _unique([form.id for form in forms], "format")
    _unique([str(form.first_year) for form in forms], "first_year")
    closed = [replace(form, last_year=after.first_year - 1) for form, after in pairwise(forms)]
    return (*closed, *forms[-1:])


def load(id: str) -> Format:
    """The format of that id ("2019", "2021"). Raises KnownError for an unknown one."""
    for form in available():
        if form.id == id:
            return form
    known = listed(form.id for form in available())
    raise KnownError(_("不认识格式“{id}”，本程序支持的格式：{known}。").format(id=id, known=known))


def for_year(year: int) -> Format:
    """The format that a report of that year must use. Raises KnownError before the first format."""
    for form in available():
        if form.covers(year):
            return form
    first = available()[0].first_year
    raise KnownError(
        _("{year} 年的年报没有可用的格式：本程序支持 {first} 年及以后的年报。").format(year=year, first=first)
    )


def load_file(path: Path) -> Format:
    """Read and check one format file. Raises FormatError naming the file and what is wrong in it."""
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
        return _format(data)
    except (KeyError, TypeError, ValueError) as error:
        reason = f"missing {error}" if isinstance(error, KeyError) else str(error)
        raise FormatError(f"{path.name}: {reason}") from error


def _format(data: dict[str, Any]) -> Format:
    if data["schema"] != 1:
        raise FormatError(f"schema {data['schema']} is not known")
    if strange := set(data) - _WORDS:
        raise FormatError(f"unknown {sorted(strange)}")
    totals = {
        total
        for spec in data["rules"]
        if spec.get("computed")
        for each in _each(spec, data)
        for total in _fill(spec["total"], each)
    }
    _unique([spec["id"] for spec in data["tables"]], "table")
    tables = {spec["id"]: build_table(spec, totals) for spec in data["tables"]}
    cells = {id: cell for table in tables.values() for id, cell in table.cells.items()}
    sections = tuple(_section(spec, tables) for spec in data["sections"])
    _unique([section.id for section in sections], "section")
    fields = {field.key for section in sections for field in section.fields}
    rules = tuple(_rule(spec, data, cells, tables, fields) for spec in data["rules"])
    _unique([rule.id for rule in rules], "rule")
    summary = tuple(SummaryLine(line["label"], line["cell"]) for line in data.get("summary", ()))
    _known("summary", tuple(line.cell for line in summary), cells)
    meanings = data.get("meanings", {})
    _check_meanings(meanings, cells, rules)
    unused = set(tables) - {section.table.id for section in sections if section.table}
    if unused:
        raise FormatError(f"no section holds table {sorted(unused)}")
    return Format(
        id=data["id"],
        name=data["name"],
        name_en=data.get("name_en", ""),
        first_year=data["first_year"],
        last_year=None,
        notice=data["notice"],
        notice_title=data["notice_title"],
        law=data["law"],
        law_number=data["law_number"],
        title=data["title"],
        intro=tuple(data["intro"]),
        contact=tuple(ContactField(line["field"], line["label"]) for line in data["contact"]),
        sections=sections,
        rules=rules,
        cells=cells,
        sums=_sums(rules),
        summary=summary,
        meanings=meanings,
    )


def _section(spec: dict[str, Any], tables: dict[str, Table]) -> Section:
    fields = tuple(
        TextField(item["id"], item["label"], item["required"], tuple(item.get("refused", ())))
        for item in spec.get("fields", ())
    )
    return Section(
        id=spec["id"],
        heading=spec["heading"],
        step=spec["step"],
        source=spec["source"],
        fields=fields,
        table=tables[spec["table"]] if "table" in spec else None,
        points=tuple(spec.get("points", ())),
        variants=tuple(spec.get("variants", ())),
    )


def _each(spec: dict[str, Any], data: dict[str, Any]) -> tuple[str, ...]:
    """What a rule is repeated over: a list, or all columns or rows of a table ("t3.columns")."""
    each = spec.get("each", [""])
    if isinstance(each, str):
        table_id, _dot, part = each.partition(".")
        table = next((table for table in data["tables"] if table["id"] == table_id), None)
        if table is None or part not in ("rows", "columns"):
            raise FormatError(f"rule {spec['id']}: each = {each!r}")
        return tuple(item["id"] for item in table[part] if "id" in item)
    return tuple(each)


def _fill(patterns: list[str], each: str) -> tuple[str, ...]:
    return tuple(pattern.replace("{each}", each) for pattern in patterns)


def _rule(
    spec: dict[str, Any],
    data: dict[str, Any],
    cells: dict[str, Cell],
    tables: dict[str, Table],
    fields: set[str],
) -> Rule:
    id = spec["id"]
    kind = RULE_KINDS.get(spec["kind"])
    if kind is None:
        raise FormatError(f"rule {id}: kind {spec['kind']!r} is not known")
    if spec["severity"] not in SEVERITIES:
        raise FormatError(f"rule {id}: severity {spec['severity']!r} is not known")
    names = {
        word: (value,) if isinstance(value, str) else tuple(value)
        for word, value in spec.items()
        if word.endswith(("_name", "_names"))
    }
    strange = set(spec) - _RULE_WORDS - set(kind.operands) - set(kind.settings) - set(names)
    missing = set(kind.operands + kind.settings) - set(kind.optional_cells) - set(spec)
    if strange or missing:
        raise FormatError(f"rule {id}: unknown {sorted(strange)}, missing {sorted(missing)}")
    instances = []
    for each in _each(spec, data):
        operands = {name: _fill(spec.get(name, []), each) for name in kind.operands}
        # last year's cells may belong to an older format only: they are not evaluated there
        for name in kind.cells + kind.optional_cells:
            _known(id, operands[name], cells)
        for name in kind.tables:
            _known(id, operands[name], tables)
        for name in kind.fields:
            _known(id, operands[name], fields | set(UNIT_KEYS))
        instances.append(Instance(each, _subject(spec.get("subject"), operands, kind.cells, cells), operands))
    return Rule(
        id=id,
        title=spec["title"],
        kind=spec["kind"],
        severity=spec["severity"],
        source=spec["source"],
        computed=spec.get("computed", False),
        names=names,
        instances=tuple(instances),
        settings={word: spec[word] for word in kind.settings},
    )


def _subject(
    word: str | None, operands: dict[str, tuple[str, ...]], order: tuple[str, ...], cells: dict[str, Cell]
) -> str:
    """The words that name one instance of a rule in messages."""
    if word is None:
        return ""
    cell = cells[operands[order[0]][0]]
    if word == "column":
        return cell.column_path[-1]
    if word == "row":
        return cell.row_path[-1]
    if word == "group":
        return " ".join(cell.column_path[:-1])
    raise FormatError(f"subject {word!r} is not known")


def _known(rule: str, keys: tuple[str, ...], known: object) -> None:
    strange = [key for key in keys if key not in known]  # type: ignore[operator]
    if strange:
        raise FormatError(f"rule {rule}: no such operand {', '.join(strange)}")


def _unique(ids: list[str], what: str) -> None:
    twice = sorted({id for id in ids if ids.count(id) > 1})
    if twice:
        raise FormatError(f"{what} {', '.join(twice)} stands twice")


def _check_meanings(meanings: Mapping[str, Any], cells: Mapping[str, Cell], rules: tuple[Rule, ...]) -> None:
    """Refuse meanings that lead nowhere, or forget a cell: a sum that lacks a row makes false alarms."""
    needing = [rule.id for rule in rules if RULE_KINDS[rule.kind].meanings]
    if needing and not meanings:
        raise FormatError(f"rule {needing[0]}: the format has no meanings")
    reached: set[str] = set()
    for name, domain in meanings.items():
        rows, columns = _parts(domain["first"].values()), _parts(domain["second"].values())
        for row in (*rows, *_parts(each.get("plus", ()) for each in domain.get("accept", ()))):
            found = {row + column for column in columns} & cells.keys()
            if not found:
                raise FormatError(f"meanings.{name}: no cell begins with {row}")
            reached |= found if row in rows else set()
    forgotten = [id for id in cells if id not in reached]
    if meanings and forgotten:
        raise FormatError(f"meanings: no words lead to {', '.join(forgotten[:5])}")


def _parts(values: Iterable[Iterable[str]]) -> tuple[str, ...]:
    """The parts of cell ids that the values of a slot stand for."""
    return tuple(part for value in values for part in value)


def _sums(rules: tuple[Rule, ...]) -> dict[str, tuple[str, ...]]:
    """Computed totals with their operands, operands first. The first rule that names a total defines it."""
    sums: dict[str, tuple[str, ...]] = {}
    for rule in rules:
        if rule.computed:
            for instance in rule.instances:
                (total,) = instance.operands["total"]
                sums.setdefault(total, instance.operands["parts"])
    try:
        order = tuple(TopologicalSorter(sums).static_order())
    except CycleError as error:
        raise FormatError(f"totals depend on each other: {error.args[1]}") from error
    return {total: sums[total] for total in order if total in sums}
