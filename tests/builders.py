"""Reports for tests: complete and correct ones from random figures, and figure-only reports."""

from __future__ import annotations

from hypothesis import strategies as st

from gkdesk import formats
from gkdesk.formats import Format
from gkdesk.report import Report
from gkdesk.report.intro import compose_intro

TEXTS = {
    "text.overview": "全年工作平稳。",
    "text.problems": "公开不够及时，已改进流程。",
    "text.other_matters": "本年度没有收取信息处理费。",
}
UNIT = {
    "unit.name": "云溪县水务局",
    "unit.kind": "department",
    "unit.address": "云溪县人民路1号",
    "unit.postcode": "123456",
    "unit.phone": "0123-4567890",
}


def balanced(form: Format, year: int, figures: list[int], *, stated: bool = False) -> Report:
    """A report that every rule without last year accepts; inputs are taken from ``figures`` in turn."""
    supply = iter(figures)
    cells = {}
    for table in form.tables:
        for id in table.inputs:
            cells[id] = next(supply, 0)
    if "t2.normative.published" in cells:
        for row in ("regulations", "normative"):  # 2019: made ≥ published ≤ total
            made, published, total = (f"t2.{row}.{column}" for column in ("made", "published", "total"))
            cells[published] = min(cells[published], cells[made])
            cells[total] = max(cells[total], cells[made])
    totals = Report(form, year, cells).values
    for column in form.table("t3").column_ids:
        if column != "total":
            done = totals[f"t3.total.{column}"]
            cells[f"t3.new.{column}"] = done + cells[f"t3.carried_out.{column}"]
            cells[f"t3.carried_in.{column}"] = 0
    intro = {"text.intro": compose_intro(form, year, UNIT)}
    report = Report(form, year, cells, {**UNIT, **intro, **TEXTS})
    if stated:
        report = Report(form, year, dict(report.values), report.fields)
    return report


def balanced_reports(ids: tuple[str, ...] = ("2019", "2021"), *, stated: bool = False):
    """Strategy: balanced reports of these formats with figures 0 … 400."""
    figures = st.lists(st.integers(0, 400), min_size=0, max_size=170)
    years = {"2019": 2020, "2021": 2024}
    return st.builds(
        lambda id, numbers: balanced(formats.load(id), years[id], numbers, stated=stated),
        st.sampled_from(ids),
        figures,
    )
