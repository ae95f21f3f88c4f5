"""Making, joining, steering and following sessions."""

from __future__ import annotations

from typing import Any

import httpx
import jwt
import pytest

from interview.wire import CONTROL_TOPIC, ControlMessage, DispatchMetadata
from tests.fakes.livekit_api import SECRET
from tests.server.conftest import World

BOTH_DATABASES = True


async def test_a_session_takes_its_defaults_from_the_default_scenario(
    owner: httpx.AsyncClient,
) -> None:
    answer = await owner.post("/api/v1/sessions", json={})
    assert answer.status_code == 201
    session = answer.json()
    scenarios = (await owner.get("/api/v1/scenarios")).json()["items"]
    default = next(s for s in scenarios if s["default"])
    assert session["scenario_id"] == default["id"]
    assert session["state"] == "created"
    assert [s["planned_s"] for s in session["segments"]] == [
        s["seconds"] for s in default["segments"]
    ]
    assert session["buffer_s"] == 300
    assert (session["started_at"], session["ended_at"]) == (None, None)
    assert (await owner.get(f"/api/v1/sessions/{session['id']}")).json() == session


@pytest.mark.parametrize(
    ("body", "code", "names"),
    [
        ({"segment_seconds": [60, 60, 0, 60, 60]}, "plan_invalid", "solution_exploration"),
        ({"segment_seconds": [60, -1, 60, 60, 60]}, "plan_invalid", "problem_framing"),
        ({"segment_seconds": [36000, 60, 60, 60, 60]}, "plan_invalid", "warm_up"),
        ({"segment_seconds": [60, 60]}, "plan_invalid", "5"),
        ({"scenario_id": "nope"}, "scenario_unknown", "nope"),
        ({"difficulty": "impossible"}, "difficulty_unknown", "impossible"),
        ({"tone": "rude"}, "plan_invalid", "rude"),
        ({"surprise": 1}, "invalid_request", "surprise"),
    ],
)
async def test_a_plan_that_cannot_be_run_is_refused(
    owner: httpx.AsyncClient, body: dict[str, Any], code: str, names: str
) -> None:
    answer = await owner.post("/api/v1/sessions", json=body)
    assert (answer.status_code, answer.json()["code"]) == (422, code)
    assert names in answer.json()["detail"]


async def test_the_list_goes_on_at_its_cursor(world: World, owner: httpx.AsyncClient) -> None:
    made = []
    for _ in range(5):
        made.append((await owner.post("/api/v1/sessions", json={})).json()["id"])
        world.clock.move(1)
    seen: list[str] = []
    cursor: str | None = ""
    while cursor is not None:
        query = {"limit": "2"} | ({"cursor": cursor} if cursor else {})
        page = (await owner.get("/api/v1/sessions", params=query)).json()
        seen += [item["id"] for item in page["items"]]
        cursor = page["next"]
    assert seen == made[::-1]


async def test_the_token_grants_a_microphone_in_one_room_for_a_minute(
    world: World, owner: httpx.AsyncClient, session_id: str
) -> None:
    answer = await owner.post(f"/api/v1/sessions/{session_id}/connection")
    assert answer.status_code == 200
    assert set(answer.json()) == {"server_url", "participant_token"}
    assert answer.json()["server_url"] == world.livekit.url
    claims = jwt.decode(answer.json()["participant_token"], SECRET, algorithms=["HS256"])
    assert claims["sub"] == f"candidate-{session_id}"
    assert claims["exp"] - claims["nbf"] == 60
    assert claims["video"] == {
        "roomJoin": True,
        "room": f"viva-{session_id}-1",
        "canPublish": True,
        "canPublishSources": ["microphone"],
        "canSubscribe": True,
        "canPublishData": True,
    }


