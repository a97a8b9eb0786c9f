"""A report as PDF: draws the pages that `gkdesk.paper` composed, and decides nothing.

The same data give the same bytes.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

from reportlab.pdfbase import pdfdoc

from gkdesk import __version__
from gkdesk.exports.pdf_content import page_content
from gkdesk.exports.pdf_fonts import EmbeddedFace, stream
from gkdesk.paper import Options, Pages, compose
from gkdesk.paper.marks import Bookmark, Page
from gkdesk.paper.truetype import Face
from gkdesk.report import Report

VERSION = (1, 7)
PRODUCER = "GKDesk"

# The stubs of reportlab leave out half of the document.
Document = Any
_FONTS = "Fonts"


def to_bytes(report: Report, options: Options | None = None) -> bytes:
    """The report as a PDF file: the bare report, or the copy that the options name."""
    return draw(compose(report, options))


def write(report: Report, path: Path, options: Options | None = None) -> None:
    """Write the PDF to a file. Raises OSError; `gkdesk.exports.write` replaces a file whole or not at all."""
    path.write_bytes(to_bytes(report, options))


def write_archive(report: Report, path: Path, options: Options | None = None) -> None:
    """Write the archive copy to a file. Raises OSError, and KnownError as `to_archive`."""
    path.write_bytes(to_archive(report, options))


def to_archive(report: Report, options: Options | None = None) -> bytes:
    """The same copy as PDF/A-2b for the archive. Raises KnownError where the validator objects."""
    from gkdesk.exports.pdf_archive import archived  # pikepdf takes most of a second to load

    return archived(to_bytes(report, options), PRODUCER)


def draw(pages: Pages) -> bytes:
    """Finished pages as a PDF file."""
    document: Document = pdfdoc.PDFDocument(invariant=1, pdfVersion=VERSION, lang=pages.language)
    fonts = _fonts(pages)
    for page in pages.pages:
        _add_page(document, page, fonts)
    names = {font.name: font.add_to(document) for font in fonts.values()}
    document.Reference(pdfdoc.PDFDictionary(names), _FONTS)
    document.Catalog.Outlines = _outline(document, pages)
    document.Catalog.ViewerPreferences = pdfdoc.PDFDictionary({"DisplayDocTitle": "true"})
    document.info = _information(pages)
    document.Reference(document.Catalog)
    data: bytes = document.format()
    return data


def _fonts(pages: Pages) -> dict[Face, EmbeddedFace]:
    """The faces of all pages with their characters, in the order of their first use."""
    chars: dict[Face, set[str]] = {}
    for page in pages.pages:
        for run in page.runs():
            chars.setdefault(run.face, set()).update(run.text)
    return {face: EmbeddedFace(face, f"F{i}", used) for i, (face, used) in enumerate(chars.items())}


def _add_page(document: Document, page: Page, fonts: dict[Face, EmbeddedFace]) -> None:
    content = page_content(page, fonts.__getitem__).encode("ascii")
    document.updateSignature(content)
    drawn = pdfdoc.PDFPage()
    drawn.MediaBox = pdfdoc.PDFArray([0, 0, page.width, page.height])
    drawn.Contents = stream(document, content)
    drawn.Resources = pdfdoc.PDFDictionary({"Font": pdfdoc.PDFObjectReference(_FONTS)})
    document.addPage(drawn)


def _outline(document: Document, pages: Pages) -> Any:
    """The bookmarks as the outline of the document, all open; None without any."""
    if not pages.bookmarks:
        return None
    root: dict[str, Any] = {"Type": pdfdoc.PDFName("Outlines")}
    _hang(document, pages, "Outline", root, pages.bookmarks)
    return document.Reference(pdfdoc.PDFDictionary(root), "Outline")


def _hang(
    document: Document, pages: Pages, name: str, parent: dict[str, Any], bookmarks: Sequence[Bookmark]
) -> None:
    """Chain bookmarks under the entry `name`; those of a deeper level hang under the one before them."""
    level = min(bookmark.level for bookmark in bookmarks)
    starts = [i for i, bookmark in enumerate(bookmarks) if bookmark.level == level or i == 0]
    names = [f"{name}.{i}" for i in starts]
    for place, (start, end) in enumerate(pairwise([*starts, len(bookmarks)])):
        entry = {
            "Title": pdfdoc.PDFString(bookmarks[start].title),
            "Parent": pdfdoc.PDFObjectReference(name),
            "Dest": _destination(document, pages, bookmarks[start]),
        }
        if place:
            entry["Prev"] = pdfdoc.PDFObjectReference(names[place - 1])
        if place + 1 < len(names):
            entry["Next"] = pdfdoc.PDFObjectReference(names[place + 1])
        if end > start + 1:
            _hang(document, pages, names[place], entry, bookmarks[start + 1 : end])
        document.Reference(pdfdoc.PDFDictionary(entry), names[place])
    parent["First"] = pdfdoc.PDFObjectReference(names[0])
    parent["Last"] = pdfdoc.PDFObjectReference(names[-1])
    parent["Count"] = len(bookmarks)


def _destination(document: Document, pages: Pages, bookmark: Bookmark) -> pdfdoc.PDFArray:
    page = document.Reference(document.Pages[bookmark.page])
    top = pages.pages[bookmark.page].height - bookmark.y
    return pdfdoc.PDFArray([page, pdfdoc.PDFName("XYZ"), 0, top, "null"])


def _information(pages: Pages) -> pdfdoc.PDFDictionary:
    """What the file says about itself; its dates are the report's own, or there are none."""
    entries = {
        "Title": pdfdoc.PDFString(pages.title),
        "Author": pdfdoc.PDFString(pages.author),
        "Creator": pdfdoc.PDFString(f"{PRODUCER} {__version__}"),
        "Producer": pdfdoc.PDFString(PRODUCER),
    }
    try:
        day = date.fromisoformat(pages.date)
    except ValueError:
        return pdfdoc.PDFDictionary(entries)
    stamp = pdfdoc.PDFString(f"D:{day:%Y%m%d}000000+08'00'")
    return pdfdoc.PDFDictionary({**entries, "CreationDate": stamp, "ModDate": stamp})
