"""gkdesk export: whole files or none, under the right names."""

from __future__ import annotations

import errno
import json
import sys
import zipfile
from types import SimpleNamespace

import pytest

from gkdesk.report import report_json

NAME = "云溪县自然资源局2024年政府信息公开工作年度报告"


@pytest.fixture
def writer(monkeypatch):
    """An exporter of PDF that writes down how it was called."""
    calls = []

    def write(report, path, options):
        calls.append((report, options.copy))
        path.write_bytes(b"%PDF-")

    monkeypatch.setitem(sys.modules, "gkdesk.exports.pdf", SimpleNamespace(write=write))
    return calls


def final(document):
    from gkdesk.storage import Document

    with Document.open(document) as opened:
        opened.set_state(2024, "final")


def test_report_json(gkdesk, sample, tmp_path):
    target = tmp_path / "x.json"
    answer = gkdesk("export", sample, "--to", "json", "--out", target)
    assert (answer.code, answer.out, answer.err) == (0, f"已导出：{target}\n", "")
    assert target.read_bytes() == sample.read_bytes()


def test_report_json_of_a_document_and_back(gkdesk, document, tmp_path):
    lines = "t3.new.natural=3\nt2.fees.amount=0.10\ntext.overview=一\\n二\n"
    gkdesk("edit", document, "--stdin", stdin=lines)
    target = tmp_path / "x.json"
    assert gkdesk("export", document, "--to", "json", "--out", target).code == 0
    content = json.loads(target.read_text(encoding="utf-8"))
    assert content["cells"] == {"t3.new.natural": 3, "t2.fees.amount": "0.1"}, "totals are not made up"
    assert content["text"] == {"overview": "一\n二"}
    assert content["unit"] == {"name": "云溪县水务局"}


@pytest.mark.parametrize("kind", ["pdf", "xlsx", "docx", "html"])
def test_the_sample_as_a_file_to_send(gkdesk, sample, tmp_path, kind):
    target = tmp_path / f"x.{kind}"
    answer = gkdesk("export", sample, "--to", kind, "--out", target)
    assert (answer.code, answer.err) == (0, "")
    assert list(tmp_path.iterdir()) == [target]
    if kind == "pdf":
        assert target.read_bytes().startswith(b"%PDF-")
    elif kind == "html":
        assert target.read_bytes().startswith(b"<!DOCTYPE html>")
    else:
        main = {"xlsx": "xl/workbook.xml", "docx": "word/document.xml"}[kind]
        assert main in zipfile.ZipFile(target).namelist()


def test_into_a_folder(gkdesk, sample, tmp_path):
    assert gkdesk("export", sample, "--to", "json", "--out", tmp_path).code == 0
    assert [path.name for path in tmp_path.iterdir()] == [f"{NAME}.json"]


def test_several_into_a_folder(gkdesk, sample, document, tmp_path):
    folder = tmp_path / "报送"
    folder.mkdir()
    answer = gkdesk("export", sample, document, "--to", "json", "--out", folder)
    assert answer.code == 0
    names = [f"{NAME}.json", "云溪县水务局2024年政府信息公开工作年度报告.json"]
    assert answer.lines == [f"已导出：{folder / name}" for name in names]
    assert sorted(path.name for path in folder.iterdir()) == sorted(names)


def test_a_pattern_that_the_shell_left_as_it_was(gkdesk, refused, sample, document, tmp_path):
    """As cmd.exe does; a file whose own name looks like one is that file."""
    (tmp_path / "a[1].json").write_bytes(sample.read_bytes())
    folder = tmp_path / "out"
    folder.mkdir()
    answer = gkdesk("export", tmp_path / "*.gkd", tmp_path / "a[1].json", "--to", "json", "--out", folder)
    assert answer.code == 0
    assert len(list(folder.iterdir())) == 2
    assert "*.docx" in refused("export", tmp_path / "*.docx", "--to", "json", "--out", folder)
    assert "*.docx" in refused("export", tmp_path / "no" / "*.docx", "--to", "json", "--out", folder)


def test_a_name_from_the_data_stays_in_the_folder(gkdesk, sample, tmp_path):
    content = json.loads(sample.read_text(encoding="utf-8"))
    content["unit"]["name"] = "../../../云溪\n县:局"
    source = tmp_path / "x.json"
    source.write_text(json.dumps(content), encoding="utf-8")
    folder = tmp_path / "out"
    folder.mkdir()
    assert gkdesk("export", source, "--to", "json", "--out", folder).code == 0
    (made,) = folder.iterdir()
    assert made.name == "_.._.._云溪县_局2024年政府信息公开工作年度报告.json"


def test_several_need_a_folder(refused, sample, document, tmp_path):
    line = refused("export", sample, document, "--to", "json", "--out", tmp_path / "x.json")
    assert str(tmp_path / "x.json") in line
    assert "不是文件夹" in line
    assert not (tmp_path / "x.json").exists()


def test_two_reports_of_the_same_name(refused, sample, broken, tmp_path):
    line = refused("export", sample, broken, "--to", "json", "--out", tmp_path)
    assert str(sample) in line
    assert str(broken) in line
    assert list(tmp_path.iterdir()) == []


def test_one_bad_source_and_nothing_is_written(refused, sample, tmp_path):
    assert "找不到文件" in refused("export", sample, tmp_path / "no.json", "--to", "json", "--out", tmp_path)
    assert list(tmp_path.iterdir()) == []


# ---------------------------------------------------------------- review and final copies


