"""The candidate's coming and going, as a room tells it to the interviewer."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

import pytest
from livekit import rtc

from agent.attendance import ALONE_SECONDS, REPAIR_SECONDS, Attendance
from interview.events import AnyEvent, CandidateJoined, CandidateLeft
from tests.virtual_time import run_virtual

ADA = "candidate-ada"


@dataclass
class FakeRoom:
    """Only what attendance touches of rtc.Room."""

    remote_participants: dict[str, Any] = field(default_factory=dict)
    handlers: dict[str, Callable[..., None]] = field(default_factory=dict)

    def on(self, name: str, handler: Callable[..., None]) -> None:
        self.handlers[name] = handler

    def joins(self, identity: str = ADA) -> None:
        participant = SimpleNamespace(identity=identity, disconnect_reason=None)
        self.remote_participants[identity] = participant
        self.handlers["participant_connected"](participant)

    def leaves(self, identity: str = ADA) -> None:
        self.handlers["participant_disconnected"](self.remote_participants.pop(identity))

    def quality(self, value: rtc.ConnectionQuality) -> None:
        participant = SimpleNamespace(identity=ADA)
        self.handlers["connection_quality_changed"](participant, value)


class Rig:
    """`present`: what the log says of the candidate before the room is looked at."""

    def __init__(self, *, present: bool = False) -> None:
        loop = asyncio.get_running_loop()
        began = loop.time()
        self.room = FakeRoom()
        self.posted: list[AnyEvent] = []
        self.left: list[str] = []
        view = SimpleNamespace(present=present)
        runner = SimpleNamespace(
            now=lambda: loop.time() - began,
            post=self.posted.append,
            engine=SimpleNamespace(view=lambda _: view),
        )
        self.attendance = Attendance(self.room, ADA, runner, self.left.append)  # type: ignore[arg-type]

    @property
    def kinds(self) -> list[type]:
        return [type(event) for event in self.posted]


def test_who_joins_while_the_interviewer_starts_is_seen_once() -> None:
    async def main() -> None:
        rig = Rig()
        rig.room.joins()
        await asyncio.sleep(2)
        assert rig.posted == []
        rig.attendance.take()
        assert rig.posted == [CandidateJoined(at=2.0)]
        await asyncio.sleep(2 * ALONE_SECONDS)
        assert rig.left == []
        rig.attendance.close()

    run_virtual(main())


def test_who_joined_and_left_while_the_interviewer_started_is_not_there() -> None:
    async def main() -> None:
        rig = Rig(present=True)
        rig.room.joins()
        rig.room.leaves()
        rig.attendance.take()
        assert rig.posted == [CandidateLeft(at=0.0, reason="not_in_the_room")]
        await asyncio.sleep(ALONE_SECONDS + 1)
        assert rig.left == ["nobody_here"]
        rig.attendance.close()

    run_virtual(main())


def test_the_time_since_the_connection_was_lost_is_given_back() -> None:
    async def main() -> None:
        rig = Rig()
        rig.room.joins()
        rig.attendance.take()
        await asyncio.sleep(30)
        rig.room.quality(rtc.ConnectionQuality.QUALITY_LOST)
        await asyncio.sleep(8)
        rig.room.quality(rtc.ConnectionQuality.QUALITY_LOST)
        rig.room.leaves()
        assert rig.posted[-1] == CandidateLeft(at=38.0, reason="unknown_reason", since=30.0)
        rig.attendance.close()

    run_virtual(main())


@pytest.mark.parametrize("quality", ["QUALITY_POOR", "QUALITY_EXCELLENT"])
def test_a_connection_that_was_found_again_costs_nothing(quality: str) -> None:
    async def main() -> None:
        rig = Rig()
        rig.room.joins()
        rig.attendance.take()
        await asyncio.sleep(10)
        rig.room.quality(rtc.ConnectionQuality.QUALITY_LOST)
        await asyncio.sleep(5)
        rig.room.quality(getattr(rtc.ConnectionQuality, quality))
        await asyncio.sleep(60)
        rig.room.leaves()
        assert rig.posted[-1] == CandidateLeft(at=75.0, reason="unknown_reason", since=None)
        rig.attendance.close()

    run_virtual(main())


def test_when_the_media_server_is_lost_the_clock_stops_from_then_on() -> None:
    async def main() -> None:
        rig = Rig()
        rig.room.joins()
        rig.attendance.take()
        await asyncio.sleep(20)
        rig.room.handlers["reconnecting"]()
        await asyncio.sleep(2)
        rig.room.leaves()
        await asyncio.sleep(1)
        rig.room.handlers["reconnected"]()
        rig.room.joins()
        assert rig.posted[1:] == [
            CandidateLeft(at=22.0, reason="unknown_reason", since=20.0),
            CandidateJoined(at=23.0),
        ]
        await asyncio.sleep(2 * REPAIR_SECONDS)
        assert rig.left == []
        rig.attendance.close()

    run_virtual(main())


def test_a_way_to_the_room_that_is_not_repaired_is_given_up() -> None:
    async def main() -> None:
        rig = Rig()
        rig.room.joins()
        rig.attendance.take()
        rig.room.handlers["reconnecting"]()
        rig.room.handlers["reconnecting"]()
        await asyncio.sleep(REPAIR_SECONDS + 0.1)
        assert rig.left == ["disconnected"]
        rig.attendance.close()

    run_virtual(main())


def test_a_short_break_of_the_interviewers_own_way_changes_nothing() -> None:
    async def main() -> None:
        rig = Rig()
        rig.room.joins()
        rig.attendance.take()
        rig.room.handlers["reconnecting"]()
        await asyncio.sleep(1)
        rig.room.handlers["reconnected"]()
        await asyncio.sleep(50)
        assert rig.kinds == [CandidateJoined]
        assert rig.left == []
        rig.room.leaves()
        assert rig.posted[-1] == CandidateLeft(at=51.0, reason="unknown_reason", since=None)
        rig.attendance.close()

    run_virtual(main())


def test_others_in_the_room_are_nobody() -> None:
    async def main() -> None:
        rig = Rig()
        rig.attendance.take()
        rig.room.joins("agent-old")
        rig.room.leaves("agent-old")
        assert rig.posted == []
        rig.attendance.close()

    run_virtual(main())
