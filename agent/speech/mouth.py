"""The interviewer's sound in the room: stops within a frame and goes on exactly where it was.

What was handed to the track and not yet played is taken back on a pause and played again on
resuming, so that nothing of a sentence is lost or said twice.

Implements livekit-agents' `AudioOutput` for one room.
"""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import Callable
from typing import Protocol

from livekit import rtc
from livekit.agents.voice import io

from agent.recording.playing import Playing
from agent.tasks import watch

SAMPLE_RATE = 24_000
FRAME_S = 0.02
# Sound is handed to the track this far ahead of its playing: enough for a busy machine.
LEAD_S = 0.12
QUEUE_MS = 200


class Source(Protocol):
    """What of `rtc.AudioSource` is used."""

    @property
    def queued_duration(self) -> float: ...

    def clear_queue(self) -> None: ...

    async def capture_frame(self, frame: rtc.AudioFrame) -> None: ...

    async def aclose(self) -> None: ...


class Mouth(io.AudioOutput):
    """One track, mono. A segment is what is captured up to `flush`. `on_failed` is called when no
    sound can be made any more. `playing` is told what is played, and when."""

    def __init__(
        self,
        source: Source | None = None,
        *,
        playing: Playing | None = None,
        on_failed: Callable[[], None] = lambda: None,
    ) -> None:
        super().__init__(
            label="Mouth",
            capabilities=io.AudioOutputCapabilities(pause=True),
            sample_rate=SAMPLE_RATE,
        )
        self._source: Source = source or rtc.AudioSource(SAMPLE_RATE, 1, queue_size_ms=QUEUE_MS)
        self._playing = playing
        self._ready = asyncio.Event()
        self._changed = asyncio.Event()
        self._pcm = bytearray()
        self._next = 0
        self._flushed = False
        self._begun = False
        self._dropping = False
        self._enabled = True
        self._on_failed = on_failed
        self._feeder = asyncio.create_task(self._feed(), name="mouth.feed")
        watch(self._feeder, "the interviewer's voice", self._fail)

    async def publish(self, room: rtc.Room) -> None:
        """Returns when the track is published; it plays once somebody listens."""
        assert isinstance(self._source, rtc.AudioSource)  # noqa: S101 - fakes are not published
        track = rtc.LocalAudioTrack.create_audio_track("interviewer", self._source)
        publication = await room.local_participant.publish_track(
            track, rtc.TrackPublishOptions(source=rtc.TrackSource.SOURCE_MICROPHONE)
        )
        self._listened = asyncio.create_task(self._wait_for_listener(publication))
        watch(self._listened, "waiting for a listener", self.open)

    async def _wait_for_listener(self, publication: rtc.LocalTrackPublication) -> None:
        await publication.wait_for_subscription()
        self.open()

    def open(self) -> None:
        """Somebody listens: what is captured is played."""
        self._ready.set()

    async def capture_frame(self, frame: rtc.AudioFrame) -> None:
        await self._ready.wait()
        await super().capture_frame(frame)
        if not self._dropping:
            self._pcm += bytes(frame.data)
            self._changed.set()

    def flush(self) -> None:
        super().flush()
        self._dropping = False
        if self._pcm:
            self._flushed = True
            self._changed.set()

    def clear_buffer(self) -> None:
        if not self._pcm:
            self._enabled = True
            return
        self._dropping = not self._flushed
        self._take_back()
        self._finish(interrupted=True)

    def pause(self) -> None:
        super().pause()
        if self._enabled:
            self._enabled = False
            self._take_back()

    def resume(self) -> None:
        super().resume()
        self._enabled = True
        self._changed.set()

    async def aclose(self) -> None:
        for task in (self._feeder, getattr(self, "_listened", None)):
            if task is not None:
                task.cancel()
                await asyncio.gather(task, return_exceptions=True)
        await self._source.aclose()

    def _fail(self) -> None:
        """Nobody must wait for the end of what is not heard any more."""
        if self._pcm:
            self._finish(interrupted=True)
        self._on_failed()

    def _take_back(self) -> None:
        """What the track has and has not played is ours again."""
        samples = round(self._source.queued_duration * SAMPLE_RATE)
        self._source.clear_queue()
        samples = min(samples, self._next // 2)
        self._next -= 2 * samples
        if self._playing is not None:
            self._playing.take_back(samples)

    def _finish(self, *, interrupted: bool) -> None:
        played = self._next / 2 / SAMPLE_RATE
        self._pcm.clear()
        self._next = 0
        self._flushed = self._begun = False
        self._enabled = True
        self._changed.set()
        if self._playing is not None:
            self._playing.finish()
        self.on_playback_finished(playback_position=played, interrupted=interrupted)

    async def _feed(self) -> None:
        size = 2 * round(FRAME_S * SAMPLE_RATE)
        while True:
            self._changed.clear()
            left = len(self._pcm) - self._next
            ahead = self._source.queued_duration
            if not self._enabled or (left < size and not self._flushed):
                await self._changed.wait()
            elif left == 0 and ahead == 0:
                self._finish(interrupted=False)
            elif left == 0 or ahead > LEAD_S:
                with contextlib.suppress(TimeoutError):
                    wait = ahead if left == 0 else ahead - LEAD_S
                    await asyncio.wait_for(self._changed.wait(), wait + 0.001)
            else:
                await self._play(self._pcm[self._next : self._next + size])

    async def _play(self, chunk: bytearray) -> None:
        self._next += len(chunk)
        if not self._begun:
            self._begun = True
            self.on_playback_started(created_at=time.time())
        if self._playing is not None:
            self._playing.hand_over(bytes(chunk), ahead=self._source.queued_duration)
        await self._source.capture_frame(
            rtc.AudioFrame(
                data=bytes(chunk),
                sample_rate=SAMPLE_RATE,
                num_channels=1,
                samples_per_channel=len(chunk) // 2,
            )
        )
