"""Answers to a scenario's own questions, as they were written at four levels for `bench/judge`, for
personas to give: their own words are the same whatever is asked."""

from __future__ import annotations

import random
from collections.abc import Mapping

from interview.report import Level
from interview.scenario import Scenario
from viva.judge_set import transcripts_of
from viva.persona import Cue, Persona

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


def written(persona: Persona, scenario_id: str, dice: random.Random) -> dict[str, str]:
    """By question: an answer of the persona's level, else of the next one to it, that `dice` chose.
    Empty for a persona without a level, and for a scenario that nothing was written for."""
    level = LEVELS.get(persona.id)
    if level is None:
        return {}
    found: dict[str, list[tuple[int, str]]] = {}
    for transcript in transcripts_of(scenario_id):
        for question, text in transcript.answers:
            found.setdefault(question, []).append((abs(transcript.level - level), text))
    chosen = {}
    for question, texts in found.items():
        nearest = min(distance for distance, _ in texts)
        chosen[question] = dice.choice([text for distance, text in texts if distance == nearest])
    return chosen


def prepared(persona: Persona, scenario: Scenario, dice: random.Random) -> Persona:
    """`persona` with those answers as cues, before its own: it gives one where it hears the
    question word for word, as its author put it."""
    answers = written(persona, scenario.id, dice)
    cues = [
        Cue(when=[question.ask, question.rephrase], say=answers[question.id])
        for segment in scenario.segments
        for question in segment.questions
        if question.id in answers
    ]
    return persona.model_copy(update={"cues": [*cues, *persona.cues]})
