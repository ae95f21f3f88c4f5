"""Ogg Opus as recordings use it: packets taken out of files and put into one, never encoded again.

Positions and lengths are in samples of 48 kHz. A packet at position p holds the sound from p on:
the encoder's delay is PRE_SKIP, which every file announces and every player leaves out."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np

RATE = 48_000
PRE_SKIP = 312
# Where packets may lie: multiples of the shortest one, 2.5 ms.
GRID = 120
_TICK = Fraction(1, RATE)
# A player that seeks reads a page; a day of silence costs its headers.
_PAGE_MICROSECONDS = 2_000_000
# In samples, by the upper five bits of a packet's first byte (RFC 6716, table 2).
_FRAMES = (
    *(480, 960, 1920, 2880) * 3,
    *(480, 960) * 2,
    *(120, 240, 480, 960) * 4,
)


class NotOpus(ValueError):
    """Not a whole Ogg file with one stereo Opus stream. The message says what it is instead."""


@dataclass(frozen=True, slots=True)
class Packet:
    data: bytes
    samples: int


def packet(data: bytes) -> Packet:
    """`data` with its length. Raises NotOpus for a length that no packet has."""
    if not data:
        raise NotOpus("a packet is empty")
    code = data[0] & 3
    count = (1, 2, 2, data[1] & 63 if len(data) > 1 else 0)[code]
    samples = count * _FRAMES[data[0] >> 3]
    if not 0 < samples <= 5760:
        raise NotOpus("a packet has a length that Opus does not know")
    return Packet(data, samples)


def _filler(config: int, frames: int, coded: bytes) -> Packet:
    """Stereo, several frames of one size: a form that no encoder gives a single frame, so that
    these are told from what was recorded."""
    return packet(bytes([config << 3 | 4 | 3, frames]) + coded * frames)


# Silence that is said, 20 ms: the sound before it does not go on.
_SILENCE = _filler(31, 1, b"\xff\xfe")
# Frames without content, which keep the silence, of 120, 100 ... 20, 10, 5 and 2.5 ms.
_NOTHING = tuple(_filler(31, frames, b"") for frames in (6, 5, 4, 3, 2, 1)) + tuple(
    _filler(config, 1, b"") for config in (30, 29, 28)
)
FILLERS = frozenset(filler.data for filler in (_SILENCE, *_NOTHING))
_SAID = 3


def silence(samples: int) -> Iterator[Packet]:
    """Packets of `samples` in all, a multiple of GRID, that sound like nothing."""
    left = samples
    for _ in range(_SAID):
        if left >= _SILENCE.samples:
            yield _SILENCE
            left -= _SILENCE.samples
    for filler in _NOTHING:
        times, left = divmod(left, filler.samples)
        for _ in range(times):
            yield filler


def packets(source: bytes | Path) -> Iterator[Packet]:
    """The packets of an Ogg Opus file in their order. Raises NotOpus, in the middle too."""
    try:
        file = io.BytesIO(source) if isinstance(source, bytes) else source
        with av.open(file, "r") as container:
            stream = _only_stream(container)
            for found in container.demux(stream):
                if found.size:
                    yield packet(bytes(found))
    except (av.FFmpegError, EOFError) as error:
        raise NotOpus(f"it cannot be read: {type(error).__name__}") from error


def _only_stream(container: Any) -> Any:
    if container.format.name != "ogg":
        raise NotOpus("it is not an Ogg file")
    [*streams] = container.streams
    codecs = [stream.codec_context.name for stream in streams]
    if len(codecs) != 1 or codecs[0] not in {"opus", "libopus"}:
        raise NotOpus("it does not hold one stream of Opus")
    if streams[0].codec_context.channels != 2:
        raise NotOpus("it is not stereo")
    return streams[0]


class Writer:
    """Writes an Ogg Opus file of packets that follow each other without a gap."""

    def __init__(self, path: Path) -> None:
        # The same packets make the same file.
        options = {"page_duration": str(_PAGE_MICROSECONDS), "fflags": "+bitexact"}
        self._container = av.open(path, "w", format="ogg", options=options)
        # Makes the headers; nothing is encoded by it.
        self._stream = self._container.add_stream("libopus", rate=RATE, layout="stereo")
        self._stream.time_base = _TICK
        self.end = 0

    def write(self, item: Packet) -> None:
        made = av.Packet(item.data)
        made.stream = self._stream
        made.time_base = _TICK
        made.pts = made.dts = self.end - PRE_SKIP
        made.duration = item.samples
        self._container.mux(made)
        self.end += item.samples

    def close(self) -> None:
        self._container.close()


class Decoder:
    """Packets to sound, one by one."""

    def __init__(self) -> None:
        self._context = av.CodecContext.create("libopus", "r")
        self._context.sample_rate = RATE
        self._context.layout = "stereo"

    def decode(self, item: Packet) -> Any:
        """16-bit samples, shaped (samples, 2); empty for a packet that cannot be decoded."""
        try:
            frames = self._context.decode(av.Packet(item.data))
        except av.FFmpegError:
            frames = []
        parts = [frame.to_ndarray().reshape(-1, 2) for frame in frames]
        return np.concatenate(parts) if parts else np.zeros((0, 2), np.int16)
