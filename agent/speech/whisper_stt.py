"""Whisper behind livekit's `stt.STT`, streaming.

Whisper itself does not stream. To hide its fixed cost, recognition starts as soon as the candidate
has been quiet for SPECULATE_AFTER; if they go on speaking, that work is thrown away, and if they do
not, it is nearly done when the utterance ends. A busy machine is spared that. Long stretches
without a pause are recognised in pieces, so that no more than MAX_UTTERANCE is ever at stake.
"""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass, field

import numpy as np
from livekit import rtc
from livekit.agents import APIConnectionError, stt, utils
from livekit.agents.types import (
    DEFAULT_API_CONNECT_OPTIONS,
    NOT_GIVEN,
    APIConnectOptions,
    NotGivenOr,
    TimedString,
)
from livekit.agents.vad import VAD, VADEvent, VADEventType

from agent.log import logger
from agent.recording.places import StreamPlaces, place_of
from agent.speech.whisper import SAMPLE_RATE, Recognised, Samples, Whisper

SPECULATE_AFTER = 0.2
# A voice may have begun this long before the detector is sure of it, in seconds.
VOICE_NOTICED_LATE = 0.1
# Recognition that takes longer than this, in seconds, is not begun on a guess: thrown away, it
# still runs to its end, and keeps the words that count waiting for longer than the guess can gain.
SLOW_SECONDS = 2.0
COMMIT_AFTER_SECONDS = 18.0
MAX_UTTERANCE_SECONDS = 27.0
# Key of what a recognised utterance says about where it lies.
LIES = "lies"


@dataclass(frozen=True, slots=True)
class Lies:
    """Where an utterance lies: seconds of the session clock. `words` answers the words of the
    event one for one."""

    started: float
    ended: float
    words: tuple[tuple[float, float], ...]


class WhisperSTT(stt.STT[str]):
    """`terms` are the words a scenario expects; they bias the recogniser."""

    def __init__(self, whisper: Whisper, *, vad: VAD, terms: tuple[str, ...] = ()) -> None:
        super().__init__(
            capabilities=stt.STTCapabilities(
                streaming=True, interim_results=False, aligned_transcript="word"
            )
        )
        self._whisper = whisper
        self._vad = vad
        self._terms = terms
        # How long the last recognition took, without its wait for the engine, in seconds.
        self.took = 0.0

    @property
    def model(self) -> str:
        return self._whisper.name

    @property
    def provider(self) -> str:
        return "faster-whisper"

    def transcribe(self, samples: Samples) -> asyncio.Future[Recognised]:
        return asyncio.get_running_loop().run_in_executor(
            self._whisper.executor, self._timed, samples
        )

    def _timed(self, samples: Samples) -> Recognised:
        begun = time.monotonic()
        try:
            return self._whisper.transcribe(samples, terms=self._terms)
        finally:
            self.took = time.monotonic() - begun

    async def _recognize_impl(
        self,
        buffer: utils.AudioBuffer,
        *,
        language: NotGivenOr[str] = NOT_GIVEN,
        conn_options: APIConnectOptions,
    ) -> stt.SpeechEvent:
        frame = rtc.combine_audio_frames(buffer)
        if frame.sample_rate != SAMPLE_RATE:
            resampler = rtc.AudioResampler(
                frame.sample_rate, SAMPLE_RATE, num_channels=frame.num_channels
            )
            frames = [*resampler.push(frame), *resampler.flush()]
        else:
            frames = [frame]
        result = await self.transcribe(to_samples(frames))
        return final_event(result)

    def stream(
        self,
        *,
        language: NotGivenOr[str] = NOT_GIVEN,
        conn_options: APIConnectOptions = DEFAULT_API_CONNECT_OPTIONS,
    ) -> WhisperStream:
        return WhisperStream(self, vad=self._vad, conn_options=conn_options)


@dataclass
class Utterance:
    """Audio since the candidate began to speak. `started`: of its first sample, and `voiced`: of
    the voice, before which there may be silence; both in seconds of the stream."""

    started: float
    voiced: float
    frames: list[rtc.AudioFrame] = field(default_factory=list)
    seconds: float = 0.0
    speculation: asyncio.Future[Recognised] | None = None

    def add(self, frames: list[rtc.AudioFrame]) -> None:
        self.frames.extend(frames)
        self.seconds += sum(frame.duration for frame in frames)


