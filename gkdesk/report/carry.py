"""Starting a year from the last one: 以上年为底稿新建."""

from __future__ import annotations

from gkdesk.formats.model import Format
from gkdesk.report.report import Report, tidied
from gkdesk.report.values import Value, is_number


def next_report(form: Format, year: int, last: Report | None) -> Report:
    """A new report with the unit's data, and the figures that last year's report fixes.

    What a format's ``carried_over`` rules derive from last year alone is filled in (上年结转; in the
    2019 form 上一年项目数量); figures that also need this year's numbers are left to the clerk. Texts
    and the date stay empty. From a report that is not of the year before, only the unit is taken.
    """
    if last is None:
        return Report(form, year)
    fields = {key: tidied(key, text) for key, text in last.fields.items() if key.startswith("unit.")}
    if last.year != year - 1:
        return Report(form, year, {}, fields)
    cells: dict[str, Value] = {}
    for rule in form.rules:
        if rule.kind != "carried_over":
            continue
        for instance in rule.instances:
            (cell,) = instance.operands["cell"]
            if instance.operands["plus"] or instance.operands["minus"] or cell in form.sums:
                continue
            values = [last.values.get(operand) for operand in instance.operands["last"]]
            if values and all(is_number(value) for value in values):
                cells[cell] = sum(values)  # type: ignore[arg-type]
    return Report(form, year, cells, fields)
