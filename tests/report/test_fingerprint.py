from __future__ import annotations

import hashlib
import re

import pytest

from gkdesk import formats
from gkdesk.report import Report
from gkdesk.report.fingerprint import NotACodeError, fingerprint, normalised
from gkdesk.report.report_json import canonical

FORM = formats.load("2021")
ENTRIES = {"unit.name": "云溪县水务局", "t3.new.natural": "3", "text.overview": "全年工作平稳。"}


def report(**more):
    return Report.from_entries(FORM, 2024, {**ENTRIES, **more})


def test_the_code_is_the_start_of_the_hash_of_the_canonical_json():
    code = fingerprint(report())
    assert re.fullmatch("[0-9A-F]{4}-[0-9A-F]{4}-[0-9A-F]{4}", code)
    assert hashlib.sha256(canonical(report())).hexdigest().upper().startswith(code.replace("-", ""))


@pytest.mark.parametrize(
    "other",
    [
        {"t3.new.natural": "4"},
        {"t3.new.business": "0"},
        {"text.overview": "全年工作平稳"},
        {"date": "2025-01-20"},
        {"unit.phone": "12345678"},
    ],
)
def test_whatever_is_printed_changes_it(other):
    assert fingerprint(report(**other)) != fingerprint(report())


def test_the_order_of_typing_does_not():
    turned = Report.from_entries(FORM, 2024, dict(reversed(ENTRIES.items())))
    assert fingerprint(turned) == fingerprint(report())
    assert fingerprint(Report.from_entries(FORM, 2023, ENTRIES)) != fingerprint(report())


@pytest.mark.parametrize(
    "typed",
    [
        "3F2A-91BC-07D0",
        "3f2a91bc07d0",
        " 3F2A 91BC 07D0\n",
        "３ｆ２Ａ—９１bc－07ｄ0",
        "3F2A–91BC—O7DO",
        "3F2A.9lBC.07D0",
    ],
)
def test_codes_as_people_type_them(typed):
    assert normalised(typed) == "3F2A-91BC-07D0"


@pytest.mark.parametrize("typed", ["", "3F2A-91BC-07D", "3F2A-91BC-07D01", "3F2A-91BC-07DG", "核对码"])
def test_what_is_no_code_is_refused_in_plain_words(typed):
    with pytest.raises(NotACodeError, match="不是核对码"):
        normalised(typed)
