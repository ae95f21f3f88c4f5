"""`viva bench recorder`: the recorder is killed at random moments; how much sound is lost?

Every time a process of its own records a known signal in real time and is killed with SIGKILL.
What its spool holds then is joined as the server joins it, and compared with the signal.
"""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import random
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.context import ForkServerContext
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from agent.recording.spool import Spool
from server.recordings import opus
from server.recordings.keys import Segment
from server.recordings.timeline import Timeline
from viva.bench_recorder_process import SESSION, TICK_EVERY_S, TICK_S, record, tick
from viva.errors import CommandError
from viva.figures import percentile

KILLS = 50
EARLIEST_S, LATEST_S = 1.5, 4.5
_RATE = 48_000
_BEGINS_S = 120.0
# A tick that is farther from its place than this is not found at all.
_NEAR_S = 0.1
Sound = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Killed:
    """`lost_s`: from the last sound in the spool to the kill. `drift_ms`: the farthest that a tick
    of the candidate's lies from its place. `missing`: how many before that last sound are not
    there. `decodable`: every segment is."""

    lost_s: float
    drift_ms: float = 0.0
    missing: int = 0
    decodable: bool = True


async def recorder(
    say: Callable[[str], None], *, kills: int = KILLS, seed: int = 1
) -> dict[str, Any]:
    """Kills so many recorders, one after the other, at moments that follow from `seed`."""
    chance = random.Random(seed)  # noqa: S311 - moments, not secrets
    # Each is a process of its own, and none has to read what they all need.
    processes = multiprocessing.get_context("forkserver")
    processes.set_forkserver_preload(["viva.bench_recorder_process"])
    found = []
    for n in range(kills):
        after = chance.uniform(EARLIEST_S, LATEST_S)
        with tempfile.TemporaryDirectory(prefix="viva-recorder-") as directory:
            one = await _kill(processes, Path(directory), after)
        found.append(one)
        say(f"{n + 1} of {kills}: {one.lost_s:.2f} s lost, drift {one.drift_ms:.2f} ms")
    lost = [one.lost_s for one in found]
    return {
        "kills": kills,
        "seed": seed,
        "audio_lost_max_s": round(max(lost), 3),
        "audio_lost_p50_s": round(percentile(lost, 50) or 0.0, 3),
        "drift_max_ms": round(max(one.drift_ms for one in found), 2),
        "ticks_missing": sum(one.missing for one in found),
        "undecodable": sum(not one.decodable for one in found),
        "load_average": round(os.getloadavg()[1], 1),
    }


def table(figures: dict[str, Any]) -> str:
    return (
        f"{figures['kills']} kills: {figures['audio_lost_p50_s']} s of sound lost (p50), "
        f"{figures['audio_lost_max_s']} s at most, drift {figures['drift_max_ms']} ms at most, "
        f"{figures['ticks_missing']} ticks missing, {figures['undecodable']} undecodable"
    )


async def _kill(processes: ForkServerContext, directory: Path, after: float) -> Killed:
    told, tells = processes.Pipe(duplex=False)
    process = processes.Process(target=record, args=(str(directory), tells))
    process.start()
    try:
        if not await asyncio.to_thread(told.poll, _BEGINS_S):
            raise CommandError("the recorder did not begin; the lines above may say why")
        begun: float = told.recv()
        await asyncio.sleep(begun + after - time.monotonic())
        killed_at = time.monotonic() - begun
    finally:
        process.kill()
        await asyncio.to_thread(process.join)
        told.close()
        tells.close()
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
                return Killed(killed_at, decodable=False)
        timeline.finish()
    except opus.NotOpus:
        return Killed(killed_at, decodable=False)
    if not pieces:
        return Killed(killed_at)
    sound = np.concatenate(pieces)
    if sound.shape[0] != timeline.end:
        return Killed(killed_at, decodable=False)
    end_s = timeline.end / _RATE
    off = _off(sound[opus.PRE_SKIP :, 0].astype(np.float64), end_s)
    drift = max((abs(one) for one in off if one is not None), default=0.0)
    return Killed(killed_at - end_s, drift * 1000, off.count(None))


def _off(channel: Sound, end_s: float) -> list[float | None]:
    """By how many seconds each tick that should be there is off; None for one that is not."""
    last = int((end_s - TICK_S - _NEAR_S) / TICK_EVERY_S)
    return [_tick_near(channel, n * TICK_EVERY_S) for n in range(1, last + 1)]


def _tick_near(channel: Sound, place: float) -> float | None:
    shape = tick(_RATE).astype(np.float64)
    since = max(0, round((place - _NEAR_S) * _RATE))
    likeness = np.correlate(
        channel[since : round((place + _NEAR_S) * _RATE) + shape.size], shape, mode="valid"
    )
    where = int(np.argmax(likeness))
    if likeness[where] < 0.25 * float(shape @ shape):
        return None
    return (since + where) / _RATE - place
