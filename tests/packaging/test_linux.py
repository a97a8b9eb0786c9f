"""The Linux package without a build: what compiled files need, what strace saw, and the package with a stub inside."""

from __future__ import annotations

import shutil
import subprocess
import tarfile
from pathlib import Path

import pytest

OBJDUMP = """
libsome.so:     file format elf64-x86-64

Dynamic Section:
  NEEDED               libc.so.6
  NEEDED               libother.so.1
  SONAME               libsome.so.1

Version definitions:
1 0x01 0x0865f4e6 GLIBC_2.99

Version References:
  required from libc.so.6:
    0x09691a75 0x00 03 GLIBC_2.2.5
    0x069691b4 0x00 02 GLIBC_2.14
    0x06969189 0x02 05 GLIBC_2.38
  required from libstdc++.so.6:
    0x0297f861 0x00 04 GLIBCXX_3.4.21
"""
TRACE = r"""
100 openat(AT_FDCWD, "/etc/fonts/fonts.conf", O_RDONLY|O_CLOEXEC) = 5
100 openat(AT_FDCWD, "/home/clerk/\345\271\264\346\212\245.gkd", O_RDWR|O_CREAT|O_CLOEXEC, 0600) = 6
101 openat(AT_FDCWD, "/etc/passwd", O_WRONLY) = -1 EACCES (Permission denied)
100 rename("/tmp/a b", "/opt/target") = 0
102 mkdir("/home/clerk/.cache", 0700 <unfinished ...>
100 socket(AF_UNIX, SOCK_STREAM|SOCK_CLOEXEC, 0) = 7
102 <... mkdir resumed>)              = 0
103 socket(AF_INET6, SOCK_DGRAM|SOCK_CLOEXEC, IPPROTO_IP) = 8
103 +++ exited with 0 +++
""".splitlines()


@pytest.fixture
def linux(script, monkeypatch):
    script("machine")
    return lambda name: script(f"linux/{name}")


def test_needs_are_those_of_the_references_not_of_the_definitions(linux):
    needs = linux("elf").needs_of(OBJDUMP)
    assert needs.libraries == {"libc.so.6", "libother.so.1"}
    assert needs.versions == {"GLIBC": (2, 14), "GLIBCXX": (3, 4, 21)}


@pytest.mark.parametrize(
    ("libraries", "versions", "told"),
    [
        ({"libc.so.6"}, {"GLIBC": (2, 29)}, "a.so needs GLIBC_2.29"),
        ({"libc.so.6"}, {"GLIBCXX": (3, 4, 26)}, "a.so needs GLIBCXX_3.4.26"),
        ({"libnowhere.so.1"}, {"GLIBC": (2, 28)}, "a.so needs libnowhere.so.1"),
    ],
)
def test_the_gate_names_what_an_old_system_lacks(linux, libraries, versions, told):
    elf = linux("elf")
    with pytest.raises(elf.TooNew) as refusal:
        elf.refuse_newer({"lib/a.so": elf.Needs(frozenset(libraries), versions)})
    assert str(refusal.value) == f"lib/{told}"


def test_the_gate_lets_pass_what_the_system_or_the_package_has(linux):
    elf = linux("elf")
    first = elf.Needs(frozenset({"libc.so.6", "libb.so.1", "libcups.so.2"}), elf.OLDEST)
    elf.refuse_newer({"lib/a.so": first, "lib/b/libb.so.1": elf.Needs()})


def test_the_package_depends_on_what_its_files_are_linked_with(linux):
    elf = linux("elf")
    line = elf.depends([elf.Needs(frozenset({"libX11.so.6", "libm.so.6", "libcups.so.2", "libown.so.1"}))])
    assert line == "libc6 (>= 2.28), libx11-6, xkb-data"


def test_only_calls_that_wrote_something_count(linux):
    watch = linux("watch")
    written = watch.written(TRACE)
    assert written == {"/home/clerk/年报.gkd", "/tmp/a b", "/opt/target", "/home/clerk/.cache"}
    assert watch.elsewhere(written, ("/home/clerk/年报*", "/tmp")) == ["/home/clerk/.cache", "/opt/target"]
    assert watch.elsewhere({"/tmpfile"}, ("/tmp",)) == ["/tmpfile"]


