"""Handlers of the candidate's side: voice, words, and the end of a turn."""

from __future__ import annotations

from interview import wishes
from interview.asking import Asking
from interview.conversation import Heard
from interview.events import EndRequested, Event, ResumeRequested, UtteranceFinal
from interview.floor import THINKING_HOLD_S, asks_for_time, hold_seconds
from interview.state import Intent

# Words that no end of turn followed are answered after this many seconds of silence.
UNENDED_HOLD_S = 8.0
# A transcript may come this much after the end of turn it belongs to, in seconds.
LATE_WORDS_S = 5.0
# Recognition of what was just said takes up to this long, in seconds.
WORDS_DUE_S = 3.0
# Nothing new is asked when less than this is left, in seconds or as a part of the allotment.
NOTHING_NEW_S = 8.0
NOTHING_NEW_PART = 0.1
LEAVE_EARLY_S = 60.0


class Listening(Asking):
    """Decides when the candidate has given up the floor, and has them answered."""

    def _hears_voice(self, event: Event) -> None:
        state = self._state
        state.speaking = True
        state.gave_up_at = None
        state.wakes.cancel(state.out, "floor", "silence", "quiet", "rest")

    def _hears_silence(self, event: Event) -> None:
        state = self._state
        if state.speaking:
            state.words_due_until = state.at + WORDS_DUE_S
        state.speaking = False
        if state.phase not in {"live", "landing"} or state.speech:
            return
        if state.unanswered and state.gave_up_at is not None:
            self._consider()
        elif state.unanswered or state.phase == "landing":
            self._wait_for_end_of_turn()
        else:
            self._speaker.listen(false_alarm=True)

    def _wait_for_end_of_turn(self) -> None:
        state = self._state
        wait = THINKING_HOLD_S if asks_for_time(" ".join(state.turn)) else UNENDED_HOLD_S
        state.wakes.arm(state.out, "floor", state.at + wait)

    def _store_only(self, event: Event) -> None:
        self._store(event)

    def _store_paused(self, event: Event) -> None:
        assert isinstance(event, UtteranceFinal)  # noqa: S101 - the table says so
        if self._store(event, "paused"):
            self._state.paused_words.append(event.text)

    def _hears_words(self, event: Event) -> None:
        assert isinstance(event, UtteranceFinal)  # noqa: S101 - the table says so
        state = self._state
        if not self._store(event):
            return
        segment = self._scenario.segments[state.ledger.index].id
        state.talk.candidate.append(Heard(segment, event.text.strip(), event.utterance_id))
        state.turn.append(event.text.strip())
        state.turn_ids.append(event.utterance_id)
        state.unanswered.append(event.text.strip())
        state.typed = event.source == "typed"
        state.silences = 0
        state.words_due_until = 0.0
        state.wakes.cancel(state.out, "silence", "quiet", "rest")
        if state.speech or state.speaking:
            return
        if state.gave_up_at is not None and state.at - state.gave_up_at <= LATE_WORDS_S:
            self._consider()
        else:
            self._wait_for_end_of_turn()

    def _turn_ended(self, event: Event) -> None:
        state = self._state
        state.gave_up_at = state.at
        state.words_due_until = 0.0
        if not state.unanswered:
            return
        speech = state.speech
        if speech is None:
            if not state.speaking or state.typed:
                self._consider()
        elif not speech.started and not speech.hushed and speech.intent.kind == "answer":
            self._speaker.speak(Intent("answer", text=" ".join(state.turn)))

    def _consider(self) -> None:
        """The floor was given up after words: answer, unless they leave something open."""
        state = self._state
        hold = 0.0 if state.typed else hold_seconds(" ".join(state.turn))
        if hold > 0:
            state.wakes.arm(state.out, "floor", state.at + hold)
        else:
            self._answer()

    def _answer(self) -> None:
        state, ledger = self._state, self._state.ledger
        said = " ".join(state.unanswered)
        if state.phase == "landing":
            self._move_on()
            return
        wish = wishes.recognise(said)
        if wish is not None:
            self._grant(wish)
            return
        enough = min(NOTHING_NEW_S, NOTHING_NEW_PART * ledger.allotted[ledger.index])
        if ledger.remaining < enough or self._all_said():
            self._move_on()
        else:
            self._speaker.speak(Intent("answer", text=" ".join(state.turn)))

    def _all_said(self) -> bool:
        """Feedback was given, nothing authored is left and little time: a natural end."""
        s = self._speaker.situation()
        return (
            s.last
            and "feedback" in s.talk.marks
            and not s.unasked()
            and s.remaining <= min(LEAVE_EARLY_S, 0.5 * s.allotted)
        )

    def _turn_ended_paused(self, event: Event) -> None:
        state = self._state
        said = " ".join(state.paused_words)
        state.paused_words.clear()
        wish = wishes.recognise(said, paused=True)
        if wish == "resume":
            self._resume(ResumeRequested(at=state.at, by="voice"))
        elif wish == "end":
            self._end(EndRequested(at=state.at, by="voice"))
