"""What kind of unit a name speaks of, where its last words leave no doubt (《条例》第四十九条 asks two kinds)."""

from __future__ import annotations

from gkdesk.report.values import fold

TOWNSHIP = ("镇人民政府", "乡人民政府", "街道办事处", "镇政府", "乡政府")
GOVERNMENT = ("人民政府",)
DEPARTMENT = ("局", "厅", "人民政府办公室", "人民政府办公厅", "发展和改革委员会", "卫生健康委员会")


def likely_kind(name: str) -> str:
    """``department``, ``government``, ``township``, or empty where the name does not tell.

    A suggestion for a new document; what the clerk chooses counts.
    """
    plain = fold(name)
    for kind, endings in (("township", TOWNSHIP), ("government", GOVERNMENT), ("department", DEPARTMENT)):
        if plain.endswith(endings):
            return kind
    return ""
