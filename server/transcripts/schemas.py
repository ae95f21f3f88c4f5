"""A transcript as JSON. Spans are milliseconds on the recording."""

from __future__ import annotations

from pydantic import BaseModel


class WordOut(BaseModel):
    text: str
    start_ms: int
    end_ms: int
    confidence: float | None


class TurnOut(BaseModel):
    index: int
    speaker: str
    segment: str
    start_ms: int
    end_ms: int
    text: str
    interrupted: bool
    move: str | None
    flags: list[str]
    words: list[WordOut]


class TranscriptOut(BaseModel):
    session_id: str
    turns: list[TurnOut]
