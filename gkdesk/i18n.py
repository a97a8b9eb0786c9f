"""The language of everything the user reads.

Chinese stands in the source (`_("下一步")`); English is looked up in resources/i18n/en.po, which is read only when
English is chosen. Figures are put in afterwards by name: `_("还有 {count} 格未填").format(count=n)`. Call `_` where
the text is shown, never while a module is imported: the language is chosen later than that.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import ClassVar, Literal, get_args

Language = Literal["zh", "en"]


class _Chosen:
    language: ClassVar[Language] = "zh"
    texts: ClassVar[Mapping[str, str]] = {}


def set_language(name: Language) -> None:
    """Choose the language of texts from now on. Raises ValueError for one that GKDesk does not have."""
    if name not in get_args(Language):
        raise ValueError(f"no such language: {name}")
    _Chosen.texts = _english() if name == "en" else {}
    _Chosen.language = name


def language() -> Language:
    """The language chosen last; Chinese at the start."""
    return _Chosen.language


def _(message: str) -> str:
    """The text in the language chosen; the Chinese itself where a translation is missing."""
    return _Chosen.texts.get(message, message)


@cache
def _english() -> Mapping[str, str]:
    # gkdesk.paths translates its own messages, babel takes long to import: both only when needed.
    from babel.messages.pofile import read_po

    from gkdesk import paths

    with (paths.resources() / "i18n" / "en.po").open("rb") as file:
        catalogue = read_po(file, locale="en")
    return {
        message.id: message.string
        for message in catalogue
        if isinstance(message.id, str) and isinstance(message.string, str) and message.id and message.string
    }
