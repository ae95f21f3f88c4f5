"""Interviews with the scenarios that ship, each played once however many tests look at it."""

from __future__ import annotations

import os
from functools import lru_cache
from typing import NamedTuple

import pytest

from interview.plan import make_plan
from tests.interview.candidates import CANDIDATES
from tests.interview.room import DEFAULT_LENGTHS, Room
from tests.shipped import SCENARIOS

NAME = "Quintilla"
DIFFICULTIES = ("guided", "standard", "senior", "staff")
TONES = ("warm", "neutral", "direct")
# The tone that goes with a difficulty where a test asks for none.
TONE_OF = {"guided": "warm", "standard": "neutral", "senior": "direct", "staff": "warm"}


class Cast(NamedTuple):
    scenario: str
    candidate: str
    difficulty: str
    tone: str


@lru_cache(maxsize=128)
def play(cast: Cast, length: float | None = None) -> Room:
    """45 minutes, or five parts of `length` seconds. Shared: look at it, and feed it nothing."""
    lengths = DEFAULT_LENGTHS if length is None else [length] * 5
    plan = make_plan(lengths, 300 if length is None else 0, cast.difficulty, cast.tone)
    answer = CANDIDATES[cast.candidate]()
    room = Room(plan=plan, scenario=SCENARIOS[cast.scenario], name=NAME, answer=answer)
    return room.start().run()


def _cast(scenario: int, candidate: int, difficulty: int, tone: int | None = None) -> Cast:
    level = DIFFICULTIES[difficulty % len(DIFFICULTIES)]
    return Cast(
        list(SCENARIOS)[scenario % len(SCENARIOS)],
        list(CANDIDATES)[candidate],
        level,
        TONE_OF[level] if tone is None else TONES[tone % len(TONES)],
    )


def _well_spread() -> list[Cast]:
    """Every candidate three times more. With SAMPLE that is every difficulty, every tone and every
    scenario with every other of these, and every candidate with every difficulty and tone."""
    return [
        _cast(n + 2 * step, n, n + step, n + step)
        for n in range(len(CANDIDATES))
        for step in (1, 2, 3)
    ]


def _product() -> list[Cast]:
    """Every candidate in every scenario."""
    return [
        _cast(row, column, row + column)
        for row in range(len(SCENARIOS))
        for column in range(len(CANDIDATES))
    ]


# Every candidate once, in one scenario after the other; every second one with the slow tests.
SAMPLE = [
    pytest.param(_cast(n, n, n), marks=[pytest.mark.slow] if n % 2 else [])
    for n in range(len(CANDIDATES))
]
MORE = _product() if os.environ.get("VIVA_TEST_EVERYONE") else _well_spread()
