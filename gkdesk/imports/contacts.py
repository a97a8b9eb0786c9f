"""Address, telephone and the like as the introduction of a report states them."""

from __future__ import annotations

import re

from gkdesk.formats.model import Format

_LABELS = {
    "address": ("地址", "通讯地址", "联系地址", "办公地址"),
    "postcode": ("邮编", "邮政编码"),
    "phone": ("电话", "联系电话", "电话号码", "办公电话"),
    "fax": ("传真", "传真号码"),
    "email": ("电子邮箱", "邮箱", "电子邮件", "E-mail", "Email", "email"),
    "website": ("网址", "网站"),
}
_END = r"(?=[；;，,。）)（(\n]|\s{2}|$)"
_WEB = re.compile(r"(?:https?://|www\.)[A-Za-z0-9./?=&_%#~:\-]+[A-Za-z0-9/]")
_SHAPES = {
    "postcode": re.compile(r"\d{6}"),
    "phone": re.compile(r"[\d\-—－ +()（）转、/]{5,40}"),
    "fax": re.compile(r"[\d\-—－ +()（）转、/]{5,40}"),
    "email": re.compile(r"[A-Za-z0-9._%+\-]+@[A-Za-z0-9.\-]+"),
}


def contacts_of(intro: str, form: Format) -> dict[str, str]:
    """``unit.*`` keys that an introduction states, by the labels of the format and their usual variants."""
    found: dict[str, str] = {}
    own = {line.field: line.label for line in form.contact}
    for field, labels in _LABELS.items():
        names = "|".join(re.escape(label) for label in dict.fromkeys((own.get(field, labels[0]), *labels)))
        match = re.search(rf"(?:{names})(?:为|是)?[：:]\s*([^；;，,。）)（(\n]{{2,80}}?)\s*{_END}", intro)
        if match and (text := _shaped(field, match[1].strip())):
            found[f"unit.{field}"] = text
    if "unit.website" not in found and (web := _WEB.search(intro)):
        found["unit.website"] = web[0]
    return found


def _shaped(field: str, text: str) -> str:
    shape = _SHAPES.get(field)
    return text if shape is None or shape.fullmatch(text) else ""
