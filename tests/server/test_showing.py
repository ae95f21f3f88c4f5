"""What an owner sees of the interviewer's notes and of its models, during and after it all."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest

from agent.link import HttpLink
from agent.outbox import Outbox
from interview.events import (
    EndRequested,
    Event,
    Finding,
    ModelCalled,
    Observed,
    TurnEnded,
    UtteranceFinal,
)
from interview.wire import EventBody, decode_event, encode_event
from tests.server.conducting import Conductor
from tests.server.conftest import AGENT_TOKEN, World
from tests.server.serving import serving
from tests.server.test_stream import follow

SAID = "I'd use boosted trees because they handle missing values with three hundred features."
SECRETS = ("THE-PROMPT", "THE-RESPONSE", "THE-REASON", "THE-NOTE", "THE-QUESTION")


def _called(at: float, *, fallback: str | None = None) -> ModelCalled:
    return ModelCalled(
        at=at,
        purpose="observing",
        model="fake",
        prompt="THE-PROMPT",
        response="THE-RESPONSE",
        whole_s=1.5,
        tokens_in=900,
        fallback=fallback,
    )


def _observed(at: float) -> Observed:
    finding = Finding(kind="claim", quote="I'd use boosted trees", criterion="x", note="THE-NOTE")
    return Observed(
        at=at,
        turn=("u1",),
        question="THE-QUESTION",
        findings=(finding,),
        flag="strong",
        reason="THE-REASON",
    )


async def _answered(world: World, owner: httpx.AsyncClient) -> tuple[str, Conductor]:
    id_, conductor = await world.conducted(owner)
    at = conductor.at
    start = round(at * 1000) + 100
    conductor.happens(
        UtteranceFinal(at=at + 6, utterance_id="u1", text=SAID, start_ms=start, end_ms=start + 5000)
    )
    conductor.happens(TurnEnded(at=conductor.at + 0.1))
    conductor.happens(_called(conductor.at))
    conductor.happens(_observed(conductor.at))
    conductor.happens(_called(conductor.at, fallback="leak"))
    await world.send(id_, conductor)
    return id_, conductor


async def _end(world: World, id_: str, conductor: Conductor) -> None:
    conductor.happens(EndRequested(at=conductor.at + 1))
    while not conductor.ended:
        conductor.wake()
    await world.send(id_, conductor)


async def _events(owner: httpx.AsyncClient, id_: str) -> list[dict[str, Any]]:
    answer = await owner.get(f"/api/v1/sessions/{id_}/events")
    items: list[dict[str, Any]] = answer.json()["items"]
    return items


async def test_while_it_runs_nothing_is_shown_of_what_the_interviewer_thinks(
    world: World, owner: httpx.AsyncClient
) -> None:
    id_, _ = await _answered(world, owner)
    events = await _events(owner, id_)
    assert [event["seq"] for event in events] == list(range(1, len(events) + 1))
    assert not [secret for secret in SECRETS if secret in json.dumps(events)]
    called = next(event["data"] for event in events if event["type"] == "model_called")
    assert (called["purpose"], called["whole_s"], called["tokens_in"]) == ("observing", 1.5, 900)
    observed = next(event["data"] for event in events if event["type"] == "observed")
    assert observed == {"turn": ["u1"], "observer": "signals"}
    lines = [event["data"] for event in events if event["type"] == "speech_started"]
    assert lines
    assert not [line for line in lines if {"reason", "ref"} & set(line)]
    base = f"/api/v1/sessions/{id_}"
    assert (await owner.get(f"{base}/flags")).json() == {"items": []}
    record = (await owner.get(f"{base}/record")).json()
    assert record == {"hints": [], "asked": [], "never_asked": []}
    turns = (await owner.get(f"{base}/transcript")).json()["turns"]
    assert all("strong" not in turn["flags"] for turn in turns)


async def test_after_the_end_the_notes_are_shown_and_the_prompts_never(
    world: World, owner: httpx.AsyncClient
) -> None:
    id_, conductor = await _answered(world, owner)
    await _end(world, id_, conductor)
    events = await _events(owner, id_)
    seen = json.dumps(events)
    assert [secret for secret in SECRETS if secret not in seen] == ["THE-PROMPT"]
    used, unused = (event["data"] for event in events if event["type"] == "model_called")
    assert "response" in used
    assert "response" not in unused
    base = f"/api/v1/sessions/{id_}"
    (flagged,) = (await owner.get(f"{base}/flags")).json()["items"]
    turns = (await owner.get(f"{base}/transcript")).json()["turns"]
    turn = next(turn for turn in turns if turn["text"] == SAID)
    assert "strong" in turn["flags"]
    assert flagged == {
        "flag": "strong",
        "segment": "warm_up",
        "question": "THE-QUESTION",
        "answer": SAID,
        "reason": "THE-REASON",
        "start_ms": turn["start_ms"],
        "end_ms": turn["end_ms"],
    }
    record = (await owner.get(f"{base}/record")).json()
    assert record["asked"] == []
    assert record["never_asked"]


async def test_the_stream_shows_no_more_than_the_page_of_events(
    world: World, owner: httpx.AsyncClient
) -> None:
    id_, conductor = await _answered(world, owner)
    async with serving(world.app) as address:
        running = await _events(owner, id_)
        async with follow(owner, address, id_) as frames:
            seen = [json.loads((await frames.next())["data"]) for _ in running]
        assert seen == running
        assert "THE-" not in json.dumps(seen)
        await _end(world, id_, conductor)
        over = await _events(owner, id_)
        async with follow(owner, address, id_) as frames:
            seen = [json.loads((await frames.next())["data"]) for _ in over]
        assert seen == over
        assert "THE-REASON" in json.dumps(seen)
        assert "THE-PROMPT" not in json.dumps(seen)


def _bodies(events: Sequence[Event]) -> list[EventBody]:
    bodies = []
    for number, event in enumerate(events):
        type_, at, data = encode_event(event)
        wall = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
        bodies.append(EventBody(uid=f"long-{number}", at=at, wall=wall, type=type_, data=data))
    return bodies


@pytest.mark.parametrize("prompt_characters", [8_000, 30_000])
async def test_two_hundred_turns_of_prompts_are_delivered_and_taken_over(
    world: World, owner: httpx.AsyncClient, prompt_characters: int
) -> None:
    id_, conductor = await world.conducted(owner)
    prompt = "é" * prompt_characters
    events: list[Event] = []
    for number in range(200):
        at = conductor.at + 1 + number
        for purpose in ("wording", "observing"):
            call = ModelCalled(
                at=at,
                purpose=purpose,  # type: ignore[arg-type]
                model="fake",
                prompt=prompt,
                response="r" * 1000,
            )
            events.append(call)
        events.append(Observed(at=at, turn=(f"u{number}",), reason="x" * 300))
    async with serving(world.app) as address:
        link = HttpLink(address, AGENT_TOKEN)
        outbox = Outbox(link, id_, conductor.epoch, on_fenced=lambda: None)
        for body in _bodies(events):
            outbox.put(body)
        sending = asyncio.create_task(outbox.run())
        try:
            assert await outbox.delivered(within=60)
        finally:
            sending.cancel()
        given = await link.load(id_, conductor.epoch)
        await link.aclose()
    assert outbox.refused == 0
    assert [event.seq for event in given.events] == list(range(1, len(given.events) + 1))
    calls = [event for event in given.events if event.type == "model_called"]
    assert len(calls) == 400
    assert len(given.model_dump_json()) < 1_000_000
    for event in given.events:
        decode_event(event.type, event.at, event.data)
    stored = (await owner.get(f"/api/v1/sessions/{id_}/events?limit=500")).json()["items"]
    assert len(stored) == 500
