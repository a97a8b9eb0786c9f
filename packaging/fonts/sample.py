"""Set a page in every bundled font, to be looked at after they are made anew.

Usage: python packaging/fonts/sample.py OUT.pdf [--fonts resources/fonts]   then: pdftoppm -r 150 -png OUT.pdf sample
Each character stands in a cell of its own width, with the baseline and the em box drawn thin.
"""

from __future__ import annotations

import argparse
import tomllib
from pathlib import Path

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen import canvas

SIZE = 20
LEFT, TOP, STEP = 30, 800, 25
LINES = (
    "国务院办公厅政府信息公开工作年度报告永和九年",
    "“公开”‘清单’——第一项……①②③〔2025〕1号",
    "《条例》，收到：3×2±1≤9；占12％、25℃·三？！（一）",
    "规章 GB/T 9704-2012 abc gpqy 0123456789 ☐☑○",
    "玥堃喆昇龑㛃䶮𬭎浉鄠猇洣",
)


def main() -> None:
    """Write the sample page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out")
    parser.add_argument(
        "--fonts", type=Path, default=Path(__file__).resolve().parents[2] / "resources" / "fonts"
    )
    arguments = parser.parse_args()
    page = canvas.Canvas(arguments.out, invariant=True)
    y = TOP
    for entry in tomllib.loads((arguments.fonts / "fonts.toml").read_text(encoding="utf-8"))["font"]:
        font = TTFont(entry["role"], arguments.fonts / entry["file"])
        pdfmetrics.registerFont(font)
        page.setFont("Helvetica", 7)
        page.drawString(LEFT, y + SIZE, f"{entry['role']}  {entry['family']}")
        for line in LINES:
            x = LEFT
            page.setLineWidth(0.15)
            for char in line:
                if ord(char) not in font.face.charToGlyph:
                    continue
                page.setFont(entry["role"], SIZE)
                width = pdfmetrics.stringWidth(char, entry["role"], SIZE)
                page.rect(x, y - 0.12 * SIZE, width, SIZE)
                page.drawString(x, y, char)
                x += width
            y -= STEP
        y -= 12
    page.save()


if __name__ == "__main__":
    main()
