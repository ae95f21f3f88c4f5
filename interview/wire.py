"""Bodies that the worker and the server exchange, under `/internal/v1`.

The worker authenticates with `Authorization: Bearer <VIVA_AGENT_TOKEN>`. Every call carries the
epoch the worker was dispatched with; a lower one than the session's is answered 409 `fenced`, and
that worker must leave the room.
"""

from __future__ import annotations

import re
from dataclasses import asdict
from datetime import datetime
from functools import cache
from typing import Any, get_args

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from interview.errors import EventError
from interview.events import AnyEvent, Event

AGENT_NAME = "viva-interviewer"
HEARTBEAT_SECONDS = 2.0
EVENT_BATCH_MAX = 500

# Data-channel topic on which the server passes `POST /control` on to the interviewer.
CONTROL_TOPIC = "viva.control"


class Body(BaseModel):
    model_config = ConfigDict(extra="forbid")


class EventBody(Body):
    """One event of the log. `uid` is chosen by the writer; the same uid is stored once."""

    uid: str = Field(min_length=1, max_length=64)
    at: float = Field(ge=0, allow_inf_nan=False)
    wall: datetime
    type: str = Field(min_length=1, max_length=64)
    data: dict[str, Any] = Field(default_factory=dict)


class NumberedEvent(EventBody):
    seq: int


class AppendEvents(Body):
    epoch: int = Field(ge=1)
    events: list[EventBody] = Field(min_length=1, max_length=EVENT_BATCH_MAX)


class Appended(Body):
    """`seqs` answers `events` one for one; a uid stored earlier gets its earlier number."""

    seqs: list[int]
    last_seq: int


class Heartbeat(Body):
    """Sent every HEARTBEAT_SECONDS while an interviewer holds the session."""

    epoch: int = Field(ge=1)
    at: float = Field(ge=0, allow_inf_nan=False)


class HeartbeatTaken(Body):
    """`record`: what is heard from now on may be recorded; false as long as it may not."""

    record: bool


class Plan(Body):
    """What the candidate chose. Fixed once the interview has begun. `rambling_seconds`: how long
    one turn may get before it is broken into; shorter in short segments. `voice`: the id of one, or
    None for the usual one; a `speaking_rate` of 1.5 is half as fast again as that voice's own."""

    segment_seconds: list[float] = Field(min_length=5, max_length=5)
    buffer_seconds: float = 300.0
    difficulty: str = "standard"
    tone: str = "warm"
    rambling_seconds: float = 180.0
    voice: str | None = None
    speaking_rate: float = 1.0


class SessionForAgent(Body):
    """All an interviewer needs to start or take over: plan, scenario, and the log so far.

    `live_until`: session-clock second of the last sign of life of the interviewer before this one.
    `clock_wall`/`clock_at`: at wall time `clock_wall` the session clock showed `clock_at`; both
    None before the interview begins."""

    session_id: str
    state: str
    epoch: int
    candidate_name: str
    candidate_identity: str
    plan: Plan
    scenario: dict[str, Any]
    events: list[NumberedEvent]
    live_until: float | None = None
    clock_wall: datetime | None = None
    clock_at: float | None = None
    # As in HeartbeatTaken.
    record: bool = False


class SegmentName(Body):
    """Names one second or so of a recording, and orders it: `start_ms` on the session clock,
    `number` from 0 within an epoch. Sent as query parameters of
    `PUT /sessions/{id}/recording/segments`, whose body is a whole Ogg Opus file: stereo, candidate
    left, 48 kHz, packets of 20 ms. The same name is stored once; a session that may not be recorded
    answers 409 `recording_refused`, and the worker forgets what it has. One that begins before the
    candidate agreed anew is never taken: 409 `segment_too_early`."""

    epoch: int = Field(ge=1)
    number: int = Field(ge=0)
    start_ms: int = Field(ge=0)
    packets: int = Field(ge=1, le=3000)


class RecordingEnded(Body):
    """Every segment of that epoch was sent: `POST /sessions/{id}/recording/ended`."""

    epoch: int = Field(ge=1)
    segments: int = Field(ge=0)


class JudgementWanted(Body):
    """Answer to `POST /judgements/lease`: an interview to be judged by a model, until `lease` runs
    out; None when there is none. The dossier is made from the log, as the server makes it."""

    session_id: str
    lease: str
    candidate_name: str
    plan: Plan
    scenario: dict[str, Any]
    events: list[NumberedEvent]


class JudgementScores(Body):
    """`POST /judgements/{session_id}`: what a model says, so far or finally. `scores` are
    `interview.report.CriterionScore`; they replace those of the same criterion."""

    lease: str
    model: str = Field(max_length=100)
    scores: list[dict[str, Any]] = Field(max_length=20)
    over: bool
    problem: str = Field("", max_length=200)


class SessionIds(Body):
    """Asked with the sessions that a worker keeps journals of; answered with those of them that are
    not there any more."""

    session_ids: list[str] = Field(max_length=500)


class DispatchMetadata(Body):
    """JSON in the metadata of the dispatch, and all that it holds: no secret travels there."""

    session_id: str
    epoch: int


class ControlMessage(Body):
    """JSON sent on CONTROL_TOPIC."""

    request_id: str
    action: str
    seconds: float | None = None


def _snake(name: str) -> str:
    return re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower()


_KINDS: dict[str, type[Event]] = {_snake(kind.__name__): kind for kind in get_args(AnyEvent)}
EVENT_TYPES = frozenset(_KINDS)


@cache
def _adapter(name: str) -> TypeAdapter[Any]:
    if name not in _KINDS:
        raise EventError(f"unknown event type {name!r}; this Viva is older than the log it reads")
    return TypeAdapter(_KINDS[name])


def encode_event(event: Event) -> tuple[str, float, dict[str, Any]]:
    """`(type, at, data)` of an event: type in snake_case, `data` plain JSON without `at`."""
    data = asdict(event)
    at = data.pop("at")
    return _snake(type(event).__name__), at, data


def decode_event(type_: str, at: float, data: dict[str, Any]) -> AnyEvent:
    """Inverse of encode_event. Raises EventError naming the type and the field."""
    try:
        event: AnyEvent = _adapter(type_).validate_python({**data, "at": at})
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise EventError(f"event {type_!r}: field {where!r}: {first['msg']}") from error
    return event
