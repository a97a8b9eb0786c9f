"""The value of a cell: a whole number, an exact decimal, nothing, or what could not be read.

Values are ``int`` (counts, signed counts), ``Decimal`` (money), ``None`` (blank: not the same as 0)
or :class:`Invalid` (kept as typed). ``parse`` and ``spell`` are inverse: ``parse(spell(v), kind) == v``.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal

from gkdesk.formats.model import CellKind
from gkdesk.i18n import _

MAX_DIGITS = 12
"""Digits before the decimal point that a figure may have; more is a slip of the keyboard."""
MAX_DECIMALS = 8
MAX_LENGTH = 64
"""Characters that are looked at; a longer text is no figure, whatever it says."""

_COUNT = re.compile(r"\+?[0-9]+(?:\.0+)?")
_SIGNED = re.compile(r"[+-]?[0-9]+(?:\.0+)?")
_MONEY = re.compile(r"\+?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)")
_SHAPES = {"count": _COUNT, "signed": _SIGNED, "money": _MONEY}
_GROUPED = re.compile(r"[+-]?[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]*)?")
_NOTHING = frozenset({"/", "-", "--", "\\", "无", "空"})
"""What people write where nothing happened, folded."""
_UNITS = "件条份项次个"
"""What whole numbers are counted in: nothing of the amount."""
_WITH_UNIT = re.compile(rf"([+-]?[0-9.,]+) *[{_UNITS}]")
_FOLD = str.maketrans({"−": "-", "–": "-", "—": "-", "﹣": "-", "。": ".", "．": ".", "、": ",", "，": ","})


@dataclass(frozen=True, slots=True)
class Invalid:
    """What was typed or stated and is no figure. Kept, shown, stored and reported, never dropped."""

    text: str


Number = int | Decimal
Value = int | Decimal | Invalid | None


def parse(text: str, kind: CellKind) -> Value:
    """Read what was typed into a cell of that kind.

    Full-width digits, signs and separators are folded to ASCII, outer white space is dropped and
    thousands separators in the right places are taken out. Empty is None. What is no figure of the
    kind, has more than MAX_DIGITS digits or MAX_DECIMALS decimals comes back as Invalid with the
    text as given (outer white space aside).
    """
    stripped = text.strip()
    if stripped.isascii() and stripped.isdigit() and len(stripped) <= MAX_DIGITS:
        return Decimal(stripped) if kind == "money" else int(stripped)
    if len(stripped) > MAX_LENGTH:
        return Invalid(stripped)
    folded = fold(stripped)
    if not folded:
        return None
    fits = _SHAPES[kind].fullmatch(folded)
    whole, _point, decimals = folded.lstrip("+-").partition(".")
    if not fits or len(whole.lstrip("0")) > MAX_DIGITS:
        return Invalid(stripped)
    if kind != "money":
        return int(folded.partition(".")[0])
    if len(decimals.rstrip("0")) > MAX_DECIMALS:
        return Invalid(stripped)
    return Decimal(folded)


def fold(text: str) -> str:
    """Half-width form of a typed figure, without outer white space and thousands separators."""
    folded = unicodedata.normalize("NFKC", text.strip()).translate(_FOLD).strip()
    return folded.replace(",", "") if _GROUPED.fullmatch(folded) else folded


def spell(value: Value) -> str:
    """The shortest exact ASCII spelling; an Invalid comes back as typed, blank is the empty string."""
    if value is None:
        return ""
    if isinstance(value, Invalid):
        return value.text
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    return str(value)


def is_number(value: Value) -> bool:
    """True for a figure; False for blank and Invalid."""
    return isinstance(value, (int, Decimal))


def likely(text: str, kind: CellKind) -> str | None:
    """What was meant by a text that is no figure, where that is plain; None where only the clerk knows.

    A stroke or 无 is 0, and 件 behind a whole number is left out. 万 and % are not, for they change the amount;
    and an amount of money is never guessed.
    """
    if kind == "money" or len(text) > MAX_LENGTH:
        return None
    folded = fold(text)
    if folded in _NOTHING:
        return "0"
    found = _WITH_UNIT.fullmatch(folded)
    value = parse(found[1], kind) if found else None
    return spell(value) if is_number(value) else None


def why_invalid(text: str, kind: CellKind) -> str:
    """Why a text is no figure of that kind, and what to write instead, in one sentence."""
    folded = fold(text[:MAX_LENGTH])
    shown = text if len(text) <= 20 else text[:20] + "…"
    if folded in _NOTHING:
        return _("“{text}”不是数：没有发生请填 0。").format(text=shown)
    if kind == "count" and folded.startswith("-") and _SIGNED.fullmatch(folded):
        return _("“{text}”是负数：这里只能填 0 或正整数。").format(text=shown)
    if kind == "money" and folded.startswith("-"):
        return _("“{text}”是负数：金额不能小于 0。").format(text=shown)
    digits = folded.lstrip("+-").replace(".", "", 1)
    if digits.isascii() and digits.isdigit():
        if kind != "money" and "." in folded:
            return _("“{text}”有小数：这里只能填整数。").format(text=shown)
        if len(folded.lstrip("+-0").partition(".")[0]) > MAX_DIGITS:
            return _("“{text}”太大：最多 {count} 位数，请核对。").format(text=shown, count=MAX_DIGITS)
        return _("“{text}”小数太长：最多 {count} 位小数。").format(text=shown, count=MAX_DECIMALS)
    if re.fullmatch(rf"[+-]?[0-9.,]+ *[%万元{_UNITS}]+", folded):
        return _("“{text}”带有单位：只填数字。").format(text=shown)
    return _("“{text}”不是数，已原样保留，请改正。").format(text=shown)
