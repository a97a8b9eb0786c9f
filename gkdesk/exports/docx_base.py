"""The empty Word document of an official copy: page, styles, faces, page numbers (GB/T 9704-2012), nothing else.

python-docx starts from a template of Word for Mac with its styles, theme and picture; those parts are replaced here.
"""

from __future__ import annotations

import io
from datetime import datetime
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import docx
from docx.oxml import parse_xml

from gkdesk.exports.docx_xml import Element, paragraph, run, twips, w
from gkdesk.paper.geometry import MM, NUMBER_INDENT, PAGE

Document = Any
"""python-docx has no types."""

TITLE, HEADING, BODY, RUN_IN, UNIT, DATE, CELL, CELL_HEAD, NUMBER = (
    "Title", "Heading1", "BodyText", "RunIn", "Signature", "Date", "TableText", "TableHeader", "Footer",
)  # fmt: skip
"""Ids of the styles."""

PITCH = 579
"""Twips from line to line: 225 mm / 22, as offices set it, for the dialog of margins then names those of the standard.

The paper copy's own distance is 2 % wider, without the half spaces that word processors put above and below the block.
"""
BODY_SPACING = -5
"""Twips between characters of 16 pt, so that 28 of them fill a line of 156 mm."""
SONG, FANG, HEI, KAI, LATIN = "方正小标宋简体", "仿宋_GB2312", "黑体", "楷体_GB2312", "Times New Roman"

_NAMESPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_HEADER = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_DROPPED = ("stylesWithEffects", "thumbnail", "customXml", "numbering", "webSettings", "theme")
_START = (1980, 1, 1, 0, 0, 0)
"""The earliest time a zip archive can name; its entries all get it."""


def _faces(east: str) -> str:
    # Digits of the title are as heavy as its characters.
    latin = SONG if east == SONG else LATIN
    return f'<w:rFonts w:ascii="{latin}" w:eastAsia="{east}" w:hAnsi="{latin}" w:cs="{LATIN}"/>'


def _style(
    id: str, name: str, paragraph: str, east: str, size: int, extra: str = "", *, after: str = ""
) -> str:
    """A paragraph style; `after` is the style of the paragraph that follows."""
    following = f'<w:next w:val="{after}"/>' if after else ""
    return (
        f'<w:style w:type="paragraph" w:styleId="{id}"><w:name w:val="{name}"/><w:basedOn w:val="Normal"/>{following}'
        f"<w:qFormat/><w:pPr>{paragraph}</w:pPr>"
        f'<w:rPr>{_faces(east)}{extra}<w:sz w:val="{size}"/><w:szCs w:val="{size}"/></w:rPr></w:style>'
    )


def _character(id: str, name: str, east: str) -> str:
    return (
        f'<w:style w:type="character" w:styleId="{id}"><w:name w:val="{name}"/><w:qFormat/>'
        f"<w:rPr>{_faces(east)}</w:rPr></w:style>"
    )


_INDENT = '<w:ind w:firstLineChars="200" w:firstLine="640"/>'
_CLOSE = '<w:autoSpaceDE w:val="0"/><w:autoSpaceDN w:val="0"/>'
"""No white between characters and digits, as on paper."""
_SPACED = f'<w:spacing w:val="{BODY_SPACING}"/>'

STYLES = (
    f"<w:styles {_NAMESPACE}><w:docDefaults><w:rPrDefault><w:rPr>{_faces(FANG)}"
    '<w:sz w:val="32"/><w:szCs w:val="32"/><w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/></w:rPr>'
    f"</w:rPrDefault><w:pPrDefault><w:pPr>{_CLOSE}</w:pPr></w:pPrDefault></w:docDefaults>"
    '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/><w:pPr>'
    f'{_CLOSE}<w:spacing w:line="{PITCH}" w:lineRule="exact"/>'
    '<w:jc w:val="both"/></w:pPr></w:style>'
    '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
    '<w:name w:val="Default Paragraph Font"/></w:style>'
    '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:tblPr>'
    '<w:tblInd w:w="0" w:type="dxa"/></w:tblPr></w:style>'
    + _style(
        TITLE, "Title", '<w:keepNext/><w:snapToGrid w:val="0"/><w:jc w:val="center"/>', SONG, 44, after=BODY
    )
    + _style(
        HEADING, "heading 1", f'<w:keepNext/>{_INDENT}<w:outlineLvl w:val="0"/>', HEI, 32, _SPACED, after=BODY
    )
    + _style(BODY, "Body Text", _INDENT, FANG, 32, _SPACED)
    + _style(
        UNIT,
        "Signature",
        '<w:keepNext/><w:spacing w:before="1158"/><w:jc w:val="center"/>',
        FANG,
        32,
        _SPACED,
    )
    + _style(DATE, "Date", '<w:jc w:val="center"/>', FANG, 32, _SPACED)
    + _style(CELL, "Table Text", '<w:snapToGrid w:val="0"/><w:jc w:val="center"/>', FANG, 21)
    + _style(
        NUMBER, "footer", '<w:snapToGrid w:val="0"/><w:spacing w:line="320" w:lineRule="exact"/>', FANG, 28
    )
    + _character(RUN_IN, "Run-in Heading", KAI)
    + _character(CELL_HEAD, "Table Header", HEI)
    + "</w:styles>"
)

