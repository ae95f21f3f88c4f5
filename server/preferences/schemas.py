"""Bodies of the settings endpoints. Durations are seconds."""

from __future__ import annotations

import zoneinfo
from datetime import datetime
from functools import cache
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from interview.errors import PlanError
from interview.plan import SPEAKING_RATE_MAX, SPEAKING_RATE_MIN, make_plan
from interview.scenario import SEGMENT_IDS, Difficulty, Tone
from server.texts import PlainText

_ANY_LENGTHS = (60.0,) * len(SEGMENT_IDS)


@cache
def _time_zones() -> frozenset[str]:
    return frozenset(zoneinfo.available_timezones())


def _time_zone(value: str) -> str:
    if value not in _time_zones():
        raise ValueError("choose a time zone by its IANA name, such as Europe/Berlin or UTC")
    return value


def _lengths(value: list[float]) -> list[float]:
    try:
        return make_plan(value).segment_seconds
    except PlanError as error:
        raise ValueError(str(error)) from None


def _buffer(value: float) -> float:
    try:
        return make_plan(_ANY_LENGTHS, value).buffer_seconds
    except PlanError as error:
        raise ValueError(str(error)) from None


class Values(BaseModel):
    """Every setting, with the value it has until it is set. None is the scenario's own, or that of
    the set-up. Captions and push-to-talk are the page's business alone."""

    model_config = ConfigDict(extra="forbid", strict=True)

    scenario_id: Annotated[PlainText, Field(max_length=100)] | None = None
    difficulty: Difficulty | None = None
    tone: Tone = "warm"
    segment_seconds: Annotated[list[float], AfterValidator(_lengths)] | None = None
    buffer_seconds: Annotated[float, AfterValidator(_buffer)] = 300.0
    audio_only: bool = False
    voice: Annotated[PlainText, Field(max_length=100)] | None = None
    speaking_rate: Annotated[float, Field(ge=SPEAKING_RATE_MIN, le=SPEAKING_RATE_MAX)] = 1.0
    captions: bool = True
    push_to_talk: bool = False
    time_zone: Annotated[str, AfterValidator(_time_zone)] = "UTC"
    reminder_days: Annotated[int, Field(ge=1, le=60)] | None = None
    digest: Literal["off", "weekly", "monthly"] = "off"
    email_notifications: bool = False
    share_anonymised: bool = False
    record: Literal["ask", "never"] = "ask"
    keep_recordings_days: Annotated[int, Field(ge=1, le=3650)] | None = None


def _known(base: dict[str, int]) -> dict[str, int]:
    unknown = sorted(set(base) - set(Values.model_fields))
    if unknown:
        raise ValueError(f"there is no setting {unknown[0]!r}")
    return base


class ChangeSettings(BaseModel):
    """`values`: what is to be changed. `base`: for each of these the version that was seen before;
    one that is left out was never seen."""

    model_config = ConfigDict(extra="forbid")

    values: Values
    base: Annotated[dict[str, Annotated[int, Field(ge=0, strict=True)]], AfterValidator(_known)] = (
        Field(default_factory=dict)
    )


class SettingsOut(BaseModel):
    """`versions`: how often each field was set; 0 is never."""

    values: Values
    versions: dict[str, int]


class Overwritten(BaseModel):
    """What stood in `field` since `changed_at`, and was replaced unseen."""

    field: str
    value: Any
    changed_at: datetime


class SettingsChanged(SettingsOut):
    overwrote: list[Overwritten]


class VoiceOut(BaseModel):
    id: str
    title: str


class VoiceList(BaseModel):
    """The usual one first."""

    items: list[VoiceOut]
    next: str | None = None
