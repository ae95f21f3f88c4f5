"""The event log as the worker meets it: numbered, idempotent, fenced, folded."""

from __future__ import annotations

import asyncio
import logging
from typing import Any

import httpx
import pytest

from interview.events import CandidateSilent, CandidateSpeaking, TurnEnded, UtteranceFinal
from server.sessions import fold
from tests.fakes.livekit_api import SECRET
from tests.server.conftest import AGENT_TOKEN, PASSWORD, World

BOTH_DATABASES = True


async def _seqs(owner: httpx.AsyncClient, id_: str) -> list[int]:
    page = (await owner.get(f"/api/v1/sessions/{id_}/events")).json()
    return [event["seq"] for event in page["items"]]


async def _connected(owner: httpx.AsyncClient) -> str:
    id_: str = (await owner.post("/api/v1/sessions", json={})).json()["id"]
    assert (await owner.post(f"/api/v1/sessions/{id_}/connection")).status_code == 200
    return id_


async def test_an_interviewer_gets_all_it_needs(world: World, owner: httpx.AsyncClient) -> None:
    id_ = await _connected(owner)
    session = await world.take(id_, 1)
    assert (session.session_id, session.epoch, session.state) == (id_, 1, "created")
    assert session.candidate_name == "Ada Lovelace"
    assert session.candidate_identity == f"candidate-{id_}"
    assert session.events == []
    assert (session.live_until, session.clock_wall, session.clock_at) == (None, None, None)
    assert session.scenario["segments"][0]["questions"]


async def test_a_successor_learns_where_its_predecessor_was_lost(
    world: World, owner: httpx.AsyncClient, worker: httpx.AsyncClient
) -> None:
    id_, conductor = await world.conducted(owner)
    await world.beat(worker, id_, 1, conductor.at + 7.0)
    world.clock.move(60)
    await owner.post(f"/api/v1/sessions/{id_}/connection")
    session = await world.take(id_, 2)
    assert session.live_until == conductor.at + 7.0
    assert (session.clock_wall, session.clock_at) == (session.events[-1].wall, conductor.at)
    assert [event.seq for event in session.events] == await _seqs(owner, id_)


async def test_sending_twice_stores_once(
    world: World, owner: httpx.AsyncClient, worker: httpx.AsyncClient
) -> None:
    id_ = await _connected(owner)
    first = world.event("u1", "interviewer_joined", 0.0, epoch=1)
    second = world.event("u2", "candidate_joined", 1.0)
    answer = await world.append(worker, id_, 1, first, first)
    assert answer.json() == {"seqs": [1, 1], "last_seq": 1}
    for _ in range(3):
        answer = await world.append(worker, id_, 1, first, second)
        assert answer.json() == {"seqs": [1, 2], "last_seq": 2}
    assert await _seqs(owner, id_) == [1, 2]


async def test_one_uid_is_not_two_events(
    world: World, owner: httpx.AsyncClient, worker: httpx.AsyncClient
) -> None:
    id_ = await _connected(owner)
    await world.append(worker, id_, 1, world.event("u1", "candidate_joined", 1.0))
    answer = await world.append(worker, id_, 1, world.event("u1", "candidate_left", 2.0))
    assert (answer.status_code, answer.json()["code"]) == (409, "event_uid_reused")


async def test_eight_writers_at_once_leave_no_gap_and_no_double(
    world: World, owner: httpx.AsyncClient
) -> None:
    id_ = await _connected(owner)
    workers = [world.worker() for _ in range(8)]
    batches = [
        [world.event(f"shared-{i}", "candidate_speaking", 5.0) for i in range(10)]
        + [world.event(f"own-{n}-{i}", "candidate_silent", 5.0) for i in range(10)]
        for n in range(8)
    ]
    answers = await asyncio.gather(
        *(
            world.append(worker, id_, 1, *batch)
            for worker, batch in zip(workers, batches, strict=True)
        )
    )
    assert [answer.status_code for answer in answers] == [200] * 8
    assert await _seqs(owner, id_) == list(range(1, 91))
    shared = {tuple(answer.json()["seqs"][:10]) for answer in answers}
    assert len(shared) == 1


