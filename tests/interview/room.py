"""A virtual room: it executes the engine's commands on a clock of its own, without waiting."""

from __future__ import annotations

import heapq
import itertools
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from interview.commands import (
    CancelWake,
    Command,
    EnterSegment,
    Finish,
    Hush,
    Observe,
    Refuse,
    Say,
    ShowState,
    WakeAt,
)
from interview.engine import Engine
from interview.events import (
    AnyEvent,
    CandidateJoined,
    CandidateSilent,
    CandidateSpeaking,
    InterviewerJoined,
    SpeechEnded,
    SpeechStarted,
    TimerFired,
    TurnEnded,
    UtteranceFinal,
)
from interview.observing import observe
from interview.plan import make_plan
from interview.scenario import Scenario
from interview.wire import Plan
from tests.interview.example import SCENARIO

WORDS_PER_SECOND = 2.6
DEFAULT_LENGTHS = (300.0, 600.0, 900.0, 600.0, 300.0)


@dataclass
class Room:
    """`answer(say)` gives the candidate's words after a question, None for silence. `log` is every
    event in order, `done` every command."""

    plan: Plan = field(default_factory=lambda: make_plan(DEFAULT_LENGTHS))
    scenario: Scenario = SCENARIO
    name: str = "Ana"
    answer: Callable[[Say], str | None] = lambda _: None
    now: float = 0.0

    def __post_init__(self) -> None:
        self.engine = Engine(self.plan, self.scenario, self.name)
        self.log: list[AnyEvent] = []
        self.done: list[Command] = []
        self.last: list[Command] = []
        self.wakes: dict[str, float] = {}
        self.queue: list[tuple[float, int, AnyEvent]] = []
        self.count = itertools.count()
        self.playing: Say | None = None
        self.begun = False

    # -- the two operators of the example tables

    def __rshift__(self, event: AnyEvent) -> Room:
        """Feed an event now."""
        self.feed(replace(event, at=self.now))
        return self

    def __lshift__(self, kind: type[Command]) -> Command:
        """The one command of `kind` that the last event brought."""
        found = [command for command in self.last if isinstance(command, kind)]
        assert len(found) == 1, f"expected one {kind.__name__}, got {self.last}"
        return found[0]

    def feed(self, event: AnyEvent) -> list[Command]:
        self.log.append(event)
        self.last = self.engine.handle(event)
        self.done += self.last
        if isinstance(event, SpeechStarted):
            self.begun = True
        for command in self.last:
            self._execute(command)
        return self.last

    def _execute(self, command: Command) -> None:
        match command:
            case WakeAt(name=name, at=at):
                self.wakes[name] = at
            case CancelWake(name=name):
                assert name in self.wakes, f"{name} was never asked for"
                del self.wakes[name]
            case Say():
                assert self.playing is None, "a second Say while one is out"
                self.playing, self.begun = command, False
                start = self.now + 0.4
                end = start + len(command.move.line.split()) / WORDS_PER_SECOND
                self._later(
                    start, SpeechStarted(at=0, say_id=command.say_id, text=command.move.line)
                )
                self._later(end, self._ended(command, start, end, command.move.line, "finished"))
            case Hush():
                if self.playing is not None:
                    heard = "" if not self.begun else self.playing.move.line
                    say = self.playing
                    self.drop()
                    stopped = self._ended(say, self.now, self.now, heard, "stopped")
                    self._later(self.now + 0.1, stopped)
                    self.playing = say
            case Observe():
                seen = observe(command, self.scenario, self.engine.coverage, self.now)
                self._later(self.now, seen)
            case EnterSegment() | ShowState() | Refuse() | Finish():
                pass

    def _ended(self, say: Say, start: float, end: float, text: str, outcome: str) -> SpeechEnded:
        return SpeechEnded(
            at=0,
            say_id=say.say_id,
            text=text,
            outcome=outcome,
            start_ms=round(start * 1000),
            end_ms=round(end * 1000),
        )

    def _later(self, at: float, event: AnyEvent) -> None:
        heapq.heappush(self.queue, (at, next(self.count), event))

    def drop(self) -> None:
        """Forget what is being said, as a dead interviewer does."""
        speech = (SpeechStarted, SpeechEnded)
        self.queue = [item for item in self.queue if not isinstance(item[2], speech)]
        heapq.heapify(self.queue)
        self.playing = None

    def interrupt(self, heard: str = "") -> Room:
        """The candidate breaks in; `heard` is what was audible until then."""
        assert self.playing is not None
        say = self.playing
        self.drop()
        self >> self._ended(say, self.now, self.now, heard, "interrupted")
        return self

    def start(self) -> Room:
        return self >> InterviewerJoined(at=0, epoch=1) >> CandidateJoined(at=0)

    def say(self, text: str, seconds: float | None = None) -> Room:
        """The candidate speaks from now on; time passes while they do."""
        length = len(text.split()) / WORDS_PER_SECOND if seconds is None else seconds
        self._speak_at(self.now, text, length)
        return self.run(until=self.now + length + 0.3)

    def _speak_at(self, at: float, text: str, length: float) -> None:
        number = next(self.count)
        end = at + length
        final = UtteranceFinal(
            at=0,
            utterance_id=f"u{number}",
            text=text,
            start_ms=round(at * 1000),
            end_ms=round(end * 1000),
        )
        for when, event in (
            (at, CandidateSpeaking(at=0)),
            (end, CandidateSilent(at=0)),
            (end + 0.1, final),
            (end + 0.2, TurnEnded(at=0)),
        ):
            self._later(when, event)

    def run(self, until: float = float("inf")) -> Room:
        """Let time pass until `until` or the end of the interview."""
        while self.engine.view(self.now).state != "ended":
            timer = min(self.wakes, key=lambda name: self.wakes[name], default=None)
            timer_at = self.wakes[timer] if timer else float("inf")
            event_at = self.queue[0][0] if self.queue else float("inf")
            at = min(timer_at, event_at)
            if at > until or at == float("inf"):
                break
            self.now = max(self.now, at)
            if timer and timer_at <= event_at:
                del self.wakes[timer]
                self.feed(TimerFired(at=self.now, name=timer))
                continue
            event = heapq.heappop(self.queue)[2]
            if isinstance(event, SpeechEnded):
                self._finished(event)
            else:
                self.feed(replace(event, at=self.now))
        if until != float("inf"):
            self.now = max(self.now, until)
        return self

    def _finished(self, event: SpeechEnded) -> None:
        say, self.playing = self.playing, None
        self.feed(replace(event, at=self.now))
        words = self.answer(say) if say and event.outcome == "finished" else None
        if words:
            self._speak_at(self.now + 1.0, words, len(words.split()) / WORDS_PER_SECOND)

    def of(self, kind: type) -> list:
        return [command for command in self.done if isinstance(command, kind)]

    @property
    def lines(self) -> list[str]:
        """What the interviewer began to say."""
        return [event.text for event in self.log if isinstance(event, SpeechStarted)]

    @property
    def segments(self) -> list[str]:
        return [command.segment for command in self.of(EnterSegment)]

    def view(self):
        return self.engine.view(self.now)
