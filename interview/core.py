"""What every group of handlers needs: the state, the speaker, and the ways onward."""

from __future__ import annotations

from abc import ABC, abstractmethod

from interview.clock import Ledger
from interview.commands import Hush, Refuse
from interview.conversation import Conversation
from interview.events import Event, UtteranceFinal
from interview.scenario import Scenario
from interview.speaking import Speaker
from interview.state import FinishReason, Intent, IntentKind, State
from interview.wire import Plan


class Core(ABC):
    """State and speaker of one interview; the handlers are built on it."""

    def __init__(self, plan: Plan, scenario: Scenario, name: str, resume_window_s: float) -> None:
        self._scenario = scenario
        self._resume_window = resume_window_s
        self._rambling_s = plan.rambling_seconds
        self._state = State(
            ledger=Ledger.of(plan.segment_seconds, plan.buffer_seconds),
            talk=Conversation(scenario),
        )
        self._speaker = Speaker(plan, scenario, name, self._state)

    @abstractmethod
    def _transition(self, event: Event) -> None:
        """Hand `event` to the handler that the table of the engine names for it."""

    def _move_on(self, *, cut: bool = False, said: str = "") -> None:
        """Into the next segment, or out of the last one; a question in `said`, the candidate's
        last words, is not passed over."""
        state = self._state
        if state.ledger.index < len(state.ledger.planned) - 1:
            self._speaker.speak(Intent("bridge", text=said, cut=cut))
        else:
            self._close("completed", cut=cut, said=said)

    def _close(self, reason: FinishReason, *, cut: bool = False, said: str = "") -> None:
        state = self._state
        state.finish = reason
        state.phase = "closing"
        state.wakes.keep(state.out, "say")
        self._speaker.speak(Intent("farewell", text=said, cut=cut))

    def _go_on(self, kind: IntentKind) -> None:
        """The clock runs (again): on with the open question, or onwards if the time is used up."""
        state = self._state
        state.phase = "live"
        state.gave_up_at = None
        state.silences = 0
        state.release()
        if state.ledger.remaining <= 0:
            self._move_on()
        else:
            self._speaker.speak(Intent(kind))

    def _hush(self) -> None:
        state = self._state
        if state.speech and not state.speech.hushed:
            state.speech.hushed = True
            state.out.append(Hush())

    def _store(self, event: Event, *flags: str) -> bool:
        assert isinstance(event, UtteranceFinal)  # noqa: S101 - the table says so
        segment = self._scenario.segments[self._state.ledger.index].id
        return self._state.turns.utterance(event, segment, flags)

    def _refuse(self, request: str, message: str) -> None:
        self._state.out.append(Refuse(request=request, message=message))
