"""Charges time to the ledger, keeps the timers and handles those that fire."""

from __future__ import annotations

from interview import recall
from interview.commands import Hush
from interview.events import Event, InterviewerJoined, SpeechEnded, TimerFired
from interview.speaking import SPOKEN_WARNING_MIN_S
from interview.state import TIMER_TOLERANCE_S, Intent, warning_lead
from interview.voicing import Voicing

GRACE_S = 20.0
GRACE_BEFORE_FEEDBACK_S = 6.0
_OF_SILENCE = ("silence", "quiet", "rest")


class Timing(Voicing):
    """Time: charged on every event, kept in timers."""

    def _charge(self, event: Event) -> None:
        state, ledger = self._state, self._state.ledger
        until = event.at
        if state.phase == "ended":
            return
        if isinstance(event, InterviewerJoined) and event.epoch > state.epoch > 0:
            last_sign = state.at if event.live_until is None else event.live_until
            until = min(max(last_sign, state.at), event.at)
            ledger.rest("outage", event.at - until)
        elapsed = until - state.at
        match state.phase:
            case "waiting" | "paused" | "away":
                ledger.rest(state.phase, elapsed)
            case "live" | "landing" | "closing":
                ledger.spend(elapsed)

    def _keep_timers(self) -> None:
        """The timers that follow from the clock alone."""
        state = self._state
        if state.phase in {"paused", "away", "waiting"}:
            state.wakes.keep(state.out, "say", "abandon")
        if state.phase in {"landing", "closing"}:
            state.wakes.cancel(state.out, "segment_end", "warning", "feedback", *_OF_SILENCE)
        if state.phase != "live":
            state.release()
            state.wakes.cancel(state.out, "ramble")
        if state.phase != "landing":
            state.wakes.cancel(state.out, "grace")
        absent = state.phase == "away" or (state.phase == "waiting" and not state.present)
        if not absent:
            state.wakes.cancel(state.out, "abandon")
        elif "abandon" not in state.wakes.armed:
            state.wakes.arm(state.out, "abandon", state.at + self._resume_window)
        if state.phase == "live":
            self._keep_segment_timers()

    def _keep_segment_timers(self) -> None:
        state, ledger = self._state, self._state.ledger
        left, allotted = ledger.remaining, ledger.allotted[ledger.index]
        ahead = {"segment_end": left, "warning": left - warning_lead(allotted)}
        if ledger.index == len(ledger.planned) - 1:
            # The last words belong to the segment, too.
            ahead["segment_end"] = max(0.0, left - recall.farewell_room(allotted))
            if "feedback" not in state.talk.marks:
                due = self._answer_due() - state.at
                ahead["feedback"] = max(left - recall.feedback_room(allotted), due)
        if ahead["warning"] > TIMER_TOLERANCE_S:
            state.warned = state.warn_due = False
        for name, seconds in ahead.items():
            # A timer that has just fired is not asked for again for the sake of a rounding error.
            least = -1.0 if name not in state.wakes.armed else 0.0
            if name != "segment_end":
                least = TIMER_TOLERANCE_S
            if seconds > least:
                state.wakes.arm(state.out, name, state.at + seconds)
            elif name in state.wakes.armed and state.wakes.armed[name] > state.at:
                state.wakes.arm(state.out, name, state.at)

    def _timer(self, event: Event) -> None:
        assert isinstance(event, TimerFired)  # noqa: S101 - the table says so
        state = self._state
        if not state.wakes.fires(state.out, event.name, state.at):
            return
        match event.name:
            case "say":
                self._say_timed_out()
            case "abandon":
                state.end("abandoned")
            case "segment_end":
                self._land()
            case "grace":
                self._grace_over()
            case "warning":
                self._warning()
            case "floor":
                self._floor()
            case "silence":
                self._silence()
            case "hold":
                self._hold_over()
            case "ramble":
                self._rambling()
            case "rest":
                if state.silent and state.owed is not None:
                    self._speaker.speak(Intent("rest"))
            case "quiet":
                if state.free and state.warn_due:
                    self._speaker.speak(Intent("warn"))
            case "feedback":
                given = "feedback" in state.talk.marks
                if state.free and not given and state.at >= state.words_due_until:
                    self._speaker.speak(Intent("feedback"))

    def _hold_over(self) -> None:
        """The time to think is over: on with what was not heard, or one gentle offer."""
        state = self._state
        state.hold_s = None
        if not state.silent:
            return
        if state.owed is not None:
            self._speaker.speak(Intent("rest"))
        elif state.talk.open and not state.talk.open.heard:
            self._speaker.speak(Intent("unheard"))
        else:
            state.silences = 1
            self._speaker.speak(Intent("hold_over"))

    def _say_timed_out(self) -> None:
        """Nobody answered a Say: as if it had failed, so that nothing waits for it for ever."""
        state = self._state
        speech = state.speech
        if speech is None:
            return
        state.out.append(Hush())
        now = round(state.at * 1000)
        lost = SpeechEnded(
            at=state.at, say_id=speech.say_id, text="", outcome="failed", start_ms=now, end_ms=now
        )
        if speech.started:
            state.speech = None
            lost = SpeechEnded(
                at=state.at, say_id="", text="", outcome="finished", start_ms=now, end_ms=now
            )
            if state.phase == "closing" and not self._speaker.speak_waiting():
                state.end(state.finish)
            elif state.phase in {"live", "landing"} and not self._speaker.speak_waiting():
                self._take_up(finished=True)
            elif state.phase in {"paused", "away"}:
                self._speaker.speak_waiting()
            return
        self._transition(lost)

    def _land(self) -> None:
        """The segment's time is used up: let the running sentence end, or the thought that time
        was asked for, then bridge."""
        state = self._state
        speech = state.speech
        grace = self._grace()
        if speech is None and not state.speaking and not state.pending:
            thinking = state.wakes.armed.get("hold", state.at) - state.at
            due = max(state.words_due_until, self._answer_due())
            if thinking > 0:
                grace = min(grace, thinking)
            elif due > state.at:
                state.wakes.arm(state.out, "floor", due)
            else:
                self._move_on()
                return
        state.phase = "landing"
        state.grace_over = False
        state.wakes.arm(state.out, "grace", state.at + grace)
        if speech is not None and not speech.started:
            self._move_on()

    def _grace_over(self) -> None:
        state = self._state
        state.grace_over = True
        if state.speech is not None:
            return
        if not state.speaking and not state.pending and state.at < self._answer_due():
            state.wakes.arm(state.out, "floor", self._answer_due())
            return
        said = "" if state.speaking else " ".join(state.unanswered)
        self._move_on(cut=state.speaking, said=said)

    def _grace(self) -> float:
        """Seconds for which the candidate's sentence is not cut; few when the feedback is still to
        come, for they were waited for since it was due."""
        s = self._speaker.situation()
        return GRACE_BEFORE_FEEDBACK_S if recall.feedback_due(s) else GRACE_S

    def _warning(self) -> None:
        state, ledger = self._state, self._state.ledger
        if state.warned:
            return
        state.warned = True
        last = ledger.index == len(ledger.planned) - 1
        state.warn_due = ledger.allotted[ledger.index] >= SPOKEN_WARNING_MIN_S and not last
        self._speaker.listen()

    def _floor(self) -> None:
        """The wait for more words is over."""
        state = self._state
        if state.speech or state.speaking:
            return
        if state.phase == "landing":
            self._move_on(said=" ".join(state.unanswered))
        elif state.pending:
            self._waited()

    def _silence(self) -> None:
        state = self._state
        if not state.free:
            return
        if state.talk.open and not state.talk.open.heard:
            self._speaker.speak(Intent("unheard"))
        elif recall.feedback_due(self._speaker.situation()):
            self._speaker.speak(Intent("feedback"))
        else:
            self._speaker.speak(Intent("nudge"))
