"""How long each part of an interview is to take, and how it is to be held."""

from __future__ import annotations

import math
from collections.abc import Sequence

from interview.errors import PlanError
from interview.scenario import SEGMENT_IDS
from interview.wire import Plan

SEGMENT_MIN_S = 5.0
SEGMENT_MAX_S = 2 * 3600.0
TOTAL_MAX_S = 4 * 3600.0
BUFFER_MAX_S = 1800.0
SPEAKING_RATE_MIN = 0.75
SPEAKING_RATE_MAX = 1.5
DIFFICULTIES = ("guided", "standard", "senior", "staff")
TONES = ("warm", "neutral", "direct")


def _seconds(value: object, what: str, least: float, most: float) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise PlanError(f"{what} is {value!r}; give a number of seconds")
    if not least <= value <= most:
        raise PlanError(
            f"{what} is {value:g} seconds; give a length from {least:g} to {most:g} seconds"
        )
    return float(value)


def make_plan(
    segment_seconds: Sequence[float],
    buffer_seconds: float = 300.0,
    difficulty: str = "standard",
    tone: str = "warm",
    voice: str | None = None,
    speaking_rate: float = 1.0,
) -> Plan:
    """A checked plan. Lengths are seconds, one for each of SEGMENT_IDS in their order. Which voices
    there are is not known here.

    Raises PlanError with a sentence that names the segment and the lengths allowed."""
    if len(segment_seconds) != len(SEGMENT_IDS):
        raise PlanError(
            f"{len(segment_seconds)} segment lengths were given; "
            f"an interview has {len(SEGMENT_IDS)}: {', '.join(SEGMENT_IDS)}"
        )
    lengths = [
        _seconds(value, f"segment {name!r}", SEGMENT_MIN_S, SEGMENT_MAX_S)
        for name, value in zip(SEGMENT_IDS, segment_seconds, strict=True)
    ]
    if sum(lengths) > TOTAL_MAX_S:
        raise PlanError(
            f"the segments add up to {sum(lengths):g} seconds; "
            f"shorten them to {TOTAL_MAX_S:g} in all (the longest is "
            f"{SEGMENT_IDS[lengths.index(max(lengths))]!r})"
        )
    spare = _seconds(buffer_seconds, "the buffer", 0.0, BUFFER_MAX_S)
    if difficulty not in DIFFICULTIES:
        raise PlanError(f"difficulty {difficulty!r} is unknown; choose {', '.join(DIFFICULTIES)}")
    if tone not in TONES:
        raise PlanError(f"tone {tone!r} is unknown; choose {', '.join(TONES)}")
    if not SPEAKING_RATE_MIN <= speaking_rate <= SPEAKING_RATE_MAX:
        raise PlanError(
            f"the speaking rate is {speaking_rate:g}; "
            f"give one from {SPEAKING_RATE_MIN:g} to {SPEAKING_RATE_MAX:g}"
        )
    return Plan(
        segment_seconds=lengths,
        buffer_seconds=spare,
        difficulty=difficulty,
        tone=tone,
        voice=voice,
        speaking_rate=speaking_rate,
    )
