"""The screen of an end-to-end test."""

from __future__ import annotations

import os
import sys

import pytest

from gkdesk.cli import main
from tests.e2e.published import YEAR
from tests.e2e.screen import Screen, missing_tools


@pytest.fixture
def variables():
    """What the programs on the screen find in their environment besides the usual."""
    return {}


@pytest.fixture
def screen(data_folder, variables):
    absent = missing_tools()
    if absent:
        # the set-up of the project installs them where it may; nowhere else is their absence a failure
        assert not os.environ.get("CI"), f"{absent} are missing"
        pytest.skip(f"needs {', '.join(absent)}")
    if sys.platform != "linux":
        pytest.skip("needs X11")
    made = Screen(data_folder, **variables)
    yield made
    made.close()


@pytest.fixture
def document(tmp_path):
    """A document with an empty report of the published one's year."""
    path = tmp_path / "clerk.gkd"
    assert main(["new", str(path), "--unit", "云溪县水务局", "--year", str(YEAR)]) == 0
    return path
