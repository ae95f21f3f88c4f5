"""From what speaks for a criterion to its level, by figures that can be explained.

The thresholds were set on the transcripts in tests/interview/judging_transcripts.py, which were
written at the four levels, and left alone where an outcome was right for a wrong reason."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from interview.judging.arguments import Point
from interview.judging.marks import Mark
from interview.report import Level
from interview.scenario import Talk

# What is said in so many answers counts, the best of them: who talks for long is not better.
BEST_ANSWERS = 3


@dataclass(frozen=True, slots=True)
class Strength:
    """Of the best answers on a criterion: how many `points` they have and the `worth` of all, the
    kinds of `marks`, the distinct `signals`, and marks a point as `density`."""

    points: int = 0
    worth: float = 0.0
    marks: frozenset[Mark] = frozenset()
    signals: int = 0
    density: float = 0.0


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
    )


def level_of(strength: Strength, talk: Talk) -> Level:
    """The lowest where no bar is cleared."""
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
