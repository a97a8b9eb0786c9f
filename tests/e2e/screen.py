"""A screen of its own with a window manager, the real program on it, and a clerk's keyboard."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

TOOLS = ("Xvfb", "openbox", "xdotool")
ROOT = Path(__file__).resolve().parent.parent.parent
PATIENCE = 60
"""Seconds to wait for something that must come."""


def missing_tools() -> list[str]:
    return [tool for tool in TOOLS if shutil.which(tool) is None]


class Screen:
    """An Xvfb display with openbox. Close it, also after a failure."""

    def __init__(self, data: Path, size: str = "1366x768", **variables: str) -> None:
        reading, writing = os.pipe()
        self._server = subprocess.Popen(
            ["Xvfb", "-displayfd", str(writing), "-screen", "0", f"{size}x24", "-nolisten", "tcp"],
            pass_fds=[writing],
            stderr=subprocess.DEVNULL,
        )
        os.close(writing)
        with os.fdopen(reading) as pipe:
            self.display = f":{pipe.readline().strip()}"
        self.environment = {
            **os.environ,
            "DISPLAY": self.display,
            "QT_QPA_PLATFORM": "xcb",
            "GKDESK_DATA": str(data),
            "PYTHONPATH": str(ROOT),
            **variables,
        }
        self._manager = subprocess.Popen(["openbox"], env=self.environment, stderr=subprocess.DEVNULL)
        self.program: subprocess.Popen[bytes] | None = None
        self._others: list[subprocess.Popen[bytes]] = []
        self.pressed = 0
        """Keys and chords so far."""

    def start(self, *arguments: str) -> None:
        """Start the program and wait until its window has the focus."""
        self.program = subprocess.Popen([sys.executable, "-m", "gkdesk", *arguments], env=self.environment)
        self.wait_for_window("GKDesk|年报")

    def wait_for_window(self, name: str) -> None:
        """Wait until a window is seen whose title matches, and has the focus."""
        wait_for(lambda: self._xdotool("search", "--onlyvisible", "--name", name), f"the window {name}")
        time.sleep(1)

    def run(self, *command: str | Path, title: str, **variables: str) -> None:
        """Start another program on this screen, in a session of its own, and wait for its window."""
        environment = {**self.environment, **variables}
        self._others.append(subprocess.Popen(command, env=environment, start_new_session=True))
        self.wait_for_window(title)

    def activate(self, title: str) -> None:
        """Bring a window to the front, as Alt+Tab does."""
        self._xdotool("search", "--onlyvisible", "--name", title, "windowactivate", "--sync")

    def clipboard(self, target: str = "UTF8_STRING") -> str:
        """What the clipboard holds in this form; empty for nothing."""
        command = ["xclip", "-selection", "clipboard", "-o", "-t", target]
        done = subprocess.run(
            command, env=self.environment, capture_output=True, check=False, timeout=PATIENCE
        )
        return done.stdout.decode("utf-8", "replace")

    def settle(self) -> None:
        """Wait until the program has dealt with all keys: no thread of it runs or wants to."""
        assert self.program is not None
        tasks = Path(f"/proc/{self.program.pid}/task")

        def rests() -> bool:
            before = _states(tasks)
            time.sleep(0.2)
            return _states(tasks) == before and all(state != "R" for state, _used in before)

        wait_for(rests, "the end of the program's work")

    def copy(self, text: str) -> None:
        """Have another program own the clipboard with a text, once an earlier paste has taken its own."""
        if self.program is not None:
            self.settle()
        command = ["xclip", "-selection", "clipboard", "-i", "-quiet"]
        process = subprocess.Popen(
            command,
            env=self.environment,
            stdin=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        assert process.stdin is not None
        process.stdin.write(text.encode())
        process.stdin.close()
        self._others.append(process)
        wait_for(lambda: self.clipboard() == text, "the text on the clipboard")

    def keys(self, *names: str) -> None:
        """Press keys or chords by their X names (Tab, ctrl+5)."""
        self.pressed += len(names)
        self._xdotool("key", "--delay", "12", *names)

    def write(self, text: str) -> None:
        """Type; tabs are the Tab key."""
        self.pressed += len(text)
        self._xdotool("type", "--delay", "12", text)

    def picture(self, path: Path) -> None:
        """Keep what the screen shows, to look at."""
        if shutil.which("import"):
            subprocess.run(["import", "-window", "root", str(path)], env=self.environment, check=False)

    def quit(self) -> int:
        """Close the program as a clerk does, and return its exit code."""
        assert self.program is not None
        self.keys("ctrl+q")
        return self.program.wait(PATIENCE)

    def close(self) -> None:
        for other in self._others:
            with suppress(ProcessLookupError):
                os.killpg(other.pid, signal.SIGKILL)
            other.wait()
        for process in (self.program, self._manager, self._server):
            if process is not None and process.poll() is None:
                process.kill()
                process.wait()

    def _xdotool(self, *arguments: str) -> str:
        done = subprocess.run(
            ["xdotool", *arguments], env=self.environment, capture_output=True, text=True, check=False
        )
        return done.stdout.strip()


def _states(tasks: Path) -> list[tuple[str, str]]:
    """State and used time of each thread of a process, from ``/proc/PID/task``."""
    found = []
    for stat in tasks.glob("*/stat"):
        with suppress(OSError):
            fields = stat.read_text().rpartition(") ")[2].split()
            found.append((fields[0], "/".join(fields[11:13])))
    return found


def wait_for(ready: Callable[[], object], what: str) -> None:
    """Wait for something; fails with its name when it does not come."""
    end = time.monotonic() + PATIENCE
    while not ready():
        assert time.monotonic() < end, f"{what} did not come"
        time.sleep(0.1)
