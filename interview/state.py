"""The mutable state of one interview, and the small bookkeeping around it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from interview.clock import Ledger
from interview.commands import CancelWake, Command, Finish, Observe, ShowState, WakeAt
from interview.conversation import Conversation, Planned
from interview.coverage import Coverage
from interview.owing import Owed
from interview.turns import TurnLog

Phase = Literal["waiting", "live", "landing", "closing", "paused", "away", "ended"]
FinishReason = Literal["completed", "ended_early", "abandoned"]
IntentKind = Literal[
    "greet",
    "answer",
    "bridge",
    "farewell",
    "paused",
    "still_paused",
    "resumed",
    "returned",
    "rejoined",
    "repeat",
    "rephrase",
    "hint",
    "extended",
    "nudge",
    "unheard",
    "warn",
    "feedback",
    "rest",
    "hold",
    "hold_over",
    "go_on",
    "leave",
    "stay",
    "end_asked",
    "unclear",
    "unclear_on",
    "redirect",
]

# What is said in these leaves the candidate's turn open: it goes on where it was.
KEEPS_TURN: frozenset[IntentKind] = frozenset({"hold", "go_on"})
# A timer may come this much before its time, in seconds, and still count.
TIMER_TOLERANCE_S = 0.25


@dataclass(frozen=True, slots=True)
class Intent:
    """Something to say as soon as the interviewer's mouth is free; worded only then. `text` is the
    turn that is answered, `seconds` what an extension or a hold gives, `cut` whether the candidate
    is spoken over."""

    kind: IntentKind
    text: str = ""
    seconds: float = 0.0
    cut: bool = False

    @property
    def rank(self) -> int:
        return {"farewell": 2, "bridge": 1}.get(self.kind, 0)


@dataclass(slots=True)
class Speech:
    """The one Say that is out; `text` is its real wording once it has started. `retried`: it is
    the second try already."""

    say_id: str
    planned: Planned
    intent: Intent
    line: str
    warns: bool = False
    started: bool = False
    text: str = ""
    hushed: bool = False
    retried: bool = False


@dataclass(slots=True)
class Wakes:
    """Timers asked for. Only those still armed may fire."""

    armed: dict[str, float] = field(default_factory=dict)

    def arm(self, out: list[Command], name: str, at: float) -> None:
        if name not in self.armed or abs(self.armed[name] - at) > 1e-3:
            self.armed[name] = at
            out.append(WakeAt(name=name, at=at))

    def cancel(self, out: list[Command], *names: str) -> None:
        for name in names:
            if self.armed.pop(name, None) is not None:
                out.append(CancelWake(name=name))

    def keep(self, out: list[Command], *names: str) -> None:
        self.cancel(out, *(name for name in list(self.armed) if name not in names))

    def fires(self, out: list[Command], name: str, at: float) -> bool:
        """True when the timer is armed and due; asks for it again when it came too early."""
        due = self.armed.get(name)
        if due is None:
            return False
        if at < due - TIMER_TOLERANCE_S:
            out.append(WakeAt(name=name, at=due))
            return False
        del self.armed[name]
        return True


@dataclass(slots=True)
class State:
    """All that an interview is at one moment. `at` is the session clock of the last event.

    `also` is what the candidate asked for beside what is being granted: served in the same breath,
    or after the pause that was the more urgent.

    `turn` holds the candidate's words since the interviewer last began to speak, `unanswered` says
    that some of them came after the last Say was asked for, `gave_up_at` is when the floor was
    given up, None when it was taken again since. Until `words_due_until` what was heard of the
    candidate's voice may still arrive as words. `owed` is what the interviewer has begun to tell
    and not told to its end, `last_said` the words of the last speech that was;
    the last speech of all ended at `spoke_until_ms`.

    `hold_s` is how long the floor is held at the candidate's request, None when it is not;
    `hold_granted` says that this was said. `prompted`: they were asked to go on in the middle of
    this turn. `finished` are the turns that are over. `turn_since` is when it began, `redirected`
    how often it was broken into; what was begun before `cut_at`, when that had been said, waits for
    no answer. `unclear` counts the words of it that could not be made out, `unclear_row` the turns
    in a row that they were asked for again."""

    ledger: Ledger
    talk: Conversation
    turns: TurnLog = field(default_factory=TurnLog)
    wakes: Wakes = field(default_factory=Wakes)
    out: list[Command] = field(default_factory=list)
    phase: Phase = "waiting"
    at: float = 0.0
    epoch: int = 0
    present: bool = False
    pause_kept: bool = False
    speaking: bool = False
    speech: Speech | None = None
    intent: Intent | None = None
    owed: Owed | None = None
    hold_s: float | None = None
    hold_granted: bool = False
    also: tuple[IntentKind, ...] = ()
    prompted: bool = False
    turn_since: float | None = None
    redirected: int = 0
    cut_at: float = 0.0
    unclear: int = 0
    unclear_row: int = 0
    last_said: str = ""
    spoke_until_ms: int = 0
    says: int = 0
    turn: list[str] = field(default_factory=list)
    turn_ids: list[str] = field(default_factory=list)
    finished: list[Observe] = field(default_factory=list)
    coverage: Coverage = field(default_factory=Coverage)
    unanswered: list[str] = field(default_factory=list)
    typed: bool = False
    paused_words: list[str] = field(default_factory=list)
    gave_up_at: float | None = None
    words_due_until: float = 0.0
    entered_at: float = 0.0
    silences: int = 0
    warn_due: bool = False
    warned: bool = False
    grace_over: bool = False
    finish: FinishReason = "completed"
    move_of: dict[str, tuple[str, str]] = field(default_factory=dict)
    shown: ShowState | None = None

    @property
    def running(self) -> bool:
        """A segment's clock runs."""
        return self.phase in {"live", "landing", "closing"}

    @property
    def pending(self) -> bool:
        """Something that the candidate said waits for an answer."""
        return bool(self.unanswered or self.unclear)

    def release(self) -> None:
        """The floor is held no longer."""
        self.hold_s = None
        self.wakes.cancel(self.out, "hold")

    @property
    def silent(self) -> bool:
        """Nobody speaks or is about to, and nothing waits for an answer."""
        return (
            self.speech is None and self.intent is None and not self.speaking and not self.pending
        )

    @property
    def free(self) -> bool:
        """Nobody has the floor or is about to take it, and nothing is left to be told."""
        return self.silent and self.owed is None

    def turn_over(self) -> None:
        """What the candidate has said is a finished turn; it answered the question that is open."""
        if self.turn_ids:
            asked = self.talk.open
            finished = Observe(
                turn=tuple(self.turn_ids),
                text=" ".join(self.turn),
                segment=self.turns.segment_of(self.turn_ids[0]),
                question=asked.text if asked else "",
                ref=asked.base.id if asked and asked.base else None,
            )
            self.finished.append(finished)
            self.out.append(finished)
        self.turn.clear()
        self.turn_ids.clear()
        self.prompted = False
        self.turn_since = self.at if self.speaking else None
        self.wakes.cancel(self.out, "ramble")

    def observe_again(self) -> None:
        """Whoever was to observe a turn may have died over it: those not observed are asked for."""
        unseen = [turn for turn in self.finished if not self.coverage.observed(turn.turn[0])]
        self.out.extend(unseen)

    def end(self, reason: FinishReason) -> None:
        """No clock runs from here on and no timer is left."""
        self.turn_over()
        if self.ledger.entered:
            self.ledger.close()
        self.phase = "ended"
        self.finish = reason
        self.intent = None
        self.wakes.keep(self.out)
        self.out.append(Finish(reason=reason))


def warning_lead(allotted: float) -> float:
    """Seconds before a segment's end at which the time left is warned of."""
    return max(5.0, min(120.0, 0.2 * allotted))
