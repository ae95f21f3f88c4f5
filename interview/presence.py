"""Handlers of who comes and goes."""

from __future__ import annotations

from interview.commands import Finish
from interview.events import CandidateJoined, CandidateLeft, Event, InterviewerJoined
from interview.owing import Owed
from interview.state import Intent
from interview.timing import Timing


class Presence(Timing):
    """Interviewers taking over, the candidate coming and going."""

    def _first_join(self, event: Event) -> None:
        """An interviewer came while nothing has been said yet."""
        if self._takes_over(event):
            self._greet_when_both()

    def _takes_over(self, event: Event) -> bool:
        assert isinstance(event, InterviewerJoined)  # noqa: S101 - the table says so
        state = self._state
        if event.epoch <= state.epoch:
            return False
        state.epoch = event.epoch
        lost = state.speech
        state.speech = state.intent = state.shown = None
        state.speaking = False
        if lost and lost.started:
            state.talk.broken_off("")
            self._owe(lost, "")
            if lost.planned.kind == "greet":
                state.owed = Owed(lost.planned.rest) if lost.planned.rest else None
        elif lost and (lost.planned.rest or lost.intent.kind == "rest"):
            state.owed = Owed(lost.planned)
        state.observe_again()
        armed = dict(state.wakes.armed)
        state.wakes.armed.clear()
        if "abandon" in armed:
            state.wakes.arm(state.out, "abandon", armed["abandon"])
        return True

    def _rejoin(self, event: Event) -> None:
        """Another interviewer after the first one was lost."""
        if not self._takes_over(event):
            return
        if self._state.present:
            self._go_on("rejoined")

    def _rejoin_resting(self, event: Event) -> None:
        """Nobody is to be spoken to; the timers are asked for again."""
        self._takes_over(event)

    def _rejoin_closing(self, event: Event) -> None:
        if self._takes_over(event):
            if "farewell" in self._state.talk.marks:
                self._state.end(self._state.finish)
            else:
                self._speaker.speak(Intent("farewell"))

    def _rejoin_ended(self, event: Event) -> None:
        if self._takes_over(event):
            self._state.out.append(Finish(reason=self._state.finish))

    def _arrive(self, event: Event) -> None:
        self._state.present = True
        self._greet_when_both()

    def _greet_when_both(self) -> None:
        state = self._state
        if state.present and state.epoch > 0 and state.speech is None:
            self._speaker.speak(Intent("greet"))
        elif state.present and state.speech is not None and state.speech.hushed:
            state.intent = Intent("greet")

    def _return(self, event: Event) -> None:
        state = self._state
        state.present = True
        if state.pause_kept:
            state.phase, state.pause_kept = "paused", False
            self._speaker.speak(Intent("still_paused"))
        else:
            self._go_on("returned")

    def _leave(self, event: Event) -> None:
        """The candidate is gone and the clock stands still."""
        assert isinstance(event, CandidateLeft)  # noqa: S101 - the table says so
        state = self._state
        if event.since is not None and state.phase in {"live", "landing"}:
            state.ledger.refund(event.at - max(event.since, state.entered_at))
        state.present = state.speaking = False
        state.gave_up_at = None
        state.intent = None
        if state.phase in {"paused", "live", "landing"}:
            state.pause_kept = state.phase == "paused"
            state.phase = "away"
        self._hush()

    def _leave_closing(self, event: Event) -> None:
        self._state.present = False
        self._hush()
        self._state.end(self._state.finish)

    def _gone_ended(self, event: Event) -> None:
        self._state.present = isinstance(event, CandidateJoined)
