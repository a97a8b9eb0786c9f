"""Make GKDesk's installer and portable zip for Windows, on Linux.

    python3 packaging/windows/build.py                 dist/GKDesk-<version>-setup.exe and -portable.zip
    python3 packaging/windows/build.py --stub          the installer's script and the launchers only, in seconds
    … --as-version 0.0.9 --fast --output FOLDER        another version number, packed in seconds: to try updates
    … --python FILE --python-sha256 SUM                python.org's embeddable zip in place of the locked one
    … --sign CERTIFICATE.pfx [--timestamp URL]         sign programs and installer; the password is read from the
                                                       environment variable GKDESK_SIGN_PASSWORD

`dev.py build --windows` runs this. Needs NSIS, mingw-w64 and, to sign, osslsigncode; all inputs are locked by hash.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
import time
import zipfile
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import contents
import machine
from contents import run
from machine import ROOT, SetupError, say

HERE = Path(__file__).resolve().parent
WORK = ROOT / "build" / "windows"
DIST = ROOT / "dist"
PROGRAMS = ("gkdesk.exe", "gkdesk-cli.exe")
TOOLS = {
    "makensis": "nsis",
    "x86_64-w64-mingw32-gcc": "gcc-mingw-w64-x86-64",
    "x86_64-w64-mingw32-windres": "binutils-mingw-w64-x86-64",
    "x86_64-w64-mingw32-objdump": "binutils-mingw-w64-x86-64",
}
"""Programs that the build runs -> their Debian packages."""
SIGN_PASSWORD = "GKDESK_SIGN_PASSWORD"
PORTABLE = """\
这是可以放在 U 盘上的便携版：年报、备份和设置都存在本文件夹的 data 里，不写入电脑。
双击 gkdesk.exe 打开。更新时换掉 program 文件夹和两个 exe 文件，保留 data 文件夹。
删除本文件（portable.txt）以后，数据改存在电脑上您自己的数据文件夹里。
"""
MARK = "portable.txt"
"""What gkdesk/paths.py looks for beside gkdesk.exe."""
EARLIEST = 315532800
"""1980 in seconds since 1970: a zip knows nothing before."""


def provide() -> list[str]:
    """See that the tools are here, installing them on Debian as root; returns the packages that are still missing."""
    missing = sorted({package for tool, package in TOOLS.items() if not shutil.which(tool)})
    if missing and machine.on_debian() and machine.is_root():
        machine.install_packages(missing)
        missing = sorted({package for tool, package in TOOLS.items() if not shutil.which(tool)})
    return missing


def numbers(version: str) -> list[str]:
    """A version as Windows counts it: 0.1.0 is 0, 1, 0, 0. Raises SetupError for one that is not made of numbers."""
    if not re.fullmatch(r"\d+(\.\d+){1,3}", version):
        raise SetupError(f"Windows can only show a version of numbers, not {version}.")
    return [*version.split("."), "0", "0"][:4]


def build_launchers(target: Path, version: str) -> None:
    """Compile gkdesk.exe and gkdesk-cli.exe into `target`; their icon lies in WORK."""
    run([machine.provide_environment(), HERE / "icon.py", WORK])
    for name, options in zip(PROGRAMS, (["-DGUI", "-mwindows"], ["-mconsole"]), strict=True):
        resource = WORK / f"{name}.o"
        strings = {
            "VERSION": f'\\"{version}\\"',
            "NUMBERS": ",".join(numbers(version)),
            "PROGRAM": f'\\"{name}\\"',
        }
        defines = [f"-D{word}={value}" for word, value in strings.items()]
        windres = ["x86_64-w64-mingw32-windres", "-c", "65001", *defines, "-I", HERE, "-I", WORK]
        run([*windres, HERE / "launcher.rc", resource])
        # No time stamp: the same sources give the same bytes.
        options += ["-Wl,--no-insert-timestamp", "-Wl,--dynamicbase,--nxcompat,--high-entropy-va"]
        gcc = ["x86_64-w64-mingw32-gcc", "-municode", "-O2", "-s", "-Wall", "-Wextra", "-Werror", *options]
        run([*gcc, "-o", target / name, HERE / "launcher.c", resource])


def build_program(options: argparse.Namespace, folder: Path) -> Counter[str]:
    """Fill the folder that is installed, but for the launchers; returns what its parts measured before the cuts."""
    say("Fetching Python and the wheels for Windows …")
    program = folder / "program"
    came = contents.lay(program, WORK / "inputs", options.as_version, options.python, options.python_sha256)
    run([shipped_python(), HERE / "contents.py", program])
    return came


def shipped_python() -> Path:
    """A Python of the version that is shipped, to compile with. Raises SetupError."""
    name = "python{}.{}".format(*contents.SHIPPED)
    for candidate in (machine.provide_environment(), shutil.which(name)):
        if candidate is not None:
            words = [str(candidate), "-c", "import sys; print(*sys.version_info[:2], sep='.')"]
            found = subprocess.run(words, capture_output=True, text=True, check=False).stdout
            if f"python{found.strip()}" == name:
                return Path(candidate)
    raise SetupError(f"{name} is needed to compile what is shipped.")


def file_list(program: Path) -> str:
    """The script's lines that write every file, sorted: `File /r` takes them in the disk's order, which is chance."""
    lines = []
    for folder in sorted({path.parent for path in program.rglob("*") if path.is_file()}):
        inside = "\\".join(["$INSTDIR", "program.new", *folder.relative_to(program).parts])
        lines.append(f'SetOutPath "{inside}"')
        lines += [f'File "{path}"' for path in sorted(folder.iterdir()) if path.is_file()]
    return "\n".join(lines) + "\n"


def build_installer(options: argparse.Namespace, folder: Path, target: Path) -> None:
    """Run makensis."""
    (WORK / "files.nsh").write_text(file_list(folder / "program"), "utf-8")
    defines = {
        "VERSION": options.as_version,
        "NUMBERS": ".".join(numbers(options.as_version)),
        "PAYLOAD": folder,
        "FILES": WORK / "files.nsh",
        "OUT": target,
        "ICON": WORK / "gkdesk.ico",
        "SIDE": WORK / "side.bmp",
    }
    if options.fast or options.stub:
        defines["FAST"] = ""
    if (
        options.sign is not None
    ):  # the uninstaller is made by makensis, which hands it over in the middle of its work
        again = [sys.executable, HERE / "build.py", "--sign", options.sign, "--only", "%1"]
        again += ["--timestamp", options.timestamp] if options.timestamp else []
        defines["SIGN"] = " ".join(f'"{word}"' for word in again)
    words = [f"-D{name}={value}" for name, value in defines.items()]
    # -WX: a warning of the compiler is something that the clerk would meet
    run(["makensis", "-V2", "-WX", "-INPUTCHARSET", "UTF8", *words, HERE / "installer.nsi"])


def build_portable(folder: Path, target: Path, seconds: int) -> None:
    """Pack the same payload for a stick, with the mark that keeps its data beside it."""
    stamp = time.gmtime(max(seconds, EARLIEST))[:6]
    mark = "\ufeff" + PORTABLE.replace("\n", "\r\n")
    entries = {
        path.relative_to(folder).as_posix(): path for path in sorted(folder.rglob("*")) if path.is_file()
    }
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as bundle:
        for name in (MARK, *entries):
            info = zipfile.ZipInfo(f"GKDesk/{name}", stamp)
            info.compress_type = zipfile.ZIP_DEFLATED
            bundle.writestr(info, mark if name == MARK else entries[name].read_bytes())


def sign(path: Path, options: argparse.Namespace) -> None:
    """Sign a program with the given certificate; does nothing without one."""
    if options.sign is None:
        return
    signed = path.with_suffix(".signed")
    words: list[str | Path] = [
        "osslsigncode",
        "sign",
        "-pkcs12",
        options.sign,
        "-h",
        "sha256",
        "-n",
        "GKDesk",
    ]
    password = os.environ.get(SIGN_PASSWORD)
    if password is not None:  # through a file: other users of this machine see the arguments
        secret = WORK / "password"
        secret.touch(mode=0o600)
        secret.write_text(password, "utf-8")
        words += ["-readpass", secret]
    if options.timestamp:
        words += ["-ts", options.timestamp]
    try:
        run([*words, "-in", path, "-out", signed])
    finally:
        (WORK / "password").unlink(missing_ok=True)
    signed.replace(path)


def commit_time() -> int:
    """Seconds since 1970 of the last commit, or SOURCE_DATE_EPOCH: the date of every file."""
    if given := os.environ.get("SOURCE_DATE_EPOCH"):
        return int(given)
    words = ["git", "log", "-1", "--format=%ct"]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=False)
    return int(done.stdout) if done.returncode == 0 and done.stdout.strip() else 1735689600


def table(came: Counter[str], installed: Counter[str]) -> str:
    """What takes the space, and how much there was before the cuts, as Markdown; parts under 1 MB in one line."""
    rows = [(name, came[name], size) for name, size in installed.most_common()]
    rows += [(name, size, 0) for name, size in came.most_common() if name not in installed]
    large = [row for row in rows if max(row[1:]) >= 1_000_000]
    small = [row for row in rows if max(row[1:]) < 1_000_000]

    def line(name: str, some: list[tuple[str, int, int]], mark: str = "") -> str:
        before, after = (sum(row[at] for row in some) / 1e6 for at in (1, 2))
        return f"| {mark}{name}{mark} | {before:.1f} | {mark}{after:.1f}{mark} |"

    lines = ["| part | as it comes, MB | installed, MB |", "|---|---:|---:|"]
    lines += [line(row[0], [row]) for row in large]
    lines += [line(f"{len(small)} smaller ones", small), line("all", rows, "**")]
    return "\n".join(lines) + "\n"


def build(options: argparse.Namespace) -> int:
    """Make everything; returns the exit code. Raises SetupError."""
    began = time.monotonic()
    missing = provide()
    if missing and options.stub:
        say("Skipped the installer for Windows, for want of these packages: " + " ".join(missing))
        return 0
    if missing:
        raise SetupError("The installer for Windows needs these packages: " + " ".join(missing))
    folder = WORK / ("stub" if options.stub else "payload")
    shutil.rmtree(folder, ignore_errors=True)
    (folder / "program").mkdir(parents=True)
    came: Counter[str] = Counter()
    if options.stub:
        shutil.copy(HERE / "start.py", folder / "program" / "start.py")
    else:
        came = build_program(options, folder)
    build_launchers(folder, options.as_version)
    (folder / "LICENSE.txt").write_text((ROOT / "LICENSE").read_text("utf-8"), "utf-8", newline="\r\n")
    for name in PROGRAMS:
        sign(folder / name, options)
    contents.check_dlls(folder)
    seconds = commit_time()
    contents.set_times(folder, seconds)
    os.utime(WORK / "side.bmp", (seconds, seconds))  # the installer keeps its date too
    pack(options, folder, seconds, came)
    say(f"Took {time.monotonic() - began:.0f} s.")
    return 0


def pack(options: argparse.Namespace, folder: Path, seconds: int, came: Counter[str]) -> None:
    """Make installer and zip of the folder, and say how large all is."""
    say("Packing …")
    output = (options.output and options.output.absolute()) or (WORK if options.stub else DIST)
    output.mkdir(parents=True, exist_ok=True)
    setup = output / f"GKDesk-{options.as_version}-setup.exe"
    build_installer(options, folder, setup)
    sign(setup, options)
    made = [setup]
    if not (options.stub or options.fast):
        made.append(output / f"GKDesk-{options.as_version}-portable.zip")
        build_portable(folder, made[-1], seconds)
        print(table(came, contents.sizes(folder / "program")))
    for path in made:
        print(f"{path}  {path.stat().st_size / 1e6:.1f} MB", flush=True)


def main(arguments: Sequence[str]) -> int:
    """Run the build; returns its exit code, 2 where the machine or an input is at fault."""
    parser = argparse.ArgumentParser(prog="build.py", description="Make GKDesk's installer for Windows.")
    parser.add_argument("--stub", action="store_true")
    parser.add_argument("--fast", action="store_true")
    parser.add_argument("--output", type=Path, metavar="FOLDER")
    parser.add_argument("--as-version", metavar="VERSION")
    parser.add_argument("--python", type=Path, metavar="FILE")
    parser.add_argument("--python-sha256", metavar="SUM")
    parser.add_argument("--sign", type=Path, metavar="CERTIFICATE")
    parser.add_argument("--timestamp", metavar="URL")
    parser.add_argument("--only", type=Path, metavar="FILE", help=argparse.SUPPRESS)
    options = parser.parse_args(list(arguments))
    if (options.python is None) != (options.python_sha256 is None):
        parser.error("--python and --python-sha256 go together")
    try:
        options.sign = options.sign and options.sign.absolute()
        if options.only is not None:
            sign(options.only, options)
            return 0
        options.as_version = options.as_version or machine.version()
        return build(options)
    except SetupError as error:
        say(str(error))
        return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
