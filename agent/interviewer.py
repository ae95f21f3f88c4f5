"""The livekit Agent of an interview: ears only. It never decides what to say; the engine does."""

from __future__ import annotations

import time
from collections.abc import AsyncIterable, AsyncIterator, Callable

from livekit import rtc
from livekit.agents import Agent, ModelSettings, StopResponse, llm, stt
from livekit.agents.utils import is_given, shortuuid

from agent.speech.barge_in import BargeIn
from agent.speech.end_of_turn import EndOfTurn
from interview.transcript import Word


class Heard:
    """One recognised utterance, on the wall clock (epoch seconds)."""

    __slots__ = ("confidence", "ended_wall", "started_wall", "text", "utterance_id", "words")

    def __init__(
        self,
        *,
        text: str,
        confidence: float | None,
        started_wall: float,
        ended_wall: float,
        words: list[tuple[str, float, float, float | None]],
    ) -> None:
        self.utterance_id = shortuuid("utt_")
        self.text = text
        self.confidence = confidence
        self.started_wall = started_wall
        self.ended_wall = ended_wall
        self.words = words

    def words_at(self, at_wall: Callable[[float], float]) -> tuple[Word, ...]:
        return tuple(
            Word(text, round(at_wall(start) * 1000), round(at_wall(end) * 1000), confidence)
            for text, start, end, confidence in self.words
        )


class Interviewer(Agent):
    """`on_heard` gets every final utterance, `on_turn_ended` the end of each candidate turn."""

    def __init__(
        self,
        *,
        end_of_turn: EndOfTurn,
        barge_in: BargeIn,
        on_heard: Callable[[Heard], None],
        on_turn_ended: Callable[[], None],
    ) -> None:
        super().__init__(instructions="")
        self._end_of_turn = end_of_turn
        self._barge_in = barge_in
        self._on_heard = on_heard
        self._on_turn_ended = on_turn_ended
        self._speech_started_wall = time.time()

    async def stt_node(
        self, audio: AsyncIterable[rtc.AudioFrame], model_settings: ModelSettings
    ) -> AsyncIterator[stt.SpeechEvent]:
        async def tapped() -> AsyncIterator[rtc.AudioFrame]:
            async for frame in audio:
                self._end_of_turn.tail.push(frame)
                self._barge_in.push(frame)
                yield frame

        async for event in Agent.default.stt_node(self, tapped(), model_settings):
            self._observe(event)
            if self._counts(event):
                yield event

    async def on_user_turn_completed(
        self, turn_ctx: llm.ChatContext, new_message: llm.ChatMessage
    ) -> None:
        self._on_turn_ended()
        raise StopResponse

    def _counts(self, event: stt.SpeechEvent) -> bool:
        """False for words that only show that the candidate listens: kept, but no interruption.
        Early words are for the interviewer's own speech and for nobody else."""
        if event.type == stt.SpeechEventType.INTERIM_TRANSCRIPT and event.alternatives:
            self._barge_in.overheard(event.alternatives[0].text)
            return False
        if event.type != stt.SpeechEventType.FINAL_TRANSCRIPT or not event.alternatives:
            return True
        return self._barge_in.heard(event.alternatives[0].text)

    def _observe(self, event: stt.SpeechEvent) -> None:
        now = time.time()
        if event.type == stt.SpeechEventType.START_OF_SPEECH:
            self._speech_started_wall = now
        elif event.type == stt.SpeechEventType.END_OF_SPEECH:
            self._end_of_turn.speech_ended_wall = event.speech_end_time or now
        elif event.type == stt.SpeechEventType.FINAL_TRANSCRIPT and event.alternatives:
            self._on_heard(to_heard(event, self._speech_started_wall, now))


def to_heard(event: stt.SpeechEvent, fallback_start: float, now: float) -> Heard:
    """Recognisers that give no times are placed between the start of speech and its end."""
    data = event.alternatives[0]
    origin = (data.metadata or {}).get("started_wall")
    words: list[tuple[str, float, float, float | None]] = []
    if origin is not None:
        for word in data.words or ():
            if is_given(word.start_time) and is_given(word.end_time):
                confidence = word.confidence if is_given(word.confidence) else None
                words.append(
                    (str(word), origin + word.start_time, origin + word.end_time, confidence)
                )
    ended = event.speech_end_time or now
    started = words[0][1] if words else min(origin or fallback_start, ended)
    return Heard(
        text=data.text.strip(),
        confidence=data.confidence or None,
        started_wall=started,
        ended_wall=max(words[-1][2] if words else ended, started),
        words=words,
    )
