"""`viva bench`: measurements that print figures and judge nothing; see bench/README.md."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import replace
from typing import Any

from viva.errors import CommandError
from viva.figures import percentile, rounded
from viva.outcome import Result
from viva.persona import load
from viva.simulate import SimulateConfig, simulate
from viva.temporary import temporary_viva

TURNS_LEAST = 20
# Enough time for about a dozen exchanges an interview; lengths are seconds.
_SEGMENTS = (60.0, 60.0, 60.0, 60.0, 40.0)
_BARGE_IN_EVERY = 2
_BARGE_IN_ANSWERS = 10
_ROUNDS_MAX = 6
_PEERS = (
    "local_p50_vs_bare",
    "local_p95_vs_bare",
    "simulated_p50_vs_bare",
    "simulated_p50_vs_pipecat",
    "overhead_vs_bare",
    "overhead_vs_pipecat",
    "barge_in_p50_vs_bare",
)


async def turn(url: str | None, scenario: str, say: Callable[[str], None]) -> dict[str, Any]:
    """Turn-taking of a Viva that runs at `url`, or of one that is started for this.

    Interviews are held until TURNS_LEAST answers of the interviewer were timed, then one more in
    which the candidate breaks in."""
    with ExitStack() as stack:
        if url is None:
            say("starting a Viva of its own")
            url = stack.enter_context(temporary_viva()).url
        config = SimulateConfig(
            url=url,
            scenario=scenario,
            persona=load("steady"),
            segment_seconds=_SEGMENTS,
            on_line=say,
        )
        rounds: list[Result] = []
        while sum(len(result.gaps_ms) for result in rounds) < TURNS_LEAST:
            if len(rounds) == _ROUNDS_MAX:
                raise CommandError(
                    f"only {sum(len(result.gaps_ms) for result in rounds)} turns in "
                    f"{_ROUNDS_MAX} interviews; the interviewer hardly answers"
                )
            rounds.append(await simulate(config))
        breaking_in = await simulate(
            replace(config, barge_in_every=_BARGE_IN_EVERY, turns_max=_BARGE_IN_ANSWERS)
        )
    return turn_figures(rounds, breaking_in)


def turn_figures(rounds: list[Result], breaking_in: Result) -> dict[str, Any]:
    """The keys of the public contract. No peer is measured here, so every ratio is null."""
    gaps = [gap for result in rounds for gap in result.gaps_ms]
    first_words = [
        result.first_word_ms
        for result in (*rounds, breaking_in)
        if result.first_word_ms is not None
    ]
    return {
        "rounds": len(rounds),
        "turns": len(gaps),
        "setups": {
            "local": {
                "gap_p50_ms": rounded(percentile(gaps, 50)),
                "gap_p95_ms": rounded(percentile(gaps, 95)),
                "barge_in_p50_ms": rounded(percentile(breaking_in.barge_in_ms, 50)),
                "false_cuts": sum(result.cut_ins for result in rounds),
            }
        },
        "first_word_p50_ms": rounded(percentile(first_words, 50)),
        "ratios": dict.fromkeys(_PEERS),
        "gaps_ms": [round(gap) for gap in gaps],
        "barge_ins_ms": [round(stop) for stop in breaking_in.barge_in_ms],
        "first_words_ms": [round(first) for first in first_words],
        "unanswered": sum(result.unanswered for result in rounds),
    }
