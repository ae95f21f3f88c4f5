"""An interview without sound, on a clock of its own: a mock user answers, the engine conducts."""

from __future__ import annotations

import heapq
import itertools
import math
import random
from dataclasses import replace

from interview.commands import CancelWake, Command, Hush, Observe, Say, WakeAt
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
from interview.transcript import Word
from interview.wire import Plan
from viva.marks import pieces
from viva.persona import Persona
from viva.seeding.answering import Answering

_INTERVIEWER_WORDS_A_SECOND = 2.7
_CANDIDATE_WORDS_A_SECOND = 2.4
_BEFORE_SPEAKING_S = 0.6
_RECOGNISED_AFTER_S = 0.3


class SilentRoom:
    """`log` is every event in order. `dice` moves pauses, paces and confidences a little."""

    def __init__(self, engine: Engine, persona: Persona, plan: Plan, dice: random.Random) -> None:
        self._engine = engine
        self._plan = plan
        answers = persona.behaviour == "answers"
        self._answers = Answering(persona, engine.scenario.id, dice) if answers else None
        self._thinking_s = persona.thinking_s
        self._pace = persona.voice.pace
        self._dice = dice
        self._wakes: dict[str, float] = {}
        self._queue: list[tuple[float, int, AnyEvent]] = []
        self._count = itertools.count(1)
        self._playing: Say | None = None
        self._begun = False
        self.now = 0.0
        self.log: list[AnyEvent] = []

    @property
    def over(self) -> bool:
        return self._engine.view(self.now).state == "ended"

    def start(self) -> None:
        """Interviewer and candidate come in."""
        self.feed(InterviewerJoined(at=0.0, epoch=1))
        self.now = round(1 + self._dice.random(), 3)
        self.feed(CandidateJoined(at=self.now))

    def run(self, until: float = math.inf) -> None:
        """Let time pass to second `until` of the session clock, or to the end of the interview."""
        while not self.over:
            timer = min(self._wakes, key=self._wakes.__getitem__, default=None)
            timer_at = self._wakes[timer] if timer is not None else math.inf
            event_at = self._queue[0][0] if self._queue else math.inf
            at = min(timer_at, event_at)
            if at > until or math.isinf(at):
                break
            self.now = max(self.now, round(at, 3))
            if timer is not None and timer_at <= event_at:
                del self._wakes[timer]
                self.feed(TimerFired(at=self.now, name=timer))
            else:
                self._happens(heapq.heappop(self._queue)[2])
        if not math.isinf(until):
            self.now = max(self.now, until)

    def feed(self, event: AnyEvent) -> None:
        """`event` happens, at the time that it carries."""
        self.log.append(event)
        if isinstance(event, SpeechStarted):
            self._begun = True
        for command in self._engine.handle(event):
            self._execute(command)

    def _happens(self, event: AnyEvent) -> None:
        event = replace(event, at=self.now)
        if not isinstance(event, SpeechEnded):
            self.feed(event)
            return
        say, self._playing = self._playing, None
        self.feed(event)
        # The candidate waits for all of a move, not for each breath.
        done = "rest" not in self._wakes and self._playing is None
        if say is not None and done and event.outcome == "finished":
            self._answer(say)

    def _execute(self, command: Command) -> None:
        match command:
            case WakeAt(name=name, at=at):
                self._wakes[name] = at
            case CancelWake(name=name):
                self._wakes.pop(name, None)
            case Say():
                self._say(command)
            case Hush():
                self._hush()
            case Observe():
                seen = observe(command, self._engine.scenario, self._engine.coverage, self.now)
                self._later(self.now, seen)
            case _:
                pass

    def _say(self, say: Say) -> None:
        self._playing, self._begun = say, False
        move = say.move
        rate = _INTERVIEWER_WORDS_A_SECOND * self._plan.speaking_rate
        start = self.now + _BEFORE_SPEAKING_S + 0.3 * self._dice.random()
        end = start + len(move.line.split()) / rate
        started = SpeechStarted(
            at=start,
            say_id=say.say_id,
            text=move.line,
            move=move.kind,
            reason=move.reason,
            ref=move.ref,
        )
        self._later(start, started)
        self._later(end, self._ended(say, start, end, move.line))

    def _hush(self) -> None:
        if self._playing is None:
            return
        speech = (SpeechStarted, SpeechEnded)
        self._queue = [item for item in self._queue if not isinstance(item[2], speech)]
        heapq.heapify(self._queue)
        heard = self._playing.move.line if self._begun else ""
        ended = replace(self._ended(self._playing, self.now, self.now, heard), outcome="stopped")
        self._later(self.now + 0.1, ended)

    def _ended(self, say: Say, start: float, end: float, text: str) -> SpeechEnded:
        return SpeechEnded(
            at=end,
            say_id=say.say_id,
            text=text,
            outcome="finished",
            start_ms=round(start * 1000),
            end_ms=round(end * 1000),
        )

    def _answer(self, say: Say) -> None:
        if self._answers is None or say.move.kind == "farewell":
            return
        line = self._answers.to(say.move)
        if line is None:
            return
        at = self.now + self._thinking_s + 0.5 * self._dice.random()
        for piece in pieces(line):
            at = self._utter(piece.text, at) + piece.pause_s
        self._later(at + _RECOGNISED_AFTER_S + 0.1, TurnEnded(at=at))

    def _utter(self, text: str, start: float) -> float:
        """The candidate says `text` from `start` on; when that ends."""
        words, end = self._timed(text.split(), start)
        final = UtteranceFinal(
            at=end,
            utterance_id=f"utt_{next(self._count)}",
            text=text,
            start_ms=round(start * 1000),
            end_ms=round(end * 1000),
            confidence=round(sum(word.confidence or 0 for word in words) / len(words), 3),
            words=words,
        )
        self._later(start, CandidateSpeaking(at=start))
        self._later(end, CandidateSilent(at=end))
        self._later(end + _RECOGNISED_AFTER_S, final)
        return end

    def _timed(self, texts: list[str], start: float) -> tuple[tuple[Word, ...], float]:
        """Words with their times, as a recogniser gives them: long ones take longer."""
        mean = sum(map(len, texts)) / len(texts)
        each = 1 / (_CANDIDATE_WORDS_A_SECOND * self._pace)
        at, words = start, []
        for text in texts:
            length = each * (0.5 + 0.5 * len(text) / mean) * self._dice.uniform(0.85, 1.15)
            spoken = at + 0.9 * length
            confidence = round(min(0.99, self._dice.gauss(0.92, 0.05)), 3)
            words.append(Word(text, round(at * 1000), round(spoken * 1000), confidence))
            at += length
        return tuple(words), at

    def _later(self, at: float, event: AnyEvent) -> None:
        heapq.heappush(self._queue, (at, next(self._count), event))
