"""What mock users say: answers to the question that was asked where there are some at their level,
and a persona's own words otherwise."""

from __future__ import annotations

import random
from collections.abc import Mapping

from interview.commands import Move
from interview.report import Level
from viva.judge_set import transcripts_of
from viva.persona import Answers, Persona

# How well each persona answers. The others have words of their own only.
LEVELS: Mapping[str, Level] = {
    "terse": 1,
    "anxious": 1,
    "asks-for-hints": 2,
    "contradicts": 2,
    "rambler": 2,
    "average": 2,
    "slow-thinker": 3,
    "steady": 3,
    "strong": 4,
}


class Answering:
    """`persona` in an interview on the scenario. `dice` chooses among answers of its level."""

    def __init__(self, persona: Persona, scenario_id: str, dice: random.Random) -> None:
        self._own = Answers(persona)
        self._written = _written(scenario_id, LEVELS.get(persona.id), dice)

    def to(self, move: Move) -> str | None:
        """The answer to what the interviewer said with `move`; None when there is none. An answer
        to a question of the scenario is given once, to the first move on it."""
        return self._written.pop(move.ref or "", None) or self._own.to(move.line, move.segment)


def _written(scenario_id: str, level: Level | None, dice: random.Random) -> dict[str, str]:
    """By question: of the level, else of the next one to it."""
    if level is None:
        return {}
    found: dict[str, list[tuple[int, str]]] = {}
    for transcript in transcripts_of(scenario_id):
        for question, text in transcript.answers:
            found.setdefault(question, []).append((abs(transcript.level - level), text))
    written = {}
    for question, texts in found.items():
        nearest = min(distance for distance, _ in texts)
        written[question] = dice.choice([text for distance, text in texts if distance == nearest])
    return written
