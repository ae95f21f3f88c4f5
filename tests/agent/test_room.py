import json
import math
from dataclasses import replace
from typing import Any

import pytest
from livekit import rtc

from agent.room import (
    ACTIONS,
    BadRequest,
    Requests,
    RoomFace,
    requested_event,
    seconds_of,
)
from interview.commands import Command, Refuse, ShowState
from interview.events import AnyEvent, ExtendRequested, PauseRequested
from interview.wire import CONTROL_TOPIC
from tests.virtual_time import run_virtual


class FakeParticipant:
    def __init__(self) -> None:
        self.methods: dict[str, Any] = {}
        self.published: list[dict[str, str]] = []
        self.broken = False

    def register_rpc_method(self, name: str, handler: Any) -> None:
        self.methods[name] = handler

    async def set_attributes(self, attributes: dict[str, str]) -> None:
        if self.broken:
            raise ConnectionError("lost")
        self.published.append(dict(attributes))


class FakeRoom:
    """Only what the face and the requests touch of rtc.Room."""

    def __init__(self) -> None:
        self.local_participant = FakeParticipant()
        self.handlers: dict[str, Any] = {}

    def on(self, name: str, handler: Any) -> None:
        self.handlers[name] = handler

    def isconnected(self) -> bool:
        return True


def requests(answers: list[Command]) -> tuple[FakeRoom, list[AnyEvent]]:
    room, seen = FakeRoom(), []

    def handle(event: AnyEvent) -> list[Command]:
        seen.append(event)
        return answers

    Requests(room, candidate_identity="candidate-1", now=lambda: 7.0, handle=handle).register()  # type: ignore[arg-type]
    return room, seen


async def call(room: FakeRoom, method: str, payload: str, caller: str = "candidate-1") -> Any:
    data = rtc.RpcInvocationData(
        request_id="r", caller_identity=caller, payload=payload, response_timeout=5
    )
    return json.loads(await room.local_participant.methods[method](data))


async def test_every_action_is_a_method() -> None:
    room, seen = requests([])
    for action in ACTIONS:
        assert await call(room, f"viva.{action}", "") == {"ok": True}
    assert len(seen) == len(ACTIONS)


async def test_a_refusal_is_told() -> None:
    room, _ = requests([Refuse(request="extend", message="There is no time left to give.")])
    assert await call(room, "viva.extend", '{"seconds": 60}') == {
        "ok": False,
        "message": "There is no time left to give.",
    }


async def test_nobody_else_may_ask() -> None:
    room, seen = requests([])
    assert (await call(room, "viva.end", "", caller="somebody"))["ok"] is False
    assert seen == []


@pytest.mark.parametrize(
    "payload",
    [
        "{",
        '{"seconds": "x"}',
        '{"seconds": true}',
        '{"seconds": 0}',
        '{"seconds": 1e999}',
        '{"seconds": NaN}',
        '{"seconds": 99999}',
        '{"seconds": ' + "9" * 400 + "}",
        "[" * 100_000,
    ],
)
async def test_bad_payloads_are_answered_not_raised(payload: str) -> None:
    room, seen = requests([])
    answer = await call(room, "viva.extend", payload)
    assert answer["ok"] is False
    assert answer["message"]
    assert seen == []


def test_seconds_are_optional() -> None:
    assert seconds_of("") is None
    assert seconds_of("{}") is None
    assert seconds_of('{"seconds": 30}') == 30.0
    event = requested_event("extend", None, at=1, by="page")
    assert isinstance(event, ExtendRequested)
    assert event.seconds == 120


def test_unknown_actions_name_those_there_are() -> None:
    with pytest.raises(BadRequest, match="pause, resume, extend"):
        requested_event("dance", None, at=0, by="api")
    with pytest.raises(BadRequest):
        requested_event("extend", math.nan, at=0, by="api")


def packet(body: str, participant: object | None, topic: str = CONTROL_TOPIC) -> rtc.DataPacket:
    return rtc.DataPacket(
        data=body.encode(),
        kind=rtc.DataPacketKind.KIND_RELIABLE,
        participant=participant,  # type: ignore[arg-type]
        topic=topic,
    )


def test_only_the_server_sends_control_messages() -> None:
    room, seen = requests([])
    body = json.dumps({"request_id": "a", "action": "pause"})
    room.handlers["data_received"](packet(body, participant=object()))
    room.handlers["data_received"](packet(body, participant=None, topic="chat"))
    room.handlers["data_received"](packet("nonsense", participant=None))
    assert seen == []
    room.handlers["data_received"](packet(body, participant=None))
    assert seen == [PauseRequested(at=7.0, by="api")]


def shown(state: str = "live", ends_at: float | None = 5.0) -> ShowState:
    return ShowState(
        state=state,  # type: ignore[arg-type]
        segment="warm_up",
        ends_at=ends_at,
        remaining=12.34,
        buffer=300.0,
    )


def test_publishes_what_the_page_reads_and_only_changes() -> None:
    async def main() -> None:
        room = FakeRoom()
        face = RoomFace(room)  # type: ignore[arg-type]
        face.show(shown(), 1_700_000_000.5)
        await face.flush()
        face.show(shown("paused", None), None)
        face.thinking(True)
        await face.flush()
        await face.flush()
        assert room.local_participant.published == [
            {
                "viva.state": "live",
                "viva.segment": "warm_up",
                "viva.segment_ends_at": "1700000000500",
                "viva.remaining": "12.3",
                "viva.buffer": "300.0",
                "viva.warning": "",
                "viva.floor": "candidate",
            },
            {"viva.state": "paused", "viva.segment_ends_at": "", "viva.floor": "thinking"},
        ]

    run_virtual(main())


def test_the_floor_is_held_when_time_was_asked_for() -> None:
    face = RoomFace(FakeRoom())  # type: ignore[arg-type]
    floors = []
    for holding in (False, True, False):
        face.show(replace(shown(), holding=holding), 1.0)
        floors.append(face._wanted["viva.floor"])
    face.show(replace(shown(), holding=True), 1.0)
    face.thinking(True)
    assert floors == ["candidate", "holding", "candidate"]
    assert face._wanted["viva.floor"] == "thinking"


def test_what_could_not_be_published_goes_with_the_next_change() -> None:
    async def main() -> None:
        room = FakeRoom()
        face = RoomFace(room)  # type: ignore[arg-type]
        room.local_participant.broken = True
        face.show(shown(), 1.0)
        await face.flush()
        room.local_participant.broken = False
        await face.flush()
        assert room.local_participant.published[0]["viva.state"] == "live"

    run_virtual(main())
