"""The scripts in packaging/ are no package: tests load them by path."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

import pytest

FOLDER = Path(__file__).resolve().parents[2] / "packaging"


@pytest.fixture
def script(monkeypatch):
    """Load packaging/<name>.py (or <folder>/<name>) afresh, as `python3 packaging/<name>.py` would see it."""
    for folder in (FOLDER / "linux", FOLDER):
        monkeypatch.syspath_prepend(str(folder))

    def load(name):
        path = FOLDER / f"{name}.py"
        name = path.stem
        spec = importlib.util.spec_from_file_location(name, path)
        module = importlib.util.module_from_spec(spec)
        monkeypatch.setitem(sys.modules, name, module)
        spec.loader.exec_module(module)
        return module

    return load
