"""Reads from a session's stored log what the conduct figures need, on the clock of the room.

Input is what the public API answers: the events of `GET /sessions/{id}/events` and the turns of
`GET /sessions/{id}/transcript`. Times come out as seconds since the epoch."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from viva.room_record import Span

_GRANTED = re.compile(r"(\d+(?:\.\d+)?) s given")


@dataclass(frozen=True, slots=True)
class Speech:
    """One line of the interviewer; `text` is what was heard of it, `outcome` "" when its end is
    not in the log."""

    say_id: str
    start: float
    end: float
    text: str
    move: str
    reason: str
    ref: str | None
    outcome: str
    segment: str


@dataclass(frozen=True, slots=True)
class Utterance:
    start: float
    text: str


@dataclass(frozen=True, slots=True)
class Log:
    """`standing`: when the clock did not run or nobody was there to answer. `granted`: seconds
    added to each segment on request. `moved_on`: segments that somebody asked to leave."""

    speeches: tuple[Speech, ...]
    utterances: tuple[Utterance, ...]
    standing: tuple[Span, ...]
    granted: Mapping[str, float]
    moved_on: frozenset[str]

    def stands_in(self, start: float, end: float) -> bool:
        """Whether the clock stood at any moment from `start` to `end`."""
        return any(one < end and other > start for one, other in self.standing)


def read_log(events: Sequence[Mapping[str, Any]], turns: Sequence[Mapping[str, Any]]) -> Log:
    """`turns` are those of the transcript: they tell which segment a line belongs to."""
    segments = [
        (turn["start_ms"], str(turn["segment"]))
        for turn in turns
        if turn["speaker"] == "interviewer"
    ]
    speeches = _speeches(events, segments)
    granted: dict[str, float] = {}
    for speech in speeches:
        if found := _GRANTED.search(speech.reason):
            granted[speech.segment] = granted.get(speech.segment, 0.0) + float(found[1])
    return Log(
        speeches=tuple(speeches),
        utterances=tuple(
            Utterance(_base(event) + event["data"]["start_ms"] / 1000, event["data"]["text"])
            for event in events
            if event["type"] == "utterance_final"
        ),
        standing=tuple(_standing(events)),
        granted=granted,
        moved_on=frozenset(
            _segment_at(segments, event["at"] * 1000)
            for event in events
            if event["type"] in {"next_requested", "end_requested"}
        ),
    )


def _wall(event: Mapping[str, Any]) -> float:
    return datetime.fromisoformat(event["wall"]).timestamp()


def _base(event: Mapping[str, Any]) -> float:
    """The epoch second at which the session clock showed 0."""
    return _wall(event) - float(event["at"])


def _segment_at(segments: Sequence[tuple[float, str]], at_ms: float) -> str:
    """The segment of the last line that began by then; "" before the first."""
    begun = [segment for start_ms, segment in segments if start_ms <= at_ms + 1]
    return begun[-1] if begun else ""


def _speeches(
    events: Sequence[Mapping[str, Any]], segments: Sequence[tuple[float, str]]
) -> list[Speech]:
    begun: dict[str, Mapping[str, Any]] = {}
    speeches: list[Speech] = []
    for event in events:
        data = event["data"]
        if event["type"] == "speech_started":
            begun[data["say_id"]] = event
        elif event["type"] == "speech_ended" and data["text"].strip():
            started = begun.pop(data["say_id"], None)
            told = started["data"] if started else {}
            base = _base(event)
            speeches.append(
                Speech(
                    say_id=data["say_id"],
                    start=base + data["start_ms"] / 1000,
                    end=base + data["end_ms"] / 1000,
                    text=data["text"].strip(),
                    move=told.get("move") or "",
                    reason=told.get("reason") or "",
                    ref=told.get("ref"),
                    outcome=data["outcome"],
                    segment=_segment_at(segments, data["start_ms"]),
                )
            )
    return sorted(speeches, key=lambda speech: speech.start)


def _standing(events: Sequence[Mapping[str, Any]]) -> list[Span]:
    """From a pause to the going on, from leaving to coming back, from an interviewer's loss to the
    next one, and from the goodbye on."""
    spans: list[Span] = []
    since: dict[str, float] = {}
    before: float | None = None
    for event in events:
        wall, data = _wall(event), event["data"]
        match event["type"], data.get("move"):
            case ("pause_requested", _) | ("speech_started", "pause"):
                since.setdefault("paused", wall)
            case ("resume_requested", _) | ("speech_started", "resume"):
                _close(spans, since, "paused", wall)
            case ("candidate_left", _):
                gone = data.get("since")
                since.setdefault("away", wall if gone is None else _base(event) + gone)
            case ("candidate_joined", _):
                _close(spans, since, "away", wall)
            case ("interviewer_joined", _) if before is not None and data["epoch"] > 1:
                spans.append((before, wall))
            case ("speech_started", "farewell") | ("end_requested", _):
                since.setdefault("over", wall)
        before = wall
    return [*spans, *((start, math.inf) for start in since.values())]


def _close(spans: list[Span], since: dict[str, float], name: str, wall: float) -> None:
    start = since.pop(name, None)
    if start is not None:
        spans.append((start, wall))
