"""What speaks for one criterion: the statements that are of it, with what makes them worth it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from interview.judging.homes import homes
from interview.judging.marks import Mark, marks
from interview.judging.statements import Statement
from interview.observing.gaps import MANNER
from interview.rubric import Criterion
from interview.scenario import Scenario

# A statement with no word of the criterion counts so much in the answer to a question on it, or
# right after one that has; and one that names things only, so much of that.
BY_THE_QUESTION = 0.6
NAMED = 0.5
# More marks in one statement count for nothing.
MOST_MARKS = 3


@dataclass(frozen=True, slots=True)
class Point:
    """A statement that is of the criterion. `said`: its signals in it."""

    statement: Statement
    said: tuple[str, ...]
    marks: frozenset[Mark]
    weight: float

    @property
    def worth(self) -> float:
        return self.weight * (1 + min(MOST_MARKS, len(self.marks)))


def points(scenario: Scenario, criterion: Criterion, said: Sequence[Statement]) -> list[Point]:
    """In the order in which they were said. What has more of another criterion is of that one, but
    in the answer to a question on this one."""
    home = homes(scenario)
    found: list[Point] = []
    before: Statement | None = None
    for statement in said:
        own = statement.signals.get(criterion.id, ())
        others = max(
            (len(w) for id_, w in statement.signals.items() if id_ not in {criterion.id, *MANNER}),
            default=0,
        )
        at_home = criterion.id in home.get(statement.answer.ref or "", ())
        goes_on = _goes_on(found, before, statement)
        before = statement
        if own and (at_home or len(own) >= others):
            weight = 1.0
        elif (at_home or goes_on) and not others:
            weight = BY_THE_QUESTION
        else:
            continue
        if statement.named_only:
            found.append(Point(statement, (), frozenset(), weight * NAMED))
            continue
        # That a signal is named does not make it a check or a limit, too.
        rest = (
            re.sub("|".join(map(re.escape, own)), " something ", statement.text.lower())
            if own
            else ""
        )
        found.append(Point(statement, own, marks(rest or statement.text, scenario.talk), weight))
    return found


def _goes_on(found: Sequence[Point], before: Statement | None, statement: Statement) -> bool:
    """True when `statement` follows the last point in the same answer."""
    return (
        bool(found)
        and found[-1].statement is before
        and not found[-1].statement.named_only
        and found[-1].statement.answer.turn == statement.answer.turn
    )
