"""The Debian package on clean systems: it installs, starts, works, upgrades, keeps to its folders, leaves the data.

    python3 packaging/test_deb.py [--deb FILE] [--old FILE] [bullseye] [bookworm] [trixie]

As root on Debian. Each release is debootstrapped once (build/linux/clean-…) and copied for the trial; in the copy are
the package and what it depends on, nothing else: screen, strace and keyboard belong to this machine. --old is an older
package to upgrade from; without one the same program is packed under an older number. The pictures that it takes are
to be looked at: build/linux/pictures.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent / "linux"))

import machine
import package
import processes
import root as roots
import watch
from machine import ROOT, SetupError, say
from screen import SOCKETS, Screen, wait_for

RELEASES = ("bullseye", "bookworm")
TOOLS = ("xvfb", "openbox", "xdotool", "imagemagick", "strace")
PICTURES = roots.BUILD / "pictures"
OLDER = "0.0.9"
USER = "clerk"
HOME = f"/home/{USER}"
DATA = f"{HOME}/.local/share/GKDesk"
DOCUMENT = f"{HOME}/年报 2025.gkd"
LINES = (
    "unit.address=某某市建设路1号",
    "t3.new.natural=120",
    "t3.carried_in.natural=3",
    "text.overview=第一段\\n第二段",
)
WRITABLE = (
    DATA,
    HOME + "/年报 2025*",
    HOME + "/.年报 2025*",
    "/tmp",
    "/var/tmp",
    "/dev/null",
    "/dev/tty",
    "/dev/shm",
    "/proc/self",
)
BY_SYSTEM = (
    HOME + "/.cache/fontconfig",
    HOME + "/.cache/mesa_shader_cache",
    "/var/cache/fontconfig",
    HOME + "/.cache",
)
"""Caches that fontconfig and Mesa keep for every program."""
FCITX5 = """[Groups/0]
Name=Default
Default Layout=us
DefaultIM=pinyin

[Groups/0/Items/0]
Name=keyboard-us

[Groups/0/Items/1]
Name=pinyin

