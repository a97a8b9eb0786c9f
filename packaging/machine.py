"""Set-up of a machine: the Python that runs GKDesk, .venv from the locks, and the libraries that Qt needs.

Standard library only, and written so that an older Python can read it and say plainly that it is too old.
"""

from __future__ import annotations

import contextlib
import ctypes
import hashlib
import importlib.util
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
LOCKS = (ROOT / "packaging" / "requirements.lock", ROOT / "packaging" / "requirements-dev.lock")
STAMP = VENV / "locks.sha256"
OLDEST, NEWEST = (3, 11), (3, 13)

# What Qt loads, and the Debian package that has it.
QT_LIBRARIES = {
    "libglib-2.0.so.0": "libglib2.0-0",
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-shape.so.0": "libxcb-shape0",
}
# What the tests in a real window use, as Debian packages; the second line hears what a screen reader hears.
WINDOW_TEST_PACKAGES = (
    *("xvfb", "openbox", "xdotool", "imagemagick", "fonts-noto-cjk", "xclip"),
    *("dbus", "at-spi2-core", "python3-gi", "gir1.2-atspi-2.0"),
)


class SetupError(Exception):
    """Something this machine lacks; the message says what, and what to do."""


def version() -> str:
    """The program's version, which gkdesk/__init__.py alone says."""
    found = re.search(
        r'^__version__ = "([^"]+)"$', (ROOT / "gkdesk" / "__init__.py").read_text(), re.MULTILINE
    )
    if found is None:
        raise SetupError("gkdesk/__init__.py says no version.")
    return found[1]


def say(text: str) -> None:
    """Print a line of progress where it does not mix with a command's own output."""
    print(text, file=sys.stderr, flush=True)


def python_fits() -> bool:
    """Whether the running Python is one that GKDesk supports."""
    return OLDEST <= sys.version_info[:2] <= NEWEST


def other_python() -> str | None:
    """Path of a supported Python on PATH, newest first, or None."""
    for minor in range(NEWEST[1], OLDEST[1] - 1, -1):
        path = shutil.which(f"python3.{minor}")
        # A version manager's shim may be on PATH without the Python behind it: ask it.
        if path and subprocess.run([path, "-c", ""], capture_output=True, check=False).returncode == 0:
            return path
    return None


def on_debian() -> bool:
    """Whether this system installs its packages with apt."""
    return bool(shutil.which("apt-get") and shutil.which("dpkg-query"))


def is_root() -> bool:
    """Whether this process may install system packages."""
    return hasattr(os, "geteuid") and os.geteuid() == 0


def install_packages(packages: Sequence[str]) -> None:
    """Install Debian packages; raises SetupError where that fails."""
    say("Installing system packages: " + " ".join(packages))
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    # Another apt-get may be at work, on a fresh machine its own updater: wait for it.
    options = ["-y", "-qq", "--no-install-recommends", "-o", "DPkg::Lock::Timeout=600"]
    command = ["apt-get", "install", *options, *packages]
    # The package lists of a fresh system are empty, those of an old one stale: refresh them only then.
    if subprocess.run(command, env=environment, capture_output=True, check=False).returncode:
        subprocess.run(["apt-get", "update", "-qq"], env=environment, capture_output=True, check=False)
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
        if done.returncode:
            say(done.stderr.strip())
            raise SetupError("apt-get could not install them (see above): " + " ".join(packages))


def missing_libraries() -> list[str]:
    """Names of the shared libraries that Qt needs and this Linux lacks."""
    missing = []
    for name in QT_LIBRARIES if sys.platform.startswith("linux") else ():
        try:
            ctypes.CDLL(name)
        except OSError:
            missing.append(name)
    return missing


def missing_packages(names: Sequence[str]) -> list[str]:
    """Those of the Debian packages that are not installed."""
    query = ["dpkg-query", "-W", "-f", "${Package} ${db:Status-Status}\\n", *names]
    lines = subprocess.run(query, capture_output=True, text=True, check=False).stdout.splitlines()
    return [name for name in names if f"{name} installed" not in lines]


def provide_libraries() -> None:
    """See that Qt's libraries are there; raises SetupError that names the missing ones and the command."""
    missing = missing_libraries()
    if not missing:
        return
    packages = [QT_LIBRARIES[name] for name in missing]
    if on_debian() and is_root():
        install_packages(packages)
        missing = missing_libraries()
        if not missing:
            return
    if on_debian():
        command = "sudo apt-get install " + " ".join(packages)
    else:
        tool = next((tool for tool in ("dnf", "zypper") if shutil.which(tool)), None)
        names = " ".join(f"'{name}()(64bit)'" for name in missing)
        command = f"sudo {tool} install {names}" if tool else "your system's package manager"
    raise SetupError(
        f"Qt needs libraries that are not here: {', '.join(missing)}\nInstall them with: {command}"
    )


def provide_window_tests() -> None:
    """See that the tests in a real window have what they use; where they cannot have it, say so."""
    if not sys.platform.startswith("linux"):
        return
    if not on_debian():
        missing = [name for name in ("Xvfb", "openbox", "xdotool") if not shutil.which(name)]
        if missing:
            say("The tests in a real window need these programs: " + ", ".join(missing))
        return
    missing = missing_packages(WINDOW_TEST_PACKAGES)
    if missing and is_root():
        install_packages(missing)
    elif missing:
        say("For the tests in a real window: sudo apt-get install " + " ".join(missing))


def venv_python() -> Path:
    """Path of the Python inside .venv."""
    return VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def locks_hash() -> str:
    """What .venv's stamp holds when it agrees with the locks."""
    return hashlib.sha256(b"\0".join(lock.read_bytes() for lock in LOCKS)).hexdigest()


