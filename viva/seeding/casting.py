"""Who there is, and which interviews they have held. The same for the same seed."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from faker import Faker

from interview.scenario import Scenario

State = Literal["ended", "ended_early", "abandoned", "live", "paused", "created"]

# Every state is there with the first two people already.
_STATES: tuple[tuple[State, ...], ...] = (
    ("ended", "ended", "ended_early", "ended", "live"),
    ("ended", "abandoned", "ended", "paused", "created"),
    ("ended", "ended", "ended"),
    ("ended_early", "abandoned", "created"),
    ("ended", "ended", "ended", "ended"),
    ("created",),
)
# Practice helps: later interviews go better.
_WAYS = (
    ("terse", "average", "steady", "strong"),
    ("anxious", "asks-for-hints", "average", "steady"),
    ("rambler", "rambler", "average", "strong"),
    ("contradicts", "slow-thinker", "steady", "strong"),
)
_LENGTHS = ((300.0, 600.0, 900.0, 600.0, 300.0), (120.0, 300.0, 480.0, 300.0, 120.0))
_TONES = ("warm", "neutral", "direct")
_ZONES = ("Europe/Berlin", "America/New_York", "Asia/Kolkata", "UTC", "Africa/Lagos")
_DAYS_BETWEEN = (3, 9)
_NOTES = (
    "Ask about the scale before drawing anything.",
    "I talked about models for ten minutes and said nothing of the labels.",
    "The answer on position bias was good. Shorter next time.",
    "Numbers! Every time they asked for an estimate I had none.",
)
_REFLECTIONS = (
    "The framing went well. In the deep dive I lost the thread when asked about drift.",
    "I was nervous in the first minutes, and better once there was a concrete example.",
    "Good pace. I still jump to the architecture before the metric is settled.",
)
_LOCALES = ("en_US", "en_GB", "en_IN", "de_DE", "pl_PL", "es_ES", "en_NG", "it_IT")


@dataclass(frozen=True)
class Part:
    """One interview. `days_ago` is when it was made; `share` of it was held when it broke off."""

    id: str
    scenario_id: str
    difficulty: str
    tone: str
    lengths: tuple[float, ...]
    persona: str
    state: State
    days_ago: float
    share: float
    notes: str | None
    reflection: str | None


@dataclass(frozen=True)
class Person:
    id: str
    name: str
    email: str
    role: str
    time_zone: str
    shares: bool
    reminder_days: int | None
    since_days: float
    parts: tuple[Part, ...]


def _id(*names: object) -> str:
    return hashlib.sha256("/".join(map(str, ("viva-seed", *names))).encode()).hexdigest()[:24]


def cast(users: int, seed: int, scenarios: Sequence[Scenario]) -> list[Person]:
    """So many people; the first is an admin and the second a reviewer of the first one's."""
    return [_person(number, seed, scenarios) for number in range(users)]


def _person(number: int, seed: int, scenarios: Sequence[Scenario]) -> Person:
    dice = random.Random(f"{seed}/{number}")  # noqa: S311
    faker = Faker(_LOCALES[number % len(_LOCALES)])
    faker.seed_instance(f"{seed}/{number}")
    first, last = faker.first_name(), faker.last_name()
    states = _STATES[number % len(_STATES)]
    parts = _parts(number, seed, scenarios, dice, states)
    return Person(
        id=_id(seed, number),
        name=f"{first} {last}",
        email=f"mock{number + 1}@example.org",
        role={0: "admin", 1: "reviewer"}.get(number, "candidate"),
        time_zone=_ZONES[number % len(_ZONES)],
        shares=number % 3 == 0,
        reminder_days=7 if number % 2 == 0 else None,
        since_days=max(part.days_ago for part in parts) + 1,
        parts=parts,
    )


def _parts(
    number: int,
    seed: int,
    scenarios: Sequence[Scenario],
    dice: random.Random,
    states: tuple[State, ...],
) -> tuple[Part, ...]:
    ways = _WAYS[number % len(_WAYS)]
    days_ago = dice.uniform(0.5, 1.5)
    parts: list[Part] = []
    for index in reversed(range(len(states))):
        state = states[index]
        scenario = scenarios[(number * 5 + index) % len(scenarios)]
        over = state in {"ended", "ended_early"}
        # What is going on was left a moment ago, and can be gone on with.
        recent = 0.05 if state in {"live", "paused"} else days_ago
        parts.append(
            Part(
                id=_id(seed, number, index),
                scenario_id=scenario.id,
                difficulty=dice.choice(list(scenario.difficulties)),
                tone=dice.choice(_TONES),
                lengths=_LENGTHS[index % 2],
                persona=ways[min(index, len(ways) - 1)],
                state=state,
                days_ago=recent,
                share=dice.uniform(0.3, 0.7),
                notes=dice.choice(_NOTES) if over and dice.random() < 0.7 else None,
                reflection=dice.choice(_REFLECTIONS) if over and dice.random() < 0.5 else None,
            )
        )
        days_ago += dice.uniform(*_DAYS_BETWEEN)
    return tuple(reversed(parts))
