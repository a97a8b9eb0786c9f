"""Settings of the window, kept in an INI file of the data folder. A damaged file only costs the settings."""

from __future__ import annotations

import shutil
from contextlib import suppress
from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings

from gkdesk import __version__, paths
from gkdesk.files import safe_name

RECENT = 8
WRITTEN = 60
"""Exported files that are known again."""


class Settings:
    """Typed access to the settings; every value has a default and is written at once."""

    def __init__(self) -> None:
        file = paths.settings_file()
        self._store = QSettings(str(file), QSettings.Format.IniFormat)
        written_by = self._text("version", "")
        if written_by != __version__:
            if written_by:
                _keep(file, written_by)
            self._store.setValue("version", __version__)

    def _text(self, key: str, default: str) -> str:
        value = self._store.value(key, default)
        return value if isinstance(value, str) else default

    def _texts(self, key: str) -> list[str]:
        value = self._store.value(key, [])
        texts = [value] if isinstance(value, str) else value if isinstance(value, list) else []
        return [text for text in texts if isinstance(text, str) and text]

    def _one_of(self, key: str, allowed: tuple[str, ...]) -> str:
        value = self._text(key, allowed[0])
        return value if value in allowed else allowed[0]

    @property
    def language(self) -> str:
        return self._one_of("language", ("zh", "en"))

    @language.setter
    def language(self, value: str) -> None:
        self._store.setValue("language", value)

    @property
    def scheme(self) -> str:
        return self._one_of("scheme", ("light", "dark", "system"))

    @scheme.setter
    def scheme(self, value: str) -> None:
        self._store.setValue("scheme", value)

    @property
    def scale(self) -> int:
        """Size of text in per cent, 90 … 150."""
        text = self._text("scale", "100")
        return min(150, max(90, int(text))) if text.isdigit() and len(text) <= 3 else 100

    @scale.setter
    def scale(self, value: int) -> None:
        self._store.setValue("scale", str(value))

    @property
    def enter_moves_right(self) -> bool:
        return self._text("enter_moves_right", "no") == "yes"

    @enter_moves_right.setter
    def enter_moves_right(self, value: bool) -> None:
        self._store.setValue("enter_moves_right", "yes" if value else "no")

    @property
    def recent(self) -> list[Path]:
        """Documents opened lately, newest first."""
        return [Path(text) for text in self._texts("recent")][:RECENT]

    def add_recent(self, path: Path) -> None:
        kept = [old for old in self.recent if old != path]
        self._store.setValue("recent", [str(item) for item in [path, *kept][:RECENT]])

    def forget_recent(self, path: Path) -> None:
        self._store.setValue("recent", [str(old) for old in self.recent if old != path])

    def unit_of(self, path: Path) -> str:
        """The unit whose reports a document held when it was opened last; empty where that is not known."""
        return next((unit for unit, _slash, name in self._units() if name == str(path)), "")

    def remember_unit(self, path: Path, unit: str) -> None:
        """Know whose reports a document holds without opening it."""
        unit = unit.replace("/", "／")
        if self.unit_of(path) != unit:
            kept = [f"{old}/{name}" for old, _slash, name in self._units() if name != str(path)]
            self._store.setValue("units", [f"{unit}/{path}", *kept][:RECENT])

    def _units(self) -> list[tuple[str, str, str]]:
        return [text.partition("/") for text in self._texts("units")]

    def folder(self, purpose: str) -> Path | None:
        """The folder used last for a purpose. Whether it is there is not looked at: a share may not answer."""
        text = self._text(f"{purpose}_folder", "")
        return Path(text) if text else None

    def keep_folder(self, purpose: str, folder: Path) -> None:
        """Remember the folder used for a purpose."""
        self._store.setValue(f"{purpose}_folder", str(folder))

    @property
    def backup_folder(self) -> Path | None:
        """The folder that gets a copy of each backup. Whether it is there is not looked at: a share may not answer."""
        text = self._text("backup_folder", "")
        return Path(text) if text else None

    @backup_folder.setter
    def backup_folder(self, value: Path | None) -> None:
        self._store.setValue("backup_folder", str(value or ""))

    @property
    def export_copy(self) -> str:
        """公布用 or 送审稿, whichever was chosen last for a report that is being filled in."""
        return self._one_of("export_copy", ("plain", "review"))

    @export_copy.setter
    def export_copy(self, value: str) -> None:
        self._store.setValue("export_copy", value)

    @property
    def export_kinds(self) -> list[str]:
        """Kinds of file that were made last; at first the one to print and the one to hand in."""
        text = self._text("export_kinds", "pdf xlsx")
        return text.split()

    @export_kinds.setter
    def export_kinds(self, value: list[str]) -> None:
        self._store.setValue("export_kinds", " ".join(value))

    def written(self, path: Path) -> str | None:
        """The mark of a file as it was when it was exported here; None for any other."""
        return next((mark for mark, _slash, name in self._written() if name == str(path)), None)

    def remember_written(self, path: Path, mark: str) -> None:
        """Know a file again that was exported just now."""
        kept = [f"{mark}/{name}" for mark, _slash, name in self._written() if name != str(path)]
        self._store.setValue("written", [f"{mark}/{path}", *kept][:WRITTEN])

    def _written(self) -> list[tuple[str, str, str]]:
        return [text.partition("/") for text in self._texts("written")]

    @property
    def fonts(self) -> dict[str, tuple[Path, int]]:
        """Font files chosen for the paper copies: role (``fangsong``) -> file and number in its collection."""
        chosen: dict[str, tuple[Path, int]] = {}
        for key in self._store.allKeys():
            if key.startswith("fonts/"):
                index, _colon, path = self._text(key, "").partition(":")
                if index.isdigit() and path:
                    chosen[key.removeprefix("fonts/")] = (Path(path), int(index))
        return chosen

    def choose_font(self, role: str, file: Path | None, index: int = 0) -> None:
        """Choose a font file for a role; None leaves it to the program."""
        if file is None:
            self._store.remove(f"fonts/{role}")
        else:
            self._store.setValue(f"fonts/{role}", f"{index}:{file}")

    @property
    def geometry(self) -> QByteArray:
        value = self._store.value("geometry", QByteArray())
        return value if isinstance(value, QByteArray) else QByteArray()

    @geometry.setter
    def geometry(self, value: QByteArray) -> None:
        self._store.setValue("geometry", value)

    @property
    def maximised(self) -> bool:
        """Whether the window filled the screen: its geometry cannot be restored on a screen of another size."""
        return self._text("maximised", "no") == "yes"

    @maximised.setter
    def maximised(self, value: bool) -> None:
        self._store.setValue("maximised", "yes" if value else "no")


def _keep(file: Path, version: str) -> None:
    """Copy the settings as another version of the program left them, once a version: settings-<version>.ini."""
    copy = file.with_name(safe_name(f"{file.stem}-{version[:20]}", file.suffix))
    with suppress(OSError):
        if not copy.exists():
            shutil.copyfile(file, copy)