def up_to_date() -> bool:
    """Whether .venv is whole and agrees with the locks."""
    return venv_python().exists() and STAMP.is_file() and STAMP.read_text() == locks_hash()


@contextlib.contextmanager
def one_at_a_time() -> Iterator[None]:
    """Hold back a second set-up in the same checkout until the first is done."""
    if os.name == "nt":
        yield
        return
    import fcntl

    descriptor = os.open(ROOT / "packaging", os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def provide_environment() -> Path:
    """Make .venv or bring it up to the locks; returns its Python. Raises SetupError."""
    if up_to_date():
        return venv_python()
    with one_at_a_time():
        if not up_to_date():
            make_environment()
    return venv_python()


def make_environment() -> None:
    """Create .venv where there is no whole one, and install what the locks name into it."""
    if not (venv_python().exists() and STAMP.is_file()):
        say(f"Making .venv with Python {sys.version.split()[0]} …")
        create_venv(VENV)
    say("Installing the locked packages into .venv (about 200 MB to fetch, once) …")
    STAMP.unlink(missing_ok=True)
    options = [
        "--quiet",
        "--disable-pip-version-check",
        "--no-input",
        # The locks name everything. Left to look for itself, an older pip takes a newer release for a package
        # that is asked for with an extra, and then refuses it for having no hash.
        "--no-deps",
        "--require-hashes",
        "--only-binary",
        ":all:",
    ]
    command = [str(venv_python()), "-m", "pip", "install", *options]
    for lock in LOCKS:
        command += ["-r", str(lock)]
    if subprocess.run(command, stdout=sys.stderr, check=False).returncode:
        raise SetupError(
            "The locked packages could not be installed (see above). Without a network, put the wheels into a "
            "folder and set PIP_NO_INDEX=1 and PIP_FIND_LINKS=<folder>."
        )
    STAMP.write_text(locks_hash())


def create_venv(folder: Path) -> None:
    """Create an empty environment with pip in it; Debian's bare python3 lacks the module for that."""
    if importlib.util.find_spec("ensurepip") is None:
        package = "python{}.{}-venv".format(*sys.version_info)
        if not (on_debian() and is_root()):
            hint = (
                f"sudo apt-get install {package}" if on_debian() else "your system's package for python3 venv"
            )
            raise SetupError(f"This Python cannot make virtual environments. Install it with: {hint}")
        install_packages([package])
    command = [sys.executable, "-m", "venv", "--clear", str(folder)]
    if subprocess.run(command, stdout=sys.stderr, check=False).returncode:
        raise SetupError(f"python3 -m venv could not make {folder} (see above).")


def not_locked() -> list[str]:
    """What pyproject.toml asks for and the locks do not hold in a fitting version."""
    import tomllib

    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    asked = (project["project"]["dependencies"], project["dependency-groups"]["dev"])
    missing = []
    for lock, words in zip(LOCKS, asked, strict=True):
        text = lock.read_text(encoding="utf-8")
        locked = {
            _plain(name): version
            for name, version in re.findall(r"^([\w.-]+)==([\w.!+-]+)", text, re.MULTILINE)
        }
        for word in words:
            name, bounds = re.fullmatch(r"([\w.-]+)(?:\[.*\])?(.*)", word).groups()  # type: ignore[union-attr]
            version = locked.get(_plain(name))
            if version is None or not all(_fits(version, bound) for bound in bounds.split(",") if bound):
                missing.append(word)
    return missing


def _plain(name: str) -> str:
    """A package's name as indexes compare it (PEP 503)."""
    return re.sub(r"[-_.]+", "-", name).lower()


def _fits(version: str, bound: str) -> bool:
    """Whether a version keeps to one of the bounds that pyproject.toml uses: ==, >= and <, of plain numbers."""
    sign, limit = re.fullmatch(r"(==|>=|<)([\d.]+)", bound).groups()  # type: ignore[union-attr]
    held, asked = ([int(part) for part in re.findall(r"\d+", text)] for text in (version, limit))
    length = max(len(held), len(asked))
    held, asked = (parts + [0] * (length - len(parts)) for parts in (held, asked))
    return {"==": held == asked, ">=": held >= asked, "<": held < asked}[sign]


def write_locks(options: Sequence[str]) -> None:
    """Resolve pyproject.toml anew into both locks, for every supported Python and system. Raises SetupError."""
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        create_venv(Path(folder))
        binaries = Path(folder, "Scripts" if os.name == "nt" else "bin")
        command = [str(binaries / "python"), "-m", "pip", "install", "-q", "uv"]
        if subprocess.run(command, check=False).returncode:
            raise SetupError("uv, which writes the locks, could not be installed (see above).")
        options = ["--universal", "--python-version", "3.11", "--generate-hashes", *options]
        options += ["--quiet", "--no-emit-index-url", "--no-header", "--no-annotate"]
        jobs = (
            (LOCKS[0], "what GKDesk runs on", ["pyproject.toml"]),
            (LOCKS[1], "tests and lint", ["--group", "dev", "-c", str(LOCKS[0])]),
        )
        for lock, purpose, arguments in jobs:
            command = [str(binaries / "uv"), "pip", "compile", *options, *arguments, "-o", str(lock)]
            if subprocess.run(command, cwd=ROOT, check=False).returncode:
                raise SetupError(f"{lock.name} could not be resolved (see above).")
            header = (
                f"# Locked packages, {purpose}: Python 3.11 to 3.13, Linux, Windows and macOS, with hashes.\n"
                "# Written from pyproject.toml by: python3 packaging/dev.py lock   (newer versions: lock --upgrade)\n"
            )
            lock.write_text(header + lock.read_text(encoding="utf-8"), encoding="utf-8", newline="\n")
