"""A screen reader's ears: the buses of AT-SPI, and what is said on them."""

from __future__ import annotations

import json
import shutil
import signal
import subprocess
import threading
from pathlib import Path
from typing import Any

from tests.e2e.screen import PATIENCE, wait_for

PYTHON = "/usr/bin/python3"
"""The system's own: Debian's bindings of AT-SPI are made for it."""
SERVICE = Path("/usr/share/dbus-1/services/org.a11y.Bus.service")
BINDINGS = "import gi; gi.require_version('Atspi', '2.0'); from gi.repository import Atspi"


def missing() -> str:
    """What is missing to hear; empty when all is there."""
    if shutil.which("dbus-daemon") is None:
        return "dbus-daemon (Debian: dbus)"
    if not SERVICE.exists():
        return "AT-SPI (Debian: at-spi2-core)"
    if (
        not Path(PYTHON).exists()
        or subprocess.run([PYTHON, "-c", BINDINGS], capture_output=True, check=False).returncode
    ):
        return "bindings of AT-SPI (Debian: python3-gi, gir1.2-atspi-2.0)"
    return ""


SERVICES = ("/usr/share/dbus-1/services", "/usr/local/share/dbus-1/services")


class Bus:
    """A session bus of one's own. Close it, also after a failure."""

    def __init__(self) -> None:
        self._daemon = subprocess.Popen(
            ["dbus-daemon", "--session", "--nofork", "--print-address=1"],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        assert self._daemon.stdout is not None
        self.address = self._daemon.stdout.readline().strip()

    def close(self) -> None:
        self._daemon.terminate()  # what the bus has started goes with it
        self._daemon.wait(PATIENCE)
        assert self._daemon.stdout is not None
        self._daemon.stdout.close()


class ScreenReader:
    """Hears what gets the focus and what is announced, and presses buttons. Close it, also after a failure."""

    def __init__(self, environment: dict[str, str]) -> None:
        self.heard: list[dict[str, Any]] = []
        self._process = subprocess.Popen(
            [PYTHON, str(Path(__file__).with_name("listener.py"))],
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            encoding="utf-8",
        )
        self._ear = threading.Thread(target=self._listen, daemon=True)
        self._ear.start()
        wait_for(lambda: self.heard, "the screen reader")

    def hears(self, role: str, *words: str, what: str = "focused") -> None:
        """Wait until something of this role has been heard with all these words since the last time."""

        def found() -> bool:
            for number, said in enumerate(self.heard):
                text = "；".join(str(said.get(part, "")) for part in ("name", "value", "description"))
                if what in said["event"] and said.get("role") == role and all(word in text for word in words):
                    del self.heard[: number + 1]
                    return True
            return False

        try:
            wait_for(found, f"{role}: {words}")
        except AssertionError as error:
            raise AssertionError(f"{error}; heard instead: {self.heard}") from None

    def press(self, button: str) -> None:
        """Have a button pressed by its name, without key or mouse."""
        assert self._process.stdin is not None
        self._process.stdin.write(f"press {button}\n")
        self._process.stdin.flush()

    def close(self) -> None:
        self._process.send_signal(signal.SIGTERM)
        self._process.wait(PATIENCE)
        self._ear.join(PATIENCE)
        for stream in (self._process.stdin, self._process.stdout):
            assert stream is not None
            stream.close()

    def _listen(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            if line.startswith("{"):
                self.heard.append(json.loads(line))
