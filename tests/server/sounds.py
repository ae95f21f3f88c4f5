"""Segments as the worker makes them, of sounds whose places are known, and what is heard."""

from __future__ import annotations

import io
from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import httpx
import numpy as np

RATE = 48_000
PACKET = 960
PACKETS = 50
Sound = Any


def hiss(seconds: float, seed: int = 7, loud: float = 0.25) -> Sound:
    """Noise of speech's band, which is like itself at one place only; mono, -1 to 1."""
    noise = np.random.default_rng(seed).standard_normal(round(seconds * RATE))
    kernel = np.hanning(24)
    smooth = np.convolve(noise, kernel / kernel.sum(), "same")
    return loud * smooth / np.abs(smooth).max()


def tone(seconds: float, hertz: float = 440.0, loud: float = 0.5) -> Sound:
    return loud * np.sin(2 * np.pi * hertz * np.arange(round(seconds * RATE)) / RATE)


def stereo(left: Sound, right: Sound) -> Sound:
    return np.stack([left, right], axis=1)


def encoded(sound: Sound) -> list[bytes]:
    """The packets of one continuous encoder, as many as fit whole into the sound."""
    encoder: Any = av.CodecContext.create("libopus", "w")
    encoder.sample_rate, encoder.layout, encoder.format = RATE, "stereo", "s16"
    encoder.bit_rate = 48_000
    encoder.options = {"application": "voip", "frame_duration": "20"}
    pcm = (sound * 32767).astype(np.int16)
    made = []
    for first in range(0, len(pcm) - PACKET + 1, PACKET):
        block = np.ascontiguousarray(pcm[first : first + PACKET]).reshape(1, -1)
        frame = av.AudioFrame.from_ndarray(block, format="s16", layout="stereo")
        frame.sample_rate, frame.pts = RATE, first
        made += [bytes(packet) for packet in encoder.encode(frame)]
    return made


def wrapped(packets: Sequence[bytes]) -> bytes:
    """A whole Ogg Opus file of `packets` of 20 ms."""
    file = io.BytesIO()
    with av.open(file, "w", format="ogg") as container:
        stream = container.add_stream("libopus", rate=RATE, layout="stereo")
        for index, data in enumerate(packets):
            packet = av.Packet(data)
            packet.stream, packet.time_base = stream, Fraction(1, RATE)
            packet.pts = packet.dts = index * PACKET - 312
            packet.duration = PACKET
            container.mux(packet)
    return file.getvalue()


def segments(sound: Sound) -> list[tuple[bytes, int]]:
    """The files that `sound` comes in, with the packets of each; a second in each but the last."""
    packets = encoded(sound)
    parts = [packets[first : first + PACKETS] for first in range(0, len(packets), PACKETS)]
    return [(wrapped(part), len(part)) for part in parts]


async def put(
    worker: httpx.AsyncClient,
    id_: str,
    sound: Sound,
    *,
    at_ms: int = 0,
    epoch: int = 1,
    first: int = 0,
) -> list[int]:
    """Deliver `sound`, which begins at `at_ms`; the statuses of the answers."""
    statuses = []
    for index, (body, packets) in enumerate(segments(sound)):
        name = {
            "epoch": epoch,
            "number": first + index,
            "start_ms": at_ms + index * PACKETS * 20,
            "packets": packets,
        }
        url = f"/internal/v1/sessions/{id_}/recording/segments"
        statuses.append((await worker.put(url, params=name, content=body)).status_code)
    return statuses


def heard(source: bytes | Path) -> Sound:
    """What a player plays, from its second 0: samples of 48 kHz, shaped (n, 2), -1 to 1."""
    parts = []
    file = io.BytesIO(source) if isinstance(source, bytes) else str(source)
    with av.open(file, "r") as container:
        stream = container.streams.audio[0]
        for frame in container.decode(stream):
            block = frame.to_ndarray()
            planar = frame.format.is_planar
            block = block.T if planar else block.reshape(-1, 2)
            parts.append(block / 32768 if block.dtype == np.int16 else block)
    return np.concatenate(parts)


def place(sound: Sound, what: Sound, around: int, reach: int = 4800) -> int:
    """Where in `sound`, mono, `what` is found: the sample at which it fits best, within `reach` of
    `around`."""
    start = max(0, around - reach)
    window = sound[start : around + reach + len(what)]
    fits = np.correlate(window, what, "valid")
    return start + int(np.argmax(fits))
