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


class FlagOut(BaseModel):
    """A noteworthy answer. `flag`: strong, thin, contradictory or reflect; `reason`: why."""

    flag: str
    segment: str
    question: str
    answer: str
    reason: str
    start_ms: int
    end_ms: int


class FlagList(BaseModel):
    items: list[FlagOut]


class HintOut(BaseModel):
    """The first `level` of the `levels` hints on `question` were heard."""

    question: str
    level: int
    levels: int


class RecordOut(BaseModel):
    """`asked`, `never_asked`: what a thorough candidate asks for about the problem."""

    hints: list[HintOut]
    asked: list[str]
    never_asked: list[str]


class TranscriptOut(BaseModel):
    session_id: str
    turns: list[TurnOut]
