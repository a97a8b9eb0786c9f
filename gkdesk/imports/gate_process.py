"""The outside of the limited process: starts a reader there, watches the clock, takes plain data back.

    answer = run_limited("gkdesk.imports.readers.docx:read", data)

One file, one process, so that nothing of a hostile file stays behind. `LimitedProcess` takes several (campaigns and
lists of files); it starts anew after each that it had to end.
"""

from __future__ import annotations

import json
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from gkdesk import files, i18n
from gkdesk.errors import KnownError
from gkdesk.i18n import _
from gkdesk.imports import contract, gate_child, gate_limits

MAX_ANSWER = 48_000_000
"""Bytes of an answer; every character of Chinese takes six."""

_START = "import sys; sys.path.insert(0, sys.argv.pop(1)); from gkdesk.__main__ import main; main()"
_START_SECONDS = 60.0
"""For Python and the reader's libraries to load, before the file is looked at: an old PC with a scanner is slow."""
_GLANCE = 0.05
"""Seconds between two looks at whether the user has cancelled."""


@dataclass(frozen=True, slots=True)
class ProcessLimits:
    """What reading one file may take: seconds by the clock, bytes of memory."""

    seconds: float = gate_limits.SECONDS
    memory: int = gate_limits.MEMORY


class Refused(KnownError):
    """A file that cannot be read; `cause` is the name of the class that the reader raised, "" where it did not.

    The message is a reason without a file's name, unless the reader was told that name.
    """

    def __init__(self, message: str, cause: str = "") -> None:
        super().__init__(message)
        self.cause = cause


class TooLarge(Refused):
    """More bytes, or more memory, than any report needs."""


class TooSlow(Refused):
    """The reader did not answer in time."""


class Broken(Refused):
    """The reader stumbled: the file is damaged."""


class Cancelled(Refused):
    """The user did not want to wait."""