SETTINGS = (
    f'<w:settings {_NAMESPACE}><w:zoom w:percent="100"/><w:defaultTabStop w:val="420"/><w:evenAndOddHeaders/>'
    '<w:characterSpacingControl w:val="compressPunctuation"/><w:compat><w:useFELayout/>'
    '<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/>'
    '</w:compat><w:themeFontLang w:val="en-US" w:eastAsia="zh-CN"/></w:settings>'
)

FACES = (
    f"<w:fonts {_NAMESPACE}>"
    + "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{other}"/><w:charset w:val="86"/></w:font>'
        for name, other in ((FANG, "仿宋"), (KAI, "楷体"), (HEI, "SimHei"), (SONG, "FZXiaoBiaoSong-B05S"))
    )
    + "</w:fonts>"
)
"""What Word takes instead of a face that is not installed."""

PROPERTIES = (
    '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
    "<Application>GKDesk</Application></Properties>"
)


def empty_document() -> Document:
    """A document without a paragraph."""
    document = docx.Document()
    package = document.part.package
    for holder in (package, document.part):
        for id, relation in list(holder.rels.items()):
            if relation.reltype.rsplit("/", 1)[-1] in _DROPPED:
                del holder.rels[id]
    for part in package.iter_parts():
        name = str(part.partname)
        if name == "/docProps/app.xml":
            part._blob = (_HEADER + PROPERTIES).encode()  # noqa: SLF001 - python-docx has no way to replace a part
        elif name == "/word/fontTable.xml":
            part._blob = (_HEADER + FACES).encode()  # noqa: SLF001
        elif name == "/word/styles.xml":
            part._element = parse_xml(STYLES)  # noqa: SLF001
        elif name == "/word/settings.xml":
            part._element = parse_xml(SETTINGS)  # noqa: SLF001
    _set_page(document)
    return document


def _set_page(document: Document) -> None:
    section = document.sections[0]
    footer = section.footer
    even = section.even_page_footer
    _number(footer, jc=w("jc", val="right"), right=NUMBER_INDENT)
    _number(even, jc=w("jc", val="left"), left=NUMBER_INDENT)
    right, bottom = PAGE.width - PAGE.right, PAGE.height - PAGE.bottom
    # The middle of the number's line, 16 pt high, is 7 mm below the text block (7.5).
    foot = bottom - 7 * MM - 8
    setup = section._sectPr  # noqa: SLF001
    kept = [child for child in setup if child.tag.endswith("}footerReference")]
    setup[:] = [
        *kept,
        w("pgSz", w=twips(PAGE.width), h=twips(PAGE.height)),
        w(
            "pgMar",
            top=twips(PAGE.top),
            right=twips(right),
            bottom=twips(bottom),
            left=twips(PAGE.left),
            header=851,
            footer=twips(foot),
            gutter=0,
        ),
        # "linesAndChars" would set the characters of a line for Word, but LibreOffice then sets other lines.
        w("docGrid", type="lines", linePitch=PITCH),
    ]


def _number(footer: Any, *, jc: Element, **indent: float) -> None:
    """— 1 — as the only line of a footer."""
    footer.is_linked_to_previous = False
    field = w("fldSimple", run("1"), instr=" PAGE ")
    line = paragraph(
        NUMBER, run("— "), field, run(" —"), ind=w("ind", **{k: twips(v) for k, v in indent.items()}), jc=jc
    )
    footer._element[:] = [line]  # noqa: SLF001


def packed(document: Document, title: str, author: str, time: datetime) -> bytes:
    """The document as a file that says it was made at ``time`` and nothing about who made it where."""
    about = document.core_properties
    about.title, about.author = title[:255], author[:255]
    about.last_modified_by = about.comments = ""
    about.language = "zh-CN"
    about.created = about.modified = time
    made = io.BytesIO()
    document.save(made)
    result = io.BytesIO()
    # python-docx stamps the time of writing
    with ZipFile(made) as source, ZipFile(result, "w", ZIP_DEFLATED) as target:
        for name in source.namelist():
            entry = ZipInfo(name, _START)
            entry.compress_type = ZIP_DEFLATED
            entry.create_system = 0
            target.writestr(entry, source.read(name))
    return result.getvalue()
