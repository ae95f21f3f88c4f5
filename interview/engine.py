"""The interview as a state machine: events in, commands out.

Every transition is in TABLE at the end of this module; the handlers it names are in the modules
that Engine is built on.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from dataclasses import replace

from interview.briefing import Briefing, brief
from interview.commands import Command, Move
from interview.conversation import HintHeard
from interview.coverage import Coverage
from interview.errors import EventError
from interview.events import (
    AnyEvent,
    CandidateJoined,
    CandidateLeft,
    CandidateSilent,
    CandidateSpeaking,
    EndRequested,
    Event,
    ExtendRequested,
    HintRequested,
    InterviewerJoined,
    ModelCalled,
    NextRequested,
    Observed,
    PauseRequested,
    RepeatRequested,
    ResumeRequested,
    SpeechEnded,
    SpeechStarted,
    TimerFired,
    TurnEnded,
    UtteranceFinal,
)
from interview.presence import Presence
from interview.record import Exchange, Record, exchanges, record
from interview.scenario import Scenario
from interview.state import Phase
from interview.transcript import Turn
from interview.view import View
from interview.viewing import look, shown
from interview.wire import Plan

RESUME_WINDOW_S = 24 * 3600.0

_NOT_BEGUN = "The interview hasn't begun yet; it starts once you have been greeted."
_OVER = "The interview is over."
_GONE = "You aren't in the room; join again first."
_ON_HOLD = "The interview is paused; resume it first."


class Engine(Presence):
    """One interview. `handle` is the only way in; everything else is read from the state."""

    def __init__(
        self,
        plan: Plan,
        scenario: Scenario,
        candidate_name: str = "",
        resume_window_s: float = RESUME_WINDOW_S,
    ) -> None:
        self._name = candidate_name.strip()
        self._plan = plan
        super().__init__(plan, scenario, self._name, resume_window_s)

    @classmethod
    def replay(
        cls, plan: Plan, scenario: Scenario, candidate_name: str, events: Iterable[AnyEvent]
    ) -> Engine:
        """The engine after `events`; what it would have had done is discarded."""
        engine = cls(plan, scenario, candidate_name)
        for event in events:
            engine.handle(event)
        return engine

    @property
    def turns(self) -> list[Turn]:
        """The transcript so far, in order."""
        return self._state.turns.turns()

    @property
    def coverage(self) -> Coverage:
        """What the candidate has covered so far. To be read only."""
        return self._state.coverage

    @property
    def record(self) -> Record:
        """What is to be looked at afterwards, so far."""
        state = self._state
        return record(self._scenario, state.talk, state.coverage, state.turns)

    @property
    def scenario(self) -> Scenario:
        return self._scenario

    @property
    def difficulty(self) -> str:
        return self._plan.difficulty

    @property
    def exchanges(self) -> list[Exchange]:
        """The candidate's turns so far, in order: what was asked, what they said to it."""
        return exchanges(self._state)

    @property
    def hints_heard(self) -> list[HintHeard]:
        """In the order in which they were heard."""
        return list(self._state.talk.hints_heard)

    @property
    def asked(self) -> frozenset[str]:
        """The ids of the authored questions that were asked."""
        return frozenset(self._state.talk.asked)

    def briefing(self, move: Move) -> Briefing:
        """What whoever words `move` may know now."""
        return brief(move, self._speaker.situation(), self.turns, self._name)

    def view(self, at: float) -> View:
        """What the interview looks like at `at`, seconds on the session clock."""
        return look(self._state, self._scenario, max(at, self._state.at))

    def handle(self, event: AnyEvent) -> list[Command]:
        """Take one event; answer what is to be done. Raises EventError when `event.at` is not a
        number or is older than the event before it; such an event changes nothing."""
        state = self._state
        if not math.isfinite(event.at) or event.at < state.at:
            raise EventError(
                f"event {type(event).__name__!r} is at {event.at!r} s, the one before it at "
                f"{state.at!r} s; events must be handed over in their order"
            )
        state.out = []
        self._charge(event)
        state.at = event.at
        self._transition(event)
        self._keep_timers()
        self._show()
        return state.out

    def _show(self) -> None:
        state = self._state
        now = shown(look(state, self._scenario, state.at))
        before = state.shown
        same = before and replace(before, remaining=0.0) == replace(now, remaining=0.0)
        if not same or (before and now.ends_at is None and now != before):
            state.shown = now
            state.out.append(now)

    def _transition(self, event: Event) -> None:
        TABLE[self._state.phase, type(event)](self, event)


