"""How something is told: judged over whole answers, by what structures them and by how much is
said with their words.

The weights were fitted to the intended levels of one half of the transcripts in bench/judge, then
rounded; the other half was left for telling how good they are."""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Sequence

from interview.judging.arguments import Point
from interview.judging.economy import economy, economy_of_all
from interview.judging.marks import marks
from interview.judging.statements import Statement
from interview.language import normal
from interview.report import Level
from interview.rubric import Criterion
from interview.scenario import Talk

# Fewer answers than this show nothing of how somebody tells things.
LEAST_ANSWERS = 2
# More words of this problem in one answer are no better: they ask much of whoever listens.
MOST_SPECIFIC = 25
_REASONS = frozenset({"reason", "mechanism", "outcome"})
# What a listener holds on to, each kind once.
_KINDS: dict[str, re.Pattern[str]] = {
    "a reason": re.compile(
        r"\b(?:because|since|so that|the reason|that's why|otherwise|which is)\b"
    ),
    "an example": re.compile(
        r"\b(?:for example|for instance|say|imagine|suppose|such as|take (?:a|the|all|one)"
        r"|if (?:a|the|somebody|someone|half|both))\b"
    ),
    "an order": re.compile(
        r"\b(?:first|second|then|next|finally|there are two|two things|one (?:is|for)|the other"
        r"|to summari[sz]e|in short|let me start|in the end|afterwards|looking back)\b"
    ),
    "a contrast": re.compile(
        r"\b(?:but|instead|rather|whereas|on the other hand|although|while|not because|compared)\b"
    ),
    "what is open": re.compile(
        r"\b(?:i(?:'m| am) not (?:sure|certain)|i don't know|i'd assume|i would assume|it depends"
        r"|my guess|roughly|maybe|about|i'd expect|probably|i think|unless|still)\b"
    ),
    "a figure": re.compile(
        r"\d|\b(?:percent|half|third|twice|hundred|thousand|million|minutes?|days?|weeks?)\b"
    ),
}


def told(
    criterion: Criterion, said: Sequence[Statement], talk: Talk
) -> tuple[Level | None, list[Point]]:
    """The level, None where too little was said, and what shows it."""
    by_answer: dict[int, list[Statement]] = {}
    for statement in said:
        if not statement.named_only and not statement.asks:
            by_answer.setdefault(statement.answer.turn, []).append(statement)
    if len(by_answer) < LEAST_ANSWERS:
        return None, []
    points = []
    kinds: set[str] = set()
    for own in by_answer.values():
        shown = [_point(criterion, statement, talk) for statement in own]
        reasoned = [point for point in shown if point.marks & _REASONS or point.said]
        if len(own) > 1 or reasoned:
            text = " ".join(normal(statement.text) for statement in own)
            kinds |= {kind for kind, form in _KINDS.items() if form.search(text)}
        points.append(max(reasoned or shown, key=lambda point: point.worth))
    return _weighed(by_answer.values(), len(kinds), said), points


def _weighed(
    answers: Collection[Sequence[Statement]], kinds: int, said: Sequence[Statement]
) -> Level:
    """By what a listener holds on to and how much an answer says of this problem, in which words.
    Whoever talks longer is not better: all of it is by the answer or by the word."""
    whole = economy_of_all(said)
    each = [economy(statement.text for statement in own).specific for own in answers]
    specific = sum(min(MOST_SPECIFIC, n) for n in each) / len(each)
    score = (
        0.25
        + 0.12 * kinds
        + 0.70 * math.log1p(specific)
        + 0.22 * whole.contrast_rate
        - 0.28 * whole.hedge_rate
        - 1.25 * whole.vague
    )
    return max(1, min(4, math.floor(score + 0.5)))


def _point(criterion: Criterion, statement: Statement, talk: Talk) -> Point:
    said = statement.signals.get(criterion.id, ())
    return Point(statement, said, marks(statement.text, talk), 1.0)
