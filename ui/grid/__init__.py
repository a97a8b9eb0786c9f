"""Editing the statutory tables: a grid that looks like the printed form and types like a spreadsheet."""

from ui.grid.clipboard import PasteReport
from ui.grid.table_editor import TableEditor

__all__ = ["PasteReport", "TableEditor"]
