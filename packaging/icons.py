"""The program's icon as PNG files, for systems that draw no SVG.

    python packaging/icons.py FOLDER SIZE…        writes FOLDER/<size>.png

Runs with the Python of .venv: Qt draws.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

SOURCE = Path(__file__).resolve().parent.parent / "resources" / "icons" / "gkdesk.svg"


def renderer() -> QSvgRenderer:
    """What draws the icon's curves."""
    found = QSvgRenderer(str(SOURCE))
    if not found.isValid():
        raise SystemExit(f"{SOURCE} is no drawing that Qt can read")
    return found


def drawn(size: int) -> QImage:
    """The icon, so many pixels wide and high, drawn from its curves."""
    image = QImage(size, size, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    renderer().render(painter)
    painter.end()
    return image


def draw(folder: Path, sizes: Sequence[int]) -> None:
    """Write the icon in each size, in pixels, into a folder that is made."""
    folder.mkdir(parents=True, exist_ok=True)
    for size in sizes:
        if not drawn(size).save(str(folder / f"{size}.png")):
            raise SystemExit(f"{folder} cannot be written to")


if __name__ == "__main__":
    draw(Path(sys.argv[1]), [int(size) for size in sys.argv[2:]])
