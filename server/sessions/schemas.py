"""Bodies of the session endpoints. Durations are seconds, times UTC."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from server.recordings.schemas import RecordingOut
from server.texts import PlainText


class Choices(BaseModel):
    """How a session is to be. Null is the default scenario, the scenario's own difficulty and
    lengths, and the usual voice."""

    model_config = ConfigDict(extra="forbid")

    scenario_id: Annotated[PlainText, Field(max_length=100)] | None = None
    difficulty: Annotated[PlainText, Field(max_length=40)] | None = None
    tone: Annotated[PlainText, Field(max_length=40)] = "warm"
    segment_seconds: Annotated[list[float], Field(max_length=20)] | None = None
    buffer_seconds: float = 300.0
    audio_only: bool = False
    voice: Annotated[PlainText, Field(max_length=100)] | None = None
    speaking_rate: Annotated[float, Field(allow_inf_nan=False)] = 1.0


class CreateSession(Choices):
    """What is left out comes from the user's settings."""


class ChangeSession(Choices):
    """What is left out stays as it is, as far as it fits the scenario."""


class SegmentOut(BaseModel):
    id: str
    title: str
    planned_s: float
    allotted_s: float
    spent_s: float
    state: str


class SessionOut(BaseModel):
    """`own`: it is the caller's, and not one that they may review. `candidate_name`: whose it is.
    `length_s`: the seconds spent in segments. `segment` is the running one, if any. `interviewer`:
    "here", "coming", or "away". `level_mean`: the mean of the levels that its report gives, for
    `levels_given` of `levels_of` criteria; null and 0 of 0 where there is no report yet, or the
    caller may not see it. A list of others' sessions has none."""

    id: str
    own: bool
    candidate_name: str
    state: str
    scenario_id: str
    scenario_title: str
    difficulty: str
    tone: str
    audio_only: bool
    voice: str | None
    speaking_rate: float
    created_at: datetime
    started_at: datetime | None
    ended_at: datetime | None
    segments: list[SegmentOut]
    segment: str | None
    length_s: float
    buffer_s: float
    interviewer: Literal["here", "coming", "away"]
    candidate_present: bool
    recording: RecordingOut
    level_mean: float | None = None
    levels_given: int = 0
    levels_of: int = 0


class SessionList(BaseModel):
    """`next` is the `cursor` of the page after this one."""

    items: list[SessionOut]
    next: str | None


class Connection(BaseModel):
    server_url: str
    participant_token: str


class Control(BaseModel):
    """`seconds` belongs to `extend`; negative ones shorten the segment."""

    model_config = ConfigDict(extra="forbid")

    action: Literal["pause", "resume", "extend", "next", "hint", "repeat", "end"]
    seconds: Annotated[float, Field(allow_inf_nan=False, ge=-7200, le=7200)] | None = None


class ControlOut(BaseModel):
    """`passed_on`: to the interviewer, who decides; otherwise the server has done it itself."""

    request_id: str
    passed_on: bool


class EventOut(BaseModel):
    seq: int
    at: float
    wall: datetime
    type: str
    data: dict[str, Any]


class EventList(BaseModel):
    """`next` is the `after` of the page after this one, or null at the end of the log."""

    items: list[EventOut]
    next: int | None
