"""Where documents lie when the clerk names no place."""

from __future__ import annotations

from pathlib import Path

from gkdesk import paths
from gkdesk.files import safe_name


def default_path(unit: str) -> Path:
    """The document of a unit in the user's data folder."""
    return paths.data_folder() / safe_name(unit or "年报", ".gkd")


def sample_path() -> Path:
    """The sample report that comes with the program."""
    return paths.resources() / "samples" / "sample-2021.json"
