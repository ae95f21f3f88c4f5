"""The interview as a state machine: events in, commands out.

Every transition is in TABLE at the end of this module; there is no other place where the phase of
an interview decides what an event does.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from dataclasses import replace

from interview import recall, wishes
from interview.clock import Ledger
from interview.commands import Command, EnterSegment, Finish, Hush, Refuse
from interview.conversation import Conversation, Heard
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
    NextRequested,
    PauseRequested,
    RepeatRequested,
    ResumeRequested,
    SpeechEnded,
    SpeechStarted,
    TimerFired,
    TurnEnded,
    UtteranceFinal,
)
from interview.floor import THINKING_HOLD_S, asks_for_time, hold_seconds
from interview.language import duration_aloud
from interview.scenario import Scenario
from interview.speaking import SPOKEN_WARNING_MIN_S, Speaker
from interview.state import (
    TIMER_TOLERANCE_S,
    FinishReason,
    Intent,
    IntentKind,
    Phase,
    State,
    warning_lead,
)
from interview.transcript import Turn
from interview.view import View
from interview.viewing import look, shown
from interview.wire import Plan

GRACE_S = 20.0
RESUME_WINDOW_S = 24 * 3600.0
# Words that no end of turn followed are answered after this many seconds of silence.
UNENDED_HOLD_S = 8.0
# A transcript may come this much after the end of turn it belongs to, in seconds.
LATE_WORDS_S = 5.0
# Nothing new is asked when less than this is left, in seconds or as a part of the allotment.
NOTHING_NEW_S = 8.0
NOTHING_NEW_PART = 0.1
BACKCHANNEL_WORDS = 3
VOICE_EXTENSION_S = 120.0
LEAVE_EARLY_S = 90.0

_NOT_BEGUN = "The interview hasn't begun yet; it starts once you have been greeted."
_OVER = "The interview is over."
_GONE = "You aren't in the room; join again first."
_ON_HOLD = "The interview is paused; resume it first."


class Engine:
    """One interview. `handle` is the only way in; everything else is read from the state."""

    def __init__(
        self,
        plan: Plan,
        scenario: Scenario,
        candidate_name: str = "",
        resume_window_s: float = RESUME_WINDOW_S,
    ) -> None:
        self._scenario = scenario
        self._resume_window = resume_window_s
        self._state = State(
            ledger=Ledger.of(plan.segment_seconds, plan.buffer_seconds),
            talk=Conversation(scenario),
        )
        self._speaker = Speaker(plan, scenario, candidate_name.strip(), self._state)

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
        TABLE[state.phase, type(event)](self, event)
        self._keep_timers()
        self._show()
        return state.out

    # -- time ---------------------------------------------------------------------------------

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
            state.wakes.cancel(state.out, "segment_end", "warning", "feedback", "silence", "quiet")
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
        if ledger.index == len(ledger.planned) - 1 and "feedback" not in state.talk.marks:
            ahead["feedback"] = left - recall.feedback_room(allotted)
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

    def _show(self) -> None:
        state = self._state
        now = shown(look(state, self._scenario, state.at))
        before = state.shown
        same = before and replace(before, remaining=0.0) == replace(now, remaining=0.0)
        if not same or (before and now.ends_at is None and now != before):
            state.shown = now
            state.out.append(now)

    # -- who is there -------------------------------------------------------------------------

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
        state.speech = state.intent = state.shown = None
        state.speaking = False
        if state.talk.open and state.talk.open.heard and state.turns.lost_speech():
            state.talk.broken_off("")
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

    def _go_on(self, kind: IntentKind) -> None:
        """The clock runs (again): on with the open question, or onwards if the time is used up."""
        state = self._state
        state.phase = "live"
        state.gave_up_at = None
        state.silences = 0
        if state.ledger.remaining <= 0:
            self._move_on()
        else:
            self._speaker.speak(Intent(kind))

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
        state = self._state
        state.present = state.speaking = False
        state.gave_up_at = None
        state.intent = None
        if state.phase in {"paused", "live", "landing"}:
            state.pause_kept = state.phase == "paused"
            state.phase = "away"
        self._hush()

    def _hush(self) -> None:
        state = self._state
        if state.speech and not state.speech.hushed:
            state.speech.hushed = True
            state.out.append(Hush())

    def _leave_closing(self, event: Event) -> None:
        self._state.present = False
        self._hush()
        self._state.end(self._state.finish)

    def _gone_ended(self, event: Event) -> None:
        self._state.present = isinstance(event, CandidateJoined)

    # -- the candidate's side -----------------------------------------------------------------

    def _hears_voice(self, event: Event) -> None:
        state = self._state
        state.speaking = True
        state.gave_up_at = None
        state.wakes.cancel(state.out, "floor", "silence", "quiet")

    def _hears_silence(self, event: Event) -> None:
        state = self._state
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

    def _store(self, event: Event, *flags: str) -> bool:
        assert isinstance(event, UtteranceFinal)  # noqa: S101 - the table says so
        segment = self._scenario.segments[self._state.ledger.index].id
        return self._state.turns.utterance(event, segment, flags)

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
        state.talk.candidate.append(Heard(segment, event.text.strip()))
        state.turn.append(event.text.strip())
        state.unanswered.append(event.text.strip())
        state.typed = event.source == "typed"
        state.silences = 0
        state.wakes.cancel(state.out, "silence", "quiet")
        if state.speech or state.speaking:
            return
        if state.gave_up_at is not None and state.at - state.gave_up_at <= LATE_WORDS_S:
            self._consider()
        else:
            self._wait_for_end_of_turn()

    def _turn_ended(self, event: Event) -> None:
        state = self._state
        state.gave_up_at = state.at
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

    # -- the interviewer's side ---------------------------------------------------------------

    def _speech_started(self, event: Event) -> None:
        assert isinstance(event, SpeechStarted)  # noqa: S101 - the table says so
        state = self._state
        segment, move = state.move_of.get(event.say_id, self._unknown_move())
        state.turns.speech_started(event, segment, move)
        speech = state.speech
        if speech is None or speech.say_id != event.say_id or speech.started:
            state.talk.say(event.text)
            return
        speech.started = True
        state.talk.begun(speech.planned, (speech.line, event.text))
        state.turn.clear()
        state.unanswered.clear()
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
        speech = state.speech
        if speech is None or speech.say_id != event.say_id:
            return False
        if not speech.started and event.text.strip():
            speech.started = True
            state.talk.begun(speech.planned, (event.text,))
        if speech.started and event.outcome != "finished":
            state.talk.broken_off(event.text)
        state.speech = None
        state.wakes.cancel(state.out, "say")
        return True

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
                self._take_up(finished=event.outcome == "finished")

    def _take_up(self, *, finished: bool) -> None:
        """The interviewer has fallen silent with nothing else to say."""
        state = self._state
        if state.phase == "landing":
            if state.grace_over or not (state.speaking or state.unanswered):
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
        if state.unanswered and not state.speaking:
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
        else:
            self._state.end(self._state.finish)

    def _record_only(self, event: Event) -> None:
        if isinstance(event, SpeechStarted):
            self._speech_started(event)
        else:
            self._record_end(event)

    # -- timers -------------------------------------------------------------------------------

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
            case "quiet":
                if state.free and state.warn_due:
                    self._speaker.speak(Intent("warn"))
            case "feedback":
                if state.free:
                    self._speaker.speak(Intent("feedback"))

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
        TABLE[state.phase, SpeechEnded](self, lost)

    def _land(self) -> None:
        """The segment's time is used up: let the running sentence end, then bridge."""
        state = self._state
        speech = state.speech
        if speech is None and not state.speaking and not state.unanswered:
            self._move_on()
            return
        state.phase = "landing"
        state.grace_over = False
        state.wakes.arm(state.out, "grace", state.at + GRACE_S)
        if speech is not None and not speech.started:
            self._move_on()

    def _grace_over(self) -> None:
        state = self._state
        state.grace_over = True
        if state.speech is None:
            self._move_on(cut=state.speaking)

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
        if state.unanswered or state.phase == "landing":
            self._answer()

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

    def _move_on(self, *, cut: bool = False) -> None:
        """Into the next segment, or out of the last one."""
        state = self._state
        if state.ledger.index < len(state.ledger.planned) - 1:
            self._speaker.speak(Intent("bridge", cut=cut))
        else:
            self._close("completed", cut=cut)

    def _close(self, reason: FinishReason, *, cut: bool = False) -> None:
        state = self._state
        state.finish = reason
        state.phase = "closing"
        state.wakes.keep(state.out, "say")
        self._speaker.speak(Intent("farewell", cut=cut))

    # -- requests -----------------------------------------------------------------------------

    def _grant(self, wish: wishes.Wish) -> None:
        at = self._state.at
        match wish:
            case "pause":
                self._pause(PauseRequested(at=at, by="voice"))
            case "extend":
                planned = self._state.ledger.planned[self._state.ledger.index]
                seconds = min(VOICE_EXTENSION_S, 0.5 * planned)
                self._extend(ExtendRequested(at=at, seconds=seconds, by="voice"))
            case "next":
                self._move_on()
            case "end":
                self._close("ended_early")
            case "repeat" | "rephrase" | "hint":
                self._speaker.speak(Intent(wish))
            case "resume":
                pass

    def _pause(self, event: Event) -> None:
        state = self._state
        state.phase = "paused"
        state.paused_words.clear()
        state.intent = None
        self._speaker.speak(Intent("paused"))

    def _pause_away(self, event: Event) -> None:
        self._state.pause_kept = True

    def _resume(self, event: Event) -> None:
        self._state.unanswered.clear()
        self._state.turn.clear()
        self._state.intent = None
        self._go_on("resumed")

    def _resume_away(self, event: Event) -> None:
        self._state.pause_kept = False

    def _extend(self, event: Event) -> None:
        assert isinstance(event, ExtendRequested)  # noqa: S101 - the table says so
        state, ledger = self._state, self._state.ledger
        wanted = event.seconds
        if not math.isfinite(wanted) or wanted == 0:
            self._refuse("extend", "Say by how many seconds, for example 120.")
            return
        if wanted < 0:
            taken = ledger.shorten(-wanted)
            if taken < -wanted - 1e-9:
                self._refuse(
                    "extend",
                    f"Only {taken:.0f} of the {-wanted:.0f} seconds could be taken off; "
                    "the rest is used up already.",
                )
            return
        granted = ledger.extend(wanted)
        if granted < wanted - 1e-9:
            kept = "the later parts keep at least half of their time"
            self._refuse(
                "extend",
                f"There is no more time to give: {kept}."
                if granted < 1
                else f"Added {duration_aloud(granted)}, not {duration_aloud(wanted)}: {kept}.",
            )
        if state.phase == "landing" and state.intent is None and granted > 0:
            state.phase = "live"
        if event.by == "voice":
            self._speaker.speak(Intent("extended", seconds=granted))

    def _next(self, event: Event) -> None:
        self._move_on()

    def _hint(self, event: Event) -> None:
        self._speaker.speak(Intent("hint"))

    def _repeat(self, event: Event) -> None:
        self._speaker.speak(Intent("repeat"))

    def _end(self, event: Event) -> None:
        self._close("ended_early")

    def _end_now(self, event: Event) -> None:
        """Nobody is there to say goodbye to."""
        self._hush()
        self._state.end("ended_early")

    def _refuse(self, request: str, message: str) -> None:
        self._state.out.append(Refuse(request=request, message=message))

    def _ignored(self, event: Event) -> None:
        """The event changes nothing but the clock in this phase."""


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


