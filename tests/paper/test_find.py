"""Where words, cells and issues stand on finished pages."""

from __future__ import annotations

import pytest

from gkdesk import formats
from gkdesk.checks import open_session
from gkdesk.paper import Options, compose
from gkdesk.paper.find import Finder, places_of
from gkdesk.paper.geometry import PAGE
from gkdesk.report import Issue, Report
from tests.builders import balanced

FORM = formats.load("2021")
TEXT = (
    "全年收到申请12件，办结12件。\n"
    + "为了占满一行而写的文字，" * 9
    + "其中商业企业１２件。\n第三段又说收到申请12件。"
)


@pytest.fixture(scope="module")
def report():
    entries = balanced(FORM, 2024, [3] * 170).entries()
    contact = {"unit.name": "云溪县水务局", "unit.phone": "0890-5550166", "unit.address": "清水路16号"}
    texts = {"text.overview": TEXT, "text.intro": "联系电话：0890-5550166。", "date": "2025-01-20"}
    return Report.from_entries(FORM, 2024, {**entries, **contact, **texts})


@pytest.fixture(scope="module")
def composed(report, bundle):
    return compose(report, Options(faces=bundle))


@pytest.fixture(scope="module")
def finder(composed):
    return Finder(composed.pages)


def words_under(pages, place):
    """The characters whose middle lies in a box."""
    found = ""
    for run in pages.pages[place.page].runs():
        x = run.x
        for char in run.text:
            width = run.face.advances[char] * run.size
            middle, high = x + width / 2, run.baseline - run.size / 3
            if place.x < middle < place.x + place.width and place.y < high < place.y + place.height:
                found += char
            x += width + run.spacing
    return found


def test_every_cell_has_its_box_with_its_figure_in_it(report, composed):
    keys = [place.key for place in composed.places]
    assert sorted(keys) == sorted(id for table in FORM.tables for id in table.cells)
    for place in composed.places:
        assert words_under(composed, place) == report.shown(place.key)


def test_words_are_found_in_the_order_of_the_pages(composed, finder):
    found = finder.find("申请12件")
    assert [words_under(composed, place) for hit in found for place in hit] == ["申请12件"] * 2
    assert found[0][0].y < found[1][0].y


def test_words_over_a_line_end_have_a_box_for_each_line(composed, finder):
    [first, second] = next(hit for hit in finder.find("而写的文字，为了占满") if len(hit) == 2)
    assert words_under(composed, first) + words_under(composed, second) == "而写的文字，为了占满"
    assert second.x == pytest.approx(PAGE.left)
    assert second.y - first.y == pytest.approx(PAGE.leading)


def test_width_blanks_and_capitals_do_not_count(finder):
    assert finder.find("商业企业 12 件")
    assert len(finder.find("１２件")) == len(finder.find("12件"))
    assert finder.find("无此文字") == []
    assert finder.find(" 　") == []


def issue(field, words, text, nth=0):
    start = -1
    for _ in range(nth + 1):
        start = text.index(words, start + 1)
    return Issue("text.figure", "warning", field=field, span=(start, start + len(words)))


@pytest.mark.parametrize("nth", [0, 1])
def test_an_issue_in_words_is_told_from_the_same_words_elsewhere(report, composed, finder, nth):
    found = places_of(issue("text.overview", "收到申请12件", TEXT, nth), report, finder, composed.places)
    assert found == finder.find("收到申请12件")[nth]


def test_an_issue_of_cells_shows_them_all(report, composed, finder):
    cells = ("t3.new.business", "t3.carried_in.business")
    found = places_of(Issue("t3.balance", "error", cells=cells), report, finder, composed.places)
    assert [place.key for place in found] == list(cells)


def test_a_text_not_written_is_its_heading_and_contact_its_words(report, composed, finder):
    [heading] = places_of(
        Issue("text.missing", "error", field="text.problems"), report, finder, composed.places
    )
    assert words_under(composed, heading) == FORM.section_of("text.problems").heading
    [phone] = places_of(Issue("unit.contact", "warning", field="unit.phone"), report, finder, composed.places)
    assert words_under(composed, phone) == "0890-5550166"
    assert (
        places_of(Issue("unit.contact", "warning", field="unit.postcode"), report, finder, composed.places)
        == ()
    )


def test_a_review_copy_has_its_sheet_before_all_places(report, bundle, composed):
    session = open_session(report)
    review = compose(session.snapshot(), Options(faces=bundle, copy="review"))
    assert [place.page for place in review.places] == [place.page + 1 for place in composed.places]
    # the watermark on every page is no text of the report
    assert {hit[0].page for hit in Finder(review.pages).find("送审稿")} <= {0}
