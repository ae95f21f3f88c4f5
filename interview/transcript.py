"""Words, utterances and turns. Spans are milliseconds on the session clock."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Speaker = Literal["candidate", "interviewer"]
Source = Literal["voice", "typed"]


@dataclass(frozen=True, slots=True)
class Word:
    """One spoken word. `confidence` is 0..1, or None where the recogniser gives none."""

    text: str
    start_ms: int
    end_ms: int
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class Turn:
    """One speaker's floor, from taking it to giving it up."""

    index: int
    speaker: Speaker
    segment: str
    start_ms: int
    end_ms: int
    text: str
    interrupted: bool = False
    move: str | None = None
    flags: tuple[str, ...] = ()
    words: tuple[Word, ...] = ()
