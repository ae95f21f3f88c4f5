"""How something is told: judged over whole answers, by the marks of structure in them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from interview.judging.arguments import Point
from interview.judging.marks import marks
from interview.judging.statements import Statement
from interview.language import normal, words_of
from interview.report import Level
from interview.rubric import Criterion
from interview.scenario import Talk

# Fewer answers than this show nothing of how somebody tells things.
LEAST_ANSWERS = 2
# An answer longer than this, in words, asks much of whoever listens.
LONGEST_ANSWER_WORDS = 220
# Of the answers, so many have a reason or a mark of structure at each level.
_PARTS: tuple[tuple[Level, float, int], ...] = ((4, 0.8, 4), (3, 0.6, 3), (2, 0.3, 1))
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
    points = []
    clear = 0
    kinds: set[str] = set()
    for own in by_answer.values():
        shown = [_point(criterion, statement, talk) for statement in own]
        best = max(shown, key=lambda point: point.worth)
        reasoned = [point for point in shown if point.marks & _REASONS or point.said]
        length = sum(len(words_of(statement.text)) for statement in own)
        if reasoned and length <= LONGEST_ANSWER_WORDS:
            clear += 1
        if len(own) > 1 or reasoned:
            text = " ".join(normal(statement.text) for statement in own)
            kinds |= {kind for kind, form in _KINDS.items() if form.search(text)}
        points.append(max(reasoned, key=lambda point: point.worth) if reasoned else best)
    if len(by_answer) < LEAST_ANSWERS:
        return None, []
    part = clear / len(by_answer)
    level = next((lv for lv, least, most in _PARTS if part >= least and len(kinds) >= most), 1)
    return _not_above_density(level, points), points


def _not_above_density(level: Level, points: Sequence[Point]) -> Level:
    """Single sentences with a "because" each are no structure."""
    density = sum(len(point.marks) for point in points) / len(points)
    return min(level, 4 if density >= 1.8 else 3 if density >= 1.1 else 2)


def _point(criterion: Criterion, statement: Statement, talk: Talk) -> Point:
    said = statement.signals.get(criterion.id, ())
    return Point(statement, said, marks(statement.text, talk), 1.0)
