"""What pip is asked for, and what lies beside the wheels."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest


@pytest.fixture
def house(script, monkeypatch):
    machine = script("machine")
    module = script("wheelhouse")
    module.asked = []

    def run(words, **_named):
        module.asked.append(words)
        return SimpleNamespace(returncode=0)

    monkeypatch.setattr(machine, "provide_environment", lambda: Path("python"))
    monkeypatch.setattr(module.subprocess, "run", run)
    return module


@pytest.mark.parametrize(("flags", "platform"), [([], "manylinux_2_28_x86_64"), (["--windows"], "win_amd64")])
def test_wheels_are_fetched_by_hash_and_the_lock_lies_beside_them(house, tmp_path, flags, platform):
    assert house.main([str(tmp_path), "--python", "3.12", *flags]) == 0
    (words,) = house.asked
    assert words[1:4] == ["-m", "pip", "download"]
    assert {"--require-hashes", "--no-deps", platform, "cp312"} <= set(words)
    assert words[words.index("--only-binary") + 1] == ":all:"
    assert (tmp_path / "requirements.lock").read_bytes() == house.LOCKS[0].read_bytes()
    assert not (tmp_path / "requirements-dev.lock").exists()
    how = (tmp_path / "README.txt").read_text(encoding="utf-8")
    assert "--no-index --find-links wheels --require-hashes" in how
    assert "3.12" in how


def test_no_wheel_for_a_newer_glibc_than_that_of_uos_is_asked_for(house):
    newest = max(
        int(name.split("_")[2]) for name in house.PLATFORMS["linux"] if name.startswith("manylinux_")
    )
    assert newest == 28


def test_unpacking_asks_no_network(house, tmp_path):
    house.unpack("windows", tmp_path, tmp_path / "lib")
    (words,) = house.asked
    assert {"--no-index", "--require-hashes", "--no-compile"} <= set(words)


def test_a_lock_that_differs_by_system_is_refused(house, tmp_path):
    lock = tmp_path / "some.lock"
    lock.write_text("colorama==0.4.6 ; sys_platform == 'win32' --hash=sha256:0\n")
    with pytest.raises(house.SetupError, match=r"some\.lock"):
        house.fetch("windows", tmp_path, locks=[lock])
    assert house.asked == []


def test_what_cannot_be_had_is_told(house, tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(house.subprocess, "run", lambda *_words, **_named: SimpleNamespace(returncode=1))
    assert house.main([str(tmp_path)]) == 2
    assert "linux" in capsys.readouterr().err
