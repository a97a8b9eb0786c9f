"""The table of kinds: how large a file of each may be, what it must pass, and which reader reads it.

Report JSON has no line of reading: its parser (json, with caps of length, depth and digits) is safe as it is, builds
nothing but lists and dictionaries, and stays in the calling process. Documents of our own go through
:mod:`gkdesk.storage.foreign`.

Readers are found by name in the other process, so no import statement mentions them: a frozen build must be told to
take `gkdesk.imports.readers`, `gkdesk.imports.own_workbook` and `gkdesk.storage.foreign` along.
"""

from __future__ import annotations

from gkdesk.imports import gate_package, gate_text

READERS = {
    "xlsx": "gkdesk.imports.readers.xlsx:read",
    "docx": "gkdesk.imports.readers.docx:read",
    "pdf": "gkdesk.imports.readers.pdf:read",
    "html": "gkdesk.imports.readers.html:read",
    "mhtml": "gkdesk.imports.readers.html:read",
    "text": "gkdesk.imports.readers.text:read",
}
"""Kind -> "module:function", as :mod:`contract` says."""

MOST_BYTES = {
    "xlsx": 20_000_000,
    "docx": 20_000_000,
    "pdf": 20_000_000,
    "html": 10_000_000,
    "mhtml": 20_000_000,
    "json": 5_000_000,
    "gkd": 100_000_000,
    "text": 5_000_000,
}
"""Of the file. A page saved with its pictures has a few MB, a scanned PDF (of no use here) more than these."""

OWN_WORKBOOK = "gkdesk.imports.own_workbook:read_data"
"""The reader of workbooks that GKDesk wrote."""

SHEETS = gate_package.Limits(rows=2_000)
"""Long texts, and the empty rows that spreadsheets leave behind, take more rows than any table."""


def check(kind: str, data: bytes) -> None:
    """Raise gate_package.Reason or contract.Locked for bytes that the reader of this kind must not see."""
    match kind:
        case "xlsx" | "docx":
            gate_package.check(data, SHEETS)
        case "html" | "mhtml":
            gate_text.check_page(data)
        case "pdf":
            gate_text.check_pdf(data)
        case "text":
            gate_text.check_text(data)
