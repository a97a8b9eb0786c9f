"""Review and final copies: sign-off sheet, watermark, notes, fingerprint and QR code."""

from __future__ import annotations

from pathlib import Path

import pytest

from gkdesk import formats
from gkdesk.checks import check
from gkdesk.checks.notes import note_patch
from gkdesk.formats.load import load_file
from gkdesk.paper import Options, compose
from gkdesk.paper.geometry import MM, PAGE
from gkdesk.paper.marks import Box, Stroke
from gkdesk.report import Report
from gkdesk.report.fingerprint import fingerprint
from gkdesk.report.values import Invalid
from tests.builders import TEXTS, UNIT, balanced
from tests.paper.reading import text

FORMS = [formats.load("2019"), formats.load("2021")]
both = pytest.mark.parametrize("form", FORMS, ids=lambda form: form.id)
WORDS = {**UNIT, **TEXTS, "text.intro": "引言。", "text.overview": "（一）主动公开。多。\n（二）管理\n好。"}


def filled(form=FORMS[1], **more):
    report = balanced(form, form.first_year, list(range(100)))
    return Report(form, report.year, report.cells, {**report.fields, **WORDS, **more})


def warned():
    """A report with warnings, the first of them explained; the words of the issue."""
    report = filled(**{"unit.postcode": "", "unit.phone": ""})
    first, *others = [issue for issue in check(report) if issue.severity == "warning"]
    assert others
    (patch,) = note_patch(first, "本机关没有邮编。\n（二）已报备").items()
    return Report(report.form, report.year, report.cells, {**report.fields, patch[0]: patch[1]})


@pytest.fixture(scope="module")
def make(request):
    bundle = request.getfixturevalue("bundle")

    def build(report, copy="plain", **options):
        return compose(report, Options(faces=bundle, copy=copy, **options))

    return build


def all_text(page):
    return "".join(run.text for run in page.runs())


@both
def test_the_sheet_tells_what_the_report_says(make, form):
    report = filled(form)
    pages = make(report, "review").pages
    sheet, shown = pages[0], all_text(pages[0])
    assert sheet.number is None
    for words in (report.title, report.unit_name, f"{report.year}年", form.name, fingerprint(report)):
        assert words in shown
    assert form.summary
    for line in form.summary:
        heads = [run for run in sheet.runs() if len(run.text) > 3 and line.label.startswith(run.text)]
        label = max(heads, key=lambda run: len(run.text))
        beside = sorted(
            (run.x, run.text)
            for run in sheet.runs()
            if abs(run.baseline - label.baseline) < 1 and 0 <= run.x - label.x < 60 * MM
        )
        assert report.shown(line.cell)
        assert "".join(text for _x, text in beside) == line.label + report.shown(line.cell)
    for step in ("拟稿", "科室复核", "保密审查", "分管领导", "主要负责人", "签字", "日期", "单位公章"):
        assert step in shown
    assert "没有错误。" in shown
    assert "没有上年年报，未与上年核对。" in shown
    assert "未与上年核对" not in all_text(make(report, "review", previous=report).pages[0])


def test_errors_and_warnings_are_counted(make):
    shown = all_text(make(warned(), "review").pages[0])
    assert "没有错误。提醒2处：1处已说明，见末页；1处未说明。" in shown
    empty = Report(FORMS[1], 2024)
    errors = sum(issue.severity == "error" for issue in check(empty))
    assert errors
    assert f"错误{errors}处，须改正后再签批。" in all_text(make(empty, "review").pages[0])


def test_explained_warnings_stand_on_a_page_of_their_own(make):
    pages = make(warned(), "review")
    last = pages.pages[-1]
    assert last.number is None
    shown = text([last])
    assert shown.removeprefix("送审稿").startswith("提醒说明")
    assert "说明：本机关没有邮编。" in shown
    assert shown.count("说明：") == 1
    assert pages.bookmarks[-1].title == "提醒说明"
    assert pages.bookmarks[-1].page == len(pages.pages) - 1
    assert "提醒说明" not in text(make(filled(), "review").pages)
    assert "说明：" not in text(make(warned(), "final").pages)


def test_the_report_itself_is_the_same_in_all_copies(make):
    report = filled()
    plain, review, final = (make(report, copy) for copy in ("plain", "review", "final"))
    assert len(review.pages) == len(plain.pages) + 1
    assert len(final.pages) == len(plain.pages)
    for page, reviewed, finished in zip(plain.pages, review.pages[1:], final.pages, strict=True):
        assert page.number == reviewed.number == finished.number
        assert set(page.marks) <= set(reviewed.marks)
        assert finished.marks[: len(page.marks)] == page.marks
    assert [(mark.title, mark.level, mark.page + 1, mark.y) for mark in plain.bookmarks] == [
        (mark.title, mark.level, mark.page, mark.y) for mark in review.bookmarks[1:]
    ]
    assert review.bookmarks[0].page == 0
    assert make(report, "final", code=False).pages == plain.pages
    assert fingerprint(report) not in "".join(map(all_text, plain.pages))


