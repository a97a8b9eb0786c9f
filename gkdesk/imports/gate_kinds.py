"""What kind of file bytes are, by their content: names lie, and half of all “.xls” of portals are web pages.

For what nobody can read the words say what to do instead.
"""

from __future__ import annotations

import io
import re
import zipfile

from gkdesk.errors import KnownError
from gkdesk.i18n import _
from gkdesk.imports import contract, gate_package, gate_text

KINDS = ("xlsx", "docx", "pdf", "html", "mhtml", "json", "gkd", "text")

_HEAD = 4096
_SQLITE = b"SQLite format 3\0"
OLE = b"\xd0\xcf\x11\xe0"
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\0", b"MM\0*", b"RIFF")
_ARCHIVES = (b"Rar!", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b", b"BZh", b"\xfd7zXZ")
_MHTML = re.compile(rb"(?im)^(mime-version|content-type):")
_HTML = re.compile(
    rb"(?i)<(!doctype\s+html|html|head|body|meta|table|div|span|p|style|script|title|center|td|tr)\b"
)


class Unknown(KnownError):
    """No kind that GKDesk reads; the message says what it is and what to do, without the file's name."""


def recognise(data: bytes) -> str:
    """One of KINDS. Raises Unknown, contract.Locked or contract.PictureOnly."""
    head = data[:_HEAD]
    if head.startswith(_SQLITE):
        return "gkd"
    if head.startswith(b"PK"):
        return _packed(data)
    if b"%PDF-" in head[:1024]:
        return "pdf"
    if head.startswith(OLE):
        raise _ole(data)
    if head.startswith(_ARCHIVES):
        raise Unknown(_("这是压缩包，请先解压，再选里面的文件"))
    if head.startswith(_PICTURES) or (head.startswith(b"BM") and b"\0" in head):
        raise contract.PictureOnly
    return _text(head)


def _packed(data: bytes) -> str:
    try:
        gate_package.check_directory(data, gate_package.Limits())
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            names = package.namelist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise Unknown(_("文件已经损坏，请重新下载或另存一份")) from error
    if "xl/workbook.bin" in names:
        raise Unknown(_("这是 .xlsb 文件，请用 Excel 或 WPS 另存为 .xlsx 再读"))
    if any(name.startswith("xl/") for name in names):
        return "xlsx"
    if any(name.startswith("word/") for name in names):
        return "docx"
    if "OFD.xml" in names:
        raise Unknown(_("这是 OFD 版式文件，请用阅读软件导出为 PDF，或找原来的 Word、Excel 文件"))
    if "content.xml" in names:
        raise Unknown(_("这是 OpenDocument 文件，请另存为 .docx 或 .xlsx 再读"))
    raise Unknown(_("这是压缩包，请先解压，再选里面的文件"))


def _ole(data: bytes) -> KnownError:
    def has(stream: str) -> bool:
        return stream.encode("utf-16-le") in data

    if has("EncryptedPackage"):
        return contract.Locked()
    if has("WordDocument"):
        return Unknown(_("这是旧版 Word 文件（.doc），请用 Word 或 WPS 另存为 .docx 再读"))
    if has("Workbook") or has("Book"):
        return Unknown(_("这是旧版 Excel 文件（.xls），请用 Excel 或 WPS 另存为 .xlsx 再读"))
    return Unknown(_("这是旧版 .xls 或 .doc 文件，或者加了密码；请另存为没有密码的 .xlsx 或 .docx"))


def _text(head: bytes) -> str:
    wide = head[:2] in (b"\xff\xfe", b"\xfe\xff")
    plain = (head[2:].replace(b"\0", b"") if wide else head.removeprefix(b"\xef\xbb\xbf")).lstrip()
    if plain.startswith(b"{\\rtf"):
        raise Unknown(_("这是 RTF 文件，请用 Word 或 WPS 另存为 .docx 再读"))
    if (
        b"mso-application" in plain[:400]
        or b"schemas-microsoft-com:office:spreadsheet" in plain[:1000].partition(b"<html")[0]
    ):
        raise Unknown(_("这是 2003 版的 XML 文件，请另存为 .docx 或 .xlsx 再读"))
    if plain.startswith(b"{"):
        return "json"
    if len(_MHTML.findall(plain)) >= 2 and not plain.startswith(b"<"):
        return "mhtml"
    if _HTML.search(plain) and (plain.startswith(b"<") or b"</" in plain):
        return "html"
    if not plain or (b"\0" in head and not wide):
        raise Unknown(_("不是能读的文件") if plain else _("文件是空的"))
    gate_text.check_text(head)
    return "text"
