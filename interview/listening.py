"""Handlers of the candidate's side: voice, words, and the end of a turn."""

from __future__ import annotations

import re

from interview import requests, turn_moves, wishes
from interview.asking import Asking
from interview.brevity import room_for_more
from interview.clarity import doubtful, garbled
from interview.closing import farewell_room
from interview.conversation import Heard
from interview.events import EndRequested, Event, ResumeRequested, UtteranceFinal
from interview.floor import is_backchannel, reading
from interview.language import normal, sentences, words_of
from interview.patience import rambling
from interview.requests import OFFERED_TO_END, OFFERED_TO_LEAVE
from interview.state import Intent
from interview.thinking_time import time_asked

# A transcript may come this much after the end of turn it belongs to, in seconds.
LATE_WORDS_S = 5.0
# Recognition of what was just said takes up to this long, in seconds.
WORDS_DUE_S = 3.0
# Nothing new is asked when less than this is left, in seconds or as a part of the allotment.
NOTHING_NEW_S = 12.0
NOTHING_NEW_PART = 0.25
# With all said, goodbye comes up to so much before it has to, in seconds.
LEAVE_EARLY_S = 20.0
# After a question the floor is the candidate's for at least so long, in seconds.
ANSWER_FLOOR_S = 6.0
# So often in a row words that could not be made out are asked for again.
MOST_UNCLEAR = 2
# Speech with fewer words a second than this is slow, not long; it is looked at again later.
RAMBLING_WORDS_A_SECOND = 1.0
LOOK_AGAIN_S = 20.0
# A longer turn after an offer to leave the question is an answer to the question.
SHORT_REPLY_WORDS = 6
_MAY_I = re.compile(
    r"\b(?:can|could|may|might|would|will) (?:i|you|we)\b|\bdo you mind\b"
    r"|\b(?:is|would) it (?:be )?(?:okay|ok|all right|alright|fine|possible)\b"
)


