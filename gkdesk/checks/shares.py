"""The rule about percentages: shares (占) and rates (办结率)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING

from gkdesk.checks.check import Outcome, Verdict
from gkdesk.checks.figures import ReadingCheck
from gkdesk.checks.pattern import Pattern
from gkdesk.checks.reading import PLAIN
from gkdesk.checks.text_check import numbered
from gkdesk.formats.model import Format
from gkdesk.i18n import _
from gkdesk.report.issue import Issue
from gkdesk.report.session import View
from gkdesk.report.values import spell

if TYPE_CHECKING:
    from gkdesk.checks.reading.model import Passage, Reading, Said

_RATE = Pattern(r"([\u3400-\u9fff]{1,10})(?:率|比例|比重)[为是达到了均仅只]{0,3}$")
_MANNER = Pattern(r"按时|按期|及时|依法|规范|总|全年|其中|平均|法定时限内|法定期限内|申请|件|依申请公开")
_SHARE = Pattern(r"^(?P<part>.*?)(?:占比|占|比例|比重)(?P<whole>.*)$")
_OF_PART = Pattern(
    r"约|其中|其|则|均|所|的|件|申请量|申请|类|数量|总数|数|方式|渠道|途径|提交|提出|形式|分别|也|已|情形|决定|作出|信息|仅|大约|就"
)
_OF_WHOLE = Pattern(
    r"总体|比例|到|了|为|是|达|总|全部|全|部|本?年度?|当年|收|件|数|量|的|比|申请|受理|新|办结|办理|答复|公开|政府|信息|依|结果|所有|例|重|百分比|约|近|以上"
)
_TOGETHER = frozenset(
    {
        "合计",
        "共",
        "共计",
        "总计",
        "合",
        "两项",
        "两者",
        "二者",
        "三项",
        "三者",
        "两项合计",
        "三项合计",
        "两者合计",
        "二者合计",
        "以上",
        "上述",
    }
)
_STAGES = ("办结", "答复", "新收", "收到", "受理")
_RECEIVED = ("收", "受理", "接", "登记", "应办", "承办")
_NEAR = 2
"""Sentences before and behind in which the whole of a percentage may stand."""
HUNDRED = Decimal(100)


@dataclass(frozen=True)
class _Pair:
    """A part and its whole; ``also`` are other parts that the percentage may mean."""

    part: Decimal
    whole: Decimal
    also: tuple[Decimal, ...] = ()
    dimension: str = ""
    """What the part is: others of it are no wholes."""
    strict: bool = False
    """True where the text leaves no doubt about the whole."""


class Percentages(ReadingCheck):
    """A percentage is what the two figures of its sentence give, rounded half up to the printed decimals.

    Shares (占) and rates (办结率). Where the percentage fits other figures of the passage, it may be meant so.
    """

    kind = "percentages"

    def read(self, text: str, view: View) -> Outcome:
        reading = self.reading(text, view)
        issues: list[Issue] = []
        evaluated = False
        for place, passage in enumerate(reading.passages):
            for at, said in enumerate(passage.said):
                if said.figure.unit != "%" or said.figure.approximate or said.role != PLAIN:
                    continue
                pair = _pair(reading, place, at)
                if pair is None:
                    continue
                evaluated = True
                if pair.part > pair.whole:
                    # 新收 88 件、上年结转 5 件，办结 89 件: of both
                    pair = replace(pair, whole=max(_with_carried(_near(reading, place)), default=pair.whole))
                if pair.part > pair.whole or _fits(pair, said, reading, place) or _is_all(said, passage, at):
                    continue
                issues.append(self._issue(said, pair, text))
        if not evaluated:
            return Verdict.NOT_EVALUATED
        return numbered(issues) or Verdict.HOLDS

    def _issue(self, said: Said, pair: _Pair, text: str) -> Issue:
        exact = pair.part * HUNDRED / pair.whole
        right = said.figure.rounded(exact)
        start, end = said.figure.start, said.figure.end
        written = in_decimals(right, said)
        return self.found(
            (start, end),
            text,
            part="percent",
            # 百分之七十八 is one word, and a half-width % is not in it
            instead=written if text[start].isdecimal() else f"{written}%",
            left=said.figure.value,
            right=right,
            params=[
                ("words", self.words(text, start, said.figure.unit_end)),
                ("part", spell(pair.part)),
                ("whole", spell(pair.whole)),
                ("exact", in_decimals(exact.quantize(Decimal("0.01")), None)),
                ("right", written),
            ],
        )

    def explain(self, issue: Issue, form: Format) -> str:
        params = dict(issue.params)
        return _("“{words}”：{part} ÷ {whole} = {exact}%，应写 {right}%").format(
            words=params["words"],
            part=params["part"],
            whole=params["whole"],
            exact=params["exact"],
            right=params["right"],
        )


def _is_all(said: Said, passage: Passage, at: int) -> bool:
    """True for 需要解读的 10 个文件已全部解读，解读率 100%: of what is not all that was named before."""
    before = passage.said[at - 1] if at else None
    return said.figure.value == HUNDRED and before is not None and "全部" in before.behind


def is_count(said: Said) -> bool:
    """True for a figure that counts things and is exact."""
    return not said.figure.percent and not said.figure.approximate


def _is_plain(said: Said) -> bool:
    return is_count(said) and said.role == PLAIN and not said.whole


def _pair(reading: Reading, place: int, at: int) -> _Pair | None:
    """The part and the whole of a percentage, where the text names both."""
    passage = reading.passages[place]
    said, before = passage.said[at], passage.said[:at]
    turn = _turn(passage, at)
    if turn is not None:
        return _in_turn(passage, *turn)
    if before and before[-1].whole and before[-1].clause == said.clause:
        part = next((other for other in reversed(before[:-1]) if _is_plain(other)), None)
        return _made(part, before[-1]) if is_count(before[-1]) else None
    label = "".join(said.label.split())
    if not label and before and _is_plain(before[-1]) and before[-1].clause == said.clause:
        # 予以公开 12 件（40.0%）
        return _of_share(reading, place, before, "", "")
    share = _SHARE.re.search(label)
    if share and "占" not in label and said.figure.value == HUNDRED:
        # 解读比例为 100%: of all that there was to do
        return None
    if share and ("占" in label or not share["part"]):
        return _of_share(reading, place, before, _OF_PART.re.sub("", share["part"]), share["whole"])
    rate = _RATE.re.search(label)
    return _of_rate(passage, at, rate[1]) if rate else None


def _made(part: Said | None, whole: Said | None, also: tuple[Decimal, ...] = ()) -> _Pair | None:
    if part is None or whole is None or part is whole or not whole.figure.value:
        return None
    return _Pair(part.figure.value, whole.figure.value, also, part.dimension)


# ---------------------------------------------------------------- shares


def _of_share(reading: Reading, place: int, before: list[Said], named: str, of: str) -> _Pair | None:
    """自然人 62 件，占 70.5%: the part just before or the one that is named, and the whole that it belongs to.

    ``named`` are the words before 占 and ``of`` those behind it, without those that every part and whole has.
    """
    passage = reading.passages[place]
    pools = [(passage, before)]
    if named and place and reading.passages[place - 1].line == passage.line:
        pools.append((reading.passages[place - 1], reading.passages[place - 1].said))
    for where, said in pools:
        counts = [other for other in said if _is_plain(other)]
        if named in _TOGETHER:
            return _together(where, counts)
        parts = [other for other in counts if named in other.label]
        if not parts:
            continue
        stage = _stage(of, counts)
        if stage is not None:
            pair = _made(parts[-1], stage)
            return None if pair is None else replace(pair, strict=True)
        pair = _made(parts[-1], _whole(where, said, parts[-1], of), _sums(counts) if not named else ())
        return pair or (None if of else _of_all_parts(where, parts[-1]))
    return None


def _stage(of: str, counts: list[Said]) -> Said | None:
    """占办结总数: the figure of what was 办结, where the words behind 占 say so."""
    for word in _STAGES:
        if word in of:
            return next((said for said in reversed(counts) if word in said.label), None)
    return None


def _of_all_parts(passage: Passage, part: Said) -> _Pair | None:
    """自然人 35 件，占 87.5%；企业 5 件，占 12.5%: all parts are the whole, where all shares but one say so."""
    counts = [said for said in passage.said if _is_plain(said)]
    shares = [said for said in passage.said if said.figure.unit == "%"]
    if len(counts) < 2 or len(shares) != len(counts) or len({said.figure.unit for said in counts}) > 1:
        return None
    whole = sum((said.figure.value for said in counts), Decimal(0))
    if not whole or any(said.role != PLAIN or not said.share for said in shares):
        return None
    fits = [
        share.figure.rounded(said.figure.value * HUNDRED / whole) == share.figure.value
        for said, share in zip(counts, shares, strict=True)
    ]
    if fits.count(False) > 1:
        return None
    return _Pair(part.figure.value, whole, strict=True)


def _whole(passage: Passage, before: list[Said], part: Said, of: str) -> Said | None:
    """The total that a part belongs to: 合计 behind it, the head of its list, or what is named."""
    counts = [said for said in before if _is_plain(said)]
    earlier = [said for said in passage.before if _is_plain(said)]
    behind = [said for said in counts[counts.index(part) + 1 :] if said.closes]
    opened = [opening.at for opening in passage.openings if opening.at <= before.index(part)]
    alike = [said for said in counts if said.figure.unit == part.figure.unit]
    heads = [said for said in reversed(alike) if said in before[: opened[-1]]] if opened else []
    found = (behind or earlier or heads or counts)[0]
    if found is not part and not behind and _has_share(found, before):
        return None
    if found is not part and not behind and _is_sibling(found, part, before):
        # 予以公开 13 件，占办结总数 21 件的 61.9%；不予处理 3 件，占 14.3%
        named = [said for said in before if said.whole and is_count(said)]
        return named[-1] if named and named[-1].figure.unit == part.figure.unit else None
    left = _OF_WHOLE.re.sub("", of)
    if left and left not in _OF_WHOLE.re.sub("", found.label):
        # 占全县总量的 5%: of something else
        return None
    return found if found.figure.unit == part.figure.unit or earlier else None


def _is_sibling(said: Said, part: Said, before: list[Said]) -> bool:
    """True for another part of the same whole: a result beside a result, and what has a share of its own."""
    if said.dimension and said.dimension == part.dimension and not said.dimension.endswith(".stages"):
        return True
    following = before[before.index(said) + 1 :] if said in before else []
    return bool(following) and following[0].share and following[0].figure.unit == "%"


def _has_share(said: Said, before: list[Said]) -> bool:
    """True for a part with its own share in brackets: 网上 31 件（52.5%）、信函 22 件（37.3%）."""
    following = before[before.index(said) + 1 :] if said in before else []
    own = following[0] if following else None
    return own is not None and own.figure.unit == "%" and own.clause == said.clause and not own.label.strip()


def _sums(counts: list[Said]) -> tuple[Decimal, ...]:
    """What the last two, three … parts are together: 予以公开 28 件、部分公开 5 件，占 71.7%."""
    sums: list[Decimal] = []
    total = Decimal(0)
    for said in reversed(counts):
        if said.figure.unit != counts[-1].figure.unit:
            break
        total += said.figure.value
        sums.append(total)
    return tuple(sums[1:])


def _together(passage: Passage, counts: list[Said]) -> _Pair | None:
    """合计占 71.7%: all parts of the list that is open."""
    opened = [opening.at for opening in passage.openings]
    heads = [said for said in passage.said[: opened[-1]] if _is_plain(said)] if opened else []
    parts = [said for said in counts if said in passage.said[opened[-1] :]] if opened else []
    if len(parts) < 2 or not heads or not heads[-1].figure.value:
        return None
    total = sum((said.figure.value for said in parts), Decimal(0))
    return _Pair(total, heads[-1].figure.value, _sums(counts))


def _turn(passage: Passage, at: int) -> tuple[int, int, int] | None:
    """Where a run of percentages in turn begins and ends that a percentage stands in, and its place there."""
    start = at
    while start and not passage.said[start].in_turn and passage.said[start - 1].figure.unit == "%":
        start -= 1
    if not passage.said[start].in_turn and not (
        start and passage.said[start - 1].whole and passage.said[start - 1].in_turn
    ):
        return None
    end = start
    while end < len(passage.said) and passage.said[end].figure.unit == "%":
        end += 1
    return start, end, at - start


def _in_turn(passage: Passage, start: int, end: int, place: int) -> _Pair | None:
    """自然人 19 件、企业 7 件，分别占 73.1% 和 26.9%: as many parts as percentages, and the total before them."""
    count = end - start
    depth = passage.said[start].depth
    whole = passage.said[start - 1] if start and passage.said[start - 1].whole else None
    counts = [said for said in passage.said[:start] if _is_plain(said) and said.depth == depth]
    if count < 2 or len({said.figure.unit for said in counts}) > 1:
        return None
    if whole is not None:
        # 许可 2,140 条、处罚 67 条，分别占总量 3,580 条的 59.8% 和 1.9%
        return _made(counts[-count:][place], whole) if len(counts) >= count else None
    if len(counts) != count + 1 or "占" not in passage.said[start].label:
        return None
    head, parts = (
        (counts[-1], counts[:-1])
        if counts[-1].before != "、" and _adds_up(counts)
        else (counts[0], counts[1:])
    )
    return (
        _made(parts[place], head) if sum(said.figure.value for said in parts) == head.figure.value else None
    )


def _adds_up(counts: list[Said]) -> bool:
    return sum(said.figure.value for said in counts[:-1]) == counts[-1].figure.value


# ---------------------------------------------------------------- rates


def _of_rate(passage: Passage, at: int, name: str) -> _Pair | None:
    """办结率: the figure that was 办结, and what was received before it."""
    from gkdesk.checks.reading.vocabulary import vocabulary

    if "到期" in name:
        # 到期办结率: of those that were due
        return None
    stem = _MANNER.re.sub("", name)[-2:]
    # 12345 热线工单 642 件: what has no unit counts nothing
    counts = [
        (place, said) for place, said in enumerate(passage.said[:at]) if _is_plain(said) and said.figure.unit
    ]
    if not counts:
        # 办结率 95.8%（收到 48 件，办结 46 件）
        depth = passage.said[at].depth
        counts = [
            (place, said)
            for place, said in enumerate(passage.said)
            if place > at and said.depth == depth + 1 and _is_plain(said)
        ]
    words = vocabulary().rates.get(stem, (stem,) if stem else ())
    done = [
        found
        for name_of in (_label, _behind)
        for word in words
        for found in reversed(counts)
        if word in name_of(found[1]) and (found[1].dimension or not _is_listed(passage, found[0]))
    ]
    if not done:
        return None
    place, part = done[0]
    earlier = [said for other, said in counts if other < place]
    received = [said for said in earlier if any(word in said.label for word in _RECEIVED)]
    heads = [
        said
        for other, said in counts
        if any(other + 1 == opening.at == place for opening in passage.openings)
    ]
    whole = received or (earlier if len(earlier) == 1 else heads)
    if not whole or whole[-1].figure.unit != part.figure.unit:
        return None
    return _made(part, whole[-1])


def _label(said: Said) -> str:
    return said.label


def _behind(said: Said) -> str:
    """42 家中仅 29 家按要求更新目录，更新率 69%."""
    return said.behind


def _is_listed(passage: Passage, place: int) -> bool:
    """True for one of several parts: 文字解读 30 篇、视频解读 6 篇."""
    said = passage.said[place]
    following = passage.said[place + 1 : place + 2]
    return said.before == "、" or any(other.before == "、" for other in following)


def _fits(pair: _Pair, said: Said, reading: Reading, place: int) -> bool:
    """True where the percentage is right, or fits other figures nearby that it may mean."""
    wholes = dict.fromkeys((pair.whole, *(() if pair.strict else _others(reading, place, pair))))
    return any(
        said.figure.rounded(part * HUNDRED / whole) == said.figure.value
        for part in (pair.part, *pair.also)
        for whole in (wholes if part == pair.part else (pair.whole,))
    )


def _near(reading: Reading, place: int) -> list[Said]:
    """Figures nearby in the same line."""
    line = reading.passages[place].line
    return [
        said
        for passage in reading.passages[max(place - _NEAR, 0) : place + _NEAR + 1]
        if passage.line == line
        for said in passage.said
        if is_count(said) and said.figure.value
    ]


def _others(reading: Reading, place: int, pair: _Pair) -> Iterator[Decimal]:
    """Figures nearby that may be the whole: each one that is no other part, and 新收 with 上年结转."""
    near = _near(reading, place)
    for said in near:
        apart = not pair.dimension or said.dimension != pair.dimension or said.dimension.endswith(".stages")
        if apart and said.figure.value != pair.part:
            yield said.figure.value
    yield from _with_carried(near)


def _with_carried(near: list[Said]) -> Iterator[Decimal]:
    """新收 and 上年结转 together, where both are stated."""
    stated = {said.value: said.figure.value for said in near}
    for received in ("new", "received"):
        if received in stated and "carried_in" in stated:
            yield stated[received] + stated["carried_in"]


def in_decimals(value: Decimal, said: Said | None) -> str:
    """The value with as many decimals as the figure that it replaces."""
    if said is None:
        return spell(value)
    return format(value.quantize(said.figure.step), "f")