async def test_joining_makes_a_room_and_sends_for_an_interviewer(
    world: World, owner: httpx.AsyncClient, session_id: str
) -> None:
    await owner.post(f"/api/v1/sessions/{session_id}/connection")
    assert list(world.livekit.rooms) == [f"viva-{session_id}-1"]
    [dispatch] = world.livekit.dispatches
    assert (dispatch.agent_name, dispatch.room) == ("viva-interviewer", f"viva-{session_id}-1")
    metadata = DispatchMetadata.model_validate_json(dispatch.metadata)
    assert metadata == DispatchMetadata(session_id=session_id, epoch=1)


async def test_joining_again_keeps_a_room_whose_interviewer_lives(
    world: World, owner: httpx.AsyncClient
) -> None:
    id_ = await world.joined(owner)
    world.clock.move(5)
    answer = await owner.post(f"/api/v1/sessions/{id_}/connection")
    claims = jwt.decode(answer.json()["participant_token"], SECRET, algorithms=["HS256"])
    assert claims["video"]["room"] == f"viva-{id_}-1"
    assert len(world.livekit.dispatches) == 1


async def test_joining_again_while_one_is_on_its_way_sends_for_no_second(
    world: World, owner: httpx.AsyncClient, session_id: str
) -> None:
    for _ in range(3):
        await owner.post(f"/api/v1/sessions/{session_id}/connection")
        world.clock.move(1)
    assert len(world.livekit.dispatches) == 1


@pytest.mark.parametrize("lost", ["interviewer", "room"])
async def test_joining_again_after_a_loss_makes_a_fresh_room(
    world: World, owner: httpx.AsyncClient, lost: str
) -> None:
    id_ = await world.joined(owner)
    if lost == "interviewer":
        world.clock.move(30)
    else:
        world.livekit.rooms.clear()
    answer = await owner.post(f"/api/v1/sessions/{id_}/connection")
    claims = jwt.decode(answer.json()["participant_token"], SECRET, algorithms=["HS256"])
    assert claims["video"]["room"] == f"viva-{id_}-2"
    assert list(world.livekit.rooms) == [f"viva-{id_}-2"]
    assert DispatchMetadata.model_validate_json(world.livekit.dispatches[-1].metadata).epoch == 2


async def test_a_silent_sfu_is_503_with_a_sentence(
    world: World, owner: httpx.AsyncClient, session_id: str
) -> None:
    world.livekit.broken = True
    answer = await owner.post(f"/api/v1/sessions/{session_id}/connection")
    assert (answer.status_code, answer.json()["code"]) == (503, "livekit_unavailable")
    assert "try again" in answer.json()["detail"]
    await world.livekit.stop()
    answer = await owner.post(f"/api/v1/sessions/{session_id}/connection")
    assert (answer.status_code, answer.json()["code"]) == (503, "livekit_unavailable")


async def test_control_reaches_the_interviewer_alone(
    world: World, owner: httpx.AsyncClient
) -> None:
    id_ = await world.joined(owner)
    body = {"action": "extend", "seconds": 60}
    answer = await owner.post(f"/api/v1/sessions/{id_}/control", json=body)
    assert answer.status_code == 202
    assert answer.json()["passed_on"] is True
    [sent] = world.livekit.sent
    assert (sent.topic, list(sent.destination_identities)) == (CONTROL_TOPIC, ["agent-1"])
    message = ControlMessage.model_validate_json(sent.data)
    assert (message.action, message.seconds) == ("extend", 60)
    assert message.request_id == answer.json()["request_id"]


