"""More shapes of the wild: what units leave out, add, and write otherwise. See :mod:`tests.imports.wild`."""

from __future__ import annotations

import io
import random

from tests.imports import wild_page
from tests.imports.wild_page import Cell, Item, Page, Wild, unmerged


def _html(page: Page, blank: set[str] | None = None, **options) -> Wild:
    return Wild("html", wild_page.html(page, **options).encode(), blank=blank or set())


def _empty(row: list[Cell], *, total: bool) -> set[str]:
    """Empty the total of a row, or everything else."""
    figures = [one for one in row if one.key]
    gone = figures[-1:] if total else figures[:-1]
    for one in gone:
        one.text = ""
    return {one.key for one in gone}


def only_totals(page: Page, _rng: random.Random) -> Wild:
    """Of table 三 only the column 总计 is filled."""
    return _html(page, set().union(*(_empty(row, total=False) for row in page.table("t3")[3:])))


def no_totals(page: Page, _rng: random.Random) -> Wild:
    """The column 总计 is left blank, and the row （七）总计 too."""
    rows = page.table("t3")
    blank = set().union(*(_empty(row, total=True) for row in rows[3:]))
    row = next(row for row in rows if any(one.text == "（七）总计" for one in row))
    for one in row:
        if one.key:
            one.text = ""
            blank.add(one.key)
    return _html(page, blank)


def zeros_left_out(page: Page, _rng: random.Random) -> Wild:
    """No zero is written anywhere."""
    blank = set()
    for tag in ("t2", "t3", "t4"):
        for row in page.table(tag):
            for one in row:
                if one.key and one.text == "0":
                    one.text = ""
                    blank.add(one.key)
    return _html(page, blank)


def captions(page: Page, _rng: random.Random) -> Wild:
    """A caption over each table and a note under it, inside the table."""
    for number, tag in enumerate(("t2", "t3", "t4"), 1):
        rows = page.table(tag)
        width = sum(one.colspan for one in rows[0])
        rows.insert(0, [Cell(f"附表{number}　政府信息公开情况统计表", width)])
        rows.append([Cell("备注：以上数据统计截至12月31日。", width)])
    return _html(page)


def serial_numbers(page: Page, _rng: random.Random) -> Wild:
    """A column 序号 before the rows of table 三."""
    rows = page.table("t3")
    rows[0].insert(0, Cell("序号", 1, 3))
    for number, row in enumerate(rows[3:], 1):
        row.insert(0, Cell(str(number)))
    return _html(page)


def units_in_headers(page: Page, _rng: random.Random) -> Wild:
    for row in page.table("t3")[1:3]:
        for one in row:
            if one.colspan == 1:
                one.text += "（件）"
    return _html(page)


def full_width(page: Page, _rng: random.Random) -> Wild:
    """Full-width digits, and separators of thousands."""
    wide = str.maketrans("0123456789", "０１２３４５６７８９")
    for tag in ("t3", "t4"):
        for row in page.table(tag):
            for one in row:
                if one.key and one.text.isdigit():
                    number = int(one.text)
                    one.text = f"{number:,}" if number % 2 else one.text.translate(wide)
    return _html(page)


def other_numbers(page: Page, _rng: random.Random) -> Wild:
    """（一） as one character, 1. too; blanks that are no blanks."""
    signs = {f"（{word}）": sign for word, sign in zip("一二三四五六七", "㈠㈡㈢㈣㈤㈥㈦", strict=True)}
    signs |= {f"{number}.": sign for number, sign in enumerate("⒈⒉⒊⒋⒌⒍⒎⒏", 1)}
    for row in page.table("t3")[3:]:
        for one in row:
            if not one.key:
                for plain, sign in signs.items():
                    if one.text.startswith(plain):
                        one.text = (
                            sign + "\u200b" + one.text.removeprefix(plain).replace("申请", "申\u00a0请")
                        )
    return _html(page)


def printed_twice(page: Page, _rng: random.Random) -> Wild:
    """A portal that has every page a second time, hidden, for telephones."""

    def twice(body: str) -> str:
        return f"<div class=pc>{body}</div><div class=mobile style='display:none'>{body}</div>"

    return _html(page, wrap=twice)


def three_pieces(page: Page, _rng: random.Random) -> Wild:
    """Table 三 over three pages, the label of the group that is cut repeated with （续）."""
    index = page.find("t3")
    rows = unmerged(page.items[index].rows)
    pieces = [rows[:8], rows[8:17], rows[17:]]
    pieces[1][0][0] = Cell("三、本年度办理结果（续）")
    pieces[1][0][1] = Cell("（三）不予公开（续）")
    made: list[Item] = []
    for number, piece in enumerate(pieces, 3):
        made += [Item(rows=piece, tag="t3"), Item(f"— {number} —")]
    page.items[index : index + 1] = made
    return _html(page)


def markdown(page: Page, _rng: random.Random) -> Wild:
    for item in page.items:
        if item.rows:
            rows = unmerged(item.rows)
            rows.insert(1, [Cell(":---:") for _one in rows[0]])
            item.rows = rows
        elif item.tag == "heading":
            item.text = f"## {item.text}"
    data = wild_page.text(page, lambda row: f"| {' | '.join(one.text for one in row)} |")
    return Wild("text", data.encode())


def excel_aside(page: Page, _rng: random.Random) -> Wild:
    """A workbook that does not begin in its first column, with numbers kept as text."""
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(wild_page.xlsx(page)))
    for sheet in book:
        ranges = [str(each) for each in sheet.merged_cells.ranges]
        for each in ranges:
            sheet.unmerge_cells(each)
        sheet.insert_cols(1, 2)
        for row in sheet.iter_rows():
            for cell in row:
                if isinstance(cell.value, int):
                    cell.value = f" {cell.value} "
    made = io.BytesIO()
    book.save(made)
    return Wild("xlsx", made.getvalue())


def word_split(page: Page, _rng: random.Random) -> Wild:
    """A Word document with table 三 cut in two by hand, its header copied over the second half."""
    index = page.find("t3")
    rows = unmerged(page.items[index].rows)
    halves = [rows[:12], [*([Cell(one.text) for one in row] for row in rows[:3]), *rows[12:]]]
    page.items[index : index + 1] = [Item(rows=halves[0], tag="t3"), Item("续表"), Item(rows=halves[1])]
    return Wild("docx", wild_page.docx(page))


MORE_SHAPES = (
    only_totals, no_totals, zeros_left_out, captions, serial_numbers, units_in_headers, full_width, other_numbers,
    printed_twice, three_pieces, markdown, excel_aside, word_split,
)  # fmt: skip
