"""Handlers of the interviewer's own speech."""

from __future__ import annotations

from interview import wishes
from interview.commands import EnterSegment
from interview.events import Event, Observed, SpeechEnded, SpeechStarted
from interview.language import words_of
from interview.listening import Listening
from interview.owing import Owed, last_of, left_of
from interview.state import KEEPS_TURN, Intent, Speech

BACKCHANNEL_WORDS = 3


class Voicing(Listening):
    """Follows what is being said, and goes on when it has been said."""

    def _speech_started(self, event: Event) -> None:
        assert isinstance(event, SpeechStarted)  # noqa: S101 - the table says so
        state = self._state
        segment, move = state.move_of.get(event.say_id, self._unknown_move())
        state.turns.speech_started(event, segment, event.move or move)
        speech = state.speech
        if speech is None or speech.say_id != event.say_id or speech.started:
            state.talk.say(event.text)
            return
        speech.started = True
        speech.text = event.text
        if speech.intent.kind not in KEEPS_TURN:
            state.turn_over()
            state.unanswered.clear()
        state.talk.begun(speech.planned, (speech.line, event.text), state.at)
        if speech.warns:
            state.warn_due = False

    def _unknown_move(self) -> tuple[str, str | None]:
        return self._scenario.segments[self._state.ledger.index].id, None

    def _begin(self, event: Event) -> None:
        """The greeting is being said: the first segment begins to run."""
        self._speech_started(event)
        speech = self._state.speech
        if speech and speech.started and speech.planned.kind == "greet":
            self._start_clock()

    def _start_clock(self) -> None:
        state = self._state
        state.phase = "live"
        state.ledger.enter(0)
        state.out.append(EnterSegment(segment=self._scenario.segments[0].id, index=0))

    def _record_end(self, event: Event) -> bool:
        """Store what was heard; True when it was the speech that is out, which it no longer is."""
        assert isinstance(event, SpeechEnded)  # noqa: S101 - the table says so
        state = self._state
        segment, move = state.move_of.get(event.say_id, self._unknown_move())
        state.turns.speech_ended(event, segment, move)
        state.spoke_until_ms = max(state.spoke_until_ms, event.end_ms)
        speech = state.speech
        if speech is None or speech.say_id != event.say_id:
            return False
        if not speech.started and event.text.strip():
            speech.started, speech.text = True, speech.line
            state.talk.begun(speech.planned, (event.text,), event.start_ms / 1000)
        if event.outcome == "finished":
            state.last_said = event.text
            if speech.intent.kind not in KEEPS_TURN:
                state.owed = Owed(speech.planned.rest) if speech.planned.rest else None
        elif speech.intent.kind in KEEPS_TURN:
            pass
        elif speech.started:
            state.talk.broken_off(event.text)
            self._owe(speech, event.text)
        elif event.outcome == "failed" and speech.retried:
            state.owed = Owed(speech.planned.rest) if speech.planned.rest else None
        elif speech.planned.rest or speech.intent.kind == "rest":
            state.owed = Owed(speech.planned)
        state.speech = None
        state.wakes.cancel(state.out, "say")
        return True

    def _owe(self, speech: Speech, heard: str) -> None:
        """What was not heard of `speech` is still to be said, and counts as not said."""
        state = self._state
        if 2 * len(words_of(heard)) < len(words_of(speech.text)):
            state.talk.taken_back(speech.planned)
        asked = state.talk.open
        left = left_of(
            speech.planned,
            speech.text,
            heard,
            asks=asked is not None and not asked.heard,
            opening=self._scenario.segments[state.ledger.index].opening,
        )
        state.owed = Owed(left, broken=left is not speech.planned.rest) if left else None

    def _greeting_ended(self, event: Event) -> None:
        """The greeting ended without having begun: say it once more, then begin without it."""
        assert isinstance(event, SpeechEnded)  # noqa: S101 - the table says so
        state = self._state
        speech = state.speech
        if not self._record_end(event) or speech is None:
            return
        if not state.present:
            return
        if speech.started:
            self._start_clock()
            self._speaker.listen(false_alarm=True)
        elif self._speaker.speak_waiting():
            return
        elif not speech.retried:
            self._speaker.again(speech)
        else:
            self._start_clock()
            self._speaker.listen()

    def _speech_ended(self, event: Event) -> None:
        assert isinstance(event, SpeechEnded)  # noqa: S101 - the table says so
        speech = self._state.speech
        if self._record_end(event) and speech is not None and not self._speaker.speak_waiting():
            if event.outcome == "failed" and not speech.retried and not speech.started:
                self._speaker.again(speech)
            else:
                if speech.intent.cut:
                    self._state.unanswered.clear()
                    self._state.cut_at = self._state.at
                self._take_up(finished=event.outcome == "finished")

    def _take_up(self, *, finished: bool) -> None:
        """The interviewer has fallen silent with nothing else to say."""
        state = self._state
        if state.phase == "landing":
            if state.grace_over:
                self._move_on(said="" if state.speaking else " ".join(state.unanswered))
            elif not (state.speaking or state.pending):
                if finished and state.at < self._answer_due():
                    state.wakes.arm(state.out, "floor", self._answer_due())
                else:
                    self._move_on()
            elif not state.speaking:
                self._wait_for_end_of_turn()
            return
        said = " ".join(state.unanswered)
        if finished and said and not state.speaking and state.gave_up_at is not None:
            if len(said.split()) <= BACKCHANNEL_WORDS and not wishes.recognise(said):
                state.unanswered.clear()
            else:
                self._consider()
                return
        if state.pending and not state.speaking:
            if state.gave_up_at is not None:
                self._consider()
            else:
                self._wait_for_end_of_turn()
        else:
            self._speaker.listen(false_alarm=not finished)

    def _speech_ended_resting(self, event: Event) -> None:
        """While paused or away: only what has been waiting is still said."""
        if self._record_end(event):
            self._speaker.speak_waiting()

    def _speech_ended_closing(self, event: Event) -> None:
        assert isinstance(event, SpeechEnded)  # noqa: S101 - the table says so
        speech = self._state.speech
        if not self._record_end(event) or speech is None or self._speaker.speak_waiting():
            return
        if event.outcome == "failed" and not speech.retried and not speech.started:
            self._speaker.again(speech)
            return
        state = self._state
        if state.owed is not None and "farewell" not in state.talk.marks:
            if event.outcome in {"interrupted", "stopped"}:
                # Whoever breaks in has heard enough, but for the goodbye.
                state.owed = Owed(last_of(state.owed.planned))
            self._speaker.speak(Intent("rest", cut=speech.intent.cut))
        if state.speech is None:
            state.end(state.finish)

    def _observed(self, event: Event) -> None:
        assert isinstance(event, Observed)  # noqa: S101 - the table says so
        state = self._state
        said = state.turns.said()
        known = [part for part in event.turn if part in said]
        if not known:
            return
        state.coverage.put(event, state.turns.segment_of(known[0]), said)
        flagged = state.coverage.flag_of(known[0])
        state.turns.flag(known[0], flagged.flag if flagged else None)

    def _record_only(self, event: Event) -> None:
        if isinstance(event, SpeechStarted):
            self._speech_started(event)
        else:
            self._record_end(event)
