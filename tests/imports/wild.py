"""Reports in the shapes that are found on portals, in mail and on sticks: every trap by itself.

A shape takes a page (see wild_page) and answers the file: reader and bytes, and which cells its reader cannot know.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from email.message import EmailMessage
from html import escape

from gkdesk import formats
from gkdesk.exports import pdf
from gkdesk.report import Report
from tests.builders import balanced
from tests.imports import wild_page
from tests.imports.wild_more import MORE_SHAPES
from tests.imports.wild_page import Cell, Item, Page, Wild, page_of, unmerged


def report_of(rng: random.Random, id: str) -> Report:
    """A balanced report with figures of all sizes, mostly small, and texts with traps of their own."""
    figures = [
        rng.choice((0, 0, 0, rng.randint(0, 9), rng.randint(0, 400), rng.randint(0, 60_000)))
        for _ in range(180)
    ]
    base = balanced(formats.load(id), {"2019": 2020, "2021": 2023}[id], figures, stated=True)
    fields = dict(base.fields)
    fields["text.overview"] = (
        "（一）主动公开。全年公开信息120条，其中规章3件。\n（二）依申请公开。收到的申请都按时答复。\n全年办结率为95.8%。"
    )
    fields["text.problems"] = "一是公开不够及时；二是解读形式单一。\n下一步将改进流程，增加图解。"
    return Report(base.form, base.year, base.cells, fields)


def _put_text(page: Page, kind: str = "html", **options) -> Wild:
    return Wild(kind, wild_page.html(page, **options).encode())


# ---------------------------------------------------------------- web pages


def plain(page: Page, _rng) -> Wild:
    return _put_text(page)


def portal(page: Page, _rng) -> Wild:
    """Nested layout tables with what a portal prints around."""
    top = "<table><tr><td>首页 &gt; 政府信息公开 &gt; 年报</td></tr><tr><td>"
    top += "<table><tr><td>索引号：</td><td>0001</td></tr>"
    top += f"<tr><td>标题：</td><td>{page.report.title}</td></tr></table><p>发布日期：2024-01-20　浏览次数：31</p>"
    foot = "<p>【打印本页】 【关闭窗口】</p><p>分享到：</p></td></tr></table><div>版权所有：某县政府 ICP备12345号</div>"
    return _put_text(page, wrap=lambda body: top + body + foot)


def word_paste(page: Page, _rng) -> Wild:
    """Letters split over spans, <o:p> everywhere."""

    def letters(one: Cell) -> str:
        spans = "".join(f"<span style='font-size:9pt'>{escape(letter)}</span>" for letter in one.text)
        return f"<p class=MsoNormal>{spans}<o:p></o:p></p>"

    return _put_text(page, cell=letters)


def gb18030(page: Page, _rng) -> Wild:
    return Wild("html", wild_page.html(page, head='<meta charset="gb2312">').encode("gb18030"))


def wrong_declaration(page: Page, _rng) -> Wild:
    return Wild("html", wild_page.html(page, head='<meta charset="gbk">').encode())


def utf16(page: Page, _rng) -> Wild:
    return Wild("html", wild_page.html(page).encode("utf-16"))


def mhtml(page: Page, _rng) -> Wild:
    message = EmailMessage()
    message.set_content(
        wild_page.html(page, head=""), subtype="html", charset="gb18030", cte="quoted-printable"
    )
    message["Subject"] = "x"
    return Wild("mhtml", message.as_bytes())


def extra_total(page: Page, _rng) -> Wild:
    """A column 合计 of the five kinds of legal persons before 总计."""
    rows = page.table("t3")
    rows[0][1].colspan += 1
    rows[1][1].colspan += 1
    rows[2].append(Cell("合计"))
    for row in rows[3:]:
        figures = [one for one in row if one.key]
        five = sum(int(one.text) for one in figures[1:6])
        row.insert(row.index(figures[6]), Cell(str(five)))
    return _put_text(page)


def other_marks(page: Page, _rng) -> Wild:
    """`1、` for `1.`, half-width brackets, blanks inside labels."""
    for tag in ("t2", "t3", "t4"):
        for row in page.table(tag):
            for one in row:
                if not one.key:
                    one.text = re.sub(r"^(\d)\.", r"\1、", one.text).translate(str.maketrans("（）", "()"))
                    one.text = one.text[:2] + " \n" + one.text[2:]
    return _put_text(page)


def total_first(page: Page, _rng) -> Wild:
    """The columns of table 三 in another order: 总计 first, 科研机构 before 商业企业."""
    rows = page.table("t3")
    rows[1].insert(0, rows[1].pop())
    rows[2][0], rows[2][1] = rows[2][1], rows[2][0]
    for row in rows[3:]:
        figures = [one for one in row if one.key]
        labels = row[: -len(figures)]
        natural, business, research, *rest, total = figures
        row[:] = [*labels, total, natural, research, business, *rest]
    return _put_text(page)


def total_first_pipes(page: Page, rng) -> Wild:
    """The same as text, where spans are lost: the order can be seen to be another, but not which."""
    total_first(page, rng)
    lost = {one.key for row in page.table("t3") for one in row if one.key}
    data = wild_page.text(page, lambda row: " | ".join(one.text for one in row))
    return Wild("text", data.encode(), lost)


def padded(page: Page, rng) -> Wild:
    """Blank cells have vanished, and empty ones at the end fill the rows up again."""
    lost = set()
    for row in page.table("t3")[3:]:
        gone = [one for one in row if one.key and rng.random() < 0.25]
        if gone:
            lost |= {one.key for one in row if one.key}
            row[:] = [*(one for one in row if one not in gone), *(Cell("") for _one in gone)]
    data = wild_page.text(page, lambda row: " | ".join(one.text for one in row))
    return Wild("text", data.encode(), lost)


def no_header(page: Page, _rng) -> Wild:
    del page.table("t3")[0:3]
    return _put_text(page)


def split_labels(page: Page, _rng) -> Wild:
    """Long labels of table 三 over two rows of the grid, the figures in the first of them."""
    rows = page.table("t3")
    made: list[list[Cell]] = []
    open_groups: list[list] = []  # cells that reach down, and how many rows of the form they still cover
    for row in rows:
        label = next(
            (one for one in row if not one.key and re.match(r"\d\.", one.text) and len(one.text) > 9), None
        )
        open_groups = [[one, left - 1] for one, left in open_groups if left > 1]
        open_groups += [[one, one.rowspan] for one in row if one.rowspan > 2]
        made.append(row)
        if label is not None:
            half = len(label.text) // 2
            made.append([Cell(label.text[half:]), *(Cell("") for one in row if one.key)])
            label.text = label.text[:half]
            for one, _left in open_groups:
                one.rowspan += 1
    rows[:] = made
    return _put_text(page)


def one_other_row(page: Page, rng) -> Wild:
    """2021 with the single row 其他处理 of 2019."""
    if page.form.id == "2019":
        return plain(page, rng)
    rows = page.table("t3")
    index = next(i for i, row in enumerate(rows) if any("其他处理" in one.text for one in row))
    three = rows[index : index + 3]
    values = [[one for one in row if one.key] for row in three]
    lost = {one.key for row in values for one in row}
    summed = [Cell(str(sum(int(row[c].text) for row in values))) for c in range(7)]
    label = next(one for one in three[0] if "其他处理" in one.text)
    keep = [one for one in three[0] if not one.key and one is not label and not one.text[:1].isdigit()]
    rows[index : index + 3] = [[*keep, Cell("（六）其他处理", 2), *summed]]
    next(one for row in rows for one in row if one.text.startswith("三、")).rowspan -= 2
    zero = {row[c].key for c in range(7) for row in values if summed[c].text == "0"}
    return Wild("html", wild_page.html(page).encode(), lost - zero)


def shared_cell(page: Page, rng) -> Wild:
    """The three figures of （六） of a column in one cell over three rows."""
    if page.form.id == "2019":
        return plain(page, rng)
    rows = page.table("t3")
    index = next(i for i, row in enumerate(rows) if any("其他处理" in one.text for one in row))
    values = [[one for one in row if one.key] for row in rows[index : index + 3]]
    for column, one in enumerate(values[0]):
        one.text = "\n".join(row[column].text for row in values)
        one.rowspan = 3
    for row in rows[index + 1 : index + 3]:
        row[:] = [one for one in row if not one.key]
    return _put_text(page, cell=lambda one: "<br>".join(escape(line) for line in one.text.split("\n")))


def notes_before(page: Page, _rng) -> Wild:
    fields = dict(page.report.fields)
    for key in ("disclosure_note", "requests_note", "reviews_note"):
        fields[f"text.{key}"] = f"本年度有关情况见下表（{key[:3]}），共公开信息12条。"
    report = Report(page.form, page.report.year, page.report.cells, fields)
    return Wild("html", wild_page.html(_taken(page, page_of(report))).encode())


def _taken(page: Page, other: Page) -> Page:
    page.report, page.items = other.report, other.items
    return page


def no_regulations(page: Page, _rng) -> Wild:
    rows = page.table("t2")
    index = next(i for i, row in enumerate(rows) if any(one.text == "规章" for one in row))
    lost = {one.key for one in rows[index] if one.key}
    del rows[index]
    return Wild("html", wild_page.html(page).encode(), lost)


def fee_section(page: Page, _rng) -> Wild:
    """A section on fees with a table of its own; the later sections have other numbers."""
    headings = [item for item in page.items if item.tag == "heading"]
    headings[4].text = "六" + headings[4].text[1:]
    headings[5].text = "七" + headings[5].text[1:]
    at = page.items.index(headings[4])
    fees = [[Cell("项目"), Cell("收费金额"), Cell("总计")], [Cell("信息处理费"), Cell("0"), Cell("0")]]
    page.items[at:at] = [Item("五、收取信息处理费情况"), Item("本年度没有收取信息处理费。"), Item(rows=fees)]
    return _put_text(page)


def letters_in_lines(page: Page, _rng) -> Wild:
    return _put_text(page, cell=lambda one: "<br>".join(escape(letter) for letter in one.text))


def misspelt(page: Page, _rng) -> Wild:
    slips = {
        "禁止公开": "止公开",
        "现行有效件数": "现行有效件",
        "行政复议": "行政法复议",
        "公开出版物": "公开出板物",
    }
    for tag in ("t2", "t3", "t4"):
        for row in page.table(tag):
            for one in row:
                if not one.key:
                    for right, wrong in slips.items():
                        one.text = one.text.replace(right, wrong)
    return _put_text(page)


def units_and_notes(page: Page, _rng) -> Wild:
    for row in page.table("t2"):
        for one in row:
            if one.key.endswith((".change", ".made")) and one.text != "0":
                one.text = "+" + one.text if one.key.endswith(".change") else f"{one.text}（其中修订1件）"
            elif one.key and one.text.isdigit() and not one.key.endswith(".amount"):
                one.text += "件"
    return _put_text(page)


def blanks(page: Page, rng) -> Wild:
    blank = set()
    for row in page.table("t3")[3:]:
        for one in row:
            if one.key and rng.random() < 0.3:
                one.text = ""
                blank.add(one.key)
    return Wild("html", wild_page.html(page).encode(), blank=blank)


def stripped(page: Page, _rng) -> Wild:
    """No title; the year stands in the introduction."""
    del page.items[page.find("title")]
    return _put_text(page)


def other_title(page: Page, _rng) -> Wild:
    item = page.items[page.find("title")]
    item.text = f"{page.report.year}年"
    page.items.insert(1, Item(f"{page.report.unit_name}政府信息公开工作年度报告"))
    return _put_text(page)


def variants(page: Page, _rng) -> Wild:
    for item in page.items:
        for section in page.form:
            if item.text == section.heading and section.variants:
                item.text = section.variants[0].replace("、", " 、", 1)
    return _put_text(page)


def no_spans(page: Page, _rng) -> Wild:
    for item in page.items:
        if item.rows:
            item.rows = unmerged(item.rows)
    return _put_text(page)


def split_pages(page: Page, rng, *, repeat: bool = False) -> Wild:
    """Table 三 as two tables, the second with or without the header."""
    index = page.find("t3")
    rows = unmerged(page.items[index].rows)
    cut = rng.randint(6, len(rows) - 3)
    second = (rows[:3] if repeat else []) + rows[cut:]
    page.items[index : index + 1] = [Item(rows=rows[:cut], tag="t3"), Item("— 3 —"), Item(rows=second)]
    return _put_text(page)


def split_pages_repeated(page: Page, rng) -> Wild:
    return split_pages(page, rng, repeat=True)


# ---------------------------------------------------------------- text


def pipes(page: Page, _rng) -> Wild:
    """Spans are lost: a row is its cells, with bars and empty ones at the end."""
    data = wild_page.text(page, lambda row: " | ".join([*(one.text for one in row), "", ""]))
    return Wild("text", data.encode())


def framed(page: Page, _rng) -> Wild:
    for item in page.items:
        if item.rows:
            item.rows = unmerged(item.rows)
    return Wild(
        "text", wild_page.text(page, lambda row: f"| {' | '.join(one.text for one in row)} |").encode()
    )


def tabs(page: Page, _rng) -> Wild:
    for item in page.items:
        if item.rows:
            item.rows = unmerged(item.rows)
    return Wild(
        "text", wild_page.text(page, lambda row: "\t".join(one.text for one in row)).encode("gb18030")
    )


def one_a_line(page: Page, _rng) -> Wild:
    return Wild(
        "text", wild_page.text(page, lambda row: "\n".join(one.text for one in row)).encode("utf-8-sig")
    )


def spaces(page: Page, _rng) -> Wild:
    return Wild("text", wild_page.text(page, lambda row: " ".join(one.text for one in row)).encode())


def collapsed(page: Page, rng) -> Wild:
    """Blank cells have vanished from the rows: which figure is which cannot be told."""
    lost, blank = set(), set()
    for row in page.table("t3")[3:]:
        gone = [one for one in row if one.key and rng.random() < 0.25]
        if gone:
            lost |= {one.key for one in row if one.key}
            row[:] = [one for one in row if one not in gone]
    data = wild_page.text(page, lambda row: " | ".join(one.text for one in row))
    return Wild("text", data.encode(), lost, blank)


def run_together(page: Page, _rng) -> Wild:
    """All cells of a table in one line without anything between."""
    lost = set()
    for tag in ("t3", "t4"):
        rows = page.table(tag)
        lost |= {one.key for row in rows for one in row if one.key}
        page.items[page.find(tag)] = Item("".join(one.text for row in rows for one in row))
    return Wild(
        "text",
        wild_page.text(page, lambda row: " | ".join(one.text for one in row)).encode(),
        lost,
        texts=False,
    )


# ---------------------------------------------------------------- Word, Excel, PDF


def word(page: Page, _rng) -> Wild:
    return Wild("docx", wild_page.docx(page))


def word_letters(page: Page, _rng) -> Wild:
    return Wild("docx", wild_page.docx(page, letters=True))


def excel(page: Page, _rng) -> Wild:
    return Wild("xlsx", wild_page.xlsx(page, above=("附件2", "填表说明：没有发生的填0")))


def excel_sheets(page: Page, _rng) -> Wild:
    return Wild("xlsx", wild_page.xlsx(page, merge=False, sheets=True))


def our_pdf(page: Page, _rng) -> Wild:
    return Wild("pdf", pdf.to_bytes(page.report))


SHAPES: tuple[Callable[[Page, random.Random], Wild], ...] = (
    plain, portal, word_paste, gb18030, wrong_declaration, utf16, mhtml, extra_total, total_first,
    total_first_pipes, padded, other_marks, no_header,
    split_labels, one_other_row, shared_cell, notes_before, no_regulations, fee_section, letters_in_lines, misspelt,
    units_and_notes, blanks, stripped, other_title, variants, no_spans, split_pages, split_pages_repeated,
    pipes, framed, tabs, one_a_line, spaces, collapsed, run_together,
    word, word_letters, excel, excel_sheets, our_pdf, *MORE_SHAPES,
)  # fmt: skip
