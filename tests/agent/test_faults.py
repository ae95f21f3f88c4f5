"""Whole interviews with a provider that misbehaves, over real HTTP: all of them complete."""

from __future__ import annotations

import asyncio
import itertools
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from openai import AsyncOpenAI

from agent.brain.observer import ModelObserver
from agent.brain.remote import RemoteLLM
from interview.events import ModelCalled, SpeechEnded, SpeechStarted
from interview.guarding import refuses, tidy
from interview.language import as_spoken, normal, sentences
from interview.plan import make_plan
from interview.wire import decode_event
from tests.agent.test_runner import Rig
from tests.fakes.openai_faults import (
    FAULTS,
    HARMLESS,
    INJECTION,
    PRIVATE_FACT,
    UNGIVEN_HINT,
    Misbehaving,
)
from tests.virtual_time import run_virtual

SCENARIO = "general-ml-system-design"
LENGTHS = (20.0, 30.0, 30.0, 30.0, 25.0)
# Real seconds for the network of this machine before the clock jumps.
PATIENCE_S = 0.001
LONGEST_SILENCE_S = 8.0
# What a model may say, word for word, only when the scripted line does.
NEVER_SPOKEN = (
    PRIVATE_FACT,
    UNGIVEN_HINT,
    "full marks",
    "four out of five",
    "Excellent",
    "favourite programming language",
    "AI language model",
    "be in touch",
    "Google",
    "nods",
    "You are the interviewer in a spoken",
    "CANDIDATE",
    "Wie würden",
    "\U0001f680",
    "**",
    "<think>",
)
NO_USAGE = {"gives_no_usage", "hangs_after_the_last_word"}
ANSWERS = (
    "I built a ranking system for a shop and measured clicks.",
    "How many queries do we get?",
    "I'd start with BM25 for retrieval and then boosted trees for ranking.",
    "Can you give me a hint?",
    INJECTION,
    "Position bias is a problem, so I'd estimate propensity from randomised results.",
    "We retrain every day and watch for drift in the embedding space.",
)


@dataclass
class Played:
    reason: str
    states: list[str]
    calls: list[ModelCalled] = field(default_factory=list)
    started: list[SpeechStarted] = field(default_factory=list)
    ended: list[SpeechEnded] = field(default_factory=list)
    silences: list[float] = field(default_factory=list)
    private: list[str] = field(default_factory=list)

    @property
    def wordings(self) -> list[ModelCalled]:
        return [call for call in self.calls if call.purpose == "wording"]


def play(directory: Path, server: Misbehaving) -> Played:
    async def main() -> Played:
        async with server.running():
            client = AsyncOpenAI(api_key="none", base_url=server.url, max_retries=0)
            brain = RemoteLLM(model="fake", client=client)
            rig = Rig(directory, plan=make_plan(LENGTHS, 0.0), scenario=SCENARIO, brain=brain)
            rig.runner._observer = ModelObserver(brain, rig.scenario)
            silences = await interviewed(rig)
            await rig.close()
            await brain.aclose()
            await client.close()
        # The server's own tasks end.
        await asyncio.sleep(1.0)
        return result(rig, silences)

    return run_virtual(main(), patience=PATIENCE_S)


async def interviewed(rig: Rig) -> list[float]:
    """Answers until the interview is over; how long each answer was waited for, in seconds."""
    loop = asyncio.get_running_loop()
    answers = itertools.cycle(ANSWERS)
    silences: list[float] = []
    fell_silent: float | None = None

    def begins(_: str) -> None:
        nonlocal fell_silent
        if fell_silent is not None:
            silences.append(loop.time() - fell_silent)
            fell_silent = None

    rig.voice.before_saying = begins
    rig.join()
    await rig.listen()
    while not rig.runner.finished.done():
        await rig.speak(next(answers), seconds=2.0)
        fell_silent = None if rig.voice.speaking else loop.time()
        heard = asyncio.create_task(rig.listen())
        over: list[asyncio.Future[object]] = [heard, rig.runner.finished]  # type: ignore[list-item]
        await asyncio.wait(over, return_when=asyncio.FIRST_COMPLETED)
        heard.cancel()
        await asyncio.gather(heard, return_exceptions=True)
    return silences


def result(rig: Rig, silences: list[float]) -> Played:
    view = rig.runner.engine.view(rig.runner.now())
    played = Played(
        reason=rig.runner.finished.result().reason,
        states=[segment.state for segment in view.segments],
        silences=silences,
    )
    for event in (decode_event(e.type, e.at, e.data) for e in rig.journal.read()):
        match event:
            case ModelCalled():
                played.calls.append(event)
            case SpeechStarted():
                played.started.append(event)
            case SpeechEnded():
                played.ended.append(event)
    told = rig.runner.engine._state.talk.facts
    played.private = [
        normal(sentence)
        for fact in rig.scenario.facts
        if fact.id not in told
        for sentence in sentences(as_spoken(fact.answer, rig.scenario.spoken))
    ]
    return played


def check(played: Played) -> None:
    assert played.reason == "completed"
    assert played.states == ["done"] * 5
    assert max(played.silences) < LONGEST_SILENCE_S
    finished = {event.say_id for event in played.ended}
    assert {event.say_id for event in played.started} <= finished
    for event in played.started:
        assert not any(text in event.text for text in NEVER_SPOKEN), event.text
        assert not any(f" {text} " in f" {normal(event.text)} " for text in played.private)
        assert not refuses(event.text)
        assert event.text.count("?") <= 1


@pytest.mark.parametrize("name", sorted(set(FAULTS) - HARMLESS))
def test_the_interview_completes_whatever_the_provider_does(name: str, tmp_path: Path) -> None:
    played = play(tmp_path, Misbehaving(FAULTS[name]))
    check(played)
    assert played.wordings
    unused = [call for call in played.wordings if call.fallback]
    assert unused, "nothing went wrong"
    said = {event.say_id: event.text for event in played.started}
    for call in played.wordings:
        assert call.prompt
        if call.fallback is None:
            assert said[call.say_id or ""] == tidy(call.response)


@pytest.mark.parametrize("name", sorted(HARMLESS))
def test_what_is_odd_but_right_is_spoken(name: str, tmp_path: Path) -> None:
    played = play(tmp_path, Misbehaving(FAULTS[name]))
    check(played)
    assert [call.fallback for call in played.wordings] == [None] * len(played.wordings)
    said = {event.say_id: event.text for event in played.started}
    for call in played.wordings:
        assert normal(call.response) == normal(said[call.say_id or ""])
        assert (call.tokens_in is None) == (name in NO_USAGE)


def test_the_interview_completes_with_nobody_listening(tmp_path: Path) -> None:
    played = play(tmp_path, Misbehaving(None))
    check(played)
    assert {call.fallback for call in played.wordings if call.say_id} <= {
        "connection",
        "too_late: a trial of the provider",
    }
    # It was found out twice, and then only tried now and then, with nobody waiting.
    assert sum(silence > 1.0 for silence in played.silences) <= 3
