"""What the engine asks its executor to do. Commands carry no behaviour and no clock."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

InterviewState = Literal["waiting", "live", "paused", "ended"]

MoveKind = Literal[
    "greet",
    "ask",
    "answer",
    "probe",
    "hold",
    "hint",
    "nudge",
    "redirect",
    "acknowledge",
    "warn",
    "bridge",
    "repeat",
    "pause",
    "resume",
    "summarise",
    "reflect",
    "feedback",
    "farewell",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """One thing the interviewer does next, and why.

    `line` is the scripted wording, always speakable as it is; a model may word the move otherwise.
    `reason` is for people who ask why a sentence was said; it is never spoken.
    `about` holds the candidate's own words that the move picks up, `ref` the id of the question,
    probe, hint or fact it comes from."""

    kind: MoveKind
    reason: str
    line: str
    segment: str
    ref: str | None = None
    about: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Say:
    """Speak. Answered by SpeechStarted and SpeechEnded with the same `say_id`, in that order, or by
    SpeechEnded alone with outcome "failed" or "interrupted" when no sound was made."""

    say_id: str
    move: Move
    interruptible: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Hush:
    """Stop speaking now and drop what is queued."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WakeAt:
    """Send TimerFired(name) when the session clock reaches `at`; replaces a pending one
    of that name."""

    name: str
    at: float


@dataclass(frozen=True, slots=True, kw_only=True)
class CancelWake:
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EnterSegment:
    segment: str
    index: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowState:
    """What the page shows. `ends_at` is on the session clock and None unless live; `remaining` is
    what the running segment has left, in seconds. `holding`: the floor is held for the candidate,
    who asked for time."""

    state: InterviewState
    segment: str | None
    ends_at: float | None
    remaining: float
    buffer: float
    warning: bool = False
    holding: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Refuse:
    """A request that cannot be granted, with a sentence for whoever made it."""

    request: str
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Finish:
    """The interview is over; leave once what is being said is said."""

    reason: Literal["completed", "ended_early", "abandoned"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Observe:
    """A turn of the candidate is finished: read it, off the voice path, and send Observed with the
    same `turn`, `question` and `ref`. `text`: the words of its utterances together."""

    turn: tuple[str, ...]
    text: str
    segment: str
    question: str = ""
    ref: str | None = None


Command = Say | Hush | WakeAt | CancelWake | EnterSegment | ShowState | Refuse | Finish | Observe