async def test_a_clock_that_runs_backwards_is_refused_with_both_numbers(
    world: World, owner: httpx.AsyncClient, worker: httpx.AsyncClient
) -> None:
    id_ = await _connected(owner)
    await world.append(worker, id_, 1, world.event("u1", "candidate_joined", 9.5))
    answer = await world.append(
        worker,
        id_,
        1,
        world.event("u2", "candidate_speaking", 10.0),
        world.event("u3", "candidate_silent", 3.25),
    )
    assert (answer.status_code, answer.json()["code"]) == (409, "event_out_of_order")
    assert (answer.json()["at"], answer.json()["last_at"]) == (3.25, 10.0)
    assert "3.25" in answer.json()["detail"]
    assert "10.0" in answer.json()["detail"]
    assert await _seqs(owner, id_) == [1]


async def test_an_older_epoch_is_fenced_everywhere(
    world: World, owner: httpx.AsyncClient, worker: httpx.AsyncClient
) -> None:
    id_, conductor = await world.conducted(owner)
    before = await _seqs(owner, id_)
    world.clock.move(60)
    await owner.post(f"/api/v1/sessions/{id_}/connection")
    event = world.event("late", "candidate_left", conductor.at + 1)
    for answer in (
        await world.append(worker, id_, 1, event),
        await world.beat(worker, id_, 1, 100),
        await worker.get(f"/internal/v1/sessions/{id_}?epoch=1"),
    ):
        assert (answer.status_code, answer.json()["code"]) == (409, "fenced")
    answer = await world.append(worker, id_, 3, event)
    assert (answer.status_code, answer.json()["code"]) == (409, "epoch_unknown")
    assert await _seqs(owner, id_) == before


@pytest.mark.parametrize(
    ("event", "names"),
    [
        ({"type": "telepathy"}, "telepathy"),
        ({"type": "extend_requested", "data": {"seconds": "many"}}, "seconds"),
        ({"type": "utterance_final", "data": {"utterance_id": "x"}}, "text"),
        ({"type": "candidate_left", "at": 1e300}, "at"),
        ({"type": "candidate_left", "wall": "0001-01-01T00:00:00+14:00"}, "wall"),
    ],
)
async def test_an_event_that_cannot_be_read_is_named(
    world: World,
    owner: httpx.AsyncClient,
    worker: httpx.AsyncClient,
    event: dict[str, Any],
    names: str,
) -> None:
    id_ = await _connected(owner)
    answer = await world.append(worker, id_, 1, {**world.event("u", "x", 1.0), **event})
    assert (answer.status_code, answer.json()["code"]) == (422, "event_invalid")
    assert names in answer.json()["detail"]


async def test_what_no_database_keeps_is_replaced_not_refused(
    world: World, owner: httpx.AsyncClient, worker: httpx.AsyncClient
) -> None:
    id_ = await world.joined(owner)
    data = '{"utterance_id": "t", "text": "a\\u0000b\\ud800c", "start_ms": 900, "end_ms": 950}'
    wall = world.clock.now.isoformat()
    event = f'{{"uid": "t1", "type": "utterance_final", "at": 9, "wall": "{wall}", "data": {data}}}'
    answer = await worker.post(
        f"/internal/v1/sessions/{id_}/events",
        content=f'{{"epoch": 1, "events": [{event}]}}',
        headers={"Content-Type": "application/json"},
    )
    assert answer.status_code == 200, answer.text
    page = (await owner.get(f"/api/v1/sessions/{id_}/events")).json()
    assert page["items"][-1]["data"]["text"] == "a\ufffdb\ufffdc"


