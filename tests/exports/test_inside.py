"""What stays in the document: no kind of file carries the notes of warnings, nor marks on texts."""

from __future__ import annotations

import zipfile
from dataclasses import replace

import pytest

from gkdesk import formats
from gkdesk.exports import write
from tests.builders import balanced

NOTE = "只给自己看的说明"


@pytest.mark.parametrize("kind", ["xlsx", "docx", "html", "json"])
def test_notes_and_marks_stay_inside(tmp_path, kind):
    report = balanced(formats.load("2021"), 2024, [2] * 170)
    inside = {"note.text.year|overview|start": f"abc\n{NOTE}", "draft.text.overview": "0-2"}
    path = tmp_path / f"a.{kind}"
    write(kind, replace(report, fields={**report.fields, **inside}), path)
    content = path.read_bytes()
    if kind in ("xlsx", "docx"):
        with zipfile.ZipFile(path) as package:
            content = b"".join(package.read(name) for name in package.namelist())
    text = content.decode(errors="replace")
    assert "云溪县水务局" in text
    assert NOTE not in text
    assert "draft.text" not in text
