"""Random reports with everything that can stand in them: odd figures, hostile texts, stated totals."""

from __future__ import annotations

from hypothesis import strategies as st

from gkdesk import formats
from gkdesk.report import Report
from gkdesk.report.report import UNIT_KINDS
from gkdesk.report.session import clean_text

HOSTILE = (
    "=cmd|' /C calc'!A0",
    "=1+1",
    "+1",
    "-2",
    "@SUM(1,1)",
    '\t=HYPERLINK("http://x")',
    "{=A1}",
    "_x0041_",
    "_x005F_x0041_",
    "'=1",
    "<b>&amp;</b>]]>",
    "“三安全”\n\n　　第二段",
    "　　缩进",
    "𬭎㛃😀👨‍👩‍👧",
    "100%",
    "1e3",
    "TRUE",
    "2025/1/20",
    "0012",
    " 前后空格 ",
    "\n",
    "字" * 3000,
    "长。" * 400 + "\n" + "a" * 900,
    "行\n" * 400,
)

SHORT = tuple(text for text in HOSTILE if len(text) < 100)

texts = st.one_of(st.sampled_from(HOSTILE), st.text(max_size=200)).map(clean_text)
figures = st.one_of(
    st.integers(0, 400).map(str),
    st.integers(-(10**13), 10**13).map(str),
    st.decimals(0, 10**12, places=8).map(lambda value: format(value, "f")),
    st.decimals(0, 10**6, places=3).map(lambda value: format(value, "f")),
    st.sampled_from(SHORT),
    st.text(max_size=20).map(clean_text),
)


@st.composite
def contents(draw):
    """Format, year and entries of any report; itself it would fill the screen where a test fails."""
    form = formats.load(draw(st.sampled_from(("2019", "2021"))))
    year = draw(st.integers(form.first_year, form.last_year or 2099))
    entries = draw(st.dictionaries(st.sampled_from(sorted(form.cells)), figures, max_size=60))
    common = draw(figures)
    entries |= dict.fromkeys(draw(st.lists(st.sampled_from(sorted(form.cells)), max_size=200)), common)
    keys = [
        "unit.name",
        "unit.address",
        "unit.postcode",
        "unit.phone",
        "unit.fax",
        "unit.email",
        "unit.website",
    ]
    keys += [field.key for field in form.text_fields]
    entries |= draw(st.dictionaries(st.sampled_from(keys), texts))
    choices = {
        "unit.kind": st.sampled_from(UNIT_KINDS),
        "unit.rule_power": st.sampled_from(("true", "false")),
        "date": st.dates().map(str),
    }
    for id, cell in form.cells.items():
        if cell.units:
            choices[f"units.{id}"] = st.sampled_from(cell.units)
    for key, values in choices.items():
        if draw(st.booleans()):
            entries[key] = draw(values)
    return form.id, year, entries


def report_of(content):
    """The report with these contents, as it comes out of a document."""
    id, year, entries = content
    return Report.from_entries(formats.load(id), year, entries)