async def test_what_was_said_is_stored_though_it_cannot_be_folded(
    world: World,
    owner: httpx.AsyncClient,
    worker: httpx.AsyncClient,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    id_, conductor = await world.conducted(owner)

    def breaks(*_: Any) -> None:
        raise KeyError("a mistake in the engine")

    with monkeypatch.context() as patched:
        patched.setattr(fold, "advance", breaks)
        answer = await world.append(
            worker, id_, 1, world.event("u", "pause_requested", conductor.at + 1)
        )
    assert answer.status_code == 200
    await world.append(worker, id_, 1, world.event("v", "candidate_silent", conductor.at + 2))
    session = (await owner.get(f"/api/v1/sessions/{id_}")).json()
    assert session["state"] == "paused"


async def test_a_whole_interview_is_the_same_here_as_where_it_was_held(
    world: World, owner: httpx.AsyncClient
) -> None:
    id_, conductor = await world.conducted(owner, segment_seconds=[40] * 5, buffer_seconds=60)
    for n in range(400):
        if conductor.ended:
            break
        at = conductor.at
        if n % 3 == 0:
            conductor.happens(CandidateSpeaking(at=at + 0.5))
            conductor.happens(CandidateSilent(at=at + 3.0))
            conductor.happens(
                UtteranceFinal(
                    at=at + 3.4,
                    utterance_id=f"u{n}",
                    text=f"I would measure it offline first, part {n}.",
                    start_ms=round((at + 0.5) * 1000),
                    end_ms=round((at + 3) * 1000),
                )
            )
            conductor.happens(TurnEnded(at=at + 3.5))
        else:
            conductor.wake()
        if n % 10 == 0:
            await world.send(id_, conductor)
    assert conductor.ended
    await world.send(id_, conductor)
    session = (await owner.get(f"/api/v1/sessions/{id_}")).json()
    assert session["state"] == "ended"
    expected = conductor.engine.view(conductor.at)
    assert [s["spent_s"] for s in session["segments"]] == pytest.approx(
        [s.spent_s for s in expected.segments], abs=0.001
    )
    turns = (await owner.get(f"/api/v1/sessions/{id_}/transcript")).json()["turns"]
    assert [turn["text"] for turn in turns] == [turn.text for turn in conductor.engine.turns]
    world.context.folds.drop(id_)
    assert (await owner.get(f"/api/v1/sessions/{id_}")).json() == session


async def test_an_ended_session_lets_its_interviewer_say_goodbye_and_no_more(
    world: World, owner: httpx.AsyncClient, worker: httpx.AsyncClient
) -> None:
    id_, conductor = await world.conducted(owner, segment_seconds=[5] * 5, buffer_seconds=0)
    while not conductor.ended:
        conductor.wake()
    await world.send(id_, conductor)
    assert (await owner.get(f"/api/v1/sessions/{id_}")).json()["state"] == "ended"
    assert (await world.beat(worker, id_, 1, conductor.at)).status_code == 200
    world.clock.move(61)
    answer = await world.beat(worker, id_, 1, conductor.at)
    assert (answer.status_code, answer.json()["code"]) == (410, "session_ended")


async def test_a_log_that_cannot_be_folded_hides_no_session(
    world: World, owner: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    id_, conductor = await world.conducted(owner)
    await world.send(id_, conductor)
    before = (await owner.get(f"/api/v1/sessions/{id_}")).json()

    def fails(*_: object) -> None:
        raise KeyError("an unknown phase")

    monkeypatch.setattr(fold, "replay", fails)
    world.context.folds.drop(id_)
    answer = await owner.get(f"/api/v1/sessions/{id_}")
    assert answer.status_code == 200
    assert answer.json()["state"] == before["state"]


async def test_no_log_line_holds_a_secret_or_what_was_said(
    world: World, owner: httpx.AsyncClient, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    id_, conductor = await world.conducted(owner)
    conductor.happens(
        UtteranceFinal(
            at=conductor.at, utterance_id="u", text="an unmistakable word", start_ms=1, end_ms=2
        )
    )
    await world.send(id_, conductor)
    joined = (await owner.post(f"/api/v1/sessions/{id_}/connection")).json()
    await owner.post("/api/v1/auth/login", json={"email": "ada@example.org", "password": "no-no"})
    await owner.delete(f"/api/v1/sessions/{id_}")
    assert caplog.records
    kept_quiet = (
        *("an unmistakable word", "ada@example.org", "no-no", PASSWORD, AGENT_TOKEN, SECRET),
        joined["participant_token"],
        owner.cookies["viva"],
    )
    own = [r for r in caplog.records if r.name.startswith(("server", "interview", "uvicorn"))]
    assert own
    for record in own:
        assert [text for text in kept_quiet if text in record.getMessage()] == []


@pytest.mark.parametrize("header", [None, "Bearer wrong", AGENT_TOKEN, "Basic abc", "Bearer "])
async def test_only_the_worker_gets_in(
    world: World, owner: httpx.AsyncClient, session_id: str, header: str | None
) -> None:
    headers = {} if header is None else {"Authorization": header}
    for client in (world.browser(), owner):
        answer = await client.get(f"/internal/v1/sessions/{session_id}?epoch=1", headers=headers)
        assert (answer.status_code, answer.json()["code"]) == (401, "agent_token_wrong")
