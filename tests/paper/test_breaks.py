from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gkdesk.paper.breaks import FORBIDDEN, IN_ADDRESS, IN_WORD, LEGAL, clean, find_breaks


def parts(text: str) -> str:
    """The text with a | at each place where a line may end."""
    places = find_breaks(text)
    return "".join("|" * (i > 0 and places[i] == LEGAL) + char for i, char in enumerate(text))


@pytest.mark.parametrize(
    "expected",
    [
        # marks
        "公|开，|依|法。",
        "根|据|《条|例》|（国|令），|称|“条|例”。",
        "他|说：|“《‘甲’》……”|乙",
        "甲、|乙！？|丙",
        "公|开|——|条|例",
        "公|开|——|“条|例”",
        "2019—|2021年度",
        "和/或",
        "和／或",
        "买|买|提·|艾|力",
        "￥300元",
        "约|30%，|多",
        "公|开|(条|例)|的",
        '公|开"条"例',
        # numbers and units
        "共|3000件|申|请",
        "共|3000 件|申|请",
        "２０００件，|３．５％",
        "收|1,234,567.89万元|整",
        "2024年|1月|20日",
        "办|结|300余件|次",
        "第1项|第２０条",
        "约|20个|工|作|日",
        "达|95.8%|以|上",
        "12万人次|的",
        "5亿|多",
        "条,|2020年|初",
        # words and addresses
        "按|GB/T |9704|执|行",
        "关|于|OpenDocument|格|式",
        "it’s |so",
        "见|http://|www.|a-b.|gov.|cn/|x/|y.|html。",
        "邮|箱|abc@de.|gov.|cn，|电",
        "网|址|xxgk.|example.|gov.|cn)",
        "日|期|2024.1.20|止",
        "（见|www.|a.|cn/）",
        "http://|a.|cn/|查|询",
        # spaces
        "姓|名　|职|务",
        "公|开  ，|依",
        "（ 公|开 ）",
        "甲\u00a0乙",
        "e\u0301e",
    ],
)
def test_where_a_line_may_end(expected: str) -> None:
    assert parts(expected.replace("|", "")) == expected


def test_kinds_of_place() -> None:
    places = find_breaks("见ab.cd.ef，3件")
    expected = [LEGAL, LEGAL, IN_ADDRESS, FORBIDDEN, LEGAL, IN_ADDRESS, FORBIDDEN, LEGAL, IN_ADDRESS]
    assert list(places) == [*expected, FORBIDDEN, LEGAL, IN_WORD, LEGAL]


def test_clean_leaves_out_what_has_no_shape() -> None:
    assert clean("甲\x00\u200b\u202e\u2066乙\ufeff\u200d️") == "甲乙"
    assert clean("甲\r\n乙\r丙\u2028丁\x0b戊") == "甲\n乙\n丙\n丁\n戊"
    assert clean("甲\t乙\u2009丙\u202f丁") == "甲 乙 丙\u00a0丁"
    assert clean("甲\ud83d乙") == "甲\ufffd乙"
    assert clean("甲\u3000𬭎😀") == "甲\u3000𬭎😀"


@given(st.text(st.characters()))
def test_clean_is_done_once_and_leaves_nothing_to_do(text: str) -> None:
    once = clean(text)
    assert clean(once) == once
    assert len(find_breaks(once.replace("\n", ""))) == len(once.replace("\n", "")) + 1


@pytest.mark.parametrize("char", ["(", "。", "“", " ", "a", "1", ".", "/", "—", "'", "０", "第", "\u0301"])
def test_a_long_run_of_one_character_takes_linear_time(char: str) -> None:
    # A quadratic pattern would take minutes here, not a fraction of a second.
    assert len(find_breaks(char * 200_000)) == 200_001
