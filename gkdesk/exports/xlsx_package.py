"""The finished workbook as bytes: the same report gives the same bytes."""

from __future__ import annotations

import io
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

if TYPE_CHECKING:
    from openpyxl import Workbook

_START = (1980, 1, 1, 0, 0, 0)
"""The earliest time a zip archive can name; its entries all get it."""


def packed(workbook: Workbook, time: datetime) -> bytes:
    """The workbook as a file that says it was made at ``time`` (UTC) and nothing about who made it where."""
    from openpyxl.writer.excel import ExcelWriter

    properties = workbook.properties
    properties.creator = "GKDesk"
    properties.lastModifiedBy = None
    properties.created = properties.modified = time
    buffer = io.BytesIO()
    # Workbook.save() would stamp the time of writing
    ExcelWriter(workbook, _TimelessZip(buffer, "w", ZIP_DEFLATED)).save()
    return buffer.getvalue()


class _TimelessZip(ZipFile):
    """A zip file whose entries have no time, owner or permissions of the machine."""

    def writestr(self, zinfo_or_arcname: Any, data: Any, *_args: Any, **_options: Any) -> None:
        entry = ZipInfo(str(zinfo_or_arcname), _START)
        entry.compress_type = ZIP_DEFLATED
        entry.create_system = 0
        super().writestr(entry, data)

    def write(self, filename: Any, arcname: Any = None, *_args: Any, **_options: Any) -> None:
        self.writestr(str(arcname), Path(filename).read_bytes())
