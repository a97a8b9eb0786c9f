"""What every test gets: its own data folder, no screen, Chinese, and the same examples in every run of CI."""

from __future__ import annotations

import gc
import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest
from hypothesis import HealthCheck, settings

from gkdesk import i18n

# Examples on a shared machine take as long as they take; only what they find counts.
settings.register_profile("here", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("ci", settings.get_profile("here"), derandomize=True, database=None)
settings.load_profile("ci" if os.environ.get("CI") else "here")


@pytest.fixture(autouse=True)
def data_folder(tmp_path_factory, monkeypatch):
    """The data folder of this test alone, not made yet; it also holds for programs that the test starts."""
    folder = tmp_path_factory.mktemp("data") / "GKDesk"
    monkeypatch.setenv("GKDESK_DATA", str(folder))
    return folder


@pytest.fixture(autouse=True)
def chinese():
    """Texts are Chinese before and after each test, whatever it chooses for itself."""
    i18n.set_language("zh")
    yield
    i18n.set_language("zh")


@pytest.fixture(autouse=True)
def collected_here(request):
    """Where there are windows, rubbish is collected on this thread only: another would delete Qt's objects there.

    The program does the same; a storage worker's thread that collected a window killed the run.
    """
    if "qapp" not in request.fixturenames:
        yield
        return
    gc.disable()
    yield
    gc.collect()
    gc.enable()