def test_every_family_of_sockets_is_seen(linux):
    assert linux("watch").networks(TRACE) == {"AF_UNIX", "AF_INET6"}


def test_a_root_with_something_of_this_machine_in_it_is_not_deleted(linux, tmp_path, monkeypatch):
    root = linux("root")
    (tmp_path / "dev").mkdir()
    asked = []
    monkeypatch.setattr(root.subprocess, "run", lambda words, **_named: asked.append(words))
    monkeypatch.setattr(root, "_mounts", lambda _root: [str(tmp_path / "dev")])
    with pytest.raises(root.SetupError, match="mounted"):
        root.discard(tmp_path)
    assert asked == [["umount", "--lazy", str(tmp_path / "dev")]]
    assert (tmp_path / "dev").is_dir()
    monkeypatch.setattr(root, "_mounts", lambda _root: [])
    root.discard(tmp_path)
    assert not tmp_path.exists()


def test_a_root_is_given_files_under_a_name_that_no_machine_has(linux, tmp_path):
    root = linux("root")
    for _again in range(2):
        assert root.give(tmp_path, "glibc228.h") == "/gkdesk-build/glibc228.h"
    assert (tmp_path / "gkdesk-build" / "glibc228.h").read_bytes() == (root.HERE / "glibc228.h").read_bytes()


@pytest.mark.skipif(not Path("/proc/self/mounts").is_file(), reason="Linux tells its mounts there")
def test_mounts_are_those_below(linux):
    mounts = linux("root")._mounts
    assert "/proc" in mounts(Path("/"))
    assert mounts(Path("/proc"))[0] == "/proc"
    assert mounts(Path("/nowhere/at/all")) == []


@pytest.mark.skipif(not Path("/bin/true").is_file(), reason="a compiled file of Linux is looked at")
def test_versions_that_are_needed_become_weak_and_nothing_else_changes(linux, tmp_path):
    fcitx = linux("fcitx")
    file = tmp_path / "true"
    shutil.copyfile("/bin/true", file)
    before = file.read_bytes()
    found = dict(fcitx._references(bytearray(before)))
    names = set(found.values())
    assert "GLIBC_2.2.5" in names
    fcitx.weaken(file, ("GLIBC_2.2.5", "GLIBC_9.99"))
    changed = [at for at, (old, new) in enumerate(zip(before, file.read_bytes(), strict=True)) if old != new]
    assert changed == [at + 4 for at, name in found.items() if name == "GLIBC_2.2.5"]
    fcitx.weaken(file, ("GLIBC_2.2.5",))
    assert len(changed) == sum(old != new for old, new in zip(before, file.read_bytes(), strict=True))


@pytest.mark.skipif(shutil.which("dpkg-deb") is None, reason="packages are made on Debian")
def test_the_package_around_the_program(linux, tmp_path, monkeypatch):
    from gkdesk import __version__

    build = linux("build")
    monkeypatch.setattr(build, "BUILD", tmp_path / "build")
    monkeypatch.setattr(build, "DIST", tmp_path / "dist")
    first = build.stub().read_bytes()
    deb = build.stub()
    assert deb.read_bytes() == first, "the same commit gives the same package"
    assert deb.name == f"gkdesk_{__version__}_amd64.deb"
    fields = subprocess.run(["dpkg-deb", "-f", deb], capture_output=True, encoding="utf-8", check=True).stdout
    assert f"\nVersion: {__version__}\n" in fields
    assert "@" not in fields.replace("@localhost", "")
    packed = subprocess.run(["dpkg-deb", "--fsys-tarfile", deb], capture_output=True, check=True).stdout
    (tmp_path / "files.tar").write_bytes(packed)
    with tarfile.open(tmp_path / "files.tar") as files:
        found = {member.name.removeprefix("./"): member for member in files}
    assert all((member.uid, member.gid) == (0, 0) for member in found.values())
    assert {member.mode for member in found.values()} <= {0o755, 0o644, 0o777}
    assert found["usr/bin/gkdesk"].linkname == "../../opt/gkdesk/gkdesk"
    assert {name.split("/")[0] for name in found if name} <= {"opt", "usr", "."}
    assert "usr/share/icons/hicolor/48x48/mimetypes/application-x-gkdesk.png" in found
    assert "usr/share/mime/packages/gkdesk.xml" in found
