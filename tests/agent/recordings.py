"""What tests of recordings share: sound to be recorded, and reading what was."""

from __future__ import annotations

import subprocess
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from agent.recording.encoding import Segment
from agent.recording.timeline import BLOCK_MS, Blocks
from server.recordings import opus
from server.recordings.keys import Segment as Named
from server.recordings.timeline import Timeline

RATE = 48_000
Sound = npt.NDArray[np.float64]


def decoded(path: Path) -> Sound:
    """Both channels of an Ogg file, as another program reads it: shaped (2, samples), at 48 kHz."""
    told = subprocess.run(
        ["ffmpeg", "-v", "error", "-i", str(path), "-f", "s16le", "-ac", "2", "-ar", "48000", "-"],
        capture_output=True,
        check=True,
    )
    assert told.stderr == b""
    return np.frombuffer(told.stdout, dtype=np.int16).reshape(-1, 2).T.astype(np.float64)


def joined(segments: Sequence[Segment], directory: Path) -> Sound:
    """The whole recording, joined as the server does it, from session-clock second 0 on."""
    path = directory / "joined.ogg"
    writer = opus.Writer(path)
    timeline = Timeline(lambda packet, _: writer.write(packet))
    for number, segment in enumerate(segments):
        named = Named(start_ms=segment.start_ms, epoch=1, number=number, key="")
        timeline.add(named, list(opus.packets(segment.ogg)))
    timeline.finish()
    writer.close()
    return decoded(path)


def lag_ms(recorded: Sound, true: Sound, most_ms: float = 200.0) -> float:
    """How much later `recorded` is than `true`, both at 48 kHz, by cross-correlation."""
    size = min(recorded.size, true.size)
    length = 1 << (2 * size - 1).bit_length()
    product = np.fft.rfft(recorded[:size], length) * np.conj(np.fft.rfft(true[:size], length))
    correlation = np.fft.irfft(product, length)
    most = round(most_ms * RATE / 1000)
    around = np.concatenate((correlation[-most:], correlation[: most + 1]))
    return (int(np.argmax(around)) - most) / RATE * 1000


def speechlike(seconds: float, rate: int, seed: int = 1) -> npt.NDArray[np.int16]:
    """Noise in syllables: nothing in it repeats, so that it correlates with itself alone."""
    chance = np.random.default_rng(seed)
    size = round(seconds * rate)
    rough = chance.normal(0, 1, size)
    smooth = np.convolve(rough, np.hanning(max(3, rate // 3000)), mode="same")
    knots = np.arange(0, size + rate, rate // 6)
    swell = np.interp(np.arange(size), knots, chance.uniform(0.05, 1, knots.size))
    return (smooth * swell / np.abs(smooth).max() * 20_000).astype(np.int16)


def blocks_of(left: npt.NDArray[np.int16], right: npt.NDArray[np.int16], first: int) -> Blocks:
    """Sound of 16 and 24 kHz as blocks from `first` on."""
    count = left.size // (16 * BLOCK_MS)
    assert right.size == count * 24 * BLOCK_MS
    return Blocks(first, count, left, right)
