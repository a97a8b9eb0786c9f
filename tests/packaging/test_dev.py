"""The commands start what they say, and hand its exit code on."""

from __future__ import annotations

from pathlib import Path

import pytest


@pytest.fixture
def dev(script, tmp_path, monkeypatch):
    """The module with a ready machine, and a record of the programs it starts instead of starting them."""
    machine = script("machine")
    module = script("dev")
    module.started, module.codes = [], {}

    def call(command, environment=None):
        words = [Path(word).as_posix() for word in command[1:]]
        module.started.append((" ".join(words), environment))
        return next((code for name, code in module.codes.items() if name in words), 0)

    for name in ("provide_libraries", "provide_window_tests"):
        monkeypatch.setattr(machine, name, lambda: None)
    monkeypatch.setattr(machine, "provide_environment", lambda: Path("python"))
    monkeypatch.setattr(module, "ROOT", tmp_path)
    monkeypatch.setattr(module, "call", call)
    return module


SAMPLE = "resources/samples/sample-2021.json"


def test_run_opens_the_window_on_the_sample(dev, monkeypatch):
    monkeypatch.setattr(dev, "has_screen", lambda: True)
    assert dev.main(["run"]) == 0
    assert dev.started == [(f"-m gkdesk gui {SAMPLE}", None)]


def test_run_without_a_screen_says_so_and_does_the_main_job(dev, monkeypatch, capsys):
    monkeypatch.setattr(dev.sys, "platform", "linux")
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    assert dev.main(["run"]) == 0
    assert [words for words, _environment in dev.started] == [
        f"-m gkdesk check {SAMPLE}",
        f"-m gkdesk export {SAMPLE} --to pdf --out out/sample-2021.pdf",
        f"-m gkdesk export {SAMPLE} --to xlsx --out out/sample-2021.xlsx",
    ]
    assert (dev.ROOT / "out").is_dir()
    assert "No screen here" in capsys.readouterr().err


def test_run_fails_when_a_step_does(dev, monkeypatch, capsys):
    monkeypatch.setattr(dev, "has_screen", lambda: False)
    dev.codes["pdf"] = 2
    assert dev.main(["run"]) == 2
    assert len(dev.started) == 3
    assert "are in out" not in capsys.readouterr().err


def test_tests_run_offscreen_and_share_the_cores_unless_told_otherwise(dev):
    dev.codes["pytest"] = 1
    assert dev.main(["test"]) == 1
    assert dev.main(["test", "tests/test_paths.py", "-x"]) == 1
    gated, others, chosen = (words for words, _environment in dev.started)
    assert gated == (
        "-m pytest -n 2 --dist worksteal --cov=gkdesk/checks --cov=gkdesk/report --cov=gkdesk/formats --cov-branch "
        "--cov-fail-under=100 --cov-report=term-missing:skip-covered tests/checks tests/report tests/formats"
    )
    assert others == (
        "-m pytest -n 2 --dist worksteal --ignore=tests/checks --ignore=tests/report --ignore=tests/formats"
    )
    assert chosen == "-m pytest tests/test_paths.py -x"
    assert all(environment == {"QT_QPA_PLATFORM": "offscreen"} for _words, environment in dev.started)


@pytest.mark.parametrize("failing", ["check", "format", "mypy", "packaging/catalogue.py"])
def test_lint_goes_on_after_a_failure_and_reports_it(dev, failing):
    dev.codes[failing] = 1
    assert dev.main(["lint"]) == 1
    assert len(dev.started) == 4


def test_what_is_not_understood_starts_nothing(dev, capsys):
    assert dev.main([]) == 2
    assert dev.main(["tset"]) == 2
    assert dev.main(["lint", "--fix"]) == 2
    assert dev.main(["lock", "--upgrate"]) == 2
    assert dev.started == []
    assert "Not understood: --fix" in capsys.readouterr().err


def test_an_unsupported_python_hands_over_to_a_supported_one(dev, monkeypatch, capsys):
    monkeypatch.setattr(dev.machine, "python_fits", lambda: False)
    monkeypatch.setattr(dev.machine, "other_python", lambda: "python3.12")
    assert dev.main(["lint"]) == 0
    assert [words.split("/")[-1] for words, _environment in dev.started] == ["dev.py lint"]
    monkeypatch.setattr(dev.machine, "other_python", lambda: None)
    assert dev.main(["lint"]) == 2
    assert "3.11, 3.12 or 3.13" in capsys.readouterr().err


def test_build_makes_what_is_asked_for_also_after_a_failure(dev):
    dev.codes["packaging/windows/build.py"] = 1
    assert dev.main(["build", "--linux", "--windows"]) == 1
    assert dev.main(["build", "--linux"]) == 0
    assert [words for words, _environment in dev.started] == [
        "packaging/windows/build.py",
        "packaging/linux/build.py",
        "packaging/linux/build.py",
    ]


@pytest.mark.parametrize("failing", ["pip", "packaging/notices.py", "packaging/linux/build.py"])
def test_stubs_are_built_after_a_look_at_the_locks(dev, failing):
    assert dev.main(["build", "--stub"]) == 0
    assert [words for words, _environment in dev.started] == [
        "-m pip check",
        "packaging/notices.py check",
        "packaging/windows/build.py --stub",
        "packaging/linux/build.py --stub",
    ]
    dev.codes[failing] = 1
    assert dev.main(["build", "--stub"]) == 1


def test_a_lock_that_lacks_what_is_asked_for_is_told(dev, monkeypatch, capsys):
    assert dev.machine.not_locked() == []
    monkeypatch.setattr(dev.machine, "not_locked", lambda: ["lxml>=7"])
    assert dev.main(["build", "--stub"]) == 1
    assert "lxml>=7" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("lock", "missing"),
    [
        ("click==8.2.1 \\\nopenpyxl==3.1.5", []),
        ("click==9.0 \\\nopenpyxl==3.1.5", ["click>=8.1,<9"]),
        ("click==8.1", ["openpyxl>=3.1.5,<3.2"]),
        ("Click==8.1.0\nopenpyxl==3.1.10", []),
    ],
)
def test_the_lock_is_compared_with_pyproject(dev, tmp_path, monkeypatch, lock, missing):
    project = '[project]\ndependencies = ["click>=8.1,<9", "openpyxl[x]>=3.1.5,<3.2"]\n'
    (tmp_path / "pyproject.toml").write_text(project + '[dependency-groups]\ndev = ["pytest"]\n')
    locks = (tmp_path / "some.lock", tmp_path / "dev.lock")
    locks[0].write_text(lock)
    locks[1].write_text("pytest==9.0")
    monkeypatch.setattr(dev.machine, "ROOT", tmp_path)
    monkeypatch.setattr(dev.machine, "LOCKS", locks)
    assert [word.replace("[x]", "") for word in dev.machine.not_locked()] == missing


def test_build_asks_which(dev, capsys):
    assert dev.main(["build"]) == 2
    assert dev.main(["build", "--mac"]) == 2
    assert dev.started == []
    assert "--windows --linux" in capsys.readouterr().err


def test_the_version_is_the_programs(dev):
    from gkdesk import __version__

    assert dev.machine.version() == __version__
