"""The archive copy: a finished PDF made PDF/A-2b (ISO 19005-2) and checked with pikepdf's validator.

The file embeds its fonts already and uses plain grey; what is added is an output intent and XMP metadata. The same data
give the same bytes: the time of writing is not recorded.
"""

from __future__ import annotations

import io
from typing import Any

import pikepdf
from pikepdf import pdfa

from gkdesk.errors import KnownError
from gkdesk.i18n import _

FLAVOUR = "2b"

_WRITTEN_AT = "xmp:MetadataDate"
_LONGEST_REASON = 120


def archived(data: bytes, producer: str) -> bytes:
    """A PDF of ours as PDF/A-2b. Raises KnownError with the validator's first objection."""
    with pikepdf.open(io.BytesIO(data)) as document:
        pdfa.prepare(document, FLAVOUR)
        _describe(document, producer)
        written = io.BytesIO()
        document.save(written, **pdfa.resolve_save_kwargs(FLAVOUR, deterministic_id=True))
    written.seek(0)
    verdict = pdfa.validate_written(written, FLAVOUR)
    if not verdict.passed:
        objection = verdict.findings[0]
        message = _(
            "归档 PDF 没有通过 PDF/A 检查（{reason}），没有写任何文件。请先导出普通 PDF，并把括号里的话告诉维护人员。"
        )
        raise KnownError(message.format(reason=f"{objection.rule} {objection.message}"[:_LONGEST_REASON]))
    return written.getvalue()


def _describe(document: Any, producer: str) -> None:
    """Say the language and who made the file; leave out when it was written."""
    with document.open_metadata(set_pikepdf_as_editor=False) as metadata:
        if _WRITTEN_AT in metadata:
            del metadata[_WRITTEN_AT]
        metadata["pdf:Producer"] = producer
        metadata["dc:language"] = {str(document.Root.Lang)}
