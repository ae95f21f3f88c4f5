"""Whether the candidate is in the room, as the room tells it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from livekit import rtc

from agent.runner import Runner
from interview.events import CandidateJoined, CandidateLeft

# An interviewer without a candidate gives its place up; whoever comes back later gets a new one.
ALONE_SECONDS = 90.0
# So long the library may try to get back into a room that was lost. Then whoever is sent for next
# will be there sooner.
REPAIR_SECONDS = 6.0


class Attendance:
    """Posts the coming and going of the candidate. `leave` is called with a reason when the
    interviewer has nobody to wait for, or is out of the room itself."""

    def __init__(
        self, room: rtc.Room, candidate: str, runner: Runner, leave: Callable[[str], None]
    ) -> None:
        self._room = room
        self._candidate = candidate
        self._runner = runner
        self._leave = leave
        self._giving_up: asyncio.TimerHandle | None = None
        self._repairing: asyncio.TimerHandle | None = None
        # When the SFU last heard of the candidate, once it says that it hears them no more.
        self._lost_at: float | None = None
        # Who is in the room counts from then on, when it is looked at for the first time.
        self._taken = False
        room.on("connection_quality_changed", self._on_quality)
        room.on("participant_connected", self._on_joined)
        room.on("participant_disconnected", self._on_left)
        room.on("reconnecting", self._on_repairing)
        room.on("reconnected", self._on_repaired)
        room.on("disconnected", lambda _: leave("disconnected"))

    def take(self) -> None:
        """Look who is there; from now on every change counts. The log may be wrong about it: it
        was not kept while no interviewer was here."""
        runner = self._runner
        self._taken = True
        if self._candidate in self._room.remote_participants:
            runner.post(CandidateJoined(at=runner.now()))
        else:
            self._alone()
            if runner.engine.view(runner.now()).present:
                runner.post(CandidateLeft(at=runner.now(), reason="not_in_the_room"))

    def close(self) -> None:
        """Nobody is waited for any longer."""
        self._cancel_giving_up()
        if self._repairing is not None:
            self._repairing.cancel()
            self._repairing = None

    def _cancel_giving_up(self) -> None:
        if self._giving_up is not None:
            self._giving_up.cancel()
            self._giving_up = None

    def _alone(self) -> None:
        self._cancel_giving_up()
        loop = asyncio.get_running_loop()
        self._giving_up = loop.call_later(ALONE_SECONDS, self._leave, "nobody_here")

    def _on_joined(self, participant: rtc.RemoteParticipant) -> None:
        if participant.identity == self._candidate and self._taken:
            self._cancel_giving_up()
            self._runner.post(CandidateJoined(at=self._runner.now()))

    def _on_left(self, participant: rtc.RemoteParticipant) -> None:
        if participant.identity == self._candidate and self._taken:
            self._alone()
            since, self._lost_at = self._lost_at, None
            reason = rtc.DisconnectReason.Name(
                participant.disconnect_reason or rtc.DisconnectReason.UNKNOWN_REASON
            )
            self._runner.post(
                CandidateLeft(at=self._runner.now(), reason=reason.lower(), since=since)
            )

    def _on_repairing(self) -> None:
        """The interviewer's own way to the room is lost. What is heard may go on, and if it does
        not, the candidate is missing from this moment on."""
        self._lost_at = self._lost_at or self._runner.now()
        if self._repairing is None:
            loop = asyncio.get_running_loop()
            self._repairing = loop.call_later(REPAIR_SECONDS, self._leave, "disconnected")

    def _on_repaired(self) -> None:
        if self._repairing is not None:
            self._repairing.cancel()
            self._repairing = None
        if self._candidate in self._room.remote_participants:
            self._lost_at = None

    def _on_quality(self, participant: rtc.Participant, value: rtc.ConnectionQuality) -> None:
        if participant.identity == self._candidate:
            lost = value == rtc.ConnectionQuality.QUALITY_LOST
            self._lost_at = (self._lost_at or self._runner.now()) if lost else None
