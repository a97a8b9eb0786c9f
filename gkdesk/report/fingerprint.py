"""The fingerprint of a report (核对码): a short code, printed on paper, that ties it to the data it shows.

Twelve hexadecimal digits of SHA-256 over the canonical JSON: two different reports of a unit share one by chance about
once in 10¹⁴ pairs.
"""

from __future__ import annotations

import re
import unicodedata
from hashlib import sha256

from gkdesk.errors import KnownError
from gkdesk.i18n import _
from gkdesk.report.report import Report
from gkdesk.report.report_json import canonical

DIGITS = 12
GROUP = 4

_SEPARATORS = re.compile(r"[\s\-‐-―−_·.]+")
_CODE = re.compile(f"[0-9A-F]{{{DIGITS}}}")
# What a reader takes for a digit; no letter beyond F occurs in a code.
_MISREAD = str.maketrans("OQIL", "0011")


class NotACodeError(KnownError):
    """What was typed cannot be a fingerprint."""


def fingerprint(report: Report) -> str:
    """The code of a report as printed, e.g. ``3F2A-91BC-07DE``."""
    return grouped(sha256(canonical(report)).hexdigest()[:DIGITS].upper())


def normalised(typed: str) -> str:
    """A typed or scanned code as printed: case, white space, dashes and full-width letters do not matter.

    Raises NotACodeError.
    """
    plain = _SEPARATORS.sub("", unicodedata.normalize("NFKC", typed)).upper().translate(_MISREAD)
    if not _CODE.fullmatch(plain):
        message = _("“{code}”不是核对码：核对码印在每页下方，是 12 位数字和字母 A 至 F。")
        raise NotACodeError(message.format(code=typed.strip()[:40]))
    return grouped(plain)


def grouped(digits: str) -> str:
    """The digits in groups of four with dashes."""
    return "-".join(digits[i : i + GROUP] for i in range(0, len(digits), GROUP))
