"""The limited process: what a reader may use, and that nothing it does reaches the program."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from gkdesk import i18n
from gkdesk.errors import KnownError
from gkdesk.imports import contract, gate_child, gate_process
from gkdesk.imports.gate_process import Broken, Cancelled, LimitedProcess, ProcessLimits, Refused, run_limited
from tests.imports import readers_for_tests

HERE = "tests.imports.readers_for_tests"
ROOT = Path(__file__).resolve().parents[2]
SHORT = ProcessLimits(seconds=1.5)


@pytest.fixture(scope="module")
def shared():
    with LimitedProcess() as process:
        yield process


def test_bytes_go_there_and_plain_data_comes_back(tmp_path):
    data = bytes(range(256)) * 20_000
    answer = {"size": len(data), "head": data[:10].decode("latin-1"), "name": "年报", "more": None}
    assert run_limited(f"{HERE}:echo", data, arguments={"name": "年报", "more": None}) == answer
    path = tmp_path / "a"
    path.write_bytes(data)
    assert run_limited(f"{HERE}:echo", path)["size"] == len(data)


def test_every_file_has_a_process_of_its_own():
    assert len({run_limited(f"{HERE}:process", b"") for _each in range(2)} - {os.getpid()}) == 2


@pytest.mark.parametrize(
    ("reader", "kind", "words"),
    [
        ("sleep", gate_process.TooSlow, "太久"),
        ("spin", gate_process.TooSlow, "太久"),
        ("memory", gate_process.TooLarge, "太多"),
        ("endless", Broken, "太多"),
        ("die", Broken, "损坏"),
        ("leave", Broken, "损坏"),
        ("fail", Broken, "损坏"),
        ("no_json", Broken, "损坏"),
        ("bad_line", Broken, "损坏"),
        ("refuse", Refused, "下一步"),
        ("lacking", Refused, "gkdesk_has_no_such_library）.*重新安装"),
        ("locked", contract.Locked, "密码"),
        ("picture", contract.PictureOnly, "图片"),
        ("none_such", Broken, "损坏"),
    ],
)
def test_a_reader_that_misbehaves_is_told_in_words(reader, kind, words):
    if reader == "memory" and sys.platform not in ("linux", "win32"):
        pytest.skip("no limit of memory there")
    limits = SHORT if kind is gate_process.TooSlow else None
    with pytest.raises(KnownError) as caught:
        run_limited(f"{HERE}:{reader}", b"", limits)
    assert type(caught.value) is kind
    assert re.search(words, str(caught.value))
    assert "secret" not in repr(caught.value)


def test_the_next_file_finds_a_process_again():
    with LimitedProcess(SHORT) as process:
        for reader in ("echo", "die", "echo", "sleep", "echo", "fail", "echo"):
            try:
                process.read(f"{HERE}:{reader}", b"")
            except KnownError:
                assert reader != "echo"
        assert process.starts == 3


def test_what_a_reader_prints_is_no_answer(shared):
    assert shared.read(f"{HERE}:noise", b"") == "said"


def test_a_deep_answer_is_read(shared):
    answer = shared.read(f"{HERE}:deep", b"")
    assert str(answer).count("[") == 501


@pytest.mark.parametrize("what", readers_for_tests.ATTEMPTS)
def test_a_reader_reaches_nothing_outside(what, shared, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(Broken) as caught:
        shared.read(f"{HERE}:attempt", b"", arguments={"what": what})
    assert caught.value.cause == "Forbidden"
    assert list(tmp_path.iterdir()) == []


def test_a_password_is_told_whatever_class_the_library_has(shared):
    with pytest.raises(contract.Locked):
        shared.read(f"{HERE}:locked", b"")


def test_words_come_in_the_language_chosen(shared):
    i18n.set_language("en")
    with pytest.raises(Refused, match="Next"):
        shared.read(f"{HERE}:refuse", b"")


def test_cancelling_ends_the_process():
    stop = threading.Event()
    with LimitedProcess() as process:
        process.read(f"{HERE}:echo", b"")
        threading.Timer(0.3, stop.set).start()
        with pytest.raises(Cancelled):
            process.read(f"{HERE}:spin", b"", stop=stop)


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGSTOP there")
def test_large_input_to_a_process_that_does_not_read_it():
    """The pipe is full, the writer waits; the clock frees it."""
    with LimitedProcess(SHORT) as process:
        process.read(f"{HERE}:echo", b"")
        assert process._process is not None
        process._process.send_signal(signal.SIGSTOP)
        with pytest.raises(Refused):
            process.read(f"{HERE}:echo", bytes(20_000_000))


def test_the_process_ends_with_its_parent():
    code = (
        "import sys; from gkdesk.imports.gate_process import LimitedProcess\n"
        "p = LimitedProcess(); print(p.read('tests.imports.readers_for_tests:process', b''), flush=True)\n"
        "import os; os._exit(0)"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    child = int(done.stdout)
    for _each in range(100):
        if not _alive(child):
            return
        time.sleep(0.05)
    pytest.fail("it is still there")


def _alive(process):
    if sys.platform == "win32":
        listed = subprocess.run(["tasklist", "/FI", f"PID eq {process}"], capture_output=True, check=True)
        return str(process).encode() in listed.stdout
    state = Path(f"/proc/{process}/stat")
    try:
        return state.read_text(encoding="ascii").rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


def test_a_frozen_program_starts_itself(monkeypatch):
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", "GKDesk.exe")
    assert gate_process.command() == ["GKDesk.exe", "--reader"]


def test_the_flag_is_what_the_program_looks_for():
    """The program itself with the flag, as a frozen build is started."""
    question = b'{"reader": "json:loads", "size": 3, "kind": null, "seconds": 5, "memory": 1000000000, '
    question += b'"language": "zh", "arguments": {}}\n[1]'
    done = subprocess.run(
        [sys.executable, "-m", "gkdesk", gate_child.FLAG],
        cwd=ROOT,
        input=question,
        capture_output=True,
        check=True,
    )
    assert done.stdout == gate_child.READY + b'{"answer": [1]}\n'


def test_a_program_that_cannot_be_started_is_told(monkeypatch):
    monkeypatch.setattr(gate_process, "command", lambda: ["/nonexistent/gkdesk"])
    with pytest.raises(KnownError, match="无法启动"):
        run_limited("json:loads", b"1")


def test_a_folder_that_the_user_is_in_lends_no_modules(tmp_path, monkeypatch):
    (tmp_path / "json.py").write_text("raise SystemExit", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert run_limited("json:loads", b"[1]") == [1]


def test_the_time_for_the_file_begins_when_the_reader_is_loaded(monkeypatch):
    """A slow start of the process is not the file's fault."""
    slow = gate_process.command()
    slow[slow.index("-c") + 1] = "import time; time.sleep(2.5); " + slow[slow.index("-c") + 1]
    monkeypatch.setattr(gate_process, "command", lambda: slow)
    limits = gate_process.ProcessLimits(seconds=2)
    assert gate_process.run_limited("json:loads", b"[1]", limits) == [1]
    monkeypatch.setattr(gate_process, "_START_SECONDS", 0.5)
    with pytest.raises(gate_process.TooSlow):
        gate_process.run_limited("json:loads", b"[1]", limits)
