"""Install GKDesk in a fresh Windows of wine, fill in a report, update, remove, install again: the data must stay.

    python3 packaging/test_windows.py [--setup FILE] [--older FILE] [--keep]

`--setup` is dist/GKDesk-<version>-setup.exe unless named. The older version to update from is built (two minutes)
unless it is named. Without wine it says so and leaves with 3. What wine cannot show stands in packaging/README.md.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Sequence
from pathlib import Path

import machine
from machine import ROOT, say

OLDER = "0.0.9"
TITLE = "政府信息公开年报填报助手"
UNINSTALL = r"Software\Microsoft\Windows\CurrentVersion\Uninstall\GKDesk"
RUNNING, NEWER_INSTALLED = 5, 7
"""Exit codes of the installer, from installer.nsi."""
LINES = (
    ("t3.new.natural", "12"),
    ("t3.new.business", "3"),
    ("t2.fees.amount", "96171.6"),
    ("text.overview", "全年主动公开信息 35 条。"),
    ("t4.review.upheld", "1"),
)
"""What is typed into the report that has to survive."""
# wine 8 has no bcryptprimitives.dll, from which every library written in Rust takes its random numbers.
RANDOM = """
#include <windows.h>
BOOLEAN NTAPI SystemFunction036(PVOID, ULONG);
__declspec(dllexport) BOOL WINAPI ProcessPrng(PBYTE data, SIZE_T size) { return SystemFunction036(data, (ULONG)size); }
"""


class Wrong(Exception):
    """Something is not as it must be; the message says what."""


class NotTried(Exception):
    """A step that cannot be done here; the message says why."""


def want(holds: object, otherwise: str) -> None:
    """Raise Wrong unless that holds."""
    if not holds:
        raise Wrong(otherwise)


class Wine:
    """A Windows of its own below a folder."""

    def __init__(self, folder: Path) -> None:
        self.prefix = folder / "windows"
        self.drive = self.prefix / "drive_c"
        dropped = ("DISPLAY", "GKDESK_DATA", "LANG", "LC_ALL")
        self.environment = {key: value for key, value in os.environ.items() if key not in dropped}
        self.environment |= {"WINEPREFIX": str(self.prefix), "WINEDEBUG": "-all", "LC_ALL": "C.UTF-8"}
        self.environment["WINEDLLOVERRIDES"] = (
            "winemenubuilder.exe=d"  # no entries in this machine's own menu
        )

    def boot(self) -> None:
        """Make the Windows, as version 10."""
        self.run("wineboot", "-i")
        self.run("winecfg", "-v", "win10")
        for link in (path for path in self.home.iterdir() if path.is_symlink()):
            link.unlink()  # Desktop, Documents: not those of whoever runs this
            link.mkdir()
        random = self.drive / "windows" / "system32" / "bcryptprimitives.dll"
        if not random.exists():
            source = self.prefix / "random.c"
            source.write_text(RANDOM)
            gcc = ["x86_64-w64-mingw32-gcc", "-shared", "-o", str(random), str(source), "-ladvapi32"]
            subprocess.run(gcc, check=True)

    def close(self) -> None:
        """End every process of this Windows, and no other's."""
        subprocess.run(["wineserver", "-k"], env=self.environment, check=False, stderr=subprocess.DEVNULL)

    def command(self, words: Sequence[str | Path]) -> list[str]:
        """How a Windows program is started here; paths below its drive become what Windows calls them."""
        return ["wine", *(self.called(word) if isinstance(word, Path) else word for word in words)]

    def called(self, path: Path) -> str:
        """What Windows calls a path, if it is on its drive."""
        if not path.is_relative_to(self.drive):
            return str(path)
        return "C:\\" + str(path.relative_to(self.drive)).replace("/", "\\")

    def run(self, *words: str | Path, stdin: str = "", silent: bool = False) -> tuple[int, str]:
        """Exit code and output (both streams, UTF-8) of a Windows program; of a silent one only the code.

        What shows a window starts wine's desktop, which would hold the pipe as long as anything runs.
        """
        done = subprocess.run(
            self.command(words),
            env=self.environment,
            cwd=self.drive if self.drive.exists() else None,
            input=stdin.encode("utf-8"),
            stdout=subprocess.DEVNULL if silent else subprocess.PIPE,
            stderr=subprocess.DEVNULL if silent else subprocess.STDOUT,
            timeout=600,
            check=False,
        )
        return done.returncode, (done.stdout or b"").decode("utf-8", "replace").replace("\r\n", "\n")

    def registry(self, key: str, value: str | None = None) -> str:
        """What `reg query` prints of a key, or of one of its values ("" is its default); "" where there is none."""
        name = ["/ve"] if value == "" else ["/v", value] if value else []
        code, text = self.run("reg", "query", key, *name)
        return text if code == 0 else ""

    @property
    def home(self) -> Path:
        """The user's folder."""
        return next(path for path in (self.drive / "users").iterdir() if path.name != "Public")

    @property
    def local(self) -> Path:
        """%LOCALAPPDATA%."""
        return self.home / "AppData" / "Local"

    def shortcuts(self) -> list[str]:
        """Where the program's shortcuts are, as the last folder's name."""
        return sorted(path.parent.name for path in self.drive.rglob(f"{TITLE}.lnk"))


