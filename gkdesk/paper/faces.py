"""Which face sets which character: one face a role, and the others in reserve for what it lacks."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

from gkdesk.paper.breaks import clean
from gkdesk.paper.installed import INSTALLED_NAMES, font_files
from gkdesk.paper.truetype import FULL_WIDTH, Face, Reason, UnusableFontError, open_face

MANIFEST = "fonts.toml"
"""Beside the bundled fonts: `[[font]]` tables with `role` and `file`."""


class Role(StrEnum):
    """What a face is for. The values are the words of the manifest of the bundled fonts."""

    FANG = "fangsong"
    """仿宋: body."""
    HEI = "heiti"
    """黑体: headings of the first level (一、)."""
    SONG = "biaosong"
    """小标宋: the title."""
    KAI = "kaiti"
    """楷体: headings of the second level (（一）)."""
    LATIN = "latin"
    """Digits and Latin letters in all text."""
    RARE = "rare"
    """The reserve for rare characters of names and places."""


_CHINESE = (Role.FANG, Role.HEI, Role.SONG, Role.KAI)
# ASCII and Latin letters. Marks that Chinese and Latin share (“” ‘’ — … · × °) are set from the Chinese face.
_LATIN_CODES = frozenset((*range(0x20, 0x7F), 0xA0, *range(0xC0, 0x250))) - {0xD7, 0xF7}
_APOSTROPHE = re.compile(r"(?<=[A-Za-zÀ-ɏ])’(?=[A-Za-zÀ-ɏ])")
_QUOTES = frozenset("“”‘’")


class _Choice(dict[int, str]):
    """For str.translate: the code of a character -> one letter that stands for the face chosen for it."""

    __slots__ = ("_faces", "_role")

    def __init__(self, faces: FaceSet, role: Role) -> None:
        super().__init__()
        self._faces = faces
        self._role = role

    def __missing__(self, code: int) -> str:
        letter = self._faces.letter(self._faces.choose(chr(code), self._role))
        self[code] = letter
        return letter


class FaceSet:
    """The faces of one report: one for each role, and a reserve.

    A character is set from its role's face (digits and Latin letters, but for the title's, from the Latin one). What
    that lacks comes from the reserve of the same role, the rare face, the other Chinese faces and the Latin one, in
    this order.
    """

    def __init__(
        self,
        faces: Mapping[Role, Face],
        reserve: Mapping[Role, Face] | None = None,
        rejected: Sequence[UnusableFontError] = (),
    ) -> None:
        """`rejected` are the font files that were wanted and could not be used. Raises ValueError without a face."""
        if not faces:
            raise ValueError("a report needs at least one face")
        reserve = reserve or {}
        self.rejected = tuple(rejected)
        order = (Role.RARE, *_CHINESE, Role.LATIN)
        everything = [kind[role] for kind in (faces, reserve) for role in order if role in kind]
        self._all = tuple(dict.fromkeys(everything))
        self._letters = {face: chr(ord("A") + i) for i, face in enumerate(self._all)}
        stand_in = next((faces[role] for role in (*_CHINESE, Role.RARE) if role in faces), self._all[0])
        self._faces = {role: faces.get(role, stand_in) for role in Role}
        # The text's digits are too light beside the heavy characters of a title.
        self._own_latin = {Role.SONG} & faces.keys()
        self._chains = {
            role: tuple(dict.fromkeys((face, reserve.get(role, face), *self._all)))
            for role, face in self._faces.items()
        }
        # Characters that some face is known to have; nearly every text consists of these alone.
        self._seen: set[str] = set()
        self._choices = {role: _Choice(self, role) for role in Role}
        self._stretches = re.compile("|".join(f"{re.escape(letter)}+" for letter in self._letters.values()))

    def __getitem__(self, role: Role) -> Face:
        """The face of a role; a role without one takes the body's."""
        return self._faces[role]

    @property
    def latin(self) -> Face:
        """The face of digits and Latin letters."""
        return self._faces[Role.LATIN]

    def faces(self) -> tuple[Face, ...]:
        """Every face that text may be set from."""
        return self._all

    def choose(self, char: str, role: Role) -> Face:
        """The face that sets a character; that of the role itself when none has it."""
        chain = self._chains[role]
        if ord(char) in _LATIN_CODES and self.latin.has(char) and role not in self._own_latin:
            return self.latin
        if char in _QUOTES:
            # A quotation mark of Latin width is wrong between Chinese characters: any full-width one is better.
            chain = tuple(sorted(chain, key=lambda face: face.advances[char] < FULL_WIDTH))
        return next((face for face in chain if face.has(char)), self._faces[role])

    def letter(self, face: Face) -> str:
        """The letter that stands for a face while a text is split."""
        return self._letters[face]

    def split(self, text: str, role: Role) -> list[tuple[Face, str]]:
        """Cut a text into stretches of one face each; joined they are the text, missing characters included."""
        letters = text.translate(self._choices[role])
        if "’" in text:
            latin = self._letters[self.latin]
            for found in _APOSTROPHE.finditer(text):
                letters = letters[: found.start()] + latin + letters[found.end() :]
        return [
            (self._all[ord(found[0][0]) - ord("A")], text[found.start() : found.end()])
            for found in self._stretches.finditer(letters)
        ]

    def missing(self, text: str) -> tuple[str, ...]:
        """Characters that no face has, each once, in the order of the text. Ask before export and name them."""
        if self._seen.issuperset(text):
            return ()
        chars = dict.fromkeys(clean(text).replace("\n", ""))
        missing = tuple(char for char in chars if not any(face.has(char) for face in self._all))
        self._seen.update(chars.keys() - set(missing))
        return missing


