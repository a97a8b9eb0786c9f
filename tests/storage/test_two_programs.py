"""Several programs of one account want the same document again and again: none overwrites what another has saved."""

from __future__ import annotations

from gkdesk.storage import Document

PROGRAMS, TIMES = 3, 5

TAKE_TURNS = """
import random, sys, time
from gkdesk.storage import Document
from gkdesk.storage.failures import Locked
name = sys.argv[2]
print("ready", flush=True)
sys.stdin.readline()
for n in range(int(sys.argv[3])):
    while True:
        try:
            document = Document.open(sys.argv[1])
            break
        except Locked:
            time.sleep(random.random() / 50)
    number = document.entries(2024).get("count", "0")
    document.commit(2024, {"count": str(int(number) + 1), f"{name}.{n}": "1"}, name)
    time.sleep(0.02)
    document.close()
print("done", flush=True)
"""


def test_none_overwrites_another(closed, python):
    programs = [python(TAKE_TURNS, closed, f"p{n}", TIMES) for n in range(PROGRAMS)]
    for program in programs:
        assert program.stdout.readline() == "ready\n"
    for program in programs:
        program.stdin.write("\n")
        program.stdin.flush()
    for program in programs:
        assert program.stdout.readline() == "done\n"
    with Document.open(closed) as document:
        entries = document.entries(2024)
        assert entries["count"] == str(PROGRAMS * TIMES), (
            "no count was read that somebody was about to change"
        )
        assert {f"p{n}.{time}" for n in range(PROGRAMS) for time in range(TIMES)} <= entries.keys()
        assert len(document.revisions(2024)) == 1 + PROGRAMS * TIMES
