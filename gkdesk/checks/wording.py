"""Rules about how a text is written: its length, its punctuation, and private numbers in it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from gkdesk.checks.check import Outcome, Verdict, both_sides
from gkdesk.checks.pattern import Pattern
from gkdesk.checks.text_check import TextCheck, answer, plain_digits
from gkdesk.formats.model import Format
from gkdesk.i18n import _
from gkdesk.report.issue import Issue
from gkdesk.report.session import Patch, View
from gkdesk.words import clauses

_CHINESE = "\u3001-\u303f\u3400-\u4dbf\u4e00-\u9fff\uff01-\uffef“”‘’…—"
_ONE_CHINESE = Pattern(f"[{_CHINESE}]")
_MARKS = Pattern(r"[,;:?!()]++")
_STOP = Pattern(r"(?<=[\u3400-\u9fff”）])(?<![一二三四五六七八九十])\.(?=[\u3400-\u9fff“\n]|$)")
_BRACKETS = Pattern(r"[\[［【(（]((?:19|20)[0-9]{2})[\]］】)）](?=第?[0-9]{1,4}号)")
_SPACES = Pattern(r"[ \t\u3000]++")
_REPEATED = Pattern(r"([，。；：、！？])\1+")
_FULL = str.maketrans(",;:?!()", "，；：？！（）")

_PRIVATE = Pattern(
    r"(?:(?P<identity>[1-9](?<![0-9].)[0-9]{5}(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])[0-9]{3}[0-9Xx])"
    r"|(?P<mobile>1(?<![0-9].)[3-9][0-9](?:[ -]?[0-9]{4}){2}))(?![0-9Xx])"
)


class Length(TextCheck):
    """A text is not longer than ``most`` characters (一 is asked for in brief)."""

    kind = "length"

    def read(self, text: str, view: View) -> Outcome:
        length, most = len(view.fields[self.key]), self.rule.settings["most"]
        if length <= most:
            return Verdict.HOLDS
        return self.found(None, text, left=length, right=most)

    def explain(self, issue: Issue, form: Format) -> str:
        length, most = both_sides(issue)
        return _("“{field}”有 {length} 字，超过 {most} 字，建议精简").format(
            field=self.field.label, length=length, most=most
        )


class Punctuation(TextCheck):
    """Chinese text has Chinese marks, document numbers stand in 〔〕, and there are no stray spaces.

    GB/T 15834—2011 for the marks, GB/T 9704—2012 (7.2.5) for 〔〕. One issue a field, mended with one key.
    """

    kind = "punctuation"

    def read(self, text: str, view: View) -> Outcome:
        _mended, faults = mend(text)
        if not faults:
            return Verdict.HOLDS
        names = tuple(dict.fromkeys(name for _place, name in faults))
        counts = [(name, str(sum(name == other for _place, other in faults))) for name in names]
        first = min(place for place, _name in faults)
        return self.found((first, first + 1), text, params=counts, left=len(faults), right=0)

    def explain(self, issue: Issue, form: Format) -> str:
        words = {
            "half": _("半角标点 {count} 处"),
            "brackets": _("文号没有用〔〕 {count} 处"),
            "spaces": _("多余的空格 {count} 处"),
            "repeated": _("重复的标点 {count} 处"),
        }
        listed = [words[name].format(count=count) for name, count in issue.params if name in words]
        return _("“{field}”的标点不规范：{faults}").format(field=self.field.label, faults=clauses(listed))

    def fix(self, issue: Issue, view: View) -> Patch | None:
        text = view.fields.get(self.key, "")
        mended, faults = mend(text)
        return {self.key: mended} if faults else None


class Privacy(TextCheck):
    """No identity card or mobile numbers, the unit's own telephone aside."""

    kind = "privacy"
    also_reads = ("unit.phone",)

    def read(self, text: str, view: View) -> Outcome:
        own = plain_digits(view.fields.get("unit.phone", "")).replace("-", "").replace(" ", "")
        issues = []
        for match in _PRIVATE.re.finditer(plain_digits(text)):
            plain = match[0].replace("-", "").replace(" ", "")
            if match["mobile"] and plain in own:
                continue
            keep = 3 if match["mobile"] else 6
            hidden = plain[:keep] + "*" * (len(plain) - keep - 4) + plain[-4:]
            kind = "mobile" if match["mobile"] else "identity"
            issues.append(self.found(match.span(), text, part=kind, instead=hidden, params=[("kind", kind)]))
        return answer(issues)

    def explain(self, issue: Issue, form: Format) -> str:
        params = dict(issue.params)
        kind = _("手机号") if params["kind"] == "mobile" else _("身份证号")
        return _("“{field}”里有{kind}“{text}”：公开前请删去或隐去").format(
            field=self.field.label, kind=kind, text=params["text"]
        )


