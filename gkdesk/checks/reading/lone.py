"""What the only figure of a sentence counts, where words that are not understood stand between it and its reason.

以政府信息公开名义提出信访诉求的 4 件，不予处理: one figure, one reason and its result. Reasons are hardly ever
divided again, and a sentence without another figure has nothing else to say of it.
"""

from __future__ import annotations

from collections.abc import Sequence

from gkdesk.checks.reading import PLAIN
from gkdesk.checks.reading.clauses import Clause
from gkdesk.checks.reading.model import Fact, Passage, Said
from gkdesk.checks.reading.state import State
from gkdesk.checks.reading.subjects import TOTAL, UNCLEAR, explicit
from gkdesk.checks.reading.tokens import DAY, YEAR, Token
from gkdesk.checks.reading.vocabulary import FIRST, KIND, SECOND, Vocabulary

_ELSEWHERE = KIND["compare"] | KIND["period"] | KIND["scope"] | KIND["etcetera"] | KIND["since"]
_OTHERS = KIND["rest"] | KIND["among"]
"""其余 3 件, 3 件申请中的部分内容: in the clause of the figure."""
_DISPOSES, _MATTER, _FOREIGN, _SUBJECT = KIND["disposes"], KIND["matter"], KIND["foreign"], KIND["subject"]
_REST, _TOUCH, _CUTS = KIND["rest"], KIND["touch"], KIND["restrict"]
_OF = "的"
_CALLED, _RULE = KIND["called"], KIND["rule"]


def lone_fact(passage: Passage, clauses: Sequence[Clause], state: State, words: Vocabulary) -> Fact | None:
    """The fact that the only figure of a sentence states; None where it is bound or something else may be counted."""
    if len(passage.said) != 1:
        return None
    said = passage.said[0]
    tokens = [token for clause in clauses for token in clause.tokens]
    if not _is_plain(said, state, words) or any(
        token.kind in (DAY, YEAR) or token.flags & _ELSEWHERE for token in tokens
    ):
        return None
    reason = _reason(tokens, words)
    applicants = _named([token for token in tokens if not token.flags & _REST], SECOND)
    if reason is None or not all(
        _is_ours(clause) if clause.figures else not _is_rule(clause) for clause in clauses
    ):
        return None
    if len(applicants) > 1 or UNCLEAR in applicants:
        return None
    return Fact(said.figure, ((("requests", reason, *(applicants or (TOTAL,))),),), line=passage.line)


def _is_plain(said: Said, state: State, words: Vocabulary) -> bool:
    plain = said.fact is None and said.role == PLAIN and not said.figure.approximate
    whole = state.year is None and not (state.scoped or state.part_of_year)
    return plain and whole and said.figure.unit in words.units["pieces"]


def _reason(tokens: Sequence[Token], words: Vocabulary) -> str | None:
    """The one reason that is named, where what was done for it is named as well."""
    if explicit(tokens) != {"requests"}:
        return None
    named = _named(tokens, FIRST)
    stages = words.ranks["requests"].stages
    reasons = {value for value in named - stages if "_" in value}
    results = {value for value in named - stages if "_" not in value}
    if len(reasons) != 1:
        return None
    (reason,) = reasons
    result = reason.partition("_")[0]
    done = result in results or any(token.flags & _DISPOSES for token in tokens)
    return reason if done and results <= {result} else None


def _named(tokens: Sequence[Token], wanted: str) -> set[str]:
    """What the words say of one slot: stages, results and reasons, or applicants."""
    return {
        value
        for token in tokens
        if token.word is not None
        for slot, value in token.word.senses.get("requests", ())
        if slot == wanted
    }


def _is_ours(clause: Clause) -> bool:
    """True where the clause of the figure speaks of applications, or leaves open what it counts."""
    before = clause.tokens[: clause.figures[0]]
    if clause.flags & _OTHERS or any(_cuts(token) for token in before):
        return False
    if any(token.flags & _MATTER or _names(token) for token in clause.tokens):
        return True
    if any(token.flags & _FOREIGN for token in clause.tokens):
        return False
    return all(token.word is not None for token in before) or before[-1].text == _OF


def _cuts(token: Token) -> bool:
    """True for a word that cuts out a part; what a figure is about, or is called, does not."""
    return bool(token.flags & _CUTS) and not (token.flags & (_TOUCH | _CALLED))


def _is_rule(clause: Clause) -> bool:
    """True for what is done in every such case, or in another matter: 对信息不存在的告知无法提供."""
    reasons = any("_" in value for value in _named(clause.tokens, FIRST))
    about = bool(clause.tokens[0].flags & _RULE) or any(token.text == _OF for token in clause.tokens)
    return bool(clause.flags & _FOREIGN) or (reasons and about)


def _names(token: Token) -> bool:
    return token.word is not None and "requests" in token.word.nouns
