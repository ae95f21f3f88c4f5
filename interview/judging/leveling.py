"""From what speaks for a criterion to its level, by figures that can be explained.

The weights were fitted to the intended levels of one half of the transcripts in bench/judge and of
those in tests/interview/judging_transcripts.py, then rounded; the other half was left for telling
how good they are. The bars, set on the latter before, keep what has little of everything low."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

from interview.judging.arguments import Point
from interview.judging.economy import Economy, economy
from interview.judging.marks import Mark
from interview.report import Level
from interview.scenario import Talk

# What is said in so many answers counts, the best of them: who talks for long is not better.
BEST_ANSWERS = 3
# More signals than this are no better.
MOST_SIGNALS = 5
# Terse answers have few marks for what they say: the weights may lift them above the bars so far.
ABOVE_THE_BAR = 2
# The least weighted score of each level.
_LEAST_SCORES: tuple[tuple[Level, float], ...] = ((4, 3.6), (3, 2.5), (2, 1.3))


@dataclass(frozen=True, slots=True)
class Strength:
    """Of the best answers on a criterion: how many `points` they have and the `worth` of all, the
    kinds of `marks`, the distinct `signals`, marks a point as `density`, and the `economy` of the
    words in them."""

    points: int = 0
    worth: float = 0.0
    marks: frozenset[Mark] = frozenset()
    signals: int = 0
    density: float = 0.0
    economy: Economy = field(default_factory=Economy)


@dataclass(frozen=True, slots=True)
class _Bar:
    """A level is reached with at least all of these."""

    worth: float
    marks: int
    signals: int
    density: float

    def cleared(self, strength: Strength) -> bool:
        return (
            strength.worth >= self.worth
            and len(strength.marks) >= self.marks
            and strength.signals >= self.signals
            and strength.density >= self.density
        )


# One sentence, however full, shows neither that something was thought through nor how deep.
_LEAST_POINTS: dict[Level, int] = {4: 3, 3: 2, 2: 1}
# Any one of the bars of a level is enough, and of the levels the highest counts. Those of one level
# stand for much of it, for several terms with less, and for little that is dense.
_BARS: dict[Level, tuple[_Bar, ...]] = {
    4: (_Bar(10.0, 5, 2, 1.3), _Bar(10.0, 4, 5, 1.3), _Bar(7.5, 5, 2, 2.2), _Bar(16.0, 5, 2, 1.1)),
    3: (_Bar(4.5, 2, 1, 1.0), _Bar(3.5, 3, 1, 1.0), _Bar(3.0, 3, 1, 1.5), _Bar(6.0, 4, 0, 1.4)),
    2: (_Bar(2.0, 1, 1, 0.3), _Bar(1.0, 0, 2, 0.0), _Bar(4.0, 2, 0, 0.7)),
}
# A story has more sentences than a design for the same.
_STORY_BARS: dict[Level, tuple[_Bar, ...]] = {
    4: (_Bar(16.0, 5, 2, 1.1), _Bar(12.0, 4, 2, 1.45)),
    3: (_Bar(5.0, 3, 1, 1.0), _Bar(8.0, 3, 0, 1.3)),
    2: (_Bar(2.0, 1, 1, 0.3), _Bar(1.0, 0, 2, 0.0), _Bar(4.0, 2, 0, 0.7)),
}


def strength_of(points: Sequence[Point]) -> Strength:
    by_answer: dict[int, list[Point]] = {}
    for point in points:
        by_answer.setdefault(point.statement.answer.turn, []).append(point)
    worths = sorted(by_answer.values(), key=lambda own: -sum(point.worth for point in own))
    best = [point for own in worths[:BEST_ANSWERS] for point in own]
    if not best:
        return Strength()
    return Strength(
        points=len(best),
        worth=sum(point.worth for point in best),
        marks=frozenset(mark for point in best for mark in point.marks),
        signals=len({word for point in best for word in point.said}),
        density=sum(len(point.marks) for point in best) / len(best),
        economy=economy(p.statement.text for p in best if not p.statement.named_only),
    )


def level_of(strength: Strength, whole: Economy, talk: Talk) -> Level:
    """`whole`: the economy of all that was said. The lowest where nothing but names was."""
    if not strength.economy.words:
        return 1
    barred = _barred(strength, talk)
    if not strength.signals:
        return barred
    return min(_weighed(strength, whole), barred + ABOVE_THE_BAR)


def _weighed(strength: Strength, whole: Economy) -> Level:
    score = (
        0.8
        + 0.43 * math.log1p(strength.economy.specific)
        + 0.19 * math.log1p(strength.economy.contrasts)
        + 0.13 * min(MOST_SIGNALS, strength.signals)
        + 0.11 * len(strength.marks)
        + 0.30 * whole.contrast_rate
        - 0.30 * whole.hedge_rate
        - 1.5 * whole.vague
    )
    return next((level for level, least in _LEAST_SCORES if score >= least), 1)


def _barred(strength: Strength, talk: Talk) -> Level:
    bars = _STORY_BARS if talk == "stories" else _BARS
    return next(
        (
            level
            for level in (4, 3, 2)
            if strength.points >= _LEAST_POINTS[level]
            and any(bar.cleared(strength) for bar in bars[level])
        ),
        1,
    )
