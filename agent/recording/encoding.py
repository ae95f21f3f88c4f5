"""One continuous Opus encoder whose packets are wrapped, a few at a time, into whole Ogg files.

Since the packets are those of one encoder, the files' packets put one after the other are the
recording: nothing is encoded again to join it. Packet n of the session holds the sound from n times
BLOCK_MS on; the encoder's delay is in every header (pre-skip), so that what is decoded lies there
too.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

import av
import numpy as np
from av.audio.resampler import AudioResampler

from agent.recording.places import RATE as CANDIDATE_RATE
from agent.recording.timeline import BLOCK_MS, INTERVIEWER_RATE, Blocks, Pcm

RATE = 48_000
PACKET = RATE * BLOCK_MS // 1000
BIT_RATE = 48_000
# So many segments of silence are kept; longer silence is an absence, and left out.
SILENT_SEGMENTS = 50
# With what waits to become final, less than a second is lost when the process is killed.
SEGMENT_PACKETS = 30
# What libopus at 48 kHz looks ahead, in samples.
PRE_SKIP = 312
_TICK = Fraction(1, RATE)
_EMPTY: Pcm = np.zeros(0, dtype=np.int16)


@dataclass(frozen=True, slots=True)
class Segment:
    start_ms: int
    packets: int
    ogg: bytes
    # Nobody has made a sound in it, nor for long before.
    absent: bool


class Encoder:
    """Not for the event loop. Raises av.FFmpegError and OSError."""

    def __init__(self) -> None:
        self._begin()

    def _begin(self) -> None:
        # Only its stream is used; what it writes into is never read.
        self._master = av.open(io.BytesIO(), "w", format="ogg")
        self._stream = self._master.add_stream(
            "libopus",
            rate=RATE,
            layout="stereo",
            options={"application": "voip", "frame_duration": str(BLOCK_MS)},
        )
        self._stream.codec_context.format = "s16"
        self._stream.bit_rate = BIT_RATE
        self._master.start_encoding()
        self._sides = (_Upsampler(CANDIDATE_RATE), _Upsampler(INTERVIEWER_RATE))
        self._wide = (_EMPTY, _EMPTY)
        # The block after the last that was fed, and the first that is in no segment yet.
        self._next: int | None = None
        self._unwrapped = 0
        self._encoded = 0
        self._packets: list[bytes] = []
        self._silences: list[bool] = []
        self._silent_segments = 0

    def feed(self, blocks: Blocks) -> Iterator[Segment]:
        """Take the next blocks; the segments that are complete. Blocks that do not follow the ones
        before end what was begun: between two segments there may be nothing."""
        if self._next is not None and blocks.first != self._next:
            yield from self.finish()
        if self._next is None:
            self._unwrapped = blocks.first
        self._next = blocks.first + blocks.count
        sides = (np.split(side, blocks.count) for side in (blocks.left, blocks.right))
        self._silences += [
            not (left.any() or right.any()) for left, right in zip(*sides, strict=True)
        ]
        heard, played = self._sides
        self._encode(heard.push(blocks.left), played.push(blocks.right))
        while len(self._packets) >= SEGMENT_PACKETS:
            yield self._wrap(SEGMENT_PACKETS)

    def finish(self) -> Iterator[Segment]:
        """What was fed and is not in a segment yet. What is fed then begins anew."""
        left, right = self._sides
        self._encode(left.flush(), right.flush())
        self._packets += [bytes(packet) for packet in self._stream.encode(None)]
        # The encoder pads its end; what was fed is what counts.
        del self._packets[len(self._silences) :]
        while self._packets:
            yield self._wrap(min(len(self._packets), SEGMENT_PACKETS))
        self._begin()

    def _encode(self, left: Pcm, right: Pcm) -> None:
        """Whole packets. The resamplers give as much for either side, but not at the same time."""
        left = np.concatenate((self._wide[0], left))
        right = np.concatenate((self._wide[1], right))
        whole = min(left.size, right.size) // PACKET
        self._wide = (left[whole * PACKET :], right[whole * PACKET :])
        for n in range(whole):
            stereo = np.empty((PACKET, 2), dtype=np.int16)
            stereo[:, 0] = left[n * PACKET : (n + 1) * PACKET]
            stereo[:, 1] = right[n * PACKET : (n + 1) * PACKET]
            frame = _frame(stereo, RATE, "stereo", self._encoded)
            self._encoded += PACKET
            self._packets += [bytes(packet) for packet in self._stream.encode(frame)]

    def _wrap(self, count: int) -> Segment:
        """A file of the first `count` packets."""
        file = io.BytesIO()
        with av.open(file, "w", format="ogg") as container:
            stream = container.add_stream_from_template(self._stream)
            for n, data in enumerate(self._packets[:count]):
                packet = av.Packet(data)
                packet.stream, packet.time_base = stream, _TICK
                packet.pts = packet.dts = n * PACKET - PRE_SKIP
                packet.duration = PACKET
                container.mux(packet)
        self._silent_segments = self._silent_segments + 1 if all(self._silences[:count]) else 0
        start_ms = self._unwrapped * BLOCK_MS
        self._unwrapped += count
        del self._packets[:count], self._silences[:count]
        absent = self._silent_segments > SILENT_SEGMENTS
        return Segment(start_ms, count, file.getvalue(), absent)


class _Upsampler:
    """Mono to RATE, without a delay that would have to be known."""

    def __init__(self, rate: int) -> None:
        self._rate = rate
        self._resampler = AudioResampler(format="s16", layout="mono", rate=RATE)
        self._pushed = 0

    def push(self, pcm: Pcm) -> Pcm:
        frame = _frame(pcm, self._rate, "mono", self._pushed)
        self._pushed += pcm.size
        return _joined(self._resampler.resample(frame))

    def flush(self) -> Pcm:
        return _joined(self._resampler.resample(None)) if self._pushed else _joined([])


def _frame(pcm: Pcm, rate: int, layout: str, pts: int) -> av.AudioFrame:
    frame = av.AudioFrame.from_ndarray(pcm.reshape(1, -1), format="s16", layout=layout)
    frame.sample_rate, frame.time_base, frame.pts = rate, Fraction(1, rate), pts
    return frame


def _joined(frames: list[av.AudioFrame]) -> Pcm:
    parts = [frame.to_ndarray()[0] for frame in frames]
    return np.concatenate(parts) if parts else _EMPTY
