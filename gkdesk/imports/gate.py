"""The one entrance for files that came from elsewhere: recognised by content, capped, read in a limited process.

    reading = gate.read(path)             blocks of text and tables, see :mod:`contract`
    foreign = gate.load(path)             kind and bytes, for those who have a reader of their own
    answer = gate.run(foreign, "module:function")

How it goes: `gate_kinds` says what the bytes are, `gate_rules` how large they may be; then `gate_process` hands them to
a child, where `gate_rules.check` looks at them (inflating with a count, ranges, depths) before the reader may. The
caller's process parses nothing but the directory of a zip.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gkdesk.errors import KnownError
from gkdesk.i18n import _
from gkdesk.imports import contract, gate_kinds, gate_package, gate_process, gate_rules
from gkdesk.imports.gate_package import Limits
from gkdesk.imports.gate_process import Cancelled, Refused, run_limited
from gkdesk.imports.gate_rules import OWN_WORKBOOK, READERS

__all__ = [
    "OWN_WORKBOOK",
    "READERS",
    "Cancelled",
    "Foreign",
    "Limits",
    "Refused",
    "load",
    "read",
    "read_package",
    "run",
    "run_limited",
]


@dataclass(frozen=True, slots=True)
class Foreign:
    """A file as it came: its kind (gate_kinds.KINDS), its bytes, and its name for words to the user."""

    kind: str
    data: bytes
    name: str


def load(path: Path) -> Foreign:
    """A file's bytes, recognised. Raises Refused, or KnownError where it cannot be read; both name the file."""
    try:
        data = gate_process.files_bytes(path, max(gate_rules.MOST_BYTES.values()))
    except gate_process.Refused as error:
        raise named(path, error) from error
    return recognise(data, str(path))


def recognise(data: bytes, name: str) -> Foreign:
    """Bytes of a file with their kind. Raises Refused that names them."""
    try:
        kind = gate_kinds.recognise(data)
    except KnownError as error:
        raise named(name, error) from error
    return given(kind, data, name)


def given(kind: str, data: bytes, name: str) -> Foreign:
    """Bytes whose kind is known, as of the clipboard. Raises Refused that names them where they are too many."""
    if len(data) > (most := gate_rules.MOST_BYTES[kind]):
        message = _("文件太大，不是一份年报（最多 {size} MB）").format(size=most // 1_000_000)
        raise named(name, gate_process.TooLarge(message))
    return Foreign(kind, data, name)


def read(source: Path | Foreign, stop: threading.Event | None = None) -> contract.Reading:
    """The blocks of a file, from the reader of its kind. Setting ``stop`` cancels.

    Raises Refused (and its kinds: Cancelled, gate_process.TooSlow, TooLarge, Broken) that names the file.
    """
    foreign = source if isinstance(source, Foreign) else load(source)
    reader = READERS.get(foreign.kind)
    if reader is None:
        raise Refused(_("“{file}”是 GKDesk 自己的数据，请直接打开。").format(file=foreign.name))
    answer = run(foreign, reader, stop=stop)
    try:
        return contract.checked(answer)
    except KnownError as error:
        raise named(foreign.name, error) from error


def run(
    foreign: Foreign,
    reader: str,
    *,
    arguments: Mapping[str, Any] | None = None,
    stop: threading.Event | None = None,
) -> Any:
    """What one reader, "module:function", makes of a file, in a process of its own. Raises as read()."""
    try:
        return run_limited(reader, foreign.data, kind=foreign.kind, arguments=arguments, stop=stop)
    except KnownError as error:
        raise named(foreign.name, error) from error


def read_package(path: Path, limits: Limits) -> bytes:
    """The bytes of a packed office file that may be parsed in this process: checked, and looked at only once.

    Raises Refused, or KnownError where it cannot be read; both name the file.
    """
    try:
        data = gate_process.files_bytes(path, limits.packed)
        if data.startswith(gate_kinds.OLE):
            gate_kinds.recognise(data)
        gate_package.check(data, limits)
    except (gate_process.Refused, gate_package.Reason, gate_kinds.Unknown, contract.Locked) as error:
        raise named(path, error) from error
    return data


def named(name: str | Path, error: KnownError) -> KnownError:
    """A refusal in a sentence with the file's name, of the same class where that says more than Refused."""
    if str(name) in str(error):
        return error
    message = _("不能读“{file}”：{reason}。").format(file=name, reason=str(error).rstrip("。"))
    kind = type(error) if isinstance(error, Refused) else Refused
    return kind(message, getattr(error, "cause", "") or type(error).__name__)
