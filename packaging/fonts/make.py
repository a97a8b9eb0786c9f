"""Make the bundled fonts from their source packages: same input, same bytes.

Usage: python packaging/fonts/make.py FOLDER [--out resources/fonts]
FOLDER is what fetch.sh filled. Needs the fontTools version of FONTTOOLS. See README.md beside this file.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import sys
import textwrap
import tomllib
from pathlib import Path

import charsets
import fontTools
import outlines
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont, newTable
from fontTools.ttLib.tables._c_m_a_p import CmapSubtable

HERE = Path(__file__).resolve().parent
FONTTOOLS = "4.68.0"
# 2026-01-01 00:00 UTC in seconds since 1904: a fixed time makes the files the same on every run.
MODIFIED = 3850070400
REVISION = "2026-01-01"
KEPT = ("OS/2", "cmap", "glyf", "head", "hhea", "hmtx", "loca", "maxp", "name", "post")
MANIFEST_KEYS = (
    "role", "label", "file", "family", "postscript_name", "original", "package", "version", "source_file",
    "source_sha256", "licence", "licence_file", "size", "sha256", "characters", "proportional",
)  # fmt: skip
OFL = "This Font Software is licensed under the SIL Open Font License, Version 1.1."


def subset(font: TTFont, wanted: frozenset[int]) -> None:
    """Keep the wanted characters and only the tables that a PDF needs; drop the hinting."""
    options = Options()
    options.hinting = False
    options.notdef_outline = True
    options.glyph_names = False
    options.layout_features = []
    options.legacy_cmap = False
    options.drop_tables = sorted(set(font.reader.tables) - {*KEPT, "CFF "})
    worker = Subsetter(options)
    worker.populate(unicodes=wanted)
    worker.subset(font)


def write_cmap(font: TTFont) -> None:
    """Write the character map twice: format 4 for the basic plane, format 12 for all of it."""
    full = dict(sorted(font.getBestCmap().items()))
    basic = {code: name for code, name in full.items() if code <= 0xFFFF}
    font["cmap"] = table = newTable("cmap")
    table.tableVersion = 0
    table.tables = []
    for layout, encoding, chars in ((4, 1, basic), (12, 10, full)):
        part = CmapSubtable.newSubtable(layout)
        part.platformID, part.platEncID, part.language, part.cmap = 3, encoding, 0, chars
        table.tables.append(part)


def rename(font: TTFont, spec: dict) -> None:
    """Give the changed font its own name; keep copyright and trademark; say what was changed."""
    names = font["name"]
    kept = {number: names.getDebugName(number) for number in (0, 7, 14)}
    postscript = spec["file"].removesuffix(".ttf")
    raised = f", Chinese characters raised by {spec['rise']} units" if spec.get("rise") else ""
    change = (
        f"Changed from {spec['original']} on {REVISION} for GKDesk: subset, hinting and layout tables dropped, "
        f"some punctuation made full-width{raised}, renamed."
    )
    texts = {
        **kept,
        1: spec["family"],
        2: "Regular",
        3: f"GKDesk;{postscript};{REVISION}",
        4: spec["family"],
        5: f"Version {font['head'].fontRevision:.3f}",
        6: postscript,
        10: change,
        13: spec.get("licence_text", OFL),
    }
    font["name"] = names = newTable("name")
    names.names = []
    for number, text in sorted(texts.items()):
        if text:
            names.setName(text, number, 3, 1, 0x409)


def settle_header(font: TTFont, weight: int) -> None:
    """Allow embedding, mark the face as a regular one and fix its times."""
    # 小标宋 is a weight of its own, not a bold: a PDF reader must not embolden it further.
    font["OS/2"].usWeightClass = weight
    font["OS/2"].fsSelection = 0x40
    font["OS/2"].fsType = 0
    font["head"].macStyle = 0
    font["head"].created = font["head"].modified = MODIFIED
    font["post"].formatType = 3.0


def build(spec: dict, source: Path, target: Path) -> None:
    """Make one font file from its source."""
    if not spec["charset"]:
        target.write_bytes(source.read_bytes())
        return
    font = TTFont(source, recalcTimestamp=False, lazy=False)
    # before the subsetting, so that the forms pointed at are kept
    outlines.use_wide_forms(font)
    subset(font, charsets.SETS[spec["charset"]]())
    if "CFF " in font:
        outlines.to_quadratic(font)
    outlines.make_full_width(font)
    outlines.make_han_full_width(font)
    if spec.get("rise"):
        outlines.raise_han(font, spec["rise"])
    write_cmap(font)
    rename(font, spec)
    settle_header(font, spec["weight"])
    font.save(target, reorderTables=True)


def licence_of(spec: dict, folder: Path) -> str:
    """Return the licence text with its copyright, and on top a line about the change where the file was changed."""
    path = folder / spec["licence_path"]
    raw = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    text = raw.decode("utf-8").replace("\r\n", "\n")
    if "copyright" in spec:
        # the bare licence, without the holder of the font that it was packed with
        text = "\n".join(spec["copyright"]) + "\n\n" + text[text.index("This Font Software is licensed") :]
    if not spec["charset"]:
        return text
    head = (
        f"{spec['file']} ({spec['family']}) is a changed version of {spec['original']}, from the package "
        f"{spec['package']} {spec['version']}. It stays under the licence below; packaging/fonts/ of the GKDesk "
        "source holds the scripts that made it."
    )
    return textwrap.fill(head, 100) + "\n\n" + "-" * 60 + "\n\n" + text


def describe(spec: dict, source: Path, target: Path) -> dict:
    """Return the manifest entry of a font that was made."""
    font = TTFont(target)
    data = target.read_bytes()
    facts = {
        **spec,
        "postscript_name": font["name"].getDebugName(6),
        "source_file": source.name,
        "size": len(data),
        "sha256": hashlib.sha256(data).hexdigest(),
        "characters": len(font.getBestCmap()),
        # a Latin face is proportional all through
        "proportional": outlines.proportional(font) if spec["charset"] else "",
    }
    return {key: facts[key] for key in MANIFEST_KEYS}


def main() -> int:
    """Make every font of sources.toml, its licence file and the manifest."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--out", type=Path, default=HERE.parents[1] / "resources" / "fonts")
    arguments = parser.parse_args()
    if fontTools.version != FONTTOOLS:
        print(f"needs fonttools=={FONTTOOLS}, found {fontTools.version}", file=sys.stderr)
        return 2
    arguments.out.mkdir(parents=True, exist_ok=True)
    entries = []
    for spec in tomllib.loads((HERE / "sources.toml").read_text(encoding="utf-8"))["font"]:
        source, target = arguments.folder / spec["path"], arguments.out / spec["file"]
        found = hashlib.sha256(source.read_bytes()).hexdigest()
        if found != spec["source_sha256"]:
            print(f"{source} is another version: sha256 {found}", file=sys.stderr)
            return 2
        build(spec, source, target)
        text = licence_of(spec, arguments.folder)
        (arguments.out / spec["licence_file"]).write_text(text, encoding="utf-8", newline="\n")
        notice = spec.get("notice")
        if notice:
            (arguments.out / notice).write_bytes((HERE / notice).read_bytes())
        entries.append(describe(spec, source, target))
        print(f"{target.name}: {entries[-1]['characters']} characters, {entries[-1]['size']} bytes")
    lines = ["# Made by packaging/fonts/make.py. proportional: marks whose advance is not one em."]
    for entry in entries:
        # a JSON string or number is a TOML one too
        pairs = [f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in entry.items()]
        lines += ["", "[[font]]", *pairs]
    (arguments.out / "fonts.toml").write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
