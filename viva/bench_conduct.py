"""`viva bench conduct`: every persona holds a spoken interview, and what came of it in figures."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import cycle
from typing import Any

from interview.scenario import Scenario
from viva.errors import CommandError
from viva.outcome import Result
from viva.persona import Persona, load
from viva.private import private_scenarios
from viva.simulate import SimulateConfig, simulate
from viva.temporary import temporary_viva

PERSONAS = (
    "strong",
    "average",
    "terse",
    "rambler",
    "slow-thinker",
    "silent",
    "anxious",
    "asks-for-hints",
    "never-clarifies",
    "contradicts",
    "off-topic",
    "hostile",
    "injector",
    "mumbler",
    "phone",
    "leaves-and-returns",
)
# Lengths of the five segments for personas that name none of their own.
SECONDS = (25.0, 35.0, 45.0, 40.0, 40.0)
EACH_IN_TURN = "each"
TARGETS = {
    "silent_turns": 0,
    "double_questions": 0,
    "facts_leaked": 0,
    "cut_ins_per_thinking_pause": 0.05,
    "segment_error_max_s": 30.0,
}
_SUMMED = (
    "silent_turns",
    "double_questions",
    "repeated_lines",
    "facts_leaked",
    "cut_ins",
    "thinking_pauses",
    "spoke_over",
    "backchannels",
    "backchannel_stops",
    "moves_without_reason",
    "deep_dive_questions",
    "back_references",
    "questions",
    "unanswered_questions",
    "candidate_words",
    "interviewer_words",
)


@dataclass(frozen=True, slots=True)
class ConductConfig:
    """`scenario`: an id, or EACH_IN_TURN for another one with every persona. `seconds`: None for
    each persona's own lengths."""

    url: str | None = None
    personas: tuple[str, ...] = PERSONAS
    scenario: str = EACH_IN_TURN
    seconds: tuple[float, ...] | None = None
    difficulty: str | None = None
    tone: str | None = None
    at_once: int = 1


async def conduct(config: ConductConfig, say: Callable[[str], None]) -> dict[str, Any]:
    """Interviews at a Viva that runs, or at one that is started for this. When it is cancelled it
    answers what it has, with `interrupted` true. Raises CommandError before the first interview
    begins; an interview that fails is reported under its persona's name."""
    personas = [load(name) for name in config.personas]
    scenarios = _scenarios(config)
    found: dict[str, dict[str, Any]] = {}
    interrupted = False
    with ExitStack() as stack:
        url = config.url
        if url is None:
            say("starting a Viva of its own")
            most = {"VIVA_MAX_INTERVIEWS": str(max(4, config.at_once + 2))}
            url = stack.enter_context(temporary_viva(most)).url
        places = asyncio.Semaphore(config.at_once)

        async def one(persona: Persona, scenario: Scenario) -> None:
            async with places:
                found[persona.id] = await _interview(config, url, persona, scenario, say)

        try:
            async with asyncio.TaskGroup() as group:
                for persona, scenario in zip(personas, cycle(scenarios), strict=False):
                    group.create_task(one(persona, scenario))
        except asyncio.CancelledError:
            interrupted = True
    ordered = {name: found[name] for name in (p.id for p in personas) if name in found}
    return conduct_figures(ordered, config, interrupted=interrupted)


def _scenarios(config: ConductConfig) -> list[Scenario]:
    known = private_scenarios()
    if config.scenario == EACH_IN_TURN:
        return list(known.values())
    if config.scenario not in known:
        raise CommandError(
            f"no scenario {config.scenario!r}; give one of {', '.join(known)}, or {EACH_IN_TURN}"
        )
    return [known[config.scenario]]


async def _interview(
    config: ConductConfig,
    url: str,
    persona: Persona,
    scenario: Scenario,
    say: Callable[[str], None],
) -> dict[str, Any]:
    lengths = config.seconds or tuple(persona.seconds or SECONDS)
    say(f"{persona.id}: {scenario.id}, {sum(lengths):.0f} s")
    told: dict[str, Any] = {"scenario": scenario.id, "seconds": list(lengths)}
    try:
        result = await simulate(
            SimulateConfig(
                url=url,
                scenario=scenario.id,
                persona=persona,
                segment_seconds=lengths,
                difficulty=config.difficulty,
                tone=config.tone,
                private=scenario,
                on_line=lambda line: say(f"{persona.id}: {line}"),
            )
        )
    except CommandError as error:
        say(f"{persona.id}: {error}")
        return {**told, "error": str(error)}
    figures = persona_figures(result)
    for fault in figures["faults"]:
        say(f"{persona.id}: FAULT {fault}")
    return {**told, **figures}


def persona_figures(result: Result) -> dict[str, Any]:
    """The keys of the public contract and those beside them."""
    whole = result.as_dict()
    about = ("session_id", "state", "wall_s", "wer", "answers", "gap_p50_ms", "gap_p95_ms")
    figures = {} if result.conduct is None else result.conduct.as_dict()
    return {
        **{name: whole[name] for name in about},
        "all_segments_in_order": whole["all_segments_in_order"],
        **figures,
    }


def conduct_figures(
    found: dict[str, dict[str, Any]], config: ConductConfig, *, interrupted: bool
) -> dict[str, Any]:
    """`found`: by persona. `totals` sums what can be summed and puts it beside the targets."""
    judged = [one for one in found.values() if "error" not in one]
    totals: dict[str, Any] = {
        name: sum(one[name] or 0 for one in judged if name in one) for name in _SUMMED
    }
    pauses = totals["thinking_pauses"]
    totals["cut_ins_per_thinking_pause"] = round(totals["cut_ins"] / pauses, 3) if pauses else None
    asked = totals["deep_dive_questions"]
    totals["back_references_per_question"] = (
        round(totals["back_references"] / asked, 3) if asked else None
    )
    errors = [
        one["segment_error_max_s"] for one in judged if one["segment_error_max_s"] is not None
    ]
    totals["segment_error_max_s"] = max(errors, default=None)
    totals["failed"] = len(found) - len(judged)
    return {
        "personas": found,
        "totals": totals,
        "targets": TARGETS,
        "difficulty": config.difficulty or "standard",
        "tone": config.tone or "warm",
        "at_once": config.at_once,
        "interrupted": interrupted,
    }


def table(figures: dict[str, Any]) -> str:
    """The figures, for a person."""
    columns = (
        ("silent", "silent_turns"),
        ("double", "double_questions"),
        ("repeated", "repeated_lines"),
        ("leaked", "facts_leaked"),
        ("cut-ins", "cut_ins"),
        ("pauses", "thinking_pauses"),
        ("barge-in", "barge_in_p50_ms"),
        ("no reason", "moves_without_reason"),
        ("back-refs", "back_references"),
        ("of", "deep_dive_questions"),
        ("unanswered", "unanswered_questions"),
        ("segment", "segment_error_max_s"),
        ("said", "candidate_words"),
        ("asked", "interviewer_words"),
    )
    rows: list[Sequence[str]] = [("persona", *(title for title, _ in columns))]
    for name, one in [*figures["personas"].items(), ("total", figures["totals"])]:
        if "error" in one:
            rows.append((name, one["error"]))
        else:
            cells = (one.get(key) for _, key in columns)
            rows.append((name, *("-" if cell is None else str(cell) for cell in cells)))
    widths = [max(len(title), 6) for title in rows[0]]
    widths[0] = max(len(row[0]) for row in rows)
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=False)).rstrip()
        for row in rows
    )