class Program:
    """An installed GKDesk."""

    def __init__(self, wine: Wine, folder: Path) -> None:
        self.wine, self.folder = wine, folder

    def __call__(self, *words: str | Path, stdin: str = "", code: int = 0) -> str:
        """Output of gkdesk-cli.exe, which must leave with that code.

        Readers have ten seconds by the clock, which a busy machine under wine may need to start one: then again.
        """
        for _again in range(3):
            got, text = self.wine.run(self.folder / "gkdesk-cli.exe", *words, stdin=stdin)
            if got == code or not any(slow in text for slow in ("太久", "took too long")):
                break
            print("this machine was too slow for a reader; once more")
        want(got == code, f"gkdesk {' '.join(str(word) for word in words)} left with {got}: {text.strip()}")
        return text

    def uninstall(self, *words: str) -> int:
        """Exit code of the silent uninstaller; 0 once the program's folder is gone.

        What is started copies itself, starts the copy and ends; with `_?=` it works itself, but cannot delete itself.
        """
        where = f"_?={self.wine.called(self.folder)}"
        code, _text = self.wine.run(self.folder / "uninstall.exe", "/S", *words, where, silent=True)
        if code == 0:
            self.wine.run(self.folder / "uninstall.exe", "/S", *words, silent=True)
            end = time.monotonic() + 60
            while self.folder.exists() and time.monotonic() < end:
                time.sleep(0.2)
        return code