E = Engine
_UNBEGUN, _ENDED, _ABSENT = _refusing(_NOT_BEGUN), _refusing(_OVER), _refusing(_GONE)
_HELD, _NOT_HELD = _refusing(_ON_HOLD), _refusing("The interview isn't paused.")
_TWICE = _refusing("The interview is paused already.")
_LEAVING = _refusing("The interview is just ending.")

PHASES: tuple[Phase, ...] = ("waiting", "live", "landing", "closing", "paused", "away", "ended")

# Every transition there is: one row an event, one column a phase, in the order of PHASES.
_ROWS: dict[type[Event], tuple[Handler, ...]] = {
    InterviewerJoined: (
        E._first_join,
        E._rejoin,
        E._rejoin,
        E._rejoin_closing,
        E._rejoin_resting,
        E._rejoin_resting,
        E._rejoin_ended,
    ),
    CandidateJoined: (
        E._arrive,
        E._ignored,
        E._ignored,
        E._ignored,
        E._ignored,
        E._return,
        E._gone_ended,
    ),
    CandidateLeft: (
        E._leave,
        E._leave,
        E._leave,
        E._leave_closing,
        E._leave,
        E._ignored,
        E._gone_ended,
    ),
    CandidateSpeaking: (
        E._hears_voice,
        E._hears_voice,
        E._hears_voice,
        E._ignored,
        E._hears_voice,
        E._ignored,
        E._ignored,
    ),
    CandidateSilent: (
        E._hears_silence,
        E._hears_silence,
        E._hears_silence,
        E._ignored,
        E._hears_silence,
        E._ignored,
        E._ignored,
    ),
    UtteranceFinal: (
        E._store_only,
        E._hears_words,
        E._hears_words,
        E._store_only,
        E._store_paused,
        E._store_only,
        E._store_only,
    ),
    TurnEnded: (
        E._ignored,
        E._turn_ended,
        E._turn_ended,
        E._ignored,
        E._turn_ended_paused,
        E._ignored,
        E._ignored,
    ),
    SpeechStarted: (
        E._begin,
        E._speech_started,
        E._speech_started,
        E._speech_started,
        E._speech_started,
        E._speech_started,
        E._record_only,
    ),
    SpeechEnded: (
        E._greeting_ended,
        E._speech_ended,
        E._speech_ended,
        E._speech_ended_closing,
        E._speech_ended_resting,
        E._speech_ended_resting,
        E._record_only,
    ),
    TimerFired: (
        E._timer,
        E._timer,
        E._timer,
        E._timer,
        E._timer,
        E._timer,
        E._ignored,
    ),
    PauseRequested: (
        _UNBEGUN,
        E._pause,
        E._pause,
        _LEAVING,
        _TWICE,
        E._pause_away,
        _ENDED,
    ),
    ResumeRequested: (
        _UNBEGUN,
        _NOT_HELD,
        _NOT_HELD,
        _LEAVING,
        E._resume,
        E._resume_away,
        _ENDED,
    ),
    ExtendRequested: (
        _UNBEGUN,
        E._extend,
        E._extend,
        _LEAVING,
        E._extend,
        _ABSENT,
        _ENDED,
    ),
    NextRequested: (_UNBEGUN, E._next, E._next, _LEAVING, _HELD, _ABSENT, _ENDED),
    HintRequested: (_UNBEGUN, E._hint, E._ignored, _LEAVING, _HELD, _ABSENT, _ENDED),
    RepeatRequested: (_UNBEGUN, E._repeat, E._ignored, _LEAVING, _HELD, _ABSENT, _ENDED),
    EndRequested: (
        E._end_now,
        E._end,
        E._end,
        E._ignored,
        E._end,
        E._end_now,
        E._ignored,
    ),
}

TABLE: dict[tuple[Phase, type[Event]], Handler] = {
    (phase, event): handler
    for event, row in _ROWS.items()
    for phase, handler in zip(PHASES, row, strict=True)
}
