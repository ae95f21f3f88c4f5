"""What an interview looks like from outside at one moment."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from interview.commands import InterviewState

SegmentState = Literal["pending", "live", "done", "skipped"]


@dataclass(frozen=True, slots=True)
class SegmentView:
    """Lengths in seconds. "skipped" is a segment that was never entered."""

    id: str
    title: str
    planned_s: float
    allotted_s: float
    spent_s: float
    state: SegmentState


@dataclass(frozen=True, slots=True)
class View:
    """`ends_at` is on the session clock and None unless the clock of a segment runs; `remaining`
    and the other lengths are seconds. `present`: the candidate is in the room. `holding`: the
    floor is held while they think."""

    state: InterviewState
    present: bool
    segment: str | None
    segment_index: int
    ends_at: float | None
    remaining: float
    buffer_s: float
    warning: bool
    segments: tuple[SegmentView, ...]
    total_spent_s: float
    waiting_s: float
    paused_s: float
    away_s: float
    outage_s: float
    overtime_s: float
    holding: bool = False
