"""The program's icon as PNG files, for systems that draw no SVG.

    python packaging/icons.py FOLDER SIZE…        writes FOLDER/<size>.png

Runs with the Python of .venv: Qt draws.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path

SOURCE = Path(__file__).resolve().parent.parent / "resources" / "icons" / "gkdesk.svg"


def draw(folder: Path, sizes: Sequence[int]) -> None:
    """Write the icon in each size, in pixels, into a folder that is made."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from PySide6.QtCore import Qt
    from PySide6.QtGui import QGuiApplication, QImage, QPainter
    from PySide6.QtSvg import QSvgRenderer

    application = QGuiApplication([])
    folder.mkdir(parents=True, exist_ok=True)
    renderer = QSvgRenderer(str(SOURCE))
    for size in sizes:
        image = QImage(size, size, QImage.Format.Format_ARGB32)
        image.fill(Qt.GlobalColor.transparent)
        painter = QPainter(image)
        renderer.render(painter)
        painter.end()
        if not image.save(str(folder / f"{size}.png")):
            raise SystemExit(f"{folder} cannot be written to")
    del application


if __name__ == "__main__":
    draw(Path(sys.argv[1]), [int(size) for size in sys.argv[2:]])
