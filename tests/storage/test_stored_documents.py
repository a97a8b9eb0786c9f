"""One stored document for every schema: what was written by any version is read by this one.

`python -m tests.storage.test_stored_documents` writes the document of the present schema anew; for a schema that has
been released that is not done any more.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from gkdesk.storage import Document, schema
from gkdesk.storage.content import content_hash

FOLDER = Path(__file__).parent / "documents"
OVERVIEW = "全年主动公开各类信息，办理依申请公开，均在法定期限内答复。" * 5


def make(path):
    """A document with everything in it that a document can have."""
    with Document.create(path, "云溪县水务局") as document:
        document.add_report(
            2023, "2021", {"unit.name": "云溪县水务局", "t3.new.natural": "7"}, "新建 2023 年报"
        )
        document.set_state(2023, "review")
        document.set_state(2023, "final", "局长签发")
        document.add_report(2024, "2021", {"unit.name": "云溪县水务局"}, "新建 2024 年报")
        document.commit(2024, {"text.overview": OVERVIEW, "t3.new.natural": "12"}, "填写")
        document.commit(2024, {"text.overview": OVERVIEW[:60] + "其中" + OVERVIEW[60:]}, "填写")
        document.name_version(2024, "初稿")
        document.commit(2024, {"t3.new.natural": "十五", "t2.fees.amount": "0.50"}, "填写")
        document.commit(2024, {"t2.fees.amount": None}, "清除")


@pytest.mark.parametrize("version", range(1, schema.version() + 1))
def test_it_opens_with_all_that_was_in_it(tmp_path, version):
    path = tmp_path / "a.gkd"
    shutil.copy(FOLDER / f"schema-{version}.gkd", path)
    with Document.open(path) as document:
        assert document.unit_name() == "云溪县水务局"
        assert document.years() == [2023, 2024]
        assert document.entries(2023) == {"unit.name": "云溪县水务局", "t3.new.natural": "7"}
        assert document.entries(2024) == {
            "unit.name": "云溪县水务局",
            "t3.new.natural": "十五",
            "text.overview": OVERVIEW[:60] + "其中" + OVERVIEW[60:],
        }
        assert [each.state for each in document.states(2023)] == ["filling", "review", "final"]
        (draft,) = document.versions(2024)
        assert draft.name == "初稿"
        assert document.entries_after(2024, draft.revision)["t3.new.natural"] == "12"
        newest, *_others, oldest = document.revisions(2024)
        assert (oldest.name, newest.name, len(_others)) == ("新建 2024 年报", "清除", 3)
        document.commit(2024, {"t3.new.natural": "15"}, "填写")


def test_the_hash_of_stored_contents_is_what_it_was():
    """Another hash over the same content would make every document of today look damaged."""
    digest = "3f98b00b"
    assert content_hash("2021", 2023, {"unit.name": "云溪县水务局", "t3.new.natural": "7"})[:8] == digest


if __name__ == "__main__":
    target = FOLDER / f"schema-{schema.version()}.gkd"
    target.unlink(missing_ok=True)
    make(target)
