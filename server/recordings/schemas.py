"""Bodies of the recording endpoints."""

from __future__ import annotations

from datetime import datetime
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict

from server.models import Interview, Recording

State = Literal["recording", "joining", "ready", "failed", "deleted"]


class GiveConsent(BaseModel):
    model_config = ConfigDict(extra="forbid")

    granted: bool


class ConsentOut(BaseModel):
    granted: bool
    at: datetime


class RecordingOut(BaseModel):
    """Of a session: `consent` is null until the candidate was asked, `state` until something was
    recorded. `duration_ms` and `bytes` are 0 until it is ready."""

    consent: bool | None
    state: State | None
    duration_ms: int
    bytes: int

    @classmethod
    def of(cls, interview: Interview, recording: Recording | None) -> Self:
        return cls.model_validate(
            {
                "consent": interview.recording_consent,
                "state": recording and recording.state,
                "duration_ms": recording.duration_ms if recording else 0,
                "bytes": recording.bytes if recording else 0,
            }
        )


class PeaksOut(BaseModel):
    """`candidate` and `interviewer`: how loud, 0 to 127, `per_second` times a second from 0 on.
    `gaps`: the `[start_ms, end_ms]` of more than a second for which nothing was recorded."""

    per_second: int
    duration_ms: int
    candidate: list[int]
    interviewer: list[int]
    gaps: list[tuple[int, int]]
