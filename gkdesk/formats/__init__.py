"""Statutory formats as data: read from TOML, checked at load, chosen by report year."""

from gkdesk.formats.load import FormatError, available, for_year, load, load_file
from gkdesk.formats.model import Box, Cell, Format, Instance, Row, Rule, Section, Table, TextField

__all__ = [
    "Box",
    "Cell",
    "Format",
    "FormatError",
    "Instance",
    "Row",
    "Rule",
    "Section",
    "Table",
    "TextField",
    "available",
    "for_year",
    "load",
    "load_file",
]