Handler = Callable[[Engine, Event], None]

_REQUESTS: dict[type[Event], str] = {
    PauseRequested: "pause",
    ResumeRequested: "resume",
    ExtendRequested: "extend",
    NextRequested: "next",
    HintRequested: "hint",
    RepeatRequested: "repeat",
    EndRequested: "end",
}


def _refusing(message: str) -> Handler:
    def refuse(engine: Engine, event: Event) -> None:
        engine._refuse(_REQUESTS[type(event)], message)

    return refuse


def _ignored(_engine: Engine, _event: Event) -> None:
    """The event changes nothing but the clock in this phase."""


E = Engine
_UNBEGUN, _ENDED, _ABSENT = _refusing(_NOT_BEGUN), _refusing(_OVER), _refusing(_GONE)
_HELD, _NOT_HELD = _refusing(_ON_HOLD), _refusing("The interview isn't paused.")
_TWICE = _refusing("The interview is paused already.")
_LEAVING = _refusing("The interview is just ending.")
_LANDING = _refusing("This part is just ending; the next question comes in a moment.")

PHASES: tuple[Phase, ...] = ("waiting", "live", "landing", "closing", "paused", "away", "ended")

# fmt: off
# Every transition there is: one row an event, one column a phase, in the order of PHASES.
_ROWS: dict[type[Event], tuple[Handler, ...]] = {
    InterviewerJoined: (
        E._first_join, E._rejoin, E._rejoin, E._rejoin_closing, E._rejoin_resting,
        E._rejoin_resting, E._rejoin_ended,
    ),
    CandidateJoined: (
        E._arrive, _ignored, _ignored, _ignored, _ignored, E._return, E._gone_ended,
    ),
    CandidateLeft: (
        E._leave, E._leave, E._leave, E._leave_closing, E._leave, _ignored, E._gone_ended,
    ),
    CandidateSpeaking: (
        E._hears_voice, E._hears_voice, E._hears_voice, _ignored, E._hears_voice, _ignored,
        _ignored,
    ),
    CandidateSilent: (
        E._hears_silence, E._hears_silence, E._hears_silence, _ignored, E._hears_silence,
        _ignored, _ignored,
    ),
    UtteranceFinal: (
        E._store_only, E._hears_words, E._hears_words, E._store_only, E._store_paused,
        E._store_only, E._store_only,
    ),
    TurnEnded: (
        _ignored, E._turn_ended, E._turn_ended, _ignored, E._turn_ended_paused, _ignored,
        _ignored,
    ),
    SpeechStarted: (
        E._begin, E._speech_started, E._speech_started, E._speech_started, E._speech_started,
        E._speech_started, E._record_only,
    ),
    SpeechEnded: (
        E._greeting_ended, E._speech_ended, E._speech_ended, E._speech_ended_closing,
        E._speech_ended_resting, E._speech_ended_resting, E._record_only,
    ),
    TimerFired: (
        E._timer, E._timer, E._timer, E._timer, E._timer, E._timer, _ignored,
    ),
    PauseRequested: (
        _UNBEGUN, E._pause, E._pause, _LEAVING, _TWICE, E._pause_away, _ENDED,
    ),
    ResumeRequested: (
        _UNBEGUN, _NOT_HELD, _NOT_HELD, _LEAVING, E._resume, E._resume_away, _ENDED,
    ),
    ExtendRequested: (
        _UNBEGUN, E._extend, E._extend, _LEAVING, E._extend, _ABSENT, _ENDED,
    ),
    NextRequested: (_UNBEGUN, E._next, E._next, _LEAVING, _HELD, _ABSENT, _ENDED),
    HintRequested: (_UNBEGUN, E._hint, _LANDING, _LEAVING, _HELD, _ABSENT, _ENDED),
    RepeatRequested: (_UNBEGUN, E._repeat, _LANDING, _LEAVING, _HELD, _ABSENT, _ENDED),
    EndRequested: (
        E._end_now, E._end, E._end, _ignored, E._end, E._end_now, _ignored,
    ),
    Observed: (E._observed,) * 7,
    ModelCalled: (_ignored,) * 7,
}

# fmt: on
TABLE: dict[tuple[Phase, type[Event]], Handler] = {
    (phase, event): handler
    for event, row in _ROWS.items()
    for phase, handler in zip(PHASES, row, strict=True)
}
