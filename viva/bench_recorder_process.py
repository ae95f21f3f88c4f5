"""The process that `viva bench recorder` kills: the worker's own recorder, fed in real time.

Both sides are silent but for a tick at each multiple of TICK_EVERY_S of the session clock on the
left, and of the speech on the right.
"""

from __future__ import annotations

import asyncio
import time
from multiprocessing.connection import Connection
from pathlib import Path

import numpy as np
import numpy.typing as npt
from livekit import rtc

from agent.clock import SessionClock
from agent.recording.recorder import Recorder
from agent.recording.sound import SessionSound
from agent.recording.spool import Spool
from agent.speech.mouth import SAMPLE_RATE, Mouth

SESSION = "bench"
HEARD_RATE = 16_000
FRAME_S = 0.02
TICK_EVERY_S = 0.5
TICK_S = 0.008
_AHEAD_S = 1.0


def tick(rate: int) -> npt.NDArray[np.int16]:
    """8 ms of a 1 kHz tone that swells and fades."""
    at = np.arange(round(TICK_S * rate))
    tone = np.sin(2 * np.pi * 1000 * at / rate) * np.hanning(at.size)
    return np.asarray(tone * 20_000, dtype=np.int16)


def ticking(first: int, count: int, rate: int) -> npt.NDArray[np.int16]:
    """`count` samples of ticks from sample `first` on."""
    one = np.zeros(round(TICK_EVERY_S * rate), dtype=np.int16)
    one[: round(TICK_S * rate)] = tick(rate)
    return one[np.arange(first, first + count) % one.size]


def _frame(samples: npt.NDArray[np.int16], rate: int) -> rtc.AudioFrame:
    return rtc.AudioFrame(samples.tobytes(), rate, 1, samples.size)


def record(directory: str, began: Connection[float, None]) -> None:
    """Sends the monotonic second at which its session clock shows 0, and goes on until it is
    killed."""
    asyncio.run(_record(Path(directory), began))


async def _record(directory: Path, began: Connection[float, None]) -> None:
    clock = SessionClock(start_at=0.0, monotonic=time.monotonic, wall=time.time)
    sound = SessionSound(clock.now)
    recorder = Recorder(Spool(directory, SESSION), epoch=1, now=clock.now, on_segment=lambda: None)
    sound.keep_in(recorder)
    mouth = Mouth(playing=sound.playing)
    mouth.open()
    began.send(time.monotonic() - clock.now())
    await asyncio.gather(recorder.run(), _hear(sound, clock), _speak(mouth, clock))


async def _hear(sound: SessionSound, clock: SessionClock) -> None:
    """The candidate's frames, each when its last sample is there."""
    size = round(FRAME_S * HEARD_RATE)
    n = 0
    while True:
        await asyncio.sleep((n + 1) * FRAME_S - clock.now())
        while (n + 1) * FRAME_S <= clock.now():
            sound.hear(_frame(ticking(n * size, size, HEARD_RATE), HEARD_RATE))
            n += 1


async def _speak(mouth: Mouth, clock: SessionClock) -> None:
    """The interviewer's sound, a little before it is due."""
    size = round(FRAME_S * SAMPLE_RATE)
    n = 0
    while True:
        await mouth.capture_frame(_frame(ticking(n * size, size, SAMPLE_RATE), SAMPLE_RATE))
        n += 1
        await asyncio.sleep(n * FRAME_S - _AHEAD_S - clock.now())
