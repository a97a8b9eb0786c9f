"""Readers that misbehave, for the limited process; they run there and nowhere else."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
from importlib import import_module
from pathlib import Path

from gkdesk.errors import KnownError
from gkdesk.i18n import _
from gkdesk.imports import contract


class PasswordError(Exception):
    pass


def echo(data, **arguments):
    return {"size": len(data), "head": data[:10].decode("latin-1"), **arguments}


def process(_data):
    return os.getpid()


def sleep(_data):
    time.sleep(60)


def spin(_data):
    while True:
        pass


def memory(_data):
    return len(bytearray(2 << 30))


def die(_data):
    os.abort()


def leave(_data):
    os._exit(0)


def fail(_data):
    raise ValueError("a secret of the file")


def lacking(_data):
    import_module("gkdesk_has_no_such_library")


def refuse(_data):
    raise KnownError(_("下一步"))


def locked(_data):
    raise ValueError from PasswordError()


def picture(_data):
    raise contract.PictureOnly


def endless(_data):
    return "a" * 60_000_000


def deep(_data):
    answer = []
    for _each in range(500):
        answer = [answer]
    return answer


def no_json(_data):
    return object()


def noise(_data):
    print("noise")
    os.write(1, b'{"answer": "forged"}\n')
    sys.stderr.write("noise")
    return "said"


def bad_line(_data):
    for descriptor in range(3, 20):
        try:
            os.write(descriptor, b"\x80 no JSON\n")
        except OSError:
            continue
    time.sleep(60)


ATTEMPTS = {
    "connect": lambda: socket.create_connection(("127.0.0.1", 9)),
    "look up": lambda: socket.getaddrinfo("localhost", 80),
    "start": lambda: subprocess.run([sys.executable, "-c", ""], check=False),
    "system": lambda: os.system("true"),
    "fork": lambda: os.fork() if hasattr(os, "fork") else os.startfile("a"),
    "write": lambda: Path("x.txt").write_text("a", encoding="utf-8"),
    "append": lambda: Path("x.txt").open("ab").close(),
    "remove": lambda: Path("x.txt").unlink(),
    "make": lambda: Path("x").mkdir(),
}


def attempt(_data, what):
    ATTEMPTS[what]()
    return "done"


def usual(data):
    return json.loads(data)
