"""A report as PDF: draws the pages that `gkdesk.paper` composed, and decides nothing.

The same data give the same bytes.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from reportlab.pdfbase import pdfdoc

from gkdesk import __version__
from gkdesk.exports.pdf_content import page_content
from gkdesk.exports.pdf_fonts import EmbeddedFace, stream
from gkdesk.paper import Pages, compose
from gkdesk.paper.marks import Bookmark, Page
from gkdesk.paper.truetype import Face
from gkdesk.report import Report

VERSION = (1, 7)
PRODUCER = "GKDesk"
COPIES = ("review", "final")

# The stubs of reportlab leave out half of the document.
Document = Any
_FONTS = "Fonts"


def to_bytes(report: Report, *, copy: str = "review") -> bytes:
    """The report as a PDF file. `copy` is one of COPIES; raises ValueError for another word."""
    if copy not in COPIES:
        raise ValueError(copy)
    return draw(compose(report))


def write(report: Report, path: Path, *, copy: str = "review") -> None:
    """Write the PDF to a file. Raises OSError; `gkdesk.exports.write` replaces a file whole or not at all."""
    path.write_bytes(to_bytes(report, copy=copy))


def draw(pages: Pages) -> bytes:
    """Finished pages as a PDF file."""
    document: Document = pdfdoc.PDFDocument(invariant=1, pdfVersion=VERSION, lang=pages.language)
    fonts: dict[Face, EmbeddedFace] = {}
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


def _add_page(document: Document, page: Page, fonts: dict[Face, EmbeddedFace]) -> None:
    def font(face: Face) -> EmbeddedFace:
        if face not in fonts:
            fonts[face] = EmbeddedFace(face, f"F{len(fonts)}")
        return fonts[face]

    content = page_content(page, font).encode("ascii")
    document.updateSignature(content)
    drawn = pdfdoc.PDFPage()
    drawn.MediaBox = pdfdoc.PDFArray([0, 0, page.width, page.height])
    drawn.Contents = stream(document, content)
    drawn.Resources = pdfdoc.PDFDictionary({"Font": pdfdoc.PDFObjectReference(_FONTS)})
    document.addPage(drawn)


def _outline(document: Document, pages: Pages) -> Any:
    """The bookmarks as the outline of the document, None without any; all are on one level."""
    if not pages.bookmarks:
        return None
    names = [f"Bookmark{number}" for number in range(len(pages.bookmarks))]
    references = [pdfdoc.PDFObjectReference(name) for name in names]
    root = pdfdoc.PDFDictionary(
        {
            "Type": pdfdoc.PDFName("Outlines"),
            "First": references[0],
            "Last": references[-1],
            "Count": len(references),
        }
    )
    parent = document.Reference(root)
    for number, (name, bookmark) in enumerate(zip(names, pages.bookmarks, strict=True)):
        entry = pdfdoc.PDFDictionary(
            {
                "Title": pdfdoc.PDFString(bookmark.title),
                "Parent": parent,
                "Dest": _destination(document, pages, bookmark),
            }
        )
        if number:
            entry["Prev"] = references[number - 1]
        if number + 1 < len(names):
            entry["Next"] = references[number + 1]
        document.Reference(entry, name)
    return parent


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
