"""Bodies of the share endpoints."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from server.texts import PlainText

Part = Literal["report", "transcript", "audio", "comments"]
ORDER: tuple[Part, ...] = ("report", "transcript", "audio", "comments")
_DAY_S = 86_400
_JUDGING: frozenset[Part] = frozenset({"report", "comments"})


def _each_once(parts: list[Part]) -> list[Part]:
    return [part for part in ORDER if part in parts]


class MakeShare(BaseModel):
    """`expires_in`: seconds, up to a year; null is thirty days. `label`: for the owner alone.
    `may_comment`: who opens it signed in may become a reviewer, and is to score blind if `blind`;
    report and comments cannot be among the parts of such a one."""

    model_config = ConfigDict(extra="forbid")

    parts: Annotated[list[Part], Field(min_length=1, max_length=10), AfterValidator(_each_once)]
    expires_in: Annotated[int, Field(ge=60, le=365 * _DAY_S, strict=True)] | None = None
    label: Annotated[PlainText, Field(max_length=100)] = ""
    may_comment: bool = False
    blind: bool = False

    @model_validator(mode="after")
    def _nothing_that_judges(self) -> Self:
        if self.blind and not self.may_comment:
            raise ValueError("`blind` is for a link with `may_comment`")
        if self.blind and _JUDGING.intersection(self.parts):
            raise ValueError("who is to score blind must not be shown report or comments")
        return self

    @property
    def seconds(self) -> int:
        return 30 * _DAY_S if self.expires_in is None else self.expires_in


class ShareOut(BaseModel):
    """`active`: it still opens; otherwise it is over or was revoked. `opened`: how often it was
    opened."""

    id: str
    session_id: str
    label: str
    parts: list[Part]
    may_comment: bool
    blind: bool
    active: bool
    opened: int
    created_at: datetime
    expires_at: datetime | None
    revoked_at: datetime | None


class MadeShare(ShareOut):
    """`secret`, and the `url` that holds it, are told this once."""

    secret: str
    url: str


class ShareList(BaseModel):
    """The newest first."""

    items: list[ShareOut]
    next: str | None = None


class NamedSegment(BaseModel):
    id: str
    title: str


class SharedOut(BaseModel):
    """What a link shows. `duration_ms`: the length of the recording, None where there is none to be
    heard. `length_s`: the seconds spent in `segments`."""

    scenario_title: str
    candidate_name: str
    difficulty: str
    started_at: datetime | None
    ended_at: datetime | None
    length_s: float
    segments: list[NamedSegment]
    parts: list[Part]
    duration_ms: int | None
    may_comment: bool
    blind: bool
    expires_at: datetime | None


class Accepted(BaseModel):
    """The session that the caller is a reviewer of now."""

    session_id: str
    blind: bool
