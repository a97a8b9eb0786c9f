"""Elements of WordprocessingML (ECMA-376 part 1, 17), built in one line each. Lengths are twips, sizes half-points."""

from __future__ import annotations

from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn

# lxml's elements have no types here.
Element = Any


def w(tag: str, *children: Element, **attributes: object) -> Element:
    """An element of the main namespace; its attributes are of the same namespace."""
    made = OxmlElement(f"w:{tag}")
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), str(value))
    made.extend(children)
    return made


def twips(points: float) -> int:
    """Points in twentieths."""
    return round(points * 20)


def half_points(size: float) -> int:
    """A font size in half-points, never rounded up, so that what fits still does."""
    return int(size * 2)


def run(text: str, *, style: str = "", size: int = 0) -> Element:
    """Characters of one look; the text is clean and has no line breaks but \n."""  # noqa: D301
    # Without the hint “ ” … — would be set in the Latin face.
    look = w("rPr", w("rFonts", hint="eastAsia"))
    if style:
        look.insert(0, w("rStyle", val=style))
    if size:
        look.extend((w("sz", val=size), w("szCs", val=size)))
    made = w("r", look)
    for number, line in enumerate(text.split("\n")):
        if number:
            made.append(w("br"))
        words = w("t")
        words.text = line
        words.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        made.append(words)
    return made


def paragraph(style: str, *runs: Element, **properties: Element | None) -> Element:
    """A paragraph. The properties are elements such as ``jc``, given in the order of the schema."""
    look = w("pPr", w("pStyle", val=style), *(each for each in properties.values() if each is not None))
    return w("p", look, *runs)
