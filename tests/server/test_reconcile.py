"""A session that lost its interviewer gets another; nobody else is disturbed."""

from __future__ import annotations

import json
from typing import Any

import httpx
import pytest

from interview.events import CandidateLeft
from interview.wire import DispatchMetadata
from server.context import Context
from server.sessions import reconcile
from tests.server.conftest import World

BOTH_DATABASES = True


def _epochs(world: World) -> list[int]:
    return [
        DispatchMetadata.model_validate_json(dispatch.metadata).epoch
        for dispatch in world.livekit.dispatches
    ]


@pytest.fixture
def notices(world: World, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    heard: list[str] = []

    def hear(_: str, notice: dict[str, Any]) -> None:
        heard.append(notice["code"])

    monkeypatch.setattr(world.context.notifier, "notice", hear)
    return heard


async def test_while_the_heart_beats_nobody_is_sent_for(
    world: World, owner: httpx.AsyncClient, worker: httpx.AsyncClient
) -> None:
    id_, conductor = await world.conducted(owner)
    for second in range(60):
        world.clock.move(1)
        if second % 2:
            await world.beat(worker, id_, 1, conductor.at + second)
        await reconcile.reconcile(world.context)
    assert _epochs(world) == [1]


async def test_a_lost_interviewer_is_replaced_in_the_same_room(
    world: World, owner: httpx.AsyncClient, worker: httpx.AsyncClient, notices: list[str]
) -> None:
    id_, conductor = await world.conducted(owner)
    world.clock.move(10)
    await world.beat(worker, id_, 1, conductor.at + 10)
    for _ in range(6):
        world.clock.move(1)
        await reconcile.reconcile(world.context)
    assert _epochs(world) == [1]
    world.clock.move(1)
    await reconcile.reconcile(world.context)
    assert _epochs(world) == [1, 2]
    assert world.livekit.dispatches[-1].room == f"viva-{id_}-1"
    assert notices == ["interviewer_reconnecting"]
    [sent] = world.livekit.sent
    assert sent.topic == "viva.notice"
    assert json.loads(sent.data)["code"] == "interviewer_reconnecting"
    assert (await world.beat(worker, id_, 1, conductor.at + 17)).json()["code"] == "fenced"
    assert (await world.take(id_, 2)).live_until == conductor.at + 10
    assert (await owner.get(f"/api/v1/sessions/{id_}")).json()["interviewer"] == "here"


async def test_a_dispatch_that_vanished_is_made_again_ever_more_rarely(
    world: World, owner: httpx.AsyncClient, session_id: str, notices: list[str]
) -> None:
    await owner.post(f"/api/v1/sessions/{session_id}/connection")
    world.livekit.rooms[f"viva-{session_id}-1"] = [f"candidate-{session_id}"]
    sent_at = []
    for second in range(1, 121):
        world.clock.move(1)
        before = len(world.livekit.dispatches)
        await reconcile.reconcile(world.context)
        if len(world.livekit.dispatches) > before:
            sent_at.append(second)
    assert sent_at == [8, 24, 56, 88, 120]
    assert _epochs(world) == [1, 2, 3, 4, 5, 6]
    assert set(notices) == {"interviewer_delayed"}


async def test_a_room_that_the_sfu_forgot_is_made_again(
    world: World, owner: httpx.AsyncClient
) -> None:
    id_ = await world.joined(owner)
    world.livekit.rooms.clear()
    world.clock.move(15)
    await reconcile.reconcile(world.context)
    assert list(world.livekit.rooms) == [f"viva-{id_}-1"]
    assert _epochs(world) == [1, 2]


async def test_nobody_is_sent_for_a_candidate_who_is_gone(
    world: World, owner: httpx.AsyncClient
) -> None:
    id_, conductor = await world.conducted(owner)
    conductor.happens(CandidateLeft(at=conductor.at + 1))
    await world.send(id_, conductor)
    world.livekit.rooms[f"viva-{id_}-1"] = []
    for _ in range(10):
        world.clock.move(30)
        await reconcile.reconcile(world.context)
    world.livekit.rooms.clear()
    world.clock.move(30)
    await reconcile.reconcile(world.context)
    assert _epochs(world) == [1]


async def test_a_silent_sfu_is_asked_again_later(world: World, owner: httpx.AsyncClient) -> None:
    await world.joined(owner)
    world.livekit.broken = True
    world.clock.move(15)
    await reconcile.reconcile(world.context)
    world.livekit.broken = False
    await reconcile.reconcile(world.context)
    assert _epochs(world) == [1, 2]


async def test_an_ended_session_is_left_in_peace(world: World, owner: httpx.AsyncClient) -> None:
    id_, conductor = await world.conducted(owner, segment_seconds=[5] * 5, buffer_seconds=0)
    while not conductor.ended:
        conductor.wake()
    await world.send(id_, conductor)
    world.clock.move(60)
    await reconcile.reconcile(world.context)
    assert _epochs(world) == [1]


async def test_the_room_of_an_ended_session_is_closed_once_the_goodbye_is_said(
    world: World, owner: httpx.AsyncClient
) -> None:
    id_, conductor = await world.conducted(owner, segment_seconds=[5] * 5, buffer_seconds=0)
    while not conductor.ended:
        conductor.wake()
    await world.send(id_, conductor)
    rooms = set(world.livekit.rooms)
    assert len(rooms) == 1
    world.clock.move(50)
    await reconcile.reconcile(world.context)
    assert set(world.livekit.rooms) == rooms
    world.clock.move(11)
    await reconcile.reconcile(world.context)
    assert not world.livekit.rooms
    await reconcile.reconcile(world.context)


async def test_who_does_not_return_within_the_window_has_abandoned_it(
    world: World, owner: httpx.AsyncClient
) -> None:
    id_ = await world.joined(owner)
    world.livekit.rooms.clear()
    world.clock.move(24 * 3600 - 60)
    await reconcile.reconcile(world.context)
    world.clock.move(30)
    assert (await owner.get(f"/api/v1/sessions/{id_}")).json()["state"] == "live"
    world.clock.move(31)
    await reconcile.reconcile(world.context)
    session = (await owner.get(f"/api/v1/sessions/{id_}")).json()
    assert session["state"] == "abandoned"
    assert session["ended_at"] is not None


async def test_one_that_cannot_be_looked_after_does_not_hold_up_the_others(
    world: World, owner: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    ids = [await world.joined(owner) for _ in range(2)]
    end = reconcile.control.end

    async def fail_first(context: Context, interview_id: str, *, abandoned: bool = False) -> None:
        if interview_id == ids[0]:
            raise RuntimeError("a mistake of our own")
        await end(context, interview_id, abandoned=abandoned)

    monkeypatch.setattr(reconcile.control, "end", fail_first)
    world.clock.move(25 * 3600)
    await reconcile.reconcile(world.context)
    states = [(await owner.get(f"/api/v1/sessions/{id_}")).json()["state"] for id_ in ids]
    assert states == ["live", "abandoned"]