@dataclass(frozen=True)
class Pending:
    """`started`, `voiced` and `ended` are in seconds of the stream, `ended_wall` is an epoch
    time."""

    started: float
    voiced: float
    ended: float
    ended_wall: float
    result: asyncio.Future[Recognised]


class WhisperStream(stt.RecognizeStream):
    def __init__(self, owner: WhisperSTT, *, vad: VAD, conn_options: APIConnectOptions) -> None:
        super().__init__(stt=owner, conn_options=conn_options, sample_rate=SAMPLE_RATE)
        self._owner = owner
        self._vad = vad
        self._utterance: Utterance | None = None
        self._places = StreamPlaces()
        # Seconds of the stream that the detector has told of.
        self._listened = 0.0
        self._pending: asyncio.Queue[Pending | None] = asyncio.Queue()

    async def _metrics_monitor_task(self, event_aiter: object) -> None:
        async for _ in event_aiter:  # type: ignore[attr-defined]
            pass

    async def _run(self) -> None:
        vad_stream = self._vad.stream()
        self._listened = self._places.samples / SAMPLE_RATE

        async def forward() -> None:
            async for item in self._input_ch:
                if isinstance(item, rtc.AudioFrame):
                    self._places.add(item.samples_per_channel, place_of(item))
                    vad_stream.push_frame(item)
                else:
                    vad_stream.flush()
            vad_stream.end_input()

        async def listen() -> None:
            async for event in vad_stream:
                self._on_vad(event)
            self._pending.put_nowait(None)

        tasks = [
            asyncio.create_task(forward(), name="whisper.forward"),
            asyncio.create_task(listen(), name="whisper.listen"),
            asyncio.create_task(self._deliver(), name="whisper.deliver"),
        ]
        try:
            await asyncio.gather(*tasks)
        except Exception as error:
            if self._utterance is not None:
                self._commit(self._utterance, ended=self._listened)
                self._utterance = None
            # Only such an error is followed by another try; a session is deaf after any other.
            raise APIConnectionError(f"listening failed: {type(error).__name__}") from None
        finally:
            await utils.aio.cancel_and_wait(*tasks)
            await vad_stream.aclose()

    def _on_vad(self, event: VADEvent) -> None:
        if event.type == VADEventType.INFERENCE_DONE:
            self._listened += sum(frame.duration for frame in event.frames)
        if event.type == VADEventType.START_OF_SPEECH:
            length = sum(frame.duration for frame in event.frames)
            voiced = self._listened - event.speech_duration - VOICE_NOTICED_LATE
            self._utterance = Utterance(self._listened - length, voiced)
            self._utterance.add(event.frames)
            self._event_ch.send_nowait(stt.SpeechEvent(stt.SpeechEventType.START_OF_SPEECH))
            return
        utterance = self._utterance
        if utterance is None:
            return
        if event.type == VADEventType.INFERENCE_DONE:
            self._on_audio(utterance, event)
        elif event.type == VADEventType.END_OF_SPEECH:
            quiet = event.silence_duration
            self._event_ch.send_nowait(
                stt.SpeechEvent(
                    stt.SpeechEventType.END_OF_SPEECH, speech_end_time=time.time() - quiet
                )
            )
            self._commit(utterance, ended=self._listened - quiet, quiet=quiet)
            self._utterance = None

    def _on_audio(self, utterance: Utterance, event: VADEvent) -> None:
        utterance.add(event.frames)
        quiet = event.raw_accumulated_silence
        if quiet == 0 and utterance.speculation is not None:
            if utterance.seconds >= COMMIT_AFTER_SECONDS:
                self._commit(utterance, ended=self._listened)
                self._utterance = Utterance(self._listened, self._listened)
                return
            # Not started yet, it costs nothing; started, its thread runs to the end regardless.
            utterance.speculation.cancel()
            utterance.speculation = None
        if (
            quiet >= SPECULATE_AFTER
            and utterance.speculation is None
            and self._may_guess(utterance)
        ):
            utterance.speculation = self._owner.transcribe(to_samples(utterance.frames))
            utterance.speculation.add_done_callback(lambda early: self._on_early(utterance, early))
        elif utterance.seconds >= MAX_UTTERANCE_SECONDS and utterance.speculation is None:
            self._commit(utterance, ended=self._listened)
            self._utterance = Utterance(self._listened, self._listened)

    def _may_guess(self, utterance: Utterance) -> bool:
        """What is long enough to be recognised in any case is no guess."""
        return self._owner.took <= SLOW_SECONDS or utterance.seconds >= COMMIT_AFTER_SECONDS

    def _on_early(self, utterance: Utterance, early: asyncio.Future[Recognised]) -> None:
        """Words that stand unless the candidate goes on, a moment before it is known."""
        if early.cancelled() or early.exception() is not None or self._event_ch.closed:
            return
        if utterance is self._utterance and utterance.speculation is early and early.result().text:
            data = stt.SpeechData(language="en", text=early.result().text)  # type: ignore[arg-type]
            self._event_ch.send_nowait(
                stt.SpeechEvent(stt.SpeechEventType.INTERIM_TRANSCRIPT, alternatives=[data])
            )

    def _commit(self, utterance: Utterance, *, ended: float, quiet: float = 0.0) -> None:
        result = utterance.speculation or self._owner.transcribe(to_samples(utterance.frames))
        self._pending.put_nowait(
            Pending(utterance.started, utterance.voiced, ended, time.time() - quiet, result)
        )

    def _lies(self, pending: Pending, result: Recognised) -> Lies | None:
        """None for sound that nobody placed."""
        spans = [(pending.started, pending.ended)]
        # Whisper counts silence before the voice to the first word.
        spans += [
            (max(pending.started + w.start, pending.voiced), pending.started + w.end)
            for w in result.words
        ]
        found: list[tuple[float, float]] = []
        for start, end in spans:
            first, last = self._places.at(start), self._places.at(end)
            if first is None or last is None:
                return None
            found.append((first, max(first, last)))
        return Lies(*found[0], words=tuple(found[1:]))

    async def _deliver(self) -> None:
        while (pending := await self._pending.get()) is not None:
            try:
                result = await pending.result
            except asyncio.CancelledError:
                raise
            except Exception as error:
                # The type only: a message may quote what was said.
                logger.error(
                    "recognition failed (%s); one utterance is lost to the transcript",
                    type(error).__name__,
                )
                continue
            if result.text:
                self._event_ch.send_nowait(
                    final_event(
                        result, lies=self._lies(pending, result), ended_wall=pending.ended_wall
                    )
                )


