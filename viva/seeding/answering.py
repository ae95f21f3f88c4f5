"""What mock users say: answers to the question that was asked where there are some at their level,
and a persona's own words otherwise."""

from __future__ import annotations

import random

from interview.commands import Move
from viva.persona import Answers, Persona
from viva.written import written


class Answering:
    """`persona` in an interview on the scenario. `dice` chooses among answers of its level."""

    def __init__(self, persona: Persona, scenario_id: str, dice: random.Random) -> None:
        self._own = Answers(persona)
        self._written = written(persona, scenario_id, dice)

    def to(self, move: Move) -> str | None:
        """The answer to what the interviewer said with `move`; None when there is none. An answer
        to a question of the scenario is given once, to the first move on it."""
        return self._written.pop(move.ref or "", None) or self._own.to(move.line, move.segment)