@dataclass(frozen=True, slots=True)
class Wish:
    """The user's choice for a role: a font file and the number of the font in a collection."""

    path: Path
    index: int = 0


Wishes = tuple[tuple[Role, Wish], ...]
"""The user's choices, as they can be kept and compared."""


def load_faces(folder: Path, wishes: Mapping[Role, Wish] | None = None, *, installed: bool = True) -> FaceSet:
    """The faces of a report: for each role the user's choice, else an installed font, else the bundled one.

    `folder` holds the bundled fonts and their manifest. `installed=False` keeps to choice and bundle, so that the
    same data give the same file on every computer. A choice that cannot be used is passed over and named in
    `FaceSet.rejected`. Raises OSError or UnusableFontError when the bundle itself is damaged.
    """
    bundled = bundled_files(folder)
    found: dict[Role, Face] = {}
    rejected: list[UnusableFontError] = []
    for role in Role:
        for wish in _candidates(role, (wishes or {}).get(role), installed=installed):
            try:
                face = _embeddable(wish.path, wish.index)
            except UnusableFontError as refusal:
                rejected.append(refusal)
                continue
            found[role] = face
            break
        else:
            if role in bundled:
                found[role] = _embeddable(bundled[role], 0)
    # What an installed font lacks, the bundled one of the same role has most likely.
    reserve = {role: _embeddable(path, 0) for role, path in bundled.items()}
    return FaceSet(found, reserve, rejected)


@cache
def bundled_files(folder: Path) -> Mapping[Role, Path]:
    """The bundled font of each role, from the manifest. Raises OSError, or ValueError for a damaged manifest."""
    with (folder / MANIFEST).open("rb") as file:
        fonts = tomllib.load(file)["font"]
    return {Role(font["role"]): folder / font["file"] for font in fonts}


def offered(role: Role, folder: Path) -> list[Wish]:
    """The fonts that a role could be set from: the installed ones, the best first, then the bundled one."""
    bundled = bundled_files(folder)
    own = [Wish(bundled[role])] if role in bundled else []
    return [wish for wish in _candidates(role, None, installed=True) if refusal(wish.path) is None] + own


def family(wish: Wish) -> str:
    """The name of a font for people. Raises UnusableFontError for one that cannot be used."""
    return _embeddable(wish.path, wish.index).family()


def refusal(path: Path, index: int = 0) -> Reason | None:
    """Why a font file cannot be used for the paper copies, None when it can (for the settings page)."""
    try:
        _embeddable(path, index)
    except UnusableFontError as found:
        return found.reason
    return None


def _candidates(role: Role, wish: Wish | None, *, installed: bool) -> Iterator[Wish]:
    if wish is not None:
        yield wish
    if installed and role in INSTALLED_NAMES:
        files = font_files()
        yield from (Wish(files[name]) for name in INSTALLED_NAMES[role] if name in files)


@cache
def _embeddable(path: Path, index: int) -> Face:
    face = open_face(path, index)
    face.check_embedding()
    return face