def tree(*folders: Path) -> dict[str, str]:
    """Every file below some folders, by path -> a hash of its content."""
    files = [path for folder in folders for path in folder.rglob("*") if path.is_file()]
    return {str(path): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


class Trial:
    """The steps, in the order of an office's years."""

    def __init__(self, wine: Wine, older: Path, setup: Path, version: str) -> None:
        self.wine, self.older, self.setup, self.version = wine, older, setup, version
        self.documents = wine.drive / "报送 材料"
        self.document = self.documents / "云溪县自然资源局.gkd"
        self.told: list[str] = []

    @property
    def program(self) -> Program:
        return Program(self.wine, self.wine.local / "Programs" / "GKDesk")

    @property
    def data(self) -> Path:
        return self.wine.local / "GKDesk"

    def install(self, setup: Path, *words: str, code: int = 0) -> None:
        got, _text = self.wine.run(setup, "/S", *words, silent=True)
        want(got == code, f"{setup.name} {' '.join(words)} left with {got} and not with {code}")

    def facts(self) -> list[str]:
        """What the program says about the document: its content, its history, its issues."""
        told = self.documents / "told.json"
        self.program("export", self.document, "--to", "json", "--out", told)
        content = told.read_text("utf-8")
        told.unlink()
        return [
            content,
            self.program("history", self.document),
            self.program("check", self.document, "--json", code=1),
        ]

    # --- steps

    def fresh(self) -> None:
        """An older version is installed silently, for one user, and its self-test passes."""
        self.install(self.older)
        folder = self.program.folder
        want((folder / "program" / "app" / "gkdesk").is_dir(), "the program is not where it belongs")
        want(OLDER in self.wine.registry(rf"HKCU\{UNINSTALL}", "DisplayVersion"), "Settings does not list it")
        command = self.wine.registry(r"HKCU\Software\Classes\GKDesk.Report\shell\open\command", "")
        want('gkdesk.exe" "%1"' in command, "a double click on a .gkd file would not open it")
        want("GKDesk.Report" in self.wine.registry(r"HKCU\Software\Classes\.gkd", ""), ".gkd is not ours")
        want(len(self.wine.shortcuts()) == 2, f"shortcuts: {self.wine.shortcuts()}")
        want(OLDER in self.program("--version"), "it does not say its version")
        print(self.program("--selftest", "--window").strip())

    def fill(self) -> None:
        """A report is made, typed in, checked, exported to PDF and Excel, and opened again."""
        self.documents.mkdir()
        self.program("new", self.document, "--unit", "云溪县自然资源局", "--year", "2024")
        typed = "".join(f"{key}={value}\n" for key, value in LINES)
        answers = self.program("edit", self.document, "--stdin", stdin=typed).split("\n")
        want(
            answers[: len(LINES)] == [f"ok {at}" for at in range(1, len(LINES) + 1)],
            f"typing was answered {answers}",
        )
        found = json.loads(self.program("check", self.document, "--json", code=1))
        want(
            found["unit"] == "云溪县自然资源局" and found["summary"]["error"],
            "the check did not read the report",
        )
        for kind, head in (("pdf", b"%PDF-"), ("xlsx", b"PK")):
            out = self.documents / f"年报.{kind}"
            self.program("export", self.document, "--to", kind, "--out", out)
            want(out.read_bytes().startswith(head), f"{out.name} is no {kind}")
        self.program("backup", self.document)
        want(any(self.data.rglob("*.gkd")), "the backup is not in the user's data folder")
        content = self.facts()[0]
        want(
            all(json.dumps(value, ensure_ascii=False).strip('"') in content for _key, value in LINES),
            "typed and lost",
        )
        again = self.documents / "again.gkd"
        self.program("import", self.documents / "年报.xlsx", "--into", again, code=1)  # it has errors
        out = self.documents / "again.json"
        self.program("export", again, "--to", "json", "--out", out)
        cells = json.loads(out.read_text("utf-8"))["cells"]
        want(str(cells["t3.new.natural"]) == dict(LINES)["t3.new.natural"], "the Excel file was read wrongly")

    def running(self) -> None:
        """While the program runs, neither update nor removal touches anything."""
        before = tree(self.program.folder)
        words = self.wine.command([self.program.folder / "gkdesk-cli.exe", "edit", self.document, "--stdin"])
        streams = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.STDOUT}
        beside = set(self.documents.iterdir())
        with subprocess.Popen(words, env=self.wine.environment, **streams) as process:
            # It waits for lines; that it has opened the document shows in the record of who has it.
            end = time.monotonic() + 120
            while set(self.documents.iterdir()) == beside:
                want(
                    process.poll() is None and time.monotonic() < end,
                    "the program does not open the document",
                )
                time.sleep(0.2)
            self.install(self.setup, code=RUNNING)
            want(self.program.uninstall() == RUNNING, "it was removed while it ran")
            process.communicate(b"", timeout=60)
        want(tree(self.program.folder) == before, "files of a running program were changed")

    def update(self) -> None:
        """A newer installer updates in place; shortcuts that were deleted stay deleted."""
        facts, data = self.facts(), tree(self.data, self.documents)
        next(self.wine.drive.glob(f"users/*/Desktop/{TITLE}.lnk")).unlink()
        left_over = self.program.folder / "program.new" / "half"
        left_over.mkdir(parents=True)
        gone = self.program.folder / "program" / "lib" / "of_the_older_version.pyc"
        gone.touch()
        self.install(self.setup)
        want(not left_over.exists() and not gone.exists(), "something of the older version is left")
        want(self.version in self.program("--version"), "it is still the older version")
        want(
            self.version in self.wine.registry(rf"HKCU\{UNINSTALL}", "DisplayVersion"),
            "Settings shows the older one",
        )
        want(len(self.wine.shortcuts()) == 1, f"shortcuts: {self.wine.shortcuts()}")
        want(tree(self.data, self.documents) == data, "the update changed the user's files")
        want(self.facts() == facts, "the newer version reads something else")
        # In English now: its catalogue is read through babel, which asks Windows for more.
        print(self.program("--selftest", "--window", "--lang", "en").strip().rpartition("\n")[2])

    def older_again(self) -> None:
        """An older installer does not silently go back."""
        before = tree(self.program.folder)
        self.install(self.older, code=NEWER_INSTALLED)
        want(tree(self.program.folder) == before, "the refused installer changed something")

    def untouched(self) -> None:
        """Work writes nothing into the program's folder."""
        before = tree(self.program.folder)
        self.facts()
        self.program("export", self.document, "--to", "docx", "--out", self.documents / "年报.docx")
        want(tree(self.program.folder) == before, "the program wrote into its own folder")

    def full_disk(self) -> None:
        """An update that finds the disk full leaves the program that was there."""
        place = self.wine.drive / "small"
        place.mkdir()
        mount = ["mount", "-t", "tmpfs", "-o", "size=260m", "tmpfs", str(place)]
        if subprocess.run(mount, capture_output=True, check=False).returncode:
            raise NotTried("no right to mount a small disk")
        try:
            program = Program(self.wine, place / "GKDesk")
            self.install(self.setup, r"/D=C:\small\GKDesk")
            before = tree(program.folder)
            self.install(self.setup, r"/D=C:\small\GKDesk", code=2)
            want(tree(program.folder) == before, "a failed update changed the program")
            program("--version")
            want(program.uninstall() == 0, "it could not be removed")
        finally:
            self.wine.close()
            subprocess.run(["umount", str(place)], check=True)

    def remove(self) -> None:
        """Removal takes the program and leaves the data."""
        self.told = self.facts()
        data = tree(self.data, self.documents)
        want(self.program.uninstall() == 0, "the uninstaller failed")
        want(not self.program.folder.exists(), f"left: {list(self.program.folder.rglob('*'))[:5]}")
        want(not self.wine.registry(rf"HKCU\{UNINSTALL}"), "Settings still lists it")
        for key in ("GKDesk.Report", ".gkd"):
            want(not self.wine.registry(rf"HKCU\Software\Classes\{key}"), f"the registry still has {key}")
        want(not self.wine.shortcuts(), f"shortcuts: {self.wine.shortcuts()}")
        want(tree(self.data, self.documents) == data, "removal touched the user's files")

    def back(self) -> None:
        """Installed again, the same data are there."""
        self.install(self.setup)
        want(self.facts() == self.told, "after installing again something else is read")
        want(self.program.uninstall() == 0, "the uninstaller failed")

    def other_folders(self) -> None:
        """A folder with other things in it, and one for all users."""
        other = self.wine.drive / "办公软件"
        (other / "program").mkdir(parents=True)
        (other / "program" / "别人的.txt").write_text("x", "utf-8")
        before = tree(other)
        self.install(self.setup, "/NoDesktop", r"/D=C:\办公软件")
        program = Program(self.wine, other / "GKDesk")
        want(self.version in program("--version"), "it does not run there")
        want("Desktop" not in self.wine.shortcuts(), "/NoDesktop made a shortcut")
        want(program.uninstall() == 0 and tree(other) == before, "what else was in that folder has changed")
        self.install(self.setup, "/AllUsers")
        everybody = Program(self.wine, self.wine.drive / "Program Files" / "GKDesk")
        want(self.version in everybody("--version"), "it does not run from Program Files")
        want(self.version in self.wine.registry(rf"HKLM\{UNINSTALL}", "DisplayVersion"), "not for all users")
        want(everybody.uninstall("/AllUsers") == 0, "the uninstaller for all users failed")
        want(not everybody.folder.exists(), "something is left in Program Files")

    def portable(self) -> None:
        """The zip runs from where it is unpacked and keeps everything beside itself."""
        archive = self.setup.with_name(self.setup.name.replace("-setup.exe", "-portable.zip"))
        if not archive.exists():
            raise NotTried(f"there is no {archive.name}")
        stick = self.wine.drive / "U 盘"
        with zipfile.ZipFile(archive) as bundle:
            bundle.extractall(stick)
        before = tree(self.data)
        program = Program(self.wine, stick / "GKDesk")
        document = stick / "便携.gkd"
        program("new", document, "--unit", "云溪县", "--year", "2024")
        program("backup", document)
        want(any((stick / "GKDesk" / "data").rglob("*.gkd")), "the backup is not beside the program")
        want(tree(self.data) == before, "the portable copy wrote into the user's data folder")

    def all(self) -> None:
        """Every step that can be done here; raises Wrong at the first that fails."""
        steps = [self.fresh, self.fill, self.running, self.update, self.older_again, self.untouched]
        steps += [self.remove, self.back, self.other_folders, self.full_disk, self.portable]
        for step in steps:
            began = time.monotonic()
            told = (step.__doc__ or "").partition(".")[0]
            try:
                step()
            except NotTried as why:
                print(f"not tried, {why}: {told}", flush=True)
            else:
                print(f"fine ({time.monotonic() - began:.0f} s): {told}", flush=True)


