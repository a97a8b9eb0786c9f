"""The archive copy: what the validator says of it, and that the same data give the same bytes."""

from __future__ import annotations

import io
from pathlib import Path

import pikepdf
import pytest
from pikepdf import pdfa
from reportlab.pdfgen.canvas import Canvas

from gkdesk import exports, formats, paths
from gkdesk.errors import KnownError
from gkdesk.exports import pdf
from gkdesk.exports.pdf_archive import archived
from gkdesk.paper import Options
from gkdesk.paper.faces import load_faces
from gkdesk.report import Report, report_json

PUBLISHED = Path(__file__).parents[1] / "fixtures" / "reports"
SAMPLE = paths.resources() / "samples" / "sample-2021.json"
HOSTILE = {
    "unit.name": "甲\n\u202e乙\x07()\\<>&\ufffe\U0010ffff\ue000",
    "text.overview": "（一）a\x01b\ufffe<&>。😀 عربي 𬭎",
    "text.problems": "http://" + "a/" * 2000,
    "date": "'); (",
}


@pytest.fixture(scope="module")
def options():
    faces = load_faces(paths.resources() / "fonts", installed=False)
    return lambda copy: Options(faces=faces, copy=copy)


@pytest.mark.parametrize(
    ("name", "copy"),
    [
        ("yinchuan-2019", "final"),
        ("huaian-2024", "review"),
        ("long-2025", "plain"),
        ("", "plain"),
        ("hostile", "review"),
    ],
)
def test_the_validator_passes_every_copy(options, name, copy):
    form = formats.load("2021")
    reports = {"": Report(form, 2024), "hostile": Report.from_entries(form, 2024, HOSTILE)}
    reports["long-2025"] = report_json.read_file(PUBLISHED.parent / "long-2025.json")
    report = reports.get(name) or report_json.read_file(PUBLISHED / f"{name}.json")
    data = pdf.to_archive(report, options(copy))
    verdict = pdfa.validate_written(io.BytesIO(data), "2b")
    assert verdict.passed, verdict.findings
    assert data == pdf.to_archive(report, options(copy))


def test_pages_stay_and_the_file_tells_about_itself(options):
    report = report_json.read_file(SAMPLE)
    data = pdf.to_archive(report, options("final"))
    plain = pdf.to_bytes(report, options("final"))
    with pikepdf.open(io.BytesIO(data)) as document, pikepdf.open(io.BytesIO(plain)) as before:
        assert len(document.pages) == len(before.pages)
        for page, drawn in zip(document.pages, before.pages, strict=True):
            assert page.Contents.read_bytes() == drawn.Contents.read_bytes()
        assert str(document.Root.Lang) == "zh-CN"
        with document.open_metadata() as metadata:
            assert metadata.pdfa_status == "2B"
            assert metadata["dc:language"] == {"zh-CN"}
            assert metadata["dc:title"] == report.title
            assert metadata["pdf:Producer"] == "GKDesk"
            assert metadata["xmp:CreateDate"].startswith(report.fields["date"])
            assert "xmp:MetadataDate" not in metadata


def test_what_the_validator_refuses_is_not_handed_out(tmp_path, monkeypatch):
    buffer = io.BytesIO()
    canvas = Canvas(buffer, lang="zh-CN")
    canvas.drawString(100, 100, "Helvetica, not embedded")
    canvas.save()
    with pytest.raises(KnownError, match=r"没有通过 PDF/A 检查（.+），没有写任何文件"):
        archived(buffer.getvalue(), "x")
    monkeypatch.setattr(pdf, "to_bytes", lambda *_given: buffer.getvalue())
    target = tmp_path / "a.pdf"
    with pytest.raises(KnownError, match="PDF/A"):
        exports.write("pdfa", Report(formats.load("2021"), 2024), target)
    assert list(tmp_path.iterdir()) == []


def test_kind_and_file_name(tmp_path):
    report = report_json.read_file(SAMPLE)
    assert "pdfa" in exports.KINDS
    assert exports.file_name(report, "pdfa") == f"{report.title}（归档）.pdf"
    target = tmp_path / exports.file_name(report, "pdfa")
    exports.write("pdfa", report, target, copy="final")
    with pikepdf.open(target) as document, document.open_metadata() as metadata:
        assert metadata.pdfa_status == "2B"
