from __future__ import annotations

import pytest

from gkdesk.paper.faces import FaceSet, Role
from gkdesk.paper.marks import Box, Page, Run, Stroke


def test_the_width_of_a_run_counts_spacing_between_its_characters_only(faces: FaceSet) -> None:
    assert Run(0, 0, "中国人", faces[Role.FANG], 10, spacing=1).width == pytest.approx(32)
    assert Run(0, 0, "", faces[Role.FANG], 10, spacing=1).width == 0


def test_a_page_gives_its_text_in_order(faces: FaceSet) -> None:
    first, second = (Run(0, y, text, faces[Role.FANG], 10) for y, text in ((20, "上"), (40, "下")))
    page = Page((first, Stroke(0, 30, 100, 30), second, Box(0, 0, 10, 10, 0.9)), 1, 595, 842)
    assert [run.text for run in page.runs()] == ["上", "下"]
