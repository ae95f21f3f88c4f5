"""The interviewer's face in the room: attributes the page reads, and the requests it makes."""

from __future__ import annotations

import asyncio
import contextlib
import json
import math
from collections.abc import Callable, Coroutine
from typing import Any, Literal

from livekit import rtc
from livekit.agents import AgentStateChangedEvent, UserStateChangedEvent
from pydantic import ValidationError

from agent.log import logger
from interview.commands import Command, Refuse, ShowState
from interview.events import (
    AnyEvent,
    EndRequested,
    ExtendRequested,
    HintRequested,
    NextRequested,
    PauseRequested,
    RepeatRequested,
    RequestedBy,
    ResumeRequested,
)
from interview.wire import CONTROL_TOPIC, ControlMessage

ACTIONS = ("pause", "resume", "extend", "next", "hint", "repeat", "end")
EXTEND_DEFAULT_SECONDS = 120.0
Floor = Literal["interviewer", "candidate", "thinking", "holding"]


class BadRequest(ValueError):
    """A request that makes no sense. The message is fit to be shown."""


def requested_event(action: str, seconds: float | None, *, at: float, by: RequestedBy) -> AnyEvent:
    """The event of a page's request. Raises BadRequest."""
    match action:
        case "pause":
            return PauseRequested(at=at, by=by)
        case "resume":
            return ResumeRequested(at=at, by=by)
        case "extend":
            wanted = EXTEND_DEFAULT_SECONDS if seconds is None else seconds
            if not math.isfinite(wanted) or wanted == 0 or abs(wanted) > 3600:
                raise BadRequest("seconds: a number between -3600 and 3600, not 0")
            return ExtendRequested(at=at, seconds=wanted, by=by)
        case "next":
            return NextRequested(at=at, by=by)
        case "hint":
            return HintRequested(at=at, by=by)
        case "repeat":
            return RepeatRequested(at=at, by=by)
        case "end":
            return EndRequested(at=at, by=by)
    raise BadRequest(f"no such action; there are {', '.join(ACTIONS)}")


def seconds_of(payload: str) -> float | None:
    """The `seconds` of an RPC payload: JSON object or empty. Raises BadRequest."""
    if not payload.strip():
        return None
    try:
        body = json.loads(payload)
    except (ValueError, RecursionError):
        raise BadRequest("the payload is not JSON") from None
    seconds = body.get("seconds") if isinstance(body, dict) else None
    if seconds is None:
        return None
    if isinstance(seconds, bool) or not isinstance(seconds, int | float):
        raise BadRequest("seconds: expected a number")
    try:
        return float(seconds)
    except OverflowError:
        raise BadRequest("seconds: a number between -3600 and 3600, not 0") from None


def refusal(commands: list[Command]) -> str | None:
    return next((c.message for c in commands if isinstance(c, Refuse)), None)


class RoomFace:
    """Publishes `viva.*` attributes, newest values only, in the order in which they were set."""

    def __init__(self, room: rtc.Room) -> None:
        self._room = room
        self._wanted: dict[str, str] = {}
        self._sent: dict[str, str] = {}
        self._dirty = asyncio.Event()
        self._busy = False
        self._holding = False
        self._interviewer_speaking = False
        self._candidate_speaking = False

    def show(self, state: ShowState, ends_at_wall: float | None) -> None:
        self._set(
            {
                "viva.state": state.state,
                "viva.segment": state.segment or "",
                "viva.segment_ends_at": ""
                if ends_at_wall is None
                else str(round(ends_at_wall * 1000)),
                "viva.remaining": f"{state.remaining:.1f}",
                "viva.buffer": f"{state.buffer:.1f}",
                "viva.warning": "1" if state.warning else "",
            }
        )
        self._holding = state.holding
        self._show_floor()

    def thinking(self, busy: bool) -> None:
        self._busy = busy
        self._show_floor()

    def on_agent_state(self, event: AgentStateChangedEvent) -> None:
        self._interviewer_speaking = event.new_state == "speaking"
        self._show_floor()

    def on_candidate_state(self, event: UserStateChangedEvent) -> None:
        self._candidate_speaking = event.new_state == "speaking"
        self._show_floor()

    async def run(self) -> None:
        """Until cancelled."""
        while True:
            await self._dirty.wait()
            self._dirty.clear()
            await self.flush()

    async def flush(self) -> None:
        changed = {k: v for k, v in self._wanted.items() if self._sent.get(k) != v}
        if not changed or not self._room.isconnected():
            return
        try:
            await self._room.local_participant.set_attributes(changed)
            self._sent.update(changed)
        except Exception as error:
            # Sent again with the next change; the page also has the server's event stream.
            logger.warning("attributes were not published: %s", type(error).__name__)

    def _show_floor(self) -> None:
        floor: Floor = "candidate"
        if self._interviewer_speaking:
            floor = "interviewer"
        elif self._candidate_speaking:
            floor = "candidate"
        elif self._busy:
            floor = "thinking"
        elif self._holding:
            floor = "holding"
        self._set({"viva.floor": floor})

    def _set(self, values: dict[str, str]) -> None:
        self._wanted.update(values)
        self._dirty.set()


class Requests:
    """Takes the candidate's RPC calls and the server's control messages, and nobody else's.

    `handle` posts the event of a request and returns the engine's answer."""

    def __init__(
        self,
        room: rtc.Room,
        *,
        candidate_identity: str,
        now: Callable[[], float],
        handle: Callable[[AnyEvent], list[Command]],
    ) -> None:
        self._room = room
        self._candidate = candidate_identity
        self._now = now
        self._handle = handle

    def register(self) -> None:
        for action in ACTIONS:
            self._room.local_participant.register_rpc_method(
                f"viva.{action}", self._rpc_handler(action)
            )
        self._room.on("data_received", self._on_data)

    def _rpc_handler(
        self, action: str
    ) -> Callable[[rtc.RpcInvocationData], Coroutine[Any, Any, str | None]]:
        async def handler(call: rtc.RpcInvocationData) -> str | None:
            if call.caller_identity != self._candidate:
                return answer("only the candidate of this interview may ask for that")
            try:
                event = requested_event(action, seconds_of(call.payload), at=self._now(), by="page")
            except BadRequest as error:
                return answer(str(error))
            return answer(refusal(self._handle(event)))

        return handler

    def _on_data(self, packet: rtc.DataPacket) -> None:
        # The server's packets have no sender; anything from a participant is not for us.
        if packet.topic != CONTROL_TOPIC or packet.participant is not None:
            return
        with contextlib.suppress(ValidationError, BadRequest):
            message = ControlMessage.model_validate_json(packet.data)
            self._handle(requested_event(message.action, message.seconds, at=self._now(), by="api"))


def answer(message: str | None) -> str:
    return json.dumps({"ok": True} if message is None else {"ok": False, "message": message})
