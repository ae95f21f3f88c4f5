"""Which criteria the authored questions are on, by the words that they listen for."""

from __future__ import annotations

from functools import lru_cache

from interview.language import count_phrases
from interview.observing.gaps import MANNER
from interview.rubric import Criterion
from interview.scenario import Question, Scenario

# A question is also home to a criterion that it has this part of the most signals for.
HOME_PART = 0.5
HOME_LEAST = 2

_KEPT = 32
_HOMES: dict[int, tuple[Scenario, dict[str, frozenset[str]]]] = {}


def homes(scenario: Scenario) -> dict[str, frozenset[str]]:
    """The criteria that each authored question is on, by its id. Read once for a scenario."""
    known = _HOMES.get(id(scenario))
    if known is None:
        if len(_HOMES) >= _KEPT:
            _HOMES.clear()
        found = {
            q.id: _home(scenario, q) for segment in scenario.segments for q in segment.questions
        }
        known = _HOMES[id(scenario)] = (scenario, found)
    return known[1]


def _home(scenario: Scenario, question: Question) -> frozenset[str]:
    fits = {c.id: _fit(c, question) for c in scenario.rubric if c.id not in MANNER}
    most = max(fits.values(), default=0)
    return frozenset(
        id_
        for id_, fit in fits.items()
        if fit and (fit == most or fit >= max(HOME_LEAST, HOME_PART * most))
    )


@lru_cache(maxsize=4096)
def _fit(criterion: Criterion, question: Question) -> int:
    listened = (question.ask, *question.listens_for, *(w for p in question.probes for w in p.when))
    return count_phrases(criterion.signals, " ; ".join(listened))