class Listening(Asking):
    """Decides when the candidate has given up the floor, and has them answered."""

    def _hears_voice(self, event: Event) -> None:
        state = self._state
        state.speaking = True
        state.gave_up_at = None
        state.wakes.cancel(state.out, "floor", "silence", "quiet", "rest")
        if state.turn_since is None or not state.turn:
            state.turn_since = state.at
            state.wakes.cancel(state.out, "ramble")
        if state.phase == "live" and "ramble" not in state.wakes.armed:
            limit = state.turn_since + self._ramble_limit()
            state.wakes.arm(state.out, "ramble", max(limit, state.at + LOOK_AGAIN_S))

    def _ramble_limit(self) -> float:
        ledger = self._state.ledger
        last = ledger.index == len(ledger.planned) - 1
        return rambling(
            self._rambling_s,
            ledger.planned[ledger.index],
            last=last,
            redirected=self._state.redirected,
        )

    def _rambling(self) -> None:
        """One turn has taken very long: break in once, if it is speech and not thought."""
        state = self._state
        if state.phase != "live" or not (state.speaking or state.pending):
            return
        said = " ".join(state.turn)
        talkative = RAMBLING_WORDS_A_SECOND * self._ramble_limit()
        if state.speech or len(words_of(said)) < talkative:
            state.wakes.arm(state.out, "ramble", state.at + LOOK_AGAIN_S)
        elif state.ledger.remaining > NOTHING_NEW_S:
            state.redirected += 1
            self._speaker.speak(Intent("redirect", text=said, cut=True))

    def _hears_silence(self, event: Event) -> None:
        state = self._state
        if state.speaking:
            state.words_due_until = state.at + WORDS_DUE_S
        state.speaking = False
        if state.phase not in {"live", "landing"} or state.speech:
            return
        if state.pending and state.gave_up_at is not None:
            self._consider()
        elif state.pending or state.phase == "landing":
            self._wait_for_end_of_turn()
        else:
            self._speaker.listen(false_alarm=True)

    def _wait_for_end_of_turn(self) -> None:
        state = self._state
        if self._landing_thought():
            return
        wait = max(self._speaker.patience.unended, self._hold_after(" ".join(state.turn)))
        state.wakes.arm(state.out, "floor", state.at + wait)

    def _landing_thought(self) -> bool:
        """True when time to think was asked for as the segment ended: no other timer than the
        landing's own ends it."""
        state = self._state
        if state.phase != "landing" or not state.unanswered or state.grace_over:
            return False
        if self._thinking_time() is None:
            return False
        state.wakes.cancel(state.out, "floor")
        return True

    def _thinking_time(self) -> float | None:
        """Seconds that the last words ask for, None when they ask for none or for more besides."""
        unanswered = self._state.unanswered
        asked = wishes.requested(" ".join(unanswered))
        if asked.wishes:
            return None
        return time_asked(unanswered[-1]) if asked.hold_s is None else asked.hold_s

    def _hold_after(self, said: str) -> float:
        """Seconds of silence to leave after `said`; fewer once they were asked to go on."""
        state, patience = self._state, self._speaker.patience
        if state.typed:
            return 0.0
        asked = state.talk.open.text if state.talk.open else ""
        # Who was asked to go on has had the time for the rest of a list.
        pauses = len(state.turn) - 1
        read = reading(said, asked, lists=not state.prompted, pauses=pauses)
        if read == "finished" and state.talk.last_word_doubtful():
            read = "maybe"
        hold = max(patience.hold(read), room_for_more(state.talk, said))
        return min(hold, patience.unended) if state.prompted else hold

    def _store_only(self, event: Event) -> None:
        self._store(event)

    def _store_paused(self, event: Event) -> None:
        assert isinstance(event, UtteranceFinal)  # noqa: S101 - the table says so
        if self._store(event, "paused"):
            self._state.paused_words.append(event.text)

    def _hears_words(self, event: Event) -> None:
        assert isinstance(event, UtteranceFinal)  # noqa: S101 - the table says so
        state = self._state
        unclear = garbled(event)
        if not self._store(event, *(("garbled",) if unclear else ())):
            return
        text = event.text.strip()
        over_speech = state.speech is not None and state.speech.started
        over_speech = over_speech or event.end_ms <= state.spoke_until_ms
        if over_speech and event.source == "voice" and is_backchannel(text):
            return
        state.typed = event.source == "typed"
        if unclear:
            state.unclear += len(words_of(text))
        else:
            segment = self._scenario.segments[state.ledger.index].id
            state.talk.candidate.append(Heard(segment, text, event.utterance_id, doubtful(event)))
            state.turn.append(text)
            state.turn_ids.append(event.utterance_id)
            if event.start_ms >= 1000 * state.cut_at or state.typed:
                state.unanswered.append(text)
        state.silences = 0
        state.also = ()
        state.words_due_until = 0.0
        state.release()
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
        if not state.pending:
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
        hold = self._hold_after(" ".join(state.turn))
        if state.phase == "live" and state.unanswered and self._hold():
            return
        if self._landing_thought():
            return
        said = " ".join(state.unanswered)
        offered = bool({OFFERED_TO_LEAVE, OFFERED_TO_END} & state.talk.marks)
        offered = offered and len(words_of(said)) <= SHORT_REPLY_WORDS
        if hold > 0 and not offered and wishes.recognise(said) is None:
            state.wakes.arm(state.out, "floor", state.at + hold)
        else:
            self._answer()

    def _waited(self) -> None:
        """More words were waited for and none came: who stopped in the middle is asked to go on."""
        state = self._state
        if state.phase == "live" and state.unanswered and self._hold():
            return
        pauses = len(state.turn) - 1
        read = reading(" ".join(state.turn), pauses=pauses)
        unfinished = not state.typed and read == "open"
        if state.phase == "live" and state.unanswered and unfinished and not state.prompted:
            state.prompted = True
            self._speaker.speak(Intent("go_on"))
            if state.speech is not None:
                return
            # Every line that asks to go on has been said: what was heard is the answer.
        self._answer()

    def _hold(self) -> bool:
        """Hold the floor when the last words ask for time and for nothing else; the request
        itself is no answer. Only who asks whether they may is told so: anybody else is thinking
        already, and any word would cut in."""
        state = self._state
        may_i = bool(_MAY_I.search(normal(state.unanswered[-1])))
        seconds = self._thinking_time()
        if seconds is None:
            return False
        asked = wishes.requested(" ".join(state.unanswered))
        if asked or len(sentences(state.unanswered[-1])) == 1:
            state.turn.pop()
            state.turn_ids.pop()
            state.talk.candidate.pop()
        state.unanswered.clear()
        state.unclear = 0
        state.hold_s = seconds
        if state.hold_granted or not may_i:
            state.wakes.cancel(state.out, "floor")
            self._speaker.listen()
        else:
            state.hold_granted = True
            self._speaker.speak(Intent("hold", seconds=seconds))
        return True

    def _answer(self) -> None:
        state, ledger = self._state, self._state.ledger
        said = " ".join(state.unanswered)
        if state.phase == "landing":
            self._move_on(said=said)
            return
        if 2 * len(words_of(said)) < state.unclear:
            self._ask_again()
            return
        if not said:
            state.unclear = 0
            self._speaker.listen(false_alarm=True)
            return
        state.hold_granted = False
        state.unclear_row = state.redirected = 0
        if self._taken_up(said):
            return
        if self._granted(said):
            return
        enough = min(NOTHING_NEW_S, NOTHING_NEW_PART * ledger.allotted[ledger.index])
        if ledger.remaining < enough or self._all_said():
            self._move_on(said=said)
        else:
            self._speaker.speak(Intent("answer", text=" ".join(state.turn)))

    def _ask_again(self) -> None:
        """What was said could not be made out."""
        state = self._state
        if state.unclear < 2 and not state.unanswered:
            # As likely a cough.
            state.unclear = 0
            self._speaker.listen(false_alarm=True)
            return
        state.unclear_row += 1
        if state.unclear_row <= MOST_UNCLEAR:
            self._speaker.speak(Intent("unclear"))
        else:
            state.unclear_row = 0
            self._speaker.speak(Intent("unclear_on"))

    def _taken_up(self, said: str) -> bool:
        """True when `said` answers the offer to leave the question, or to end."""
        if OFFERED_TO_END in self._state.talk.marks and requests.ends(said):
            self._close("ended_early")
            return True
        if OFFERED_TO_END in self._state.talk.marks and requests.goes_on(said):
            self._speaker.speak(Intent("stay"))
            return True
        if OFFERED_TO_LEAVE not in self._state.talk.marks:
            return False
        if turn_moves.wants_a_pause(said):
            self._grant("pause")
        elif turn_moves.declines(said):
            self._speaker.speak(Intent("stay"))
        elif not turn_moves.accepts(said) and wishes.recognise(said) != "next":
            return False
        elif turn_moves.leave(self._speaker.situation()):
            self._speaker.speak(Intent("leave"))
        else:
            self._move_on()
        return True

    def _all_said(self) -> bool:
        """Feedback was given, nothing authored is left and little time: a natural end."""
        s = self._speaker.situation()
        return (
            s.last
            and "feedback" in s.talk.marks
            and not s.unasked()
            and s.remaining <= min(farewell_room(s.allotted) + LEAVE_EARLY_S, 0.5 * s.allotted)
        )

    def _answer_due(self) -> float:
        """Until when the question just asked is left to be answered; in the past when none is."""
        state = self._state
        asked = "?" in state.last_said and not state.turn
        return state.spoke_until_ms / 1000 + ANSWER_FLOOR_S if asked else 0.0

    def _turn_ended_paused(self, event: Event) -> None:
        state = self._state
        said = " ".join(state.paused_words)
        state.paused_words.clear()
        wish = wishes.recognise(said, paused=True)
        if wish == "resume":
            self._resume(ResumeRequested(at=state.at, by="voice"))
        elif wish == "end":
            self._end(EndRequested(at=state.at, by="voice"))
