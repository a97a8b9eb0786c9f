"""Clear, fill and totals in the grid. Each is one patch and one undo step."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gkdesk.i18n import _
from ui.grid.look import money_unit

if TYPE_CHECKING:
    from ui.grid.view import FormTableView


def clear(view: FormTableView) -> None:
    """Empty the selected cells; a total that came from outside gives way to its sum."""
    session, inputs = view.grid.editing.session, view.grid.places.inputs
    chosen = [cell for cell in view.selected() if cell in inputs or session.is_stated(cell)]
    if chosen:
        view.grid.apply(dict.fromkeys(chosen), _("清除"))


def fill_down(view: FormTableView) -> None:
    """Copy the first selected row into those below it; one row alone takes what stands above it."""
    _fill(view, down=1, name=_("向下填充"))


def fill_right(view: FormTableView) -> None:
    """Copy the first selected column into those beside it; one column alone takes what stands left of it."""
    _fill(view, down=0, name=_("向右填充"))


def _fill(view: FormTableView, *, down: int, name: str) -> None:
    view.commit_pending()
    places, session = view.grid.places, view.grid.editing.session
    chosen = [cell for cell in view.selected() if cell in places.inputs]
    axis = 0 if down else 1
    lines: dict[int, list[str]] = {}
    for cell in chosen:
        lines.setdefault(places.place[cell][1 - axis], []).append(cell)
    alone = len({places.place[cell][axis] for cell in chosen}) == 1
    patch: dict[str, str | None] = {}
    for cells in lines.values():
        if alone:
            place = places.neighbour(*places.place[cells[0]], -down, down - 1)
            source = places.owner(*place) if place else None
        else:
            source = cells[0]
        if source is None:
            continue
        for cell in cells:
            if cell != source:
                patch |= _same_figure(view, source, cell)
    if patch and any(session.text(key) != (text or "") for key, text in patch.items()):
        view.grid.apply(patch, name)


def _same_figure(view: FormTableView, source: str, target: str) -> dict[str, str | None]:
    session, cells = view.grid.editing.session, view.grid.table.cells
    patch: dict[str, str | None] = {target: view.grid.figure_text(source) or None}
    if cells[target].prints_unit and cells[source].prints_unit:
        patch[f"units.{target}"] = money_unit(session, cells[source])
    return patch


def blanks(view: FormTableView) -> list[str]:
    """The empty cells of the table that are typed, not computed."""
    session = view.grid.editing.session
    return [cell for cell in view.grid.table.inputs if session.value(cell) is None]


def fill_zero(view: FormTableView) -> None:
    """填零: every empty cell of the table becomes 0, as one step."""
    view.commit_pending()
    blank = blanks(view)
    if not blank:
        view.told.emit(_("没有空白格。"))
    elif view.grid.apply(dict.fromkeys(blank, "0"), _("填零")):
        view.done.emit(_("{count} 个空白格已填 0。").format(count=len(blank)))


def adopt_sums(view: FormTableView) -> None:
    """采用合计: the sums take the place of the selected totals that came from outside."""
    view.commit_pending()
    session = view.grid.editing.session
    totals = [cell for cell in view.selected() if session.is_stated(cell)]
    if totals:
        view.grid.apply(dict.fromkeys(totals), _("采用合计"))
    else:
        view.told.emit(_("选中的格子里没有导入或粘贴来的总计，不用采用合计。"))
