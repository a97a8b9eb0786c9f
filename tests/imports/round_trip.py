"""Random reports through every export and back: what was published must be what is read."""

from __future__ import annotations

import random
from decimal import Decimal
from pathlib import Path

from gkdesk import formats
from gkdesk.checks import check
from gkdesk.exports import docx, html, pdf, xlsx
from gkdesk.imports.importing import Imported, import_source, understand
from gkdesk.imports.readers import docx as docx_reader
from gkdesk.imports.readers import html as html_reader
from gkdesk.imports.readers import pdf as pdf_reader
from gkdesk.imports.readers import xlsx as xlsx_reader
from gkdesk.report import Report
from gkdesk.report.intro import compose_intro
from tests.builders import balanced

UNITS = (
    "云溪县水务局",
    "南浦市人民政府",
    "东洲区青石街道办事处",
    "白河县农业农村局（林业局）",
    "临江开发区管理委员会",
)
PHRASES = (
    "全年主动公开信息{n}条",
    "其中规范性文件{n}件",
    "办结率为{n}.5%",
    "较上年增长{n}%",
    "开展培训{n}次",
    "政务公开工作有序推进",
    "网站www.example.gov.cn更新及时",
    "解读方式仍较单一",
    "“互联网+政务服务”平台运行平稳",
    "收到申请{n}件",
    "按照《条例》（国令第711号）要求",
)
NOTES = ("text.disclosure_note", "text.requests_note", "text.reviews_note")
_SUMS = ("t3.balance", "t3.results_total", "t3.applicants_total", "t4.total")
KINDS = ("html", "docx", "xlsx", "pdf")


def random_report(rng: random.Random, id: str) -> Report:
    """Any report of the format, texts of one line or of pages: every other one complete and balanced, the others with
    blanks and with totals stated or not, right or wrong."""
    form = formats.load(id)
    year = rng.randint(form.first_year, form.last_year or 2030)
    if rng.random() < 0.5:
        figures = [rng.choice((0, 0, rng.randint(0, 9), rng.randint(0, 60_000))) for _cell in form.cells]
        cells = dict(balanced(form, year, figures, stated=rng.random() < 0.5).cells)
    else:
        cells = {id: _figure(rng, cell.kind) for id, cell in form.cells.items() if rng.random() < 0.95}
        for total in form.sums:
            if rng.random() < 0.6:
                cells.pop(total, None)
    fields = {
        "unit.name": rng.choice(UNITS),
        "unit.address": f"云溪县人民路{rng.randint(1, 99)}号",
        "unit.postcode": f"{rng.randint(100000, 999999)}",
        "unit.phone": f"0{rng.randint(100, 999)}-{rng.randint(1000000, 9999999)}",
        "unit.email": "office@example.gov.cn",
        "unit.website": "www.example.gov.cn",
    }
    fields["text.intro"] = compose_intro(form, year, fields)
    for key in ("text.overview", "text.problems"):
        fields[key] = _text(rng, rng.randint(1, 6))
    fields["text.other_matters"] = rng.choice(("无。", _text(rng, 1)))
    for key in NOTES:
        if rng.random() < 0.3:
            fields[key] = _text(rng, 1)
    if rng.random() < 0.5:
        fields["date"] = f"{year + 1}-01-{rng.randint(1, 28):02}"
    return Report(form, year, {id: value for id, value in cells.items() if value is not None}, fields)


def _figure(rng: random.Random, kind: str) -> int | Decimal | None:
    value = rng.choice((0, 0, rng.randint(0, 9), rng.randint(0, 500), rng.randint(0, 999_999)))
    if kind == "money":
        return Decimal(value) if rng.random() < 0.3 else Decimal(value) / 10 ** rng.randint(1, 6)
    return -value if kind == "signed" and rng.random() < 0.5 else value


def _text(rng: random.Random, paragraphs: int) -> str:
    made = []
    for number in range(paragraphs):
        sentences = [
            "，".join(rng.choice(PHRASES).format(n=rng.randint(1, 900)) for _part in range(rng.randint(1, 4)))
            + "。"
            for _sentence in range(rng.randint(1, 5))
        ]
        head = (
            f"（{'一二三四五六'[number]}）{rng.choice(('主动公开', '监督保障', '平台建设'))}。"
            if rng.random() < 0.4
            else ""
        )
        made.append(head + "".join(sentences))
    return "\n".join(made)


def imported(report: Report, kind: str, folder: Path, *, gate: bool = False) -> Imported:
    """The report written as `kind` and read again; through the gate's process where asked (it takes a second)."""
    path = folder / f"a.{kind}"
    writer = {"html": html, "docx": docx, "xlsx": xlsx, "pdf": pdf}[kind]
    writer.write(report, path)
    if gate or kind == "xlsx":
        return import_source(path)
    return _read(path, kind)


def _read(path: Path, kind: str) -> Imported:
    reader = {"html": html_reader, "docx": docx_reader, "pdf": pdf_reader, "xlsx": xlsx_reader}[kind]
    return understand(reader.read(path.read_bytes()), kind=kind, name=path.name)


def differences(report: Report, found: Imported) -> list[str]:
    """What is not as it was written; empty when all is. A published page does not tell stated totals from computed."""
    again = found.report
    if again is None:
        return ["no report"]
    wrong = (
        [f"year {again.year}, format {again.form.id}"]
        if (again.form, again.year) != (report.form, report.year)
        else []
    )
    if again.form is not report.form:
        return wrong
    wrong += [
        f"{id}: {report.values[id]} read as {again.values[id]}"
        for id in report.form.cells
        if again.values[id] != report.values[id]
    ]
    if _adds_up(report):
        wrong += [f"{id} guessed" for id in found.uncertain]
    keys = [key for key in report.fields if not key.startswith("units.")] + ["date", *NOTES]
    wrong += [
        f"{key}: {again.fields.get(key)!r} for {report.fields.get(key)!r}"
        for key in keys
        if again.fields.get(key) != report.fields.get(key)
    ]
    return wrong


def _adds_up(report: Report) -> bool:
    """Whether the sums confirm every figure: where they do not, a reader should ask to look again."""
    return all(issue.rule not in ("cell.blank", *_SUMS) for issue in check(report))


def campaign(kind: str, count: int, seed: int, folder: Path) -> list[str]:
    """`count` random reports of both formats through one export; the differences with their numbers."""
    wrong = []
    for number in range(count):
        rng = random.Random(f"{seed}/{number}")
        report = random_report(rng, ("2019", "2021")[number % 2])
        wrong += [f"#{number} {each}" for each in differences(report, imported(report, kind, folder))]
    return wrong