[GroupOrder]
0=Default
"""
INPUT_METHODS = {
    "bullseye": (
        "fcitx -D",
        (
            "fcitx-bin",
            "fcitx-config-common",
            "fcitx-module-dbus",
            "fcitx-module-x11",
            "fcitx-pinyin",
            "fcitx-ui-classic",
        ),
        ".config/fcitx/profile",
        "[Profile]\nIMName=pinyin\nEnabledIMList=fcitx-keyboard-us:True,pinyin:True\n",
    ),
    "bookworm": ("fcitx5", ("fcitx5", "fcitx5-pinyin"), ".config/fcitx5/profile", FCITX5),
    "trixie": ("fcitx5", ("fcitx5", "fcitx5-pinyin"), ".config/fcitx5/profile", FCITX5),
}
"""What a desktop of that time has (Kylin and UOS: fcitx 4): its command, its packages, its settings with pinyin on."""
MOST_MEMORY = 500
"""MB."""
FEW_COLOURS = 12
"""A window that is not painted yet has no more."""


class Trial:
    """One release: a fresh copy of its root, and the answers."""

    def __init__(self, release: str, deb: Path, old: Path, screen: Screen) -> None:
        self.release = release
        self.screen = screen
        self.root = roots.BUILD / f"try-{release}"
        self.failures: list[str] = []
        base = roots.BUILD / f"clean-{release}"
        if not (base / "usr" / "bin" / "dpkg").exists():
            roots.make_root(base, release)
        roots.discard(self.root)
        subprocess.run(["cp", "-a", "--reflink=auto", str(base), str(self.root)], check=True)
        shutil.copy("/etc/resolv.conf", self.root / "etc" / "resolv.conf")
        for name, path in (("new", deb), ("old", old)):
            shutil.copy(path, self.root / "root" / f"{name}.deb")

    # ------------------------------------------------------------ tools

    def inside(self, *command: str, text: str = "", fails: bool = False) -> str:
        """Run as root in the root; returns all output. Raises AssertionError where it fails, or does not."""
        return self._run(["chroot", str(self.root), *command], text, fails=fails)

    def clerk(self, *command: str, text: str = "") -> str:
        """Run as a plain user in the root."""
        return self._run(self.as_clerk(*command), text, fails=False)

    def as_clerk(self, *command: str) -> list[str]:
        """Words that run a program as that user, in an environment of its own."""
        settings = [f"HOME={HOME}", f"USER={USER}", "LANG=C.UTF-8", f"DISPLAY={self.screen.display}"]
        enter = ["chroot", "--userspec=1000:1000", str(self.root)]
        return [
            *enter,
            "env",
            "-i",
            f"PATH={roots.CLEAN['PATH']}",
            *settings,
            "sh",
            "-c",
            f'cd {HOME} && exec "$@"',
            "sh",
            *command,
        ]

    def _run(self, command: Sequence[str], text: str, *, fails: bool) -> str:
        environment = {**roots.CLEAN, "DEBIAN_FRONTEND": "noninteractive"}
        done = subprocess.run(
            command,
            input=text,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            check=False,
        )
        if (done.returncode != 0) is not fails:
            raise AssertionError(f"{' '.join(command[-3:])}: {done.returncode}\n{done.stdout[-2000:]}")
        return done.stdout

    def apt(self, name: str, *, fails: bool = False) -> str:
        """Install a package file with what it depends on."""
        return self.inside(
            "apt-get", "install", "-y", "-q", "--allow-downgrades", f"/root/{name}.deb", fails=fails
        )

    def check(self, what: str, step: Callable[[], str]) -> None:
        """Do one step, and say how it went."""
        try:
            told = step()
        except (AssertionError, SetupError, OSError, TimeoutError, ValueError) as error:
            self.failures.append(what)
            say(f"  FAILED  {what}: {error}")
        else:
            say(f"  ok      {what}{': ' if told else ''}{told}")

    # ------------------------------------------------------------ steps

    def run(self) -> list[str]:
        """Everything in order; returns what failed."""
        say(f"{self.release}:")
        with roots.mounted(self.root, SOCKETS):
            self.check("a clean system", self.prepare)
            self.check("installs with apt", lambda: self.installed("old"))
            self.check("an older version is filled in", self.fill_in)
            self.check("upgrade keeps the data", self.upgrade)
            self.check("self-test as a plain user", self.self_test)
            self.check("every library is found", self.libraries)
            self.check("window, cold and warm", self.start_times)
            self.check("a clerk's session, watched", self.session)
            self.check("no upgrade under a running program", self.refuses_while_running)
            self.check("what the desktop finds", self.desktop)
            self.check("remove and purge leave the data", self.purge)
            self.check("installed again: same data", self.again)
            self.check("Chinese is typed with fcitx", self.chinese)
        return self.failures

    def prepare(self) -> str:
        self.inside("apt-get", "update", "-qq")
        self.inside("useradd", "--create-home", "--shell", "/bin/sh", "--uid", "1000", USER)
        return self.inside("sh", "-c", "ldd --version 2>&1 | sed -n 1p").strip()

    def installed(self, name: str) -> str:
        before = set(self.packages())
        self.apt(name)
        more = len(set(self.packages()) - before) - 1
        return f"{self.clerk('gkdesk', '--version').strip()}, with {more} packages that it depends on or recommends"

    def packages(self) -> list[str]:
        return self.inside("dpkg-query", "-W", "-f", "${Package}\\n").split()

    def content(self) -> str:
        """What the document holds, and its history."""
        self.clerk("gkdesk", "export", DOCUMENT, "--to", "json", "--out", f"{HOME}/out.json")
        held = json.loads((self.root / f"{HOME}/out.json".lstrip("/")).read_text(encoding="utf-8"))
        (self.root / f"{HOME}/out.json".lstrip("/")).unlink()
        return json.dumps(held, sort_keys=True, ensure_ascii=False) + self.clerk(
            "gkdesk", "history", DOCUMENT
        )

    def fill_in(self) -> str:
        self.clerk("gkdesk", "new", DOCUMENT, "--unit", "某某市水务局", "--year", "2025")
        answers = self.clerk("gkdesk", "edit", DOCUMENT, "--stdin", text="\n".join(LINES) + "\n").split("\n")
        assert answers[: len(LINES)] == [f"ok {number}" for number in range(1, len(LINES) + 1)], answers
        settings = self.root / DATA.lstrip("/") / "settings.ini"
        settings.parent.mkdir(parents=True, exist_ok=True)
        settings.write_text("[General]\nscale=110\n", encoding="utf-8")
        subprocess.run(["chown", "-R", "1000:1000", str(self.root / HOME.lstrip("/") / ".local")], check=True)
        self.before = self.content()
        assert "建设路1号" in self.before
        return ""

    def same(self) -> str:
        assert self.content() == self.before, "the document has changed"
        settings = (self.root / DATA.lstrip("/") / "settings.ini").read_text(encoding="utf-8")
        assert "scale=110" in settings, "the settings have changed"
        return "document, history and settings are the same"

    def upgrade(self) -> str:
        was = self.clerk("gkdesk", "--version").strip()
        self.apt("new")
        now = self.clerk("gkdesk", "--version").strip()
        assert was != now, f"still {now}"
        return f"{was} → {now}; {self.same()}"

    def self_test(self) -> str:
        lines = self.clerk("gkdesk", "--selftest", "--window").splitlines()
        assert lines[-1] == "自检通过", lines
        return lines[-2]

    def libraries(self) -> str:
        script = (
            "find /opt/gkdesk -type f \\( -name '*.so*' -o -name gkdesk \\) | while read file; do "
            'ldd "$file" 2>/dev/null | grep "not found" | grep -v -e libcups -e "weak version" && echo "$file"; '
            "done; true"
        )
        missing = self.inside("sh", "-c", script).strip()
        assert not missing, missing
        return ""

    @contextmanager
    def running(
        self, *arguments: str, words: Sequence[str] = (), session: str = ""
    ) -> Iterator[subprocess.Popen[bytes]]:
        """The program with its window painted; it is gone afterwards, also after a failure.

        ``words`` stand before the command (strace), ``session`` is a script to run in a D-Bus session instead of it.
        """
        started = ["dbus-run-session", "--", "sh", "-c", session] if session else ["gkdesk", *arguments]
        command = [*words, *self.as_clerk(*started)]
        program = subprocess.Popen(
            command, env=roots.CLEAN, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        try:
            wait_for(lambda: self.screen.colours() > FEW_COLOURS, "the window")
            yield program
        finally:
            for folder in self.programs(None if session else "gkdesk"):
                os.kill(int(folder.name), signal.SIGKILL)
            program.wait()

    def programs(self, name: str | None = "gkdesk") -> list[Path]:
        """Those that run a program of this root, GKDesk unless another (None: any) is meant, as folders of /proc."""
        return [folder for folder, exe in processes.of_root(self.root) if name in (None, exe.name)]

    def end(self, program: subprocess.Popen[bytes]) -> None:
        """Close the window as a clerk does."""
        self.screen.xdotool("key", "ctrl+q")
        assert program.wait(30) == 0, program.returncode

    def start_times(self) -> str:
        times, spent = [], []
        for number in range(4):
            if number == 0:
                processes.forget_files(self.root)
            began = time.monotonic()
            with self.running() as program:
                times.append(time.monotonic() - began)
                spent.append(sum(processes.processor_time(folder) for folder in self.programs()))
                if number == 0:
                    time.sleep(1)
                    self.screen.picture(PICTURES / f"{self.release}-start.png")
                self.end(program)
        load = f"{os.getloadavg()[0]:.1f} jobs on {os.cpu_count()} processors"
        warm = f"warm {min(times[1:]):.2f} s, {min(spent[1:]):.2f} s of it processor time"
        return f"cold {times[0]:.2f} s, {warm} (best of 3; {load})"

    def session(self) -> str:
        """Open, type into the table, look at the preview, close; strace looks on."""
        trace = roots.BUILD / f"strace-{self.release}.txt"
        words = ["strace", "-f", "-qq", "-s", "300", "-o", str(trace), "-e", watch.CALLS]
        title = Path(DOCUMENT).stem
        with self.running("gui", DOCUMENT, words=words) as program:
            wait_for(lambda: title in self.screen.xdotool("getactivewindow", "getwindowname"), "the document")
            for keys, picture in (("ctrl+5", "table"), ("ctrl+p", "output")):
                self.screen.xdotool("key", keys)
                time.sleep(4)
                if picture == "table":
                    self.screen.xdotool("type", "7")
                    self.screen.xdotool("key", "Return")
                    time.sleep(2)
                self.screen.picture(PICTURES / f"{self.release}-{picture}.png")
            peak = max(processes.peak_memory(folder) for folder in self.programs())
            self.end(program)
        self.before = self.content()
        assert re.search(r'"t3\.new\.natural": 7\b', self.before), self.before
        lines = trace.read_text(encoding="utf-8", errors="replace").splitlines()
        families, written = watch.networks(lines), watch.written(lines)
        assert families == {"AF_UNIX"}, families
        assert any(path.startswith(DATA) for path in written), "strace saw nothing of the settings"
        others = watch.elsewhere(written, WRITABLE)
        strange = watch.elsewhere(others, BY_SYSTEM)
        assert not strange, strange
        assert peak < MOST_MEMORY, f"{peak} MB"
        caches = f"{len(others)} of them caches that fontconfig and Mesa keep" if others else "all its own"
        return f"sockets {', '.join(sorted(families))}; {len(written)} paths written, {caches}; at most {peak} MB"

    def refuses_while_running(self) -> str:
        with self.running() as program:
            said = self.apt("old", fails=True)
            assert "正在运行" in said, said
            assert program.poll() is None, "the program has ended"
            self.end(program)
        self.inside("dpkg", "--configure", "-a")
        return f"still {self.clerk('gkdesk', '--version').strip()}"

    def desktop(self) -> str:
        tools = ("desktop-file-utils", "shared-mime-info", "libglib2.0-bin")
        self.inside("apt-get", "install", "-y", "-qq", "--no-install-recommends", *tools)
        self.inside("desktop-file-validate", "/usr/share/applications/gkdesk.desktop")
        kind = self.clerk("gio", "info", "-a", "standard::content-type", DOCUMENT)
        assert "application/x-gkdesk" in kind, kind
        default = self.clerk("gio", "mime", "application/x-gkdesk")
        assert "gkdesk.desktop" in default, default
        return "a .gkd file is known and opened by GKDesk"

    def purge(self) -> str:
        listed = self.inside("dpkg", "-L", "gkdesk").splitlines()
        self.inside("apt-get", "remove", "-y", "-qq", "gkdesk")
        self.inside("dpkg", "--purge", "gkdesk")
        files = [self.root / path.lstrip("/") for path in listed if "gkdesk" in path]
        left = [path for path in files if os.path.lexists(path)]
        assert not left, left
        for path in (DOCUMENT, f"{DATA}/settings.ini"):
            assert (self.root / path.lstrip("/")).is_file(), path
        return f"{len(files)} files and folders gone, document and settings there"

    def again(self) -> str:
        self.apt("new")
        return self.same()

    def chinese(self) -> str:
        """Type the pinyin of 你好 on the start page, with the input method of this release; a document of that name.

        In an empty data folder: only there the name of a new one, and not the last document, has the focus.
        """
        program, packages, place, profile = INPUT_METHODS[self.release]
        self.inside("apt-get", "install", "-y", "-qq", "--no-install-recommends", "dbus", *packages)
        file = self.root / HOME.lstrip("/") / place
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(profile, encoding="utf-8")
        subprocess.run(
            ["chown", "-R", "1000:1000", str(self.root / HOME.lstrip("/") / ".config")], check=True
        )
        # As hard as a desktop makes it: fcitx is named for X11 alone, and a platform is asked for that is not there.
        data = f"{HOME}/first"
        desktop = f"GKDESK_DATA={data} XMODIFIERS=@im=fcitx QT_QPA_PLATFORM=wayland"
        script = f"{program} >/dev/null 2>&1 & sleep 5; {desktop} exec gkdesk"
        with self.running(session=script):
            time.sleep(2)
            for word in ("key ctrl+space", "type --delay 150 nihao"):
                self.screen.xdotool(*word.split())
                time.sleep(2)
            self.screen.picture(PICTURES / f"{self.release}-chinese.png")
            self.screen.xdotool("key", "space")
            time.sleep(1)
            self.screen.xdotool("key", "Return")
            made = self.root / data.lstrip("/") / "你好.gkd"
            wait_for(made.is_file, made.name)
            self.screen.xdotool("key", "ctrl+q")
        return f"{program.split()[0]}: {made.name}"


def older(deb: Path) -> Path:
    """The same program under an older number: what there is to upgrade from before a first release."""
    folder = roots.BUILD / "older"
    shutil.rmtree(folder, ignore_errors=True)
    subprocess.run(["dpkg-deb", "-R", str(deb), str(folder)], check=True)
    control = folder / "DEBIAN" / "control"
    control.write_text(re.sub(r"^Version: .*$", f"Version: {OLDER}", control.read_text(), flags=re.MULTILINE))
    source = folder / package.PLACE / "app" / "gkdesk" / "__init__.py"
    source.write_text(source.read_text().replace(machine.version(), OLDER))
    for compiled in source.parent.glob("__pycache__/__init__.*"):
        compiled.unlink()
    target = roots.BUILD / f"gkdesk_{OLDER}_amd64.deb"
    subprocess.run(
        ["dpkg-deb", "--root-owner-group", "-Znone", "--build", str(folder), str(target)],
        check=True,
        stdout=subprocess.DEVNULL,
    )
    shutil.rmtree(folder)
    return target


def main(arguments: Sequence[str]) -> int:
    """Returns 0 where everything holds, 1 where something does not, 2 where it cannot be tried."""
    parser = argparse.ArgumentParser(prog="test_deb.py", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--deb", type=Path, default=ROOT / "dist" / f"gkdesk_{machine.version()}_amd64.deb")
    parser.add_argument("--old", type=Path)
    parser.add_argument("releases", nargs="*", choices=[[], *INPUT_METHODS], default=[])
    chosen = parser.parse_args(arguments)
    if not chosen.deb.is_file():
        say(f"{chosen.deb} is not there: python3 packaging/dev.py build --linux")
        return 2
    if not (machine.on_debian() and machine.is_root()):
        say("This is tried as root on Debian: it needs debootstrap and chroot.")
        return 2
    if any(shutil.which(tool) is None for tool in ("Xvfb", *TOOLS[1:3], "import", "strace")):
        machine.install_packages(TOOLS)
    old = chosen.old or older(chosen.deb)
    failures = []
    screen = Screen()
    try:
        for release in chosen.releases or RELEASES:
            failures += Trial(release, chosen.deb, old, screen).run()
    finally:
        screen.close()
    say(f"{len(failures)} failed" if failures else f"All well; pictures to look at: {PICTURES}")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
