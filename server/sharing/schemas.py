"""What is shared: one header, then a record a session. All of it leaves as it stands here."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel

FORMAT = "viva-shared"
VERSION = 1
TERMS = (
    "Transcripts that their speakers agreed to share, anonymised, to make interviewers better: for "
    "prompts, tests and research on those. Not to be used to find out who spoke, not to be made "
    "public, and to be deleted when a speaker asks for it."
)


class Header(BaseModel):
    kind: Literal["header"] = "header"
    format: str = FORMAT
    version: int = VERSION
    terms: str = TERMS
    records: int


class SharedSegment(BaseModel):
    id: str
    planned_s: float
    spent_s: float


class SharedTurn(BaseModel):
    """Times are seconds since the session began. `move`: what the interviewer was doing."""

    speaker: Literal["candidate", "interviewer"]
    segment: str
    start_s: float
    end_s: float
    text: str
    interrupted: bool
    move: str | None
    flags: list[str]


class SharedSession(BaseModel):
    """`id` names the record and nothing else: it cannot be led back to the session's own. `removed`
    counts the marks in the texts, by kind."""

    kind: Literal["session"] = "session"
    id: str
    scenario_id: str
    difficulty: str
    tone: str
    segments: list[SharedSegment]
    turns: list[SharedTurn]
    removed: dict[str, int]


class Preview(BaseModel):
    """Exactly what would leave if sharing were on; `removed` adds up the records'."""

    records: list[SharedSession]
    removed: dict[str, int]
