"""What the worker's encoder makes, joined by the server: every sound is where it was said."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from agent.recording.encoding import Encoder
from agent.recording.timeline import BLOCK_MS, Blocks, Pcm
from server.recordings import opus
from server.recordings.joining import Joined, Joiner
from server.recordings.keys import Segment
from tests.server import sounds
from tests.server.sounds import RATE, Sound

SECONDS = 4.0


def pcm(sound: Sound, rate: int) -> Pcm:
    """`sound` of 48 kHz, which holds nothing above 8 kHz, at a lower rate."""
    every = RATE // rate
    kernel = np.ones(every) / every
    even = np.convolve(sound, kernel, "same") if every > 1 else sound
    samples: Pcm = (even[every // 2 :: every] * 32767).astype(np.int16)
    return samples


def recorded(encoder: Encoder, left: Sound, right: Sound, at_ms: int) -> list[tuple[int, bytes]]:
    """`start_ms` and file of each segment of a stretch that begins at `at_ms`."""
    narrow, wide = pcm(left, 16_000), pcm(right, 24_000)
    count = len(left) * 1000 // RATE // BLOCK_MS
    made = []
    for block in range(count):
        of_left = narrow[block * 320 : (block + 1) * 320]
        of_right = wide[block * 480 : (block + 1) * 480]
        blocks = Blocks(at_ms // BLOCK_MS + block, 1, of_left, of_right)
        made += [(segment.start_ms, segment.ogg) for segment in encoder.feed(blocks)]
    made += [(segment.start_ms, segment.ogg) for segment in encoder.finish()]
    return made


def joined(path: Path, parts: list[tuple[int, bytes]]) -> Joined:
    joiner = Joiner(path, None)
    names = [Segment(start, 1, number, str(number)) for number, (start, _) in enumerate(parts)]
    joiner.add([(name, body) for name, (_, body) in zip(names, parts, strict=True)])
    return joiner.finish()


def off_ms(sound: Sound, what: Sound, at_ms: int, skip_s: float = 1.0) -> float:
    skip = round(skip_s * RATE)
    expected = at_ms * RATE // 1000 + skip
    return (sounds.place(sound, what[skip : skip + RATE // 2], expected) - expected) * 1000 / RATE


def test_both_sides_are_heard_where_they_were_said(tmp_path: Path) -> None:
    left, right = sounds.hiss(SECONDS, seed=1), sounds.hiss(SECONDS, seed=2)
    encoder = Encoder()
    parts = recorded(encoder, left, right, 1000) + recorded(encoder, left, right, 65_020)
    result = joined(tmp_path / "a.ogg", parts)
    assert result.duration_ms == 65_020 + SECONDS * 1000
    assert result.gaps == [[5000, 65_020]]
    sound = sounds.heard(tmp_path / "a.ogg")
    for at_ms in (1000, 65_020):
        for side, said in ((0, left), (1, right)):
            for skip_s in (0.5, 2.0, 3.2):
                assert off_ms(sound[:, side], said, at_ms, skip_s) == pytest.approx(0, abs=2)


def test_a_stretch_is_the_packets_of_one_encoder(tmp_path: Path) -> None:
    left, right = sounds.hiss(SECONDS, seed=1), sounds.hiss(SECONDS, seed=2)
    parts = recorded(Encoder(), left, right, 0)
    assert len(parts) > SECONDS
    joined(tmp_path / "a.ogg", parts)
    whole = [packet.data for packet in opus.packets(tmp_path / "a.ogg")]
    assert whole == [packet.data for _, body in parts for packet in opus.packets(body)]
    assert len(whole) == SECONDS * 1000 // BLOCK_MS