def main(arguments: Sequence[str]) -> int:
    """0 where everything held, 1 where not, 3 where there is no wine."""
    parser = argparse.ArgumentParser(prog="test_windows.py")
    parser.add_argument("--setup", type=Path)
    parser.add_argument("--older", type=Path)
    parser.add_argument("--keep", action="store_true", help="leave the Windows folder behind")
    options = parser.parse_args(list(arguments))
    if not shutil.which("wine"):
        say("wine is not installed (Debian: apt-get install wine wine64); the installer was not tried.")
        return 3
    version = machine.version()
    setup = (options.setup or ROOT / "dist" / f"GKDesk-{version}-setup.exe").absolute()
    place = ROOT / "build" / "windows" / "older"
    older = options.older or place / f"GKDesk-{OLDER}-setup.exe"
    if options.older is None:
        build = [sys.executable, ROOT / "packaging" / "windows" / "build.py", "--as-version", OLDER, "--fast"]
        if subprocess.run([*build, "--output", place], check=False).returncode:
            return 1
    folder = Path(tempfile.mkdtemp(prefix="gkdesk-wine-"))
    wine = Wine(folder)
    try:
        wine.boot()
        Trial(wine, older.absolute(), setup, version).all()
    except (Wrong, subprocess.TimeoutExpired) as wrong:
        print(f"WRONG: {wrong}")
        return 1
    finally:
        wine.close()
        if options.keep:
            print(folder)
        else:
            shutil.rmtree(folder, ignore_errors=True)
    print("Installing, updating and removing kept every figure.")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
