"""What a widget looks like, for tests."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget


def colours_of(widget: QWidget) -> set[str]:
    image = widget.grab().toImage()
    return {
        image.pixelColor(x, y).name().upper() for x in range(image.width()) for y in range(image.height())
    }