def test_a_review_copy_unless_the_report_is_final(gkdesk, document, tmp_path, writer):
    target = tmp_path / "x.pdf"
    assert gkdesk("export", document, "--to", "pdf", "--out", target).code == 0
    final(document)
    assert gkdesk("export", document, "--to", "pdf", "--out", target).code == 0
    assert gkdesk("export", document, "--to", "pdf", "--out", target, "--copy", "final").code == 0
    assert gkdesk("export", document, "--to", "pdf", "--out", target, "--copy", "review").code == 0
    assert [copy for _report, copy in writer] == ["review", "final", "final", "review"]
    assert writer[0][0].unit_name == "云溪县水务局"
    assert target.read_bytes() == b"%PDF-"


@pytest.mark.parametrize("kind", ["pdf", "xlsx", "json"])
def test_no_final_copy_of_what_is_not_final(gkdesk, sample, tmp_path, kind):
    answer = gkdesk("export", sample, "--to", kind, "--out", tmp_path, "--copy", "final")
    assert (answer.code, answer.out) == (1, "")
    assert answer.err == f"“{sample}”还没有定稿，不能导出正式稿，没有写任何文件。\n"
    assert list(tmp_path.iterdir()) == []


def test_not_even_for_those_that_are(gkdesk, sample, document, tmp_path):
    final(document)
    folder = tmp_path / "out"
    folder.mkdir()
    arguments = ("--to", "json", "--out", folder, "--copy", "final")
    assert gkdesk("export", document, sample, *arguments).code == 1
    assert list(folder.iterdir()) == []
    assert gkdesk("export", document, *arguments).code == 0
    assert len(list(folder.iterdir())) == 1


def test_the_archive_copy(gkdesk, refused, sample, tmp_path):
    made = gkdesk("export", sample, "--to", "pdf", "--archive", "--out", tmp_path)
    assert made.code == 0
    # what is kept for good should not say 送审稿 across each page
    assert "归档请用定稿以后的正式稿" in made.err
    (made,) = tmp_path.iterdir()
    assert made.name == f"{NAME}（归档）.pdf"
    assert b"GKDesk" in made.read_bytes()
    made.unlink()
    assert "--to pdf" in refused("export", sample, "--to", "xlsx", "--archive", "--out", tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_characters_that_no_face_has_are_named(gkdesk, document, tmp_path):
    assert gkdesk("edit", document, "--stdin", stdin="text.problems=王𬭎😀。\n").code == 0
    answer = gkdesk("export", document, "--to", "pdf", "--out", tmp_path)
    assert answer.code == 0
    assert answer.err == f"“{document}”里有 1 个字没有字体能印出，PDF 里印成〓：😀（U+1F600）。\n"
    assert gkdesk("export", document, "--to", "html", "--out", tmp_path).err == ""


# ---------------------------------------------------------------- targets that cannot be written


@pytest.mark.parametrize("name", ["局.gkd", "其他.gkd", "其他.GKD"])
def test_documents_are_not_overwritten(refused, document, tmp_path, name):
    before = document.read_bytes()
    assert f"不能导出到“{tmp_path / name}”" in refused(
        "export", document, "--to", "json", "--out", tmp_path / name
    )
    assert document.read_bytes() == before
    assert list(tmp_path.iterdir()) == [document]


def test_the_source_is_not_overwritten_under_another_name(refused, document, sample, tmp_path):
    link = tmp_path / "link.pdf"
    link.hardlink_to(document)
    assert "不能导出到" in refused("export", document, "--to", "pdf", "--out", link)
    copy = tmp_path / "x.json"
    copy.write_bytes(sample.read_bytes())
    assert "不能导出到" in refused("export", copy, "--to", "json", "--out", copy)


def test_no_such_folder(refused, sample, tmp_path):
    line = refused("export", sample, "--to", "json", "--out", tmp_path / "no" / "x.json")
    assert line == f"没有文件夹“{tmp_path / 'no'}”，请先建立。"


def test_a_file_where_a_folder_should_be(refused, sample, tmp_path):
    (tmp_path / "file").touch()
    assert str(tmp_path / "file") in refused(
        "export", sample, "--to", "json", "--out", tmp_path / "file" / "x.json"
    )


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="a folder that not even root can write to")
def test_a_folder_that_cannot_be_written(refused, sample):
    assert refused("export", sample, "--to", "json", "--out", "/proc/x.json").startswith(
        "无法写入“/proc/x.json”："
    )


def test_a_name_that_is_too_long(refused, sample, tmp_path):
    assert refused("export", sample, "--to", "json", "--out", tmp_path / ("长" * 300)).endswith(
        "：名称太长。"
    )


def test_a_full_disk_keeps_the_old_file(refused, sample, tmp_path, monkeypatch):
    def write(report, path, **_named):
        path.write_bytes(b"half")
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setitem(sys.modules, "gkdesk.exports.xlsx", SimpleNamespace(write=write))
    target = tmp_path / "x.xlsx"
    target.write_bytes(b"old")
    assert refused("export", sample, "--to", "xlsx", "--out", target) == f"无法写入“{target}”：磁盘已满。"
    assert target.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [target]


def test_the_year_asked_for(gkdesk, refused, document, tmp_path):
    from gkdesk.storage import Document

    with Document.open(document) as opened:
        opened.add_report(2023, "2021", {"unit.name": "局", "t3.new.natural": "7"}, "新建")
    target = tmp_path / "x.json"
    assert gkdesk("export", document, "--to", "json", "--out", target, "--year", "2023").code == 0
    assert report_json.read_file(target).year == 2023
    assert "只有：2023、2024" in refused(
        "export", document, "--to", "json", "--out", target, "--year", "2022"
    )
