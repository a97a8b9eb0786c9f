"""What was changed, in the clerk's words: 表三 商业企业 本年新收 12 → 15.

The words are the printed labels of the form. Used for the history, for comparing two versions and for
telling what a patch is about to do; it needs nothing but the texts before and after.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Protocol

from gkdesk.formats.load import UNIT_KEYS
from gkdesk.formats.model import Cell, Format
from gkdesk.i18n import _
from gkdesk.report.draft import DRAFT
from gkdesk.report.report import NOTE
from gkdesk.words import in_quotes

LONGEST = 24
"""Code points of a text that are shown; of longer ones the place that changed is."""

Texts = Mapping[str, str | None]

_NUMBERING = re.compile(r"[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）|[0-9]+[.．、]")


class Changed(Protocol):
    """A revision, or anything else that has the texts of the same keys before and after; None is blank."""

    @property
    def before(self) -> Texts: ...

    @property
    def after(self) -> Texts: ...


def describe(revision: Changed, form: Format) -> list[str]:
    """One line for each key that changed, in the order of the form; keys it does not know come last."""
    return compare(revision.before, revision.after, form)


def compare(before: Texts, after: Texts, form: Format) -> list[str]:
    """The differences between two contents, one line a key, in the order of the form."""
    order = {key: place for place, key in enumerate(_keys(form))}
    changed = {key for key in (*before, *after) if (before.get(key) or "") != (after.get(key) or "")}
    ordered = sorted(changed, key=lambda key: (order.get(key, len(order)), key))
    lines = []
    for key in ordered:
        # a total that nobody states is not blank: it is added up
        blank = _("自动合计") if key in form.sums else _("空白")
        words = _change(_said(key, before.get(key) or ""), _said(key, after.get(key) or ""), blank)
        lines.append(f"{name_of(key, form)} {words}")
    return lines


def name_of(key: str, form: Format) -> str:
    """What a key is called on the form; the key itself where the form does not know it."""
    cell = form.cells.get(key)
    if cell is not None:
        return f"{form.table(cell.table).name} {_place(cell, form)}"
    if key.startswith("units.") and key.removeprefix("units.") in form.cells:
        return _("{cell} 的金额单位").format(cell=name_of(key.removeprefix("units."), form))
    if key.startswith(DRAFT):
        return _("{field}的待改标记").format(field=name_of(key.removeprefix(DRAFT), form))
    if key.startswith(NOTE):
        rule = key.removeprefix(NOTE).partition("|")[0]
        title = next((known.title for known in form.rules if known.id == rule), rule)
        return _("例外说明（{rule}）").format(rule=title)
    for section in form.sections:
        for field in section.fields:
            if field.key == key:
                # The notes before the three tables have the same label.
                return f"{section.table.name} {field.label}" if section.table else field.label
    return _unit_fields().get(key, key)


def _place(cell: Cell, form: Format) -> str:
    """Column and row without the headings above them, as one would say it."""
    rows = [_NUMBERING.sub("", label, count=1) for label in cell.row_path[-2:]]
    if len(cell.row_path) == 2:
        del rows[0]
    columns = cell.column_path[-1:] if rows else cell.column_path
    understood = form.table(cell.table).understood
    words = [label.removesuffix(understood) or label for label in (*columns, *rows)]
    return " ".join(words)


def _change(before: str, after: str, blank: str) -> str:
    if max(len(before), len(after)) <= LONGEST and "\n" not in before + after:
        return _("{before} → {after}").format(before=before or blank, after=after or blank)
    if not before:
        return _("新写 {count} 字：{text}").format(count=len(after), text=_shown(after))
    if not after:
        return _("删去全部 {count} 字：{text}").format(count=len(before), text=_shown(before))
    removed, inserted = _middle(before, after)
    if not removed:
        return _("增加 {count} 字：{text}").format(count=len(inserted), text=_shown(inserted))
    if not inserted:
        return _("删去 {count} 字：{text}").format(count=len(removed), text=_shown(removed))
    return _("{before} → {after}").format(before=_shown(removed), after=_shown(inserted))


def _said(key: str, text: str) -> str:
    """A value as the clerk chose it from a list, marks by their number; other texts as they are."""
    if key.startswith(NOTE):
        return text.partition("\n")[2]  # the line before it are the figures that it is about
    if key.startswith(DRAFT) and text:
        return _("{count} 处").format(count=text.count(" ") + 1)
    if key == "unit.kind":
        return kind_words().get(text, text)
    if key == "unit.rule_power":
        return {"true": _("有"), "false": _("没有")}.get(text, text)
    return text


def kind_words() -> dict[str, str]:
    """The kinds of unit in words."""
    return {
        "department": _("政府部门"),
        "government": _("人民政府"),
        "township": _("乡镇、街道"),
        "other": _("其他单位"),
    }


def _middle(before: str, after: str) -> tuple[str, str]:
    """What differs between the common beginning and the common end."""
    most = min(len(before), len(after))
    start = next((at for at in range(most) if before[at] != after[at]), most)
    most -= start
    end = next((at for at in range(most) if before[-1 - at] != after[-1 - at]), most)
    return before[start : len(before) - end], after[start : len(after) - end]


def _shown(text: str) -> str:
    """A text in one line, its middle left out where it is long."""
    line = text.replace("\n", "↵")
    half = LONGEST // 2
    return in_quotes(line if len(line) <= LONGEST else f"{line[:half]}…{line[-half:]}")


def _keys(form: Format) -> Iterator[str]:
    """Every key in the order in which the form has it."""
    yield from (*UNIT_KEYS, "date")
    for section in form.sections:
        yield from (field.key for field in section.fields)
        for cell in section.table.cells if section.table else ():
            yield from (cell, f"units.{cell}")


def _unit_fields() -> dict[str, str]:
    return {
        "unit.name": _("机关全称"),
        "unit.kind": _("机关类别"),
        "unit.rule_power": _("规章制定权"),
        "unit.address": _("地址"),
        "unit.postcode": _("邮编"),
        "unit.phone": _("电话"),
        "unit.fax": _("传真"),
        "unit.email": _("电子邮箱"),
        "unit.website": _("公布网站"),
        "date": _("落款日期"),
    }