def to_samples(frames: list[rtc.AudioFrame]) -> Samples:
    """16-bit frames as mono float32 in -1..1."""
    if not frames:
        return np.zeros(0, dtype=np.float32)
    pcm = np.concatenate([np.frombuffer(frame.data, dtype=np.int16) for frame in frames])
    channels = frames[0].num_channels
    mono = pcm.reshape(-1, channels).mean(axis=1, dtype=np.float32)
    return np.asarray(mono / 32768.0, dtype=np.float32)


def final_event(
    result: Recognised, *, lies: Lies | None = None, ended_wall: float | None = None
) -> stt.SpeechEvent:
    """Word times in the event are seconds from the utterance's beginning; `metadata[LIES]` says
    where on the session clock that is."""
    data = stt.SpeechData(
        language="en",  # type: ignore[arg-type]
        text=result.text,
        confidence=result.confidence,
        start_time=result.words[0].start if result.words else 0.0,
        end_time=result.words[-1].end if result.words else 0.0,
        words=[
            TimedString(w.text, start_time=w.start, end_time=w.end, confidence=w.confidence)
            for w in result.words
        ],
        metadata={LIES: lies} if lies is not None else None,
    )
    return stt.SpeechEvent(
        stt.SpeechEventType.FINAL_TRANSCRIPT, alternatives=[data], speech_end_time=ended_wall
    )
