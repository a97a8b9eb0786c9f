"""gkdesk backup and restore."""

from __future__ import annotations

from pathlib import Path

from gkdesk.storage import Document, backups


def test_there_and_back(gkdesk, document, tmp_path, data_folder):
    gkdesk("edit", document, "--stdin", stdin="t3.new.natural=12\n")
    answer = gkdesk("backup", document)
    assert (answer.code, answer.err) == (0, "")
    (line,) = answer.lines
    made = Path(line.removeprefix("已备份到："))
    assert made.is_relative_to(data_folder / "backups")
    gkdesk("edit", document, "--stdin", stdin="t3.new.natural=99\n")
    out = tmp_path / "恢复.gkd"
    answer = gkdesk("restore", made, "--out", out)
    assert (answer.code, answer.out, answer.err) == (0, f"已恢复到：{out}\n", "")
    with Document.open(out) as restored:
        assert restored.entries(2024)["t3.new.natural"] == "12"
    with Document.open(document) as kept:
        assert kept.entries(2024)["t3.new.natural"] == "99"


def test_nothing_is_overwritten(gkdesk, refused, document, tmp_path):
    gkdesk("backup", document)
    with Document.open(document) as opened:
        (made,) = backups.of_document(opened.document_id)
    before = document.read_bytes()
    assert "已经存在" in refused("restore", made.path, "--out", document)
    assert document.read_bytes() == before


def test_what_cannot_be_backed_up_or_restored(refused, document, sample, tmp_path):
    out = tmp_path / "out.gkd"
    assert "找不到" in refused("backup", tmp_path / "no.gkd")
    assert "不是年报文档" in refused("backup", sample)
    assert "找不到" in refused("restore", tmp_path / "no.gkd", "--out", out)
    assert "不是年报文档" in refused("restore", sample, "--out", out)
    assert "--out" in refused("restore", document)
    with Document.open(document):
        assert "打开" in refused("backup", document)
    assert not out.exists()


def test_a_damaged_backup_is_not_restored(gkdesk, refused, document, tmp_path):
    spoiled = tmp_path / "b.gkd"
    spoiled.write_bytes(document.read_bytes()[:-4096])
    assert "已损坏" in refused("restore", spoiled, "--out", tmp_path / "c.gkd")
    assert not (tmp_path / "c.gkd").exists()


def test_no_backup_folder(refused, document, data_folder):
    data_folder.mkdir(parents=True, exist_ok=True)
    (data_folder / "backups").touch()
    assert "备份文件夹" in refused("backup", document)
