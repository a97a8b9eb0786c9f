"""The inside of the limited process: questions on stdin, answers on stdout, nothing else.

    gkdesk --reader          (also in a frozen build, where there is no ``python -m``)

A question is a line of JSON, ``{"reader": "module:function", "size": n, "seconds": s, "kind": "xlsx" | null,
"language": "zh", "arguments": {…}}``, and n bytes. When the reader is loaded a line says READY, and the seconds begin.
An answer is a line of JSON with one of

    {"answer": …}                          what the reader returned
    {"refused": "words", "as": "Name"}     the KnownError that it raised, with the name of its class; also what this
                                           installation cannot load
    {"damaged": "ValueError"}              any other exception: the file's fault
    {"large": true}                        out of memory

JSON and never pickle: who takes over this process through a hole in a parser gains no more than a wrong answer. The
process ends with its stdin, so nothing is left behind by a parent that died.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from contextlib import suppress
from importlib import import_module
from typing import Any, BinaryIO

from gkdesk import i18n
from gkdesk.errors import KnownError
from gkdesk.i18n import _
from gkdesk.imports import gate_limits, gate_rules

FLAG = "--reader"
READY = b"ready\n"


def main() -> None:
    """Answer questions until stdin ends."""
    questions, answers = _take_streams()
    i18n.set_language("zh")
    limited = False
    while line := questions.readline():
        question = json.loads(line)
        data = questions.read(question["size"])
        # before the limits: babel asks the registry of Windows for the time zone, and libraries take their time
        i18n.set_language(question["language"])
        with suppress(Exception):  # what cannot be loaded is told with the answer
            _function(question["reader"])
        answers.write(READY)
        answers.flush()
        if not limited:
            gate_limits.limit_memory(question["memory"])
            limited = True
        gate_limits.limit_time(question["seconds"])
        answer = _answer(question, data)
        del data
        answers.write(answer + b"\n")
        answers.flush()


def _take_streams() -> tuple[BinaryIO, BinaryIO]:
    """stdin and stdout as bytes, for us alone: what a library prints goes nowhere.

    By number: a windowed build on Windows has descriptors but no ``sys.stdin``.
    """
    source, target = os.dup(0), os.dup(1)
    nowhere = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1, 2):
        with suppress(OSError):
            os.dup2(nowhere, descriptor)
    if sys.platform == "win32":
        import msvcrt

        for descriptor in (source, target):
            msvcrt.setmode(descriptor, os.O_BINARY)
    return os.fdopen(source, "rb"), os.fdopen(target, "wb")


def _answer(question: dict[str, Any], data: bytes) -> bytes:
    try:
        if question["kind"]:
            gate_rules.check(question["kind"], data)
        found = _function(question["reader"])(data, **question["arguments"])
        return _json({"answer": found})
    except KnownError as error:
        return _json({"refused": str(error), "as": type(error).__name__})
    except MemoryError:
        return b'{"large": true}'
    except ImportError as error:  # the installation's fault, and reading another file will not help
        message = _("程序缺少读这种文件的组件（{name}），请重新安装本程序")
        return _json({"refused": message.format(name=error.name), "as": "Refused"})
    except Exception as error:  # noqa: BLE001 - whatever a parser stumbles over is the file's
        return _json({"refused": "", "as": "Locked"} if _wants_password(error) else _damaged(error))


def _function(name: str) -> Callable[..., Any]:
    module, _colon, function = name.partition(":")
    found: Callable[..., Any] = getattr(import_module(module), function)
    return found


def _json(answer: dict[str, Any]) -> bytes:
    return json.dumps(answer, ensure_ascii=True, allow_nan=False).encode("ascii")


def _damaged(error: BaseException) -> dict[str, Any]:
    # The words of libraries hold pieces of the file; only the kind of error leaves this process.
    return {"damaged": type(error).__name__}


def _wants_password(error: BaseException | None) -> bool:
    """Whether a library stumbled over encryption: each has its own class for it, often inside another."""
    for _depth in range(5):
        if error is None:
            return False
        kinds = [error, *error.args]
        if any(word in type(each).__name__ for each in kinds for word in ("Password", "Encrypt")):
            return True
        error = error.__cause__ or error.__context__
    return False
