"""The livekit Agent of an interview: ears only. It never decides what to say; the engine does."""

from __future__ import annotations

import time
from collections.abc import AsyncIterable, AsyncIterator, Callable

from livekit import rtc
from livekit.agents import Agent, ModelSettings, StopResponse, llm, stt
from livekit.agents.utils import is_given, shortuuid

from agent.clock import SessionClock
from agent.recording.sound import SessionSound
from agent.speech.barge_in import BargeIn
from agent.speech.end_of_turn import EndOfTurn
from agent.speech.voice_spans import VoiceSpans
from agent.speech.whisper_stt import LIES, Lies
from interview.transcript import Word


class Heard:
    """One recognised utterance. `started` and `ended` are seconds of the session clock."""

    __slots__ = ("confidence", "ended", "started", "text", "utterance_id", "words")

    def __init__(
        self,
        *,
        text: str,
        confidence: float | None,
        started: float,
        ended: float,
        words: tuple[Word, ...] = (),
    ) -> None:
        self.utterance_id = shortuuid("utt_")
        self.text = text
        self.confidence = confidence
        self.started = started
        self.ended = ended
        self.words = words


class Interviewer(Agent):
    """`on_heard` gets every final utterance, `on_turn_ended` the end of each candidate turn.
    `sound` places what is heard on `clock`; `spans` tells when a voice was heard."""

    def __init__(
        self,
        *,
        sound: SessionSound,
        clock: SessionClock,
        spans: VoiceSpans,
        end_of_turn: EndOfTurn,
        barge_in: BargeIn,
        on_heard: Callable[[Heard], None],
        on_turn_ended: Callable[[], None],
    ) -> None:
        super().__init__(instructions="")
        self._sound = sound
        self._clock = clock
        self._spans = spans
        self._end_of_turn = end_of_turn
        self._barge_in = barge_in
        self._on_heard = on_heard
        self._on_turn_ended = on_turn_ended
        self._speech_started = clock.now()
        self._span: tuple[float, float] | None = None

    async def stt_node(
        self, audio: AsyncIterable[rtc.AudioFrame], model_settings: ModelSettings
    ) -> AsyncIterator[stt.SpeechEvent]:
        async def tapped() -> AsyncIterator[rtc.AudioFrame]:
            async for frame in audio:
                self._sound.hear(frame)
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
        if event.type == stt.SpeechEventType.START_OF_SPEECH:
            self._speech_started = self._clock.now()
        elif event.type == stt.SpeechEventType.END_OF_SPEECH:
            ended = event.speech_end_time or time.time()
            self._end_of_turn.speech_ended_wall = ended
            noticed = self._clock.at_wall(ended)
            self._span = self._spans.take(noticed) or (self._speech_started, noticed)
        elif event.type == stt.SpeechEventType.FINAL_TRANSCRIPT and event.alternatives:
            started, ended = self._span or (self._speech_started, self._clock.now())
            self._on_heard(to_heard(event, started=started, ended=ended))


def to_heard(event: stt.SpeechEvent, *, started: float, ended: float) -> Heard:
    """Recognisers that do not know where what they heard lies are placed between `started` and
    `ended`, seconds of the session clock."""
    data = event.alternatives[0]
    lies = (data.metadata or {}).get(LIES)
    words: tuple[Word, ...] = ()
    if isinstance(lies, Lies):
        started, ended = lies.started, lies.ended
        words = tuple(
            Word(
                str(word),
                round(start * 1000),
                round(end * 1000),
                word.confidence if is_given(word.confidence) else None,
            )
            for word, (start, end) in zip(data.words or (), lies.words, strict=True)
        )
    if words:
        started, ended = words[0].start_ms / 1000, words[-1].end_ms / 1000
    started = min(started, ended)
    return Heard(
        text=data.text.strip(),
        confidence=data.confidence or None,
        started=started,
        ended=ended,
        words=words,
    )
