"""The program's icon in the sizes of Windows as one .ico file, and the installer's picture.

    .venv/bin/python packaging/windows/icon.py FOLDER        gkdesk.ico, side.bmp

Run by build.py with the Python of .venv, which has Qt. The same drawing gives the same bytes. Pillow writes icons too,
but its bitmaps of 16 and 20 pixels have masks of the wrong length.
"""

from __future__ import annotations

import struct
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import icons
from PySide6.QtCore import QBuffer, QRectF
from PySide6.QtGui import QColor, QImage, QLinearGradient, QPainter

SIZES = (16, 20, 24, 32, 40, 48, 64, 256)
"""Pixels: list, small and large icons at 100, 125, 150 and 200 %, and the file manager's largest."""
COMPRESSED = 256
"""Pixels from which on Windows expects PNG; below, older readers know bitmaps only."""
SIDE = (328, 628)
"""Pixels of the picture at the left of the installer's first and last page, for 200 %."""


def png(image: QImage) -> bytes:
    """The image as a PNG file."""
    buffer = QBuffer()
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")
    return bytes(buffer.data())


def bitmap(image: QImage) -> bytes:
    """The image as a BITMAPINFOHEADER, its rows from the bottom up in BGRA, and a mask that alpha makes needless."""
    size = image.width()
    mask = bytes((size + 31) // 32 * 4 * size)
    flipped = image.mirrored()  # kept: its bits are borrowed
    rows = bytes(flipped.constBits())
    header = struct.pack("<IiiHHIIiiII", 40, size, 2 * size, 1, 32, 0, len(rows) + len(mask), 0, 0, 0, 0)
    return header + rows + mask


def icon(images: list[QImage]) -> bytes:
    """An icon file: ICONDIR, one ICONDIRENTRY for each image, the images."""
    pictures = [png(image) if image.width() >= COMPRESSED else bitmap(image) for image in images]
    head = struct.pack("<HHH", 0, 1, len(images))
    place = len(head) + 16 * len(images)
    for image, picture in zip(images, pictures, strict=True):
        size = image.width() % 256  # 0 stands for 256
        head += struct.pack("<BBBBHHII", size, size, 0, 0, 1, 32, len(picture), place)
        place += len(picture)
    return head + b"".join(pictures)


def side() -> QImage:
    """The installer's picture: the drawing on light blue."""
    width, height = SIDE
    image = QImage(width, height, QImage.Format.Format_RGB32)
    shade = QLinearGradient(0, 0, 0, height)
    shade.setColorAt(0, QColor("#F4F8FD"))
    shade.setColorAt(1, QColor("#CFE1F4"))
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.fillRect(image.rect(), shade)
    size = width * 0.6
    icons.renderer().render(painter, QRectF((width - size) / 2, height * 0.2, size, size))
    painter.end()
    return image


def main(folder: Path) -> None:
    """Write both."""
    (folder / "gkdesk.ico").write_bytes(icon([icons.drawn(size) for size in SIZES]))
    side().save(str(folder / "side.bmp"), "BMP")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
