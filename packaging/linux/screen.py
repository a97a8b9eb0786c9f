"""A screen that nobody sees, for a program in a Debian root: Xvfb and a window manager of this machine."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

PATIENCE = 60.0
"""Seconds to wait for something that must come."""
SOCKETS = Path("/tmp/.X11-unix")


class Screen:
    """An Xvfb display with openbox; `close` it, also after a failure."""

    def __init__(self, size: str = "1366x768") -> None:
        reading, writing = os.pipe()
        self._server = subprocess.Popen(
            ["Xvfb", "-displayfd", str(writing), "-screen", "0", f"{size}x24", "-nolisten", "tcp", "-ac"],
            pass_fds=[writing],
            stderr=subprocess.DEVNULL,
        )
        os.close(writing)
        with os.fdopen(reading) as pipe:
            self.display = f":{pipe.readline().strip()}"
        self._manager = subprocess.Popen(["openbox"], env=self._environment(), stderr=subprocess.DEVNULL)

    def close(self) -> None:
        for process in (self._manager, self._server):
            process.kill()
            process.wait()

    def _environment(self) -> dict[str, str]:
        return {**os.environ, "DISPLAY": self.display}

    def window(self) -> str:
        """Number of the program's window; empty while there is none."""
        return self.xdotool("search", "--onlyvisible", "--name", "GKDesk|年报").partition("\n")[0]

    def xdotool(self, *arguments: str) -> str:
        """What xdotool says; empty where it finds nothing."""
        done = subprocess.run(
            ["xdotool", *arguments], env=self._environment(), capture_output=True, text=True, check=False
        )
        return done.stdout

    def colours(self) -> int:
        """How many colours a small picture of the window has, without its frame; 0 where there is none."""
        window = self.window()
        words = [
            "import",
            "-window",
            window,
            "-filter",
            "point",
            "-resize",
            "128x72!",
            "-depth",
            "8",
            "rgb:-",
        ]
        done = (
            subprocess.run(words, env=self._environment(), capture_output=True, check=False)
            if window
            else None
        )
        data = done.stdout if done else b""
        return len({data[at : at + 3] for at in range(0, len(data), 3)})

    def picture(self, path: Path) -> None:
        """Keep what the screen shows, to be looked at."""
        path.parent.mkdir(parents=True, exist_ok=True)
        subprocess.run(["import", "-window", "root", str(path)], env=self._environment(), check=False)


def wait_for(condition: Callable[[], object], what: str, every: float = 0.02) -> None:
    """Wait until the condition holds. Raises TimeoutError that says what did not come."""
    end = time.monotonic() + PATIENCE
    while not condition():
        if time.monotonic() > end:
            raise TimeoutError(f"{what} did not come within {PATIENCE:.0f} s")
        time.sleep(every)
