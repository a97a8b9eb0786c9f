"""Lists of parts in a sentence and their totals: which figures belong together, and whether they must add up."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from gkdesk.checks.pattern import Pattern
from gkdesk.checks.reading import PLAIN

if TYPE_CHECKING:
    from gkdesk.checks.reading.model import Opening, Passage, Said

_ALL_APPLICANTS = (
    frozenset({"natural", "legal"}),
    frozenset({"natural", "business", "research", "charity", "legal_service", "other_org"}),
)
_CLOSE = Decimal("0.2")
"""Parts of 其中 that miss the total by no more than this share of it were meant to be all of it."""
_LITTLE = Decimal("0.05")
"""Parts that exceed the total by no more than this share of it are no double counting."""
_ALL = Pattern(
    r"(?:全年|年内|总)?(?:共(?:计|有)?|累计|合计|总计)(?:(?:收到|受理|接待|发布|公开|推送|办理|开展|举办|回复)[\u3400-\u9fff]{0,5})?"
)
_MUCH_THE_SAME = frozenset({"件", "条", "份", "篇", "项"})
"""Units that writers mix in one sum: 文件 20 件、解读 15 篇，合计 35 条."""
_JOINTS = ("以及", "和", "及", "与")
_COUNTERS = frozenset({"个", "项", "类", "种", "部分"})
"""Units that count the parts themselves."""
_TOGETHER = ("共", "合计", "总计", "累计")
_PARTS_OF_YEAR = ("半年", "季度")


def listed(passage: Passage, opening: Opening) -> tuple[Said | None, list[Said], bool]:
    """The total in front of a list, its parts, and whether they are known to be all of them.

    A list that goes on with something that is not understood as a part, or in another unit, is not.
    """
    head = _head(passage, opening)
    parts: list[Said] = []
    if head is None:
        return None, parts, True
    mark = ""
    limit = min(
        (other.at for other in passage.openings if other.at > opening.at and other.depth <= opening.depth),
        default=len(passage.said),
    )
    for said in passage.said[opening.at : limit]:
        if said.depth > opening.depth or said.figure.percent or said.whole:
            continue
        if said.depth < opening.depth or said.role != PLAIN or said.year != head.year or said.closes:
            break
        if said.figure.unit in _COUNTERS and not said.label.strip():
            # 由 … 和 … 两部分组成
            break
        if not _alike(said, head):
            return head, parts, said.before != mark
        if parts:
            if (
                _kind(said) != _kind(parts[0])
                and not said.rest
                and not (said.before == "、" and mark in ("", "、"))
            ):
                return head, parts, said.before != mark
            if not said.before and said.label.startswith(_JOINTS):
                # 通知 3 条以及公示 1 条
                parts.append(said)
                continue
            mark = mark or said.before
            if said.before != mark and not said.rest and not (said.dimension and said.before != ";"):
                # 机构职能 1 条，部署 2 条、会议 1 条: perhaps the same list
                return head, parts, bool(_kind(said)) or said.before == ";"
        elif said.dimension and said.dimension == head.dimension and said.dimension.endswith(".stages"):
            break
        parts.append(said)
    return head, parts, True


def _head(passage: Passage, opening: Opening) -> Said | None:
    """The total in front of a list; None where there are several that it may belong to."""
    first = passage.said[: opening.at] if opening.at else passage.before
    before = [
        said
        for said in first
        if said.role == PLAIN and not said.figure.percent and not said.whole and said.depth <= opening.depth
    ]
    if len(before) > 1 and before[-1].figure.unit in _COUNTERS and before[-1].clause == before[-2].clause:
        # 14 件申请来自三个渠道，分别为 …
        before.pop()
    if not before:
        return None
    if not opening.at:
        # 新收 92 件，上年结转 2 件。其中 …: of both
        wholes = {said.value: said for said in before if said.dimension.endswith(".stages")}
        if len(wholes) > 1:
            return None
        # 收到 4 件，自然人 2 件、法人 2 件。其中已答复 3 件 …: of those that came
        of_all = before[-1].dimension == "requests.second" and bool(wholes)
        return wholes.popitem()[1] if of_all else before[-1]
    # 行政复议 3 件、行政诉讼 3 件，其中 …: of both
    paired = len(before) > 1 and _kind(before[-1]) == _kind(before[-2])
    paired = paired and (before[-1].before == "、" or _kind(before[-1]) == "reviews.first")
    return None if paired else before[-1]


def _kind(said: Said) -> str:
    """What the parts of a list have in common: 规范性文件 3 条 among other news is no part of table 二."""
    return "" if said.fact is None and said.dimension.startswith("items.") else said.dimension


def closed(passage: Passage, at: int) -> list[Said]:
    """The parts in front of their total: 网络 38 件、邮寄 14 件，合计 52 件; 分别收到 8 件、11 件，全年共收到 19 件."""
    total = passage.said[at]
    if total.role != PLAIN or total.figure.percent or total.whole:
        return []
    parts: list[Said] = []
    before = passage.said[:at]
    counted = before and before[-1].clause == total.clause and before[-1].figure.unit in _COUNTERS
    if counted and any(word in total.label for word in _TOGETHER):
        # 三个平台合计 1,479 条; 三类过程性信息 6 件 is no total
        count = before.pop().figure.value
        parts = before[-int(count) :] if count > 1 else []
        return parts if len(parts) == count and all(_is_part_of(said, total) for said in parts) else []
    for said in reversed(before):
        if (
            parts
            and parts[-1].before != "、"
            and (not said.dimension or said.dimension != parts[-1].dimension)
        ):
            break
        if not _is_part_of(said, total):
            return []
        parts.append(said)
    parts.reverse()
    if len(parts) == 1 and (total.closes or _is_all(total)):
        return _by_commas(passage, at)
    in_turn = bool(parts) and parts[0].in_turn and "共" in total.label
    return parts if total.closes or in_turn or _is_all(total) else []


def _is_part_of(said: Said, total: Said) -> bool:
    if said.dimension.endswith(".stages") and total.dimension == said.dimension and said.value != total.value:
        # 收到 190 件，上年结转 10 件，共办结 198 件
        return False
    plain = said.role == PLAIN and not said.figure.percent and not said.figure.approximate
    same = said.figure.unit == total.figure.unit or (
        total.closes
        and said.clause < total.clause
        and {said.figure.unit, total.figure.unit} <= _MUCH_THE_SAME
    )
    return plain and said.depth == total.depth and same


def _is_all(total: Said) -> bool:
    """True for 网站 210 条、公众号 98 条，共 308 条."""
    return _ALL.re.fullmatch("".join(total.label.split())) is not None and total.before in ",，"


def _by_commas(passage: Passage, at: int) -> list[Said]:
    """Parts with commas between them: 网络 80 件，信函 30 件，当面 15 件，合计 125 件; 上半年 …，下半年 …，全年共 ….

    How far back they go is not clear: as many as add up to the total, if any do.
    """
    total = passage.said[at]
    parts: list[Said] = []
    for said in reversed(passage.said[:at]):
        if not _is_part_of(said, total) or said.closes or said.segment != total.segment:
            break
        parts.insert(0, said)
        if len(parts) > 1 and sum(part.figure.value for part in parts) == total.figure.value:
            return parts
    opened = [opening.at for opening in passage.openings if opening.at < at]
    if opened:
        parts = [said for said in parts if passage.said.index(said) >= opened[-1]]
    of_year = all(any(word in said.label for word in _PARTS_OF_YEAR) for said in parts)
    return parts if total.closes or of_year else []


def unopened(passage: Passage, at: int) -> list[Said]:
    """Parts that no word opens, but that are called as their total is, or are both halves of the year.

    咨询 120 次，电话咨询 80 次、现场咨询 40 次; 活动九场，上半年四场、下半年五场.
    """
    head, parts = passage.said[at], passage.said[at + 1 : at + 3]
    if len(parts) < 2 or parts[0].before != "，" or parts[1].before != "、":
        return []
    if any(opening.at == at + 1 for opening in passage.openings) or head.dimension:
        return []
    for said in passage.said[at + 3 :]:
        if said.before != "、":
            break
        parts.append(said)
    plain = all(
        said.role == PLAIN and not said.figure.approximate and said.figure.unit == head.figure.unit
        for said in parts
    )
    labels = ["".join(said.label.split()) for said in parts]
    noun = "".join(head.label.split())[-2:]
    halves = len(parts) == 2 and labels[0].endswith("上半年") and labels[1].endswith("下半年")
    named = len(noun) == 2 and all(label.endswith(noun) and label != noun for label in labels)
    return parts if plain and head.role == PLAIN and (halves or named) else []


def _alike(said: Said, head: Said) -> bool:
    return said.figure.unit == head.figure.unit or not said.figure.unit


def must_add_up(
    passage: Passage, opening: Opening, head: Said, parts: list[Said], excess: Decimal, *, whole: bool
) -> bool:
    """True where parts that do not add up must be a mistake; ``whole`` where the list is known to end with them."""
    if (not whole and excess < 0) or (
        # 四个季度得分依次为 92 分、94.5 分 …
        head.figure.unit in _COUNTERS and head.figure.value == len(parts)
    ):
        return False
    if opening.overlapping:
        return any(said.rest for said in parts)
    if excess > 0:
        # what is in several channels is counted twice or more: much too much, not a little
        little = excess <= _LITTLE * head.figure.value
        return little or any(said.rest for said in parts) or not any(said.overlapping for said in parts)
    first = passage.said.index(parts[0])
    if any(first < at <= first + len(parts) + 1 for at in passage.et_cetera):
        return False
    if opening.complete or any(said.rest for said in parts):
        return True
    if any(said.dimension for said in parts):
        # the tables know these parts: each is held against its own cell
        return {said.value for said in parts} in _ALL_APPLICANTS
    return -excess <= _CLOSE * head.figure.value