def mend(text: str) -> tuple[str, list[tuple[int, str]]]:
    """The text with its marks put right, and what was wrong where: (place in the text given, name of the fault)."""
    mended, faults = _mend_once(text)
    more = faults
    while more:
        # a mark that was put right may stand beside the next one; each round leaves fewer that are wrong
        mended, more = _mend_once(mended)
    return mended, faults


def _mend_once(text: str) -> tuple[str, list[tuple[int, str]]]:
    faults: list[tuple[int, str]] = []

    def note(name: str, mended: Callable[[re.Match[str]], str]) -> Callable[[re.Match[str]], str]:
        def replace(match: re.Match[str]) -> str:
            faults.append((match.start(), name))
            return mended(match)

        return replace

    # those that keep the length first, so that places stay those of the text given
    text = _BRACKETS.re.sub(note("brackets", lambda match: f"〔{match[1]}〕"), text)
    text = _STOP.re.sub(note("half", lambda _match: "。"), text)
    characters = list(text)
    for place in _half_width(text):
        faults.append((place, "half"))
        characters[place] = text[place].translate(_FULL)
    text = "".join(characters)

    def fewer(match: re.Match[str]) -> str:
        left = _fewer(match)
        if left != match[0]:
            faults.append((match.start(), "spaces"))
        return left

    text = _SPACES.re.sub(fewer, text)
    text = _REPEATED.re.sub(note("repeated", lambda match: match[1]), text)
    return text, faults


def _fewer(match: re.Match[str]) -> str:
    """What is left of white space: none between Chinese characters, one space elsewhere, all at the ends of lines."""
    text, start, end = match.string, match.start(), match.end()
    before, after = text[start - 1 : start] or "\n", text[end : end + 1] or "\n"
    if before == "\n" or after == "\n":
        return match[0]
    if _is_chinese(before) and _is_chinese(after):
        return ""
    return " " if end - start > 1 else match[0]


def _is_chinese(character: str) -> bool:
    return _ONE_CHINESE.re.match(character) is not None


def _half_width(text: str) -> list[int]:
    """Places of half-width marks in Chinese text.

    Marks that stand together are full-width together, and so are both brackets of a pair.
    """
    runs = [match.span() for match in _MARKS.re.finditer(text)]
    run_of = {place: index for index, run in enumerate(runs) for place in range(*run) if text[place] in "()"}
    partner = _pairs(text, run_of)
    waiting = [
        index
        for index, (start, end) in enumerate(runs)
        if any(map(_is_chinese, text[max(start - 1, 0) : start] + text[end : end + 1]))
    ]
    chosen = set(waiting)
    while waiting:
        for place in range(*runs[waiting.pop()]):
            other = run_of.get(partner.get(place, place))
            if other is not None and other not in chosen:
                chosen.add(other)
                waiting.append(other)
    return [place for index in sorted(chosen) for place in range(*runs[index])]


def _pairs(text: str, places: Iterable[int]) -> dict[int, int]:
    """Opening and closing brackets of each pair, both ways; pairs do not cross lines."""
    pairs: dict[int, int] = {}
    open_at: list[int] = []
    last = 0
    for place in places:
        if "\n" in text[last:place]:
            open_at.clear()
        last = place
        if text[place] == "(":
            open_at.append(place)
        elif open_at:
            start = open_at.pop()
            pairs[start], pairs[place] = place, start
    return pairs