async def test_without_an_interviewer_only_the_end_can_be_had(
    world: World, owner: httpx.AsyncClient, worker: httpx.AsyncClient
) -> None:
    id_ = await world.joined(owner)
    world.clock.move(30)
    answer = await owner.post(f"/api/v1/sessions/{id_}/control", json={"action": "pause"})
    assert (answer.status_code, answer.json()["code"]) == (409, "interviewer_absent")
    answer = await owner.post(f"/api/v1/sessions/{id_}/control", json={"action": "end"})
    assert answer.json()["passed_on"] is False
    session = (await owner.get(f"/api/v1/sessions/{id_}")).json()
    assert session["state"] == "ended"
    assert session["ended_at"] == "2026-03-01T12:00:30Z"
    events = (await owner.get(f"/api/v1/sessions/{id_}/events")).json()["items"]
    assert "end_requested" in [event["type"] for event in events]
    assert [event["seq"] for event in events] == list(range(1, len(events) + 1))
    assert world.livekit.rooms == {}
    assert (await world.beat(worker, id_, 1, 31)).json()["code"] == "fenced"
    for path in ("connection", "control"):
        answer = await owner.post(f"/api/v1/sessions/{id_}/{path}", json={"action": "end"})
        assert (answer.status_code, answer.json()["code"]) == (409, "session_ended")


@pytest.mark.parametrize("begun", [False, True])
async def test_a_session_whose_interviewer_died_in_mid_sentence_can_be_ended(
    world: World, owner: httpx.AsyncClient, worker: httpx.AsyncClient, begun: bool
) -> None:
    id_ = await world.joined(owner)
    await _asks_and_dies(world, worker, id_, begun=begun)
    answer = await owner.post(f"/api/v1/sessions/{id_}/control", json={"action": "end"})
    assert answer.status_code == 202, answer.text
    assert (await owner.get(f"/api/v1/sessions/{id_}")).json()["state"] == "ended"
    turns = (await owner.get(f"/api/v1/sessions/{id_}/transcript")).json()["turns"]
    assert "I would retrieve first." in [turn["text"] for turn in turns]


async def _asks_and_dies(world: World, worker: httpx.AsyncClient, id_: str, *, begun: bool) -> None:
    """An answer was given and the next question is on its way, when the interviewer is lost."""
    said = {"utterance_id": "u1", "text": "I would retrieve first.", "start_ms": 1, "end_ms": 2}
    last_at = (await world.take(id_, 1)).events[-1].at
    events = [
        world.event("died-1", "utterance_final", last_at + 1, **said),
        world.event("died-2", "turn_ended", last_at + 2),
    ]
    if begun:
        say = {"say_id": "say-1-2", "text": "How would you measure it?"}
        events.append(world.event("died-3", "speech_started", last_at + 3, **say))
    answer = await world.append(worker, id_, 1, *events)
    assert answer.status_code == 200, answer.text
    world.clock.move(30)


async def test_a_session_nobody_joined_can_be_ended(
    owner: httpx.AsyncClient, session_id: str
) -> None:
    await owner.post(f"/api/v1/sessions/{session_id}/control", json={"action": "end"})
    session = (await owner.get(f"/api/v1/sessions/{session_id}")).json()
    assert session["state"] == "ended"
    assert all(s["spent_s"] == 0 for s in session["segments"])


async def test_deleting_puts_everybody_out_and_leaves_nothing(
    world: World, owner: httpx.AsyncClient, worker: httpx.AsyncClient
) -> None:
    id_ = await world.joined(owner)
    assert (await owner.delete(f"/api/v1/sessions/{id_}")).status_code == 204
    assert (await owner.get(f"/api/v1/sessions/{id_}")).status_code == 404
    assert world.livekit.rooms == {}
    answer = await world.beat(worker, id_, 1, 2)
    assert (answer.status_code, answer.json()["code"]) == (410, "session_gone")


async def test_state_and_times_follow_the_log(world: World, owner: httpx.AsyncClient) -> None:
    id_ = await world.joined(owner)
    session = (await owner.get(f"/api/v1/sessions/{id_}")).json()
    assert session["state"] == "live"
    assert session["interviewer"] == "here"
    assert session["candidate_present"] is True
    assert session["started_at"] == "2026-03-01T12:00:00Z"
    listed = (await owner.get("/api/v1/sessions")).json()["items"][0]
    assert (listed["state"], listed["segment"]) == (session["state"], session["segment"])