def run_limited(
    function_name: str,
    source: bytes | Path,
    limits: ProcessLimits | None = None,
    *,
    kind: str | None = None,
    arguments: Mapping[str, Any] | None = None,
    stop: threading.Event | None = None,
) -> Any:
    """What a reader, "module:function", makes of the bytes, in a process of its own.

    ``kind`` has the rules of :mod:`gate_rules` checked first, in that process too. ``arguments`` are plain data for the
    function besides the bytes. Setting ``stop`` from another thread ends the process at once. Raises Refused and its
    kinds, contract.Locked and contract.PictureOnly; what a reader of ours gets wrong by itself looks like Broken.
    """
    data = source if isinstance(source, bytes) else files_bytes(source, gate_limits.MEMORY // 8)
    with LimitedProcess(limits) as process:
        return process.read(function_name, data, kind=kind, arguments=arguments, stop=stop)


def files_bytes(path: Path, most: int) -> bytes:
    """All of a file. Raises TooLarge above ``most`` bytes, KnownError that names the file where it cannot be read."""
    try:
        if path.exists() and not path.is_file():  # a pipe would be waited for
            raise KnownError(_("“{file}”不是文件。").format(file=path))
        with path.open("rb") as file:
            data = file.read(most + 1)
    except OSError as error:
        message = _("读不了“{file}”：{reason}。").format(file=path, reason=files.reason(error))
        raise KnownError(message) from error
    if len(data) > most:
        raise TooLarge(_("文件太大，不是一份年报（最多 {size} MB）").format(size=most // 1_000_000))
    return data


class LimitedProcess:
    """A process for readers; made when it is first needed, ended by ``close``."""

    def __init__(self, limits: ProcessLimits | None = None) -> None:
        self._limits = limits or ProcessLimits()
        self._process: subprocess.Popen[bytes] | None = None
        self.starts = 0

    def read(
        self,
        function_name: str,
        data: bytes,
        *,
        kind: str | None = None,
        arguments: Mapping[str, Any] | None = None,
        stop: threading.Event | None = None,
    ) -> Any:
        """As run_limited."""
        question = {
            "reader": function_name,
            "size": len(data),
            "kind": kind,
            "seconds": self._limits.seconds,
            "memory": self._limits.memory,
            "language": i18n.language(),
            "arguments": dict(arguments or {}),
        }
        head = json.dumps(question).encode("ascii") + b"\n"
        process = self._started()
        watch = _Watch(process, self._limits.seconds, stop)
        with watch:
            line = _exchange(process, head, data, watch.begin)
        if line is None or watch.ended:
            self.close()
            raise watch.reason() or Broken(_("文件已经损坏，或者内容太多"))
        return _unpacked(line)

    def close(self) -> None:
        """End the process, whatever it is at."""
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        for stream in (process.stdin, process.stdout):
            if stream is not None:
                with suppress(OSError):
                    stream.close()
        process.wait()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_exception: object) -> None:
        self.close()

    def _started(self) -> subprocess.Popen[bytes]:
        if self._process is None or self._process.poll() is not None:
            self.close()
            self._process = _start()
            self.starts += 1
        return self._process


class _Watch:
    """Ends a process when its time is over or the user has cancelled; the time for the file runs from `begin` on."""

    def __init__(
        self, process: subprocess.Popen[bytes], seconds: float, stop: threading.Event | None
    ) -> None:
        self._process = process
        self._seconds = seconds
        self._end = time.monotonic() + _START_SECONDS
        self._stop = stop
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._cancelled = False
        self.ended = False

    def begin(self) -> None:
        """The reader is loaded and turns to the file."""
        self._end = time.monotonic() + self._seconds

    def reason(self) -> Refused | None:
        """Why the process was ended; None where it ended by itself."""
        if self._cancelled:
            return Cancelled(_("已取消"))
        return TooSlow(_("读得太久，已停止；文件可能已经损坏")) if self.ended else None

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_exception: object) -> None:
        self._done.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._done.wait(_GLANCE):
            self._cancelled = self._stop is not None and self._stop.is_set()
            if self._cancelled or time.monotonic() > self._end:
                self.ended = True
                self._process.kill()
                return


def command() -> list[str]:
    """How this program is started as a reader: frozen by its own name, else by its interpreter.

    -P: a folder that the user happens to be in must not lend its modules.
    """
    if getattr(sys, "frozen", False):
        return [sys.executable, gate_child.FLAG]
    root = Path(__file__).resolve().parents[2]
    return [sys.executable, "-P", "-B", "-X", "utf8", "-c", _START, str(root), gate_child.FLAG]


def _start() -> subprocess.Popen[bytes]:
    flags = 0
    if sys.platform == "win32":
        flags = subprocess.CREATE_NO_WINDOW
    try:
        return subprocess.Popen(
            command(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            creationflags=flags,
        )
    except OSError as error:
        raise KnownError(_("无法启动读文件的程序：{reason}。").format(reason=files.reason(error))) from error


def _exchange(
    process: subprocess.Popen[bytes], head: bytes, data: bytes, begin: Callable[[], None]
) -> bytes | None:
    """Question and answer, and `begin` between; None where the process ended meanwhile or said too much."""
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        process.stdin.write(head)
        process.stdin.write(data)
        process.stdin.flush()
        if process.stdout.readline(len(gate_child.READY)) != gate_child.READY:
            return None
        begin()
        line = process.stdout.readline(MAX_ANSWER)
    except (OSError, ValueError):
        return None
    return line if line.endswith(b"\n") else None


def _unpacked(line: bytes) -> Any:
    try:
        answer = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise Broken(_("文件已经损坏")) from error
    if not isinstance(answer, dict):
        raise Broken(_("文件已经损坏"))
    if "answer" in answer:
        return answer["answer"]
    if "refused" in answer:
        raise _refusal(str(answer["refused"]), str(answer.get("as", "")))
    if "large" in answer:
        raise TooLarge(_("内容太多，不像一份年报"))
    raise Broken(_("文件已经损坏"), str(answer.get("damaged", ""))[:60])


def _refusal(message: str, cause: str) -> KnownError:
    match cause:
        case "Locked":
            return contract.Locked()
        case "PictureOnly":
            return contract.PictureOnly()
        case _:
            return Refused(message[:500], cause[:60])
