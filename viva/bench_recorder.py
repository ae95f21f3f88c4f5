"""`viva bench recorder`: the recorder is killed at random moments; how much sound is lost?

Every time a process of its own records a known signal in real time and is killed with SIGKILL.
What its spool holds then is joined as the server joins it, and compared with the signal.
"""

from __future__ import annotations

import asyncio
import random
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from agent.recording.spool import Spool
from server.recordings import opus
from server.recordings.keys import Segment
from server.recordings.timeline import Timeline
from viva.bench_recorder_process import SESSION, TICK_EVERY_S, TICK_S, tick
from viva.errors import CommandError
from viva.figures import percentile

KILLS = 50
EARLIEST_S, LATEST_S = 1.5, 4.5
_RATE = 48_000
_BEGINS_S = 60.0
# A tick that is farther from its place than this is not found at all.
_NEAR_S = 0.1
Sound = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Killed:
    """`lost_s`: from the last sound in the spool to the kill. `drift_ms`: the farthest that a tick
    of the candidate's lies from its place, and one of the interviewer's from the first of them.
    `decodable`: every segment is, and every tick is there."""

    lost_s: float
    drift_ms: float
    decodable: bool


async def recorder(
    say: Callable[[str], None], *, kills: int = KILLS, seed: int = 1
) -> dict[str, Any]:
    """Kills so many recorders, one after the other, at moments that follow from `seed`."""
    chance = random.Random(seed)  # noqa: S311 - moments, not secrets
    found = []
    for n in range(kills):
        after = chance.uniform(EARLIEST_S, LATEST_S)
        with tempfile.TemporaryDirectory(prefix="viva-recorder-") as directory:
            one = await _kill(Path(directory), after)
        found.append(one)
        say(f"{n + 1} of {kills}: {one.lost_s:.2f} s lost, drift {one.drift_ms:.2f} ms")
    lost = [one.lost_s for one in found]
    return {
        "kills": kills,
        "seed": seed,
        "audio_lost_max_s": round(max(lost), 3),
        "audio_lost_p50_s": round(percentile(lost, 50) or 0.0, 3),
        "drift_max_ms": round(max(one.drift_ms for one in found), 2),
        "undecodable": sum(not one.decodable for one in found),
    }


def table(figures: dict[str, Any]) -> str:
    return (
        f"{figures['kills']} kills: {figures['audio_lost_p50_s']} s of sound lost (p50), "
        f"{figures['audio_lost_max_s']} s at most, drift {figures['drift_max_ms']} ms at most, "
        f"{figures['undecodable']} undecodable"
    )


async def _kill(directory: Path, after: float) -> Killed:
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "viva.bench_recorder_process",
        str(directory),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
    )
    try:
        assert process.stdout is not None  # noqa: S101 - it is a pipe
        async with asyncio.timeout(_BEGINS_S):
            line = await process.stdout.readline()
        if not line:
            raise CommandError(
                "the recorder did not begin; see `python -m viva.bench_recorder_process DIRECTORY`"
            )
        begun = float(line)
        await asyncio.sleep(begun + after - time.monotonic())
        killed_at = time.monotonic() - begun
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()
    return await asyncio.to_thread(_read, Spool(directory, SESSION), killed_at)


def _read(spool: Spool, killed_at: float) -> Killed:
    pieces: list[npt.NDArray[np.int16]] = []
    decoder = opus.Decoder()
    timeline = Timeline(lambda packet, _: pieces.append(decoder.decode(packet)))
    try:
        for name in spool.waiting():
            packets = list(opus.packets(spool.read(name)))
            key = Segment(name.start_ms, name.epoch, name.number, "")
            timeline.add(key, packets)
            if len(packets) != name.packets:
                return Killed(killed_at, 0.0, False)
        timeline.finish()
    except opus.NotOpus:
        return Killed(killed_at, 0.0, False)
    end_s = timeline.end / _RATE
    if not pieces:
        return Killed(killed_at, 0.0, True)
    sound = np.concatenate(pieces)[opus.PRE_SKIP :].astype(np.float64)
    heard = _off(sound[:, 0], end_s, 0.0)
    first = _first(sound[:, 1])
    spoken = [] if first is None else _off(sound[:, 1], end_s, first)
    drift = max((abs(off) for off in (*heard, *spoken) if off is not None), default=0.0)
    whole = heard + spoken
    decodable = bool(whole) and None not in whole and sound.shape[0] + opus.PRE_SKIP == timeline.end
    return Killed(killed_at - end_s, drift * 1000, decodable)


def _off(channel: Sound, end_s: float, first: float) -> list[float | None]:
    """By how many seconds each tick that should be there is off; None for one that is not."""
    last = int((end_s - first - TICK_S - _NEAR_S) / TICK_EVERY_S)
    places = [first + n * TICK_EVERY_S for n in range(1, last + 1)]
    return [_tick_near(channel, place, place) for place in places]


def _first(channel: Sound) -> float | None:
    """Where the first tick lies that is whole for certain, in seconds."""
    return _tick_near(channel, TICK_EVERY_S, 0.0, near=TICK_EVERY_S / 2)


def _tick_near(channel: Sound, place: float, origin: float, near: float = _NEAR_S) -> float | None:
    shape = tick(_RATE).astype(np.float64)
    since = max(0, round((place - near) * _RATE))
    until = round((place + near) * _RATE) + shape.size
    likeness = np.correlate(channel[since:until], shape, mode="valid")
    where = int(np.argmax(likeness))
    if likeness[where] < 0.25 * float(shape @ shape):
        return None
    return (since + where) / _RATE - origin
