"""What the process of a reader may use, set by that process itself before it looks at the first byte.

On POSIX setrlimit, on Windows a job of one process (nested jobs need Windows 8); besides, on both, an audit hook that
forbids what no reader has a reason to do. A process that is out of memory gets a MemoryError or dies, one that is out
of time dies; the parent watches the clock too, so the limit of processor time only matters where the parent is gone.
"""

from __future__ import annotations

import os
import sys
from typing import Any

MEMORY = 1 << 30
"""Bytes of address space (POSIX) or of committed memory (Windows)."""
SECONDS = 10.0
"""For one file, from question to answer."""

_MINUTE = 600_000_000
"""In units of 100 ns."""
_FORBIDDEN = ("socket.", "subprocess.", "os.system", "os.exec", "os.posix_spawn", "os.spawn", "os.fork", "os.startfile",
              "os.remove", "os.rename", "os.rmdir", "os.mkdir", "os.truncate", "shutil.", "winreg.")  # fmt: skip
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND


class Forbidden(Exception):
    """A reader tried to reach the network, to start a program or to write a file."""


def limit_memory(most: int = MEMORY) -> None:
    """Forbid this process more memory than ``most``, files that it writes and core dumps; it cannot be undone."""
    sys.dont_write_bytecode = True
    if sys.platform == "win32":
        _limit_by_job(most)
    else:
        import resource

        _lower(resource.RLIMIT_AS, most)
        _lower(resource.RLIMIT_FSIZE, 0)
        _lower(resource.RLIMIT_CORE, 0)
    sys.addaudithook(_refuse)


def limit_time(seconds: float) -> None:
    """From now on this process may use so much processor time (POSIX; on Windows it has a minute in all)."""
    if sys.platform != "win32":
        import resource

        usage = resource.getrusage(resource.RUSAGE_SELF)
        used = usage.ru_utime + usage.ru_stime
        _hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
        resource.setrlimit(resource.RLIMIT_CPU, (int(used + seconds) + 2, _hard))


def _refuse(event: str, arguments: tuple[Any, ...]) -> None:
    """An audit hook (PEP 578). It stops Python code; the limits above hold for C as well."""
    if event == "open":
        writing = isinstance(arguments[2], int) and arguments[2] & _WRITING
        if writing and not isinstance(arguments[0], int):
            raise Forbidden(event)
    elif event.startswith(_FORBIDDEN):
        raise Forbidden(event)


if sys.platform == "win32":

    def _limit_by_job(most: int) -> None:
        """Put this process into a job that ends it, and that it cannot leave.

        JOBOBJECT_EXTENDED_LIMIT_INFORMATION as in winnt.h; times in units of 100 ns.
        """
        import ctypes
        from ctypes import wintypes

        class Basic(ctypes.Structure):
            _fields_ = (
                ("PerProcessUserTimeLimit", wintypes.LARGE_INTEGER),
                ("PerJobUserTimeLimit", wintypes.LARGE_INTEGER),
                ("LimitFlags", wintypes.DWORD),
                ("MinimumWorkingSetSize", ctypes.c_size_t),
                ("MaximumWorkingSetSize", ctypes.c_size_t),
                ("ActiveProcessLimit", wintypes.DWORD),
                ("Affinity", ctypes.c_size_t),
                ("PriorityClass", wintypes.DWORD),
                ("SchedulingClass", wintypes.DWORD),
            )

        class Extended(ctypes.Structure):
            _fields_ = (
                ("Basic", Basic),
                ("IoCounters", ctypes.c_ulonglong * 6),
                ("ProcessMemoryLimit", ctypes.c_size_t),
                ("JobMemoryLimit", ctypes.c_size_t),
                ("PeakProcessMemoryUsed", ctypes.c_size_t),
                ("PeakJobMemoryUsed", ctypes.c_size_t),
            )

        process_time, active_process, process_memory, die_quietly = 0x2, 0x8, 0x100, 0x400
        extended_information = 9
        kernel = ctypes.WinDLL("kernel32", use_last_error=True)
        kernel.CreateJobObjectW.restype = wintypes.HANDLE
        kernel.CreateJobObjectW.argtypes = (ctypes.c_void_p, wintypes.LPCWSTR)
        kernel.SetInformationJobObject.argtypes = (
            wintypes.HANDLE,
            ctypes.c_int,
            ctypes.c_void_p,
            wintypes.DWORD,
        )
        kernel.GetCurrentProcess.restype = wintypes.HANDLE
        kernel.AssignProcessToJobObject.argtypes = (wintypes.HANDLE, wintypes.HANDLE)
        job = kernel.CreateJobObjectW(None, None)  # kept open until the process ends
        limits = Extended()
        limits.Basic.LimitFlags = process_time | active_process | process_memory | die_quietly
        limits.Basic.PerProcessUserTimeLimit = _MINUTE
        limits.Basic.ActiveProcessLimit = 1
        limits.ProcessMemoryLimit = most
        fine = job and kernel.SetInformationJobObject(
            job, extended_information, ctypes.byref(limits), ctypes.sizeof(limits)
        )
        if not fine or not kernel.AssignProcessToJobObject(job, kernel.GetCurrentProcess()):
            raise ctypes.WinError(ctypes.get_last_error())

else:

    def _lower(kind: int, most: int) -> None:
        """Set a limit to ``most``, or leave a lower one that the system has set already."""
        import resource

        hard = resource.getrlimit(kind)[1]
        limit = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(kind, (limit, limit))
