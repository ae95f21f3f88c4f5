"""What was heard in the room, on one clock: seconds since the epoch."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Span = tuple[float, float]
SaidKind = Literal["answer", "barge_in", "backchannel"]


@dataclass(frozen=True, slots=True)
class Said:
    """Something the candidate said. `pauses`: the thinking pauses in it. `broken_off`: the
    candidate fell silent because the interviewer spoke; `text` is what was said until then."""

    kind: SaidKind
    text: str
    start: float
    end: float
    pauses: tuple[Span, ...] = ()
    broken_off: bool = False


@dataclass(frozen=True, slots=True)
class RoomRecord:
    """`interviewer`: when it was heard. `until`: when the candidate left for good, or the room
    ended."""

    said: tuple[Said, ...]
    interviewer: tuple[Span, ...]
    until: float
