"""`viva bench context`: what a model is sent to word a move, early and late in one interview.

The interview is played here, without sound and without a model, on a clock of its own."""

from __future__ import annotations

import heapq
import itertools
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from statistics import mean
from typing import Any

from interview.commands import CancelWake, Command, Hush, Move, Observe, Say, WakeAt
from interview.engine import Engine
from interview.events import (
    AnyEvent,
    CandidateJoined,
    CandidateSilent,
    CandidateSpeaking,
    InterviewerJoined,
    SpeechEnded,
    SpeechStarted,
    TimerFired,
    TurnEnded,
    UtteranceFinal,
)
from interview.observing import observe
from interview.plan import make_plan
from interview.scenario import Scenario, load_scenarios
from viva.errors import CommandError
from viva.marks import pieces
from viva.persona import Answers, load
from viva.places import ROOT

EARLY, LATE = 20, 200
# Moves are averaged over so many turns from there on: their lines differ in length.
SPAN = 20
WORDS_PER_SECOND = 2.6
_SEGMENTS = (300.0, 600.0, 900.0, 600.0, 300.0)


def context(scenario_id: str) -> dict[str, Any]:
    """The sizes of prompts; tokens are GPT-2's, null where its tokeniser is not installed."""
    from agent.brain.scripted import ScriptedLLM
    from agent.brain.wording import Wording

    scenarios = load_scenarios(ROOT / "scenarios")
    if scenario_id not in scenarios:
        raise CommandError(f"no scenario {scenario_id!r}; there are {', '.join(scenarios)}")
    wording, tokens = Wording(ScriptedLLM()), _tokeniser()
    sizes: list[tuple[int, int, int | None]] = []
    for engine, move in _moves(scenarios[scenario_id]):
        sent = "".join(
            message.text_content or ""
            for message in wording.context(engine.briefing(move)).messages()
        )
        sizes.append((len(engine.turns), len(sent), tokens(sent) if tokens else None))
    turns = max(turn for turn, _, _ in sizes)
    if turns < LATE:
        raise CommandError(f"the interview has {turns} turns; a talkative scenario has {LATE}")
    early, late = _mean(sizes, EARLY), _mean(sizes, LATE)
    return {
        "scenario": scenario_id,
        "turns": turns,
        f"turn_{EARLY}": early,
        f"turn_{LATE}": late,
        "ratio": {key: _ratio(late[key], early[key]) for key in early},
        "largest_characters": max(size for _, size, _ in sizes),
    }


def summary(figures: dict[str, Any]) -> str:
    early, late = figures[f"turn_{EARLY}"], figures[f"turn_{LATE}"]
    return (
        f"turn {EARLY}: {early['characters']} characters, {early['tokens']} tokens; "
        f"turn {LATE}: {late['characters']} characters, {late['tokens']} tokens; "
        f"ratio {figures['ratio']['characters']}"
    )


def _mean(sizes: list[tuple[int, int, int | None]], turn: int) -> dict[str, int | None]:
    there = [size for size in sizes if turn <= size[0] < turn + SPAN]
    counted = [tokens for _, _, tokens in there if tokens is not None]
    return {
        "characters": round(mean(size for _, size, _ in there)),
        "tokens": round(mean(counted)) if counted else None,
    }


def _ratio(late: int | None, early: int | None) -> float | None:
    return round(late / early, 3) if late and early else None


def _tokeniser() -> Any:
    """Counts tokens as GPT-2 does, which is what Whisper's English models use."""
    from tokenizers import Tokenizer

    from agent.speech.whisper import model_path

    file = Path(model_path("tiny.en")) / "tokenizer.json"
    if not file.is_file():
        return None
    tokeniser = Tokenizer.from_file(str(file))
    return lambda text: len(tokeniser.encode(text, add_special_tokens=False).ids)


def _moves(scenario: Scenario) -> Iterator[tuple[Engine, Move]]:
    """Every move of an interview with the persona `steady`, when it is chosen."""
    engine = Engine(make_plan(_SEGMENTS), scenario, "Ada")
    answers, ids = Answers(load("steady")), itertools.count()
    queue: list[tuple[float, int, AnyEvent]] = []
    wakes: dict[str, float] = {}
    now = 0.0

    def later(at: float, event: AnyEvent) -> None:
        heapq.heappush(queue, (at, next(ids), event))

    def reply(say: Say, ended: float) -> None:
        said = answers.to(say.move.line, say.move.segment)
        if said is None or say.move.kind == "farewell":
            return
        text = " ".join(piece.text for piece in pieces(said))
        end = ended + 1.0 + len(text.split()) / WORDS_PER_SECOND
        later(ended + 1.0, CandidateSpeaking(at=0))
        later(end, CandidateSilent(at=0))
        start_ms, end_ms = round(1000 * ended) + 1000, round(1000 * end)
        later(
            end + 0.1,
            UtteranceFinal(
                at=0, utterance_id=f"u{next(ids)}", text=text, start_ms=start_ms, end_ms=end_ms
            ),
        )
        later(end + 0.2, TurnEnded(at=0))

    def carry_out(command: Command) -> None:
        match command:
            case WakeAt(name=name, at=at):
                wakes[name] = at
            case CancelWake(name=name):
                wakes.pop(name, None)
            case Observe():
                later(now, observe(command, scenario, engine.coverage, now))
            case Hush():
                for at, number, event in list(queue):
                    if isinstance(event, SpeechEnded):
                        queue.remove((at, number, event))
                        later(now, replace(event, outcome="stopped"))
                heapq.heapify(queue)
            case Say(say_id=say_id, move=move):
                end = now + 0.4 + len(move.line.split()) / WORDS_PER_SECOND
                later(now + 0.4, SpeechStarted(at=0, say_id=say_id, text=move.line))
                start_ms, end_ms = round(1000 * now) + 400, round(1000 * end)
                later(
                    end,
                    SpeechEnded(
                        at=0,
                        say_id=say_id,
                        text=move.line,
                        outcome="finished",
                        start_ms=start_ms,
                        end_ms=end_ms,
                    ),
                )
                reply(command, end)

    later(0.0, InterviewerJoined(at=0, epoch=1))
    later(0.0, CandidateJoined(at=0))
    while engine.view(now).state != "ended" and (queue or wakes):
        name = min(wakes, key=lambda wake: wakes[wake], default=None)
        if name is not None and (not queue or wakes[name] <= queue[0][0]):
            now = max(now, wakes.pop(name))
            commands = engine.handle(TimerFired(at=now, name=name))
        else:
            at, _, event = heapq.heappop(queue)
            now = max(now, at)
            commands = engine.handle(replace(event, at=now))
        for command in commands:
            if isinstance(command, Say):
                yield engine, command.move
            carry_out(command)
