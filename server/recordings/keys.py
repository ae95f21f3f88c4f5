"""What the objects of a session are called in the store."""

from __future__ import annotations

import re
from dataclasses import dataclass

from interview.wire import SegmentName

_SEGMENT = re.compile(r"/(\d{12})-(\d{6,})-(\d{6,})\.ogg$")


@dataclass(frozen=True, order=True)
class Segment:
    """In the order of the session clock."""

    start_ms: int
    epoch: int
    number: int
    key: str


def below(interview_id: str) -> str:
    """The path that all of a session is below."""
    return f"sessions/{interview_id}"


def segments(interview_id: str) -> str:
    return f"{below(interview_id)}/segments"


def segment(interview_id: str, name: SegmentName) -> str:
    numbers = f"{name.start_ms:012d}-{name.epoch:06d}-{name.number:06d}"
    return f"{segments(interview_id)}/{numbers}.ogg"


def recording(interview_id: str) -> str:
    return f"{below(interview_id)}/recording.ogg"


def peaks(interview_id: str) -> str:
    return f"{below(interview_id)}/peaks.json"


def read_segment(key: str) -> Segment | None:
    """None for what is no segment of ours."""
    found = _SEGMENT.search(key)
    if found is None:
        return None
    start_ms, epoch, number = (int(part) for part in found.groups())
    return Segment(start_ms, epoch, number, key)
