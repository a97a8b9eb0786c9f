"""The unit's own name in a text: in full, by its place, by its kind, or in short.

Its characters are put into a private one, which the tokens know as a word like 我局.
"""

from __future__ import annotations

import re
from functools import cache

from gkdesk.checks.pattern import Pattern
from gkdesk.checks.reading.tokens import OWN
from gkdesk.checks.reading.vocabulary import vocabulary

_LEVELS = "省市县区旗州盟"
_LOCAL = Pattern(rf"(?=([{_LEVELS}][\u3400-\u9fff]{{3,}}$))")
"""A unit's name within its own place: 县档案局."""
_PLACE = Pattern(
    rf"(?:^|[{_LEVELS}府])([^{_LEVELS}府]{{1,6}}(?:[县市区旗镇乡]|街道))(?:人民政府|政府|办事处)?(?:办公室)?$"
)
"""The place that a government, a township or a street is called by: 宝山区, 安镇街道."""
_OFFICE = Pattern(rf"(?:[县区旗](?=[^县区旗]{{3,}}$)|[{_LEVELS}](?=[^{_LEVELS}]{{3,}}$)).*")
"""A unit's name from its own place on."""
_NO_PLACE = Pattern(r"城市|市场|市政|城区|社区|园区")
"""Words of a unit's name with the character of a level: 城市管理局."""
_TITLE = Pattern(r"[局厅]|委(?:员会)?|办(?:公室|事处)?")
_SHORTEST, _LONGEST = 2, 9
"""Characters of a short name: before its title at least, with it at most."""
_FIELD = Pattern(r"([\u3400-\u9fff]{1,4})(?=行政(?:许可|处罚|强制))")
"""What a unit's own decisions are called by: 农业行政处罚 of a bureau of agriculture."""
_IN_NAME = Pattern(rf"以{OWN}+名义(?!提起|起诉|申请)")
"""以区卫健委名义印发: by the unit itself."""
_TOWNSHIP = Pattern(r"(?:[乡镇]|街道)(?:人民政府|办事处)?$")
_KINDS = ("街道", "分局")
"""What such a unit calls itself without 我 or 本: 街道收到申请 3 件."""
_OTHERS = "各全镇乡等该有我本个"
"""Characters in front of it that make it other units, or a word that is known."""


def hide_names(text: str, unit_name: str) -> str:
    """The text with the unit's own name, in all its forms, in private characters."""
    for name in _names(unit_name):
        text = text.replace(name, OWN * len(name))
    text = text.replace(f"{OWN}本级", OWN * 3)
    for found in _FIELD.re.finditer(text):
        field = next(
            (found[1][at:] for at in range(len(found[1])) if _is_field(found[1][at:], unit_name)), ""
        )
        text = text[: found.end() - len(field)] + OWN * len(field) + text[found.end() :]
    for kind in _KINDS:
        if f"{kind}办事处" in unit_name or unit_name.endswith(kind):
            own = f"(?<![{_OTHERS}]){kind}(?:办事处)?"
            text = re.sub(own, lambda found: OWN * len(found[0]), text)
    if _TOWNSHIP.re.search(unit_name):
        for office in sorted(vocabulary().inside, key=len, reverse=True):
            text = text.replace(office, OWN * len(office))
    text = _without_abbreviations(text, unit_name)
    return _IN_NAME.re.sub(lambda found: OWN * len(found[0]), text)


def _is_field(said: str, unit_name: str) -> bool:
    """True for 农业 of a bureau of agriculture, and 水 of 县水利局; not for 理 of 办理, although it is of 管理局."""
    if len(said) > 1:
        return said in unit_name
    return any(f"{level}{said}" in unit_name for level in _LEVELS)


def _without_abbreviations(text: str, unit_name: str) -> str:
    """The text with short names in private characters: 县人社局 of a county's 人力资源和社会保障局.

    A short name has some of the name's characters in their order, and is not that of another place's office.
    """
    office = _OFFICE.re.search(_NO_PLACE.re.sub("〇〇", unit_name))
    if office is None:
        return text
    local = unit_name[office.start() :]
    for found in _TITLE.re.finditer(text):
        end = found.end()
        for start in range(max(end - _LONGEST, 0), found.start() - _SHORTEST + 1):
            if _is_short(text[start:end], local):
                before = text[start - 1 : start]
                if before not in tuple(_LEVELS):
                    text = text[:start] + OWN * (end - start) + text[end:]
                break
    return text


def _is_short(said: str, name: str) -> bool:
    """True where all characters stand in a name in the same order."""
    rest = iter(name)
    return all(character in rest for character in said)


@cache
def _names(unit_name: str) -> list[str]:
    """What the unit is called, the longest first: in full, without its place, by its place alone, in short."""
    names = {unit_name, *(match[1] for match in _LOCAL.re.finditer(unit_name))}
    names |= {name.replace("人民政府", "政府") for name in names}
    place = _PLACE.re.search(unit_name)
    if place:
        names |= {place[1], f"{place[1][-1]}政府", place[0].lstrip(f"{_LEVELS}府")}
    names |= {name.removesuffix(end) for name in names for end in ("公室", "办公室")}
    return sorted(names, key=len, reverse=True)