def test_watermark_and_code_on_every_page(make):
    report = warned()
    for page in make(report, "review").pages:
        mark = page.marks[0]
        assert (mark.text, mark.angle) == ("送审稿", 45)
        assert mark.grey > 0.85
        # Its middle is the middle of the sheet: half its width back along the slope, and down to the baseline.
        half = mark.width / 2 * 2**-0.5
        assert mark.x + half == pytest.approx(PAGE.width / 2, abs=0.5 * mark.size)
        assert mark.baseline - half == pytest.approx(PAGE.height / 2, abs=0.5 * mark.size)
    for copy in ("review", "final"):
        for page in make(report, copy).pages:
            code = [run for run in page.runs() if fingerprint(report) in run.text and run.size <= 9]
            assert any(PAGE.bottom + 10 * MM < run.baseline < PAGE.height - 10 * MM for run in code)
    assert not any(run.angle for page in make(report, "final").pages for run in page.runs())


def test_the_symbol_is_on_the_sheet_or_on_the_last_page(make):
    report = filled()
    with_symbol = [
        [i for i, page in enumerate(pages) if any(isinstance(mark, Box) for mark in page.marks)]
        for pages in (make(report, copy).pages for copy in ("plain", "review", "final"))
    ]
    assert with_symbol == [[], [0], [len(make(report).pages) - 1]]


@pytest.mark.parametrize("more", [0, 30])
def test_the_symbol_keeps_clear_of_text_and_page_number(make, more):
    report = filled(**{"text.problems": "\n".join(["一段文字。"] * (1 + more))})
    page = make(report, "final").pages[-1]
    boxes = [mark for mark in page.marks if isinstance(mark, Box)]
    left, right = min(box.x for box in boxes), max(box.x + box.width for box in boxes)
    top, low = min(box.y for box in boxes), max(box.y + box.height for box in boxes)
    assert right - left == pytest.approx(14 * MM)
    assert low - top == pytest.approx(14 * MM)
    module = 14 * MM / 21
    for run in page.runs():
        apart = (
            run.x > right + 4 * module
            or run.x + run.width < left - 4 * module
            or run.baseline < top - 4 * module
            or run.baseline - run.size > low + 4 * module
        )
        assert apart, run


@pytest.mark.parametrize(
    "fields",
    [
        {"unit.name": "很长的名字" * 400},
        {"unit.name": "a" * 3000},
        {"unit.name": ""},
        {"unit.name": "甲\n乙\x07"},
    ],
)
def test_the_sheet_is_one_page_whatever_stands_in_it(make, fields):
    report = filled(**fields)
    sheet = make(report, "review").pages[0]
    for mark in sheet.marks[1:]:
        if isinstance(mark, Stroke):
            assert PAGE.top <= min(mark.y0, mark.y1) <= max(mark.y0, mark.y1) <= PAGE.bottom + 0.01
    assert max(run.x + run.width for run in sheet.runs() if not run.angle) <= PAGE.right + 1
    for step in ("拟稿", "主要负责人", "单位公章"):
        assert step in all_text(sheet)


def test_wide_figures_leave_their_labels_on_one_line(make):
    report = filled()
    cells = {
        **report.cells,
        "t2.fees.amount": Invalid("三亿二千万元整，" * 6),
        "t2.normative.made": 999_999_999_999,
    }
    sheet = make(Report(report.form, report.year, cells, report.fields), "review").pages[0]
    runs = list(sheet.runs())
    for line in FORMS[1].summary:
        rows = [
            "".join(other.text for other in runs if other.baseline == run.baseline)
            for run in runs
            if line.label.startswith(run.text)
        ]
        assert any(line.label in row for row in rows), line
    assert any(run.text.endswith("…") for run in runs)


def test_a_form_without_a_summary_has_a_sheet_without_one(make):
    form = load_file(Path(__file__).parents[1] / "fixtures" / "invented-2031.toml")
    shown = all_text(make(Report(form, 2031), "review").pages[0])
    assert "报告摘要" not in shown
    assert form.name in shown


def test_headings_in_the_text_are_bookmarks_of_the_second_level(make):
    found = [(mark.title, mark.level) for mark in make(filled()).bookmarks]
    place = found.index(("一、总体情况", 0))
    assert found[place + 1 : place + 3] == [("（一）主动公开", 1), ("（二）管理", 1)]
    assert [level for _title, level in found].count(1) == 2


def test_another_copy_is_refused():
    with pytest.raises(ValueError, match="draft"):
        Options(copy="draft")
