"""What happens in an interview. Every event carries `at`: seconds on the session clock.

The session clock starts at 0 when the interviewer first joins and never runs backwards; it goes on
through pauses and absences. What counts as interview time is the engine's business, not the
clock's. The ordered list of these events is the session: every other state is a fold over it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from interview.transcript import Source, Word

RequestedBy = Literal["page", "voice", "api"]
SpeechOutcome = Literal["finished", "interrupted", "stopped", "failed"]
FindingKind = Literal["claim", "decision", "number", "gap", "contradiction"]
FlagKind = Literal["strong", "thin", "contradictory", "reflect"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    at: float


@dataclass(frozen=True, slots=True, kw_only=True)
class InterviewerJoined(Event):
    """An interviewer took the session. `live_until` is its predecessor's last sign of life, if any:
    the time from then until `at` is an outage and is not charged to any segment."""

    epoch: int
    live_until: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CandidateJoined(Event):
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class CandidateLeft(Event):
    """`since`: when their connection was lost, if that was noticed before they were given up on;
    the time from then on is not charged to the segment."""

    reason: str = ""
    since: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CandidateSpeaking(Event):
    """Voice activity began."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CandidateSilent(Event):
    """Voice activity ended."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UtteranceFinal(Event):
    """What was recognised between two pauses, or typed. May arrive after the pause it ends in."""

    utterance_id: str
    text: str
    start_ms: int
    end_ms: int
    confidence: float | None = None
    words: tuple[Word, ...] = ()
    source: Source = "voice"


@dataclass(frozen=True, slots=True, kw_only=True)
class TurnEnded(Event):
    """The end-of-turn detector says that the candidate gave up the floor."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SpeechStarted(Event):
    """The interviewer began to say `text`, which may turn out not to be said to its end.

    `move`, `reason` and `ref` are those of the move it words, so that the log alone tells why."""

    say_id: str
    text: str
    move: str = ""
    reason: str = ""
    ref: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SpeechEnded(Event):
    """The interviewer fell silent. `text` is what was heard of it; "" when nothing was. `words`:
    when each was heard, estimated, and therefore without confidence; empty where nobody knows.

    `outcome`: "finished"; "interrupted" by the candidate; "stopped" by a Hush command; "failed"."""

    say_id: str
    text: str
    outcome: SpeechOutcome
    start_ms: int
    end_ms: int
    words: tuple[Word, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TimerFired(Event):
    """The wake-up asked for by `WakeAt(name)` is due."""

    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PauseRequested(Event):
    by: RequestedBy = "page"


@dataclass(frozen=True, slots=True, kw_only=True)
class ResumeRequested(Event):
    by: RequestedBy = "page"


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtendRequested(Event):
    """More time for the running segment; negative `seconds` shorten it."""

    seconds: float
    by: RequestedBy = "page"


@dataclass(frozen=True, slots=True, kw_only=True)
class NextRequested(Event):
    by: RequestedBy = "page"


@dataclass(frozen=True, slots=True, kw_only=True)
class HintRequested(Event):
    by: RequestedBy = "page"


@dataclass(frozen=True, slots=True, kw_only=True)
class RepeatRequested(Event):
    by: RequestedBy = "page"


@dataclass(frozen=True, slots=True, kw_only=True)
class EndRequested(Event):
    by: RequestedBy = "page"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing noticed in a turn. `quote`: the candidate's words, verbatim. `criterion`: the id of
    the rubric's criterion that it belongs to, "" for none. `note`: what was noticed, in a few
    words. `against`: for a contradiction, the earlier words of the candidate that it contradicts.
    """

    kind: FindingKind
    quote: str
    criterion: str = ""
    note: str = ""
    against: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Observed(Event):
    """An observer has read a finished turn of the candidate; a later one for the same turn
    replaces it. Nothing in it is believed before the quotes are checked against the turn.

    `turn`: its utterances. `question`, `ref`: what it answered, and that question's id. `observer`:
    "signals" for the built-in one, otherwise the model. `flag` with `reason`: why the turn is
    noteworthy, if it is."""

    turn: tuple[str, ...]
    question: str = ""
    ref: str | None = None
    observer: str = "signals"
    findings: tuple[Finding, ...] = ()
    flag: FlagKind | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelCalled(Event):
    """A model was asked. For the record only: it changes nothing in the interview.

    `purpose`: "wording" of the speech `say_id`, or "observing". `prompt`: the messages as JSON.
    Latencies are in seconds, None when no token came; token counts are None when the provider
    gave none. `fallback`: why the answer was not used, None when it was."""

    purpose: Literal["wording", "observing"]
    model: str
    prompt: str
    response: str
    say_id: str | None = None
    first_token_s: float | None = None
    whole_s: float | None = None
    tokens_in: int | None = None
    tokens_out: int | None = None
    fallback: str | None = None


AnyEvent = (
    InterviewerJoined
    | CandidateJoined
    | CandidateLeft
    | CandidateSpeaking
    | CandidateSilent
    | UtteranceFinal
    | TurnEnded
    | SpeechStarted
    | SpeechEnded
    | TimerFired
    | PauseRequested
    | ResumeRequested
    | ExtendRequested
    | NextRequested
    | HintRequested
    | RepeatRequested
    | EndRequested
    | Observed
    | ModelCalled
)
