"""Joining: a player's time is the session clock, whatever was lost, doubled or late."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from server.recordings import opus
from server.recordings.joining import Joined, Joiner
from server.recordings.keys import Segment
from tests.server import sounds
from tests.server.sounds import RATE, Sound

WITHIN = RATE // 100
NAMED = dict[Segment, bytes]


def named(sound: Sound, at_ms: int, epoch: int = 1, first: int = 0) -> NAMED:
    made = {}
    for index, (body, _) in enumerate(sounds.segments(sound)):
        start, number = at_ms + index * 1000, first + index
        made[Segment(start, epoch, number, f"{start}-{epoch}-{number}")] = body
    return made


def joined(path: Path, *parts: NAMED, earlier: Path | None = None) -> Joined:
    joiner = Joiner(path, earlier)
    everything = {segment: body for part in parts for segment, body in part.items()}
    joiner.add([(segment, everything[segment]) for segment in sorted(everything)])
    return joiner.finish()


def both(mono: Sound) -> Sound:
    return sounds.stereo(mono, mono[::-1])


def assert_placed(sound: Sound, what: Sound, at_s: float) -> None:
    """A stretch from the middle of `what`, which began at `at_s`, is heard where it belongs."""
    skip = RATE // 2
    piece = what[skip : skip + RATE // 2]
    expected = round(at_s * RATE) + skip
    found = sounds.place(sound[:, 0], piece, expected)
    assert abs(found - expected) <= WITHIN, f"{(found - expected) / RATE * 1000:.1f} ms off"


def test_what_follows_follows_to_the_sample(tmp_path: Path) -> None:
    mono = sounds.hiss(4.0)
    result = joined(tmp_path / "a.ogg", named(both(mono), 0))
    packets = list(opus.packets(tmp_path / "a.ogg"))
    assert [packet.data for packet in packets] == sounds.encoded(both(mono))
    assert (result.duration_ms, result.gaps, result.unreadable) == (4000, [], 0)
    sound = sounds.heard(tmp_path / "a.ogg")
    for at in (0.0, 1.0, 2.0):
        expected = round((at + 0.2) * RATE)
        piece = mono[expected : expected + RATE // 2]
        assert abs(sounds.place(sound[:, 0], piece, expected) - expected) <= 24


def test_a_stamp_that_is_a_little_off_does_not_cut(tmp_path: Path) -> None:
    parts = named(both(sounds.hiss(3.0)), 0)
    moved = {
        Segment(segment.start_ms + (0, 20, -19)[index], *(1, index, f"{index}")): body
        for index, (segment, body) in enumerate(parts.items())
    }
    joined(tmp_path / "a.ogg", moved)
    packets = [packet.data for packet in opus.packets(tmp_path / "a.ogg")]
    assert packets == [p.data for body in parts.values() for p in opus.packets(body)]


def test_gaps_are_silent_and_what_comes_after_is_in_its_place(tmp_path: Path) -> None:
    mono = sounds.hiss(3.0)
    hour = 3_600_000
    result = joined(
        tmp_path / "a.ogg",
        named(both(mono), 2000),
        named(both(mono), 5733, first=3),
        named(both(mono), hour + 17, epoch=2),
    )
    assert [gap for gap in result.gaps if gap[1] - gap[0] > 1000] == result.gaps
    assert result.gaps == [[0, 2000], [8732, hour + 17]]
    assert result.duration_ms == pytest.approx(hour + 3017, abs=2)
    assert (tmp_path / "a.ogg").stat().st_size < 200_000
    sound = sounds.heard(tmp_path / "a.ogg")
    assert len(sound) / RATE == pytest.approx(result.duration_ms / 1000, abs=0.01)
    for at in (2.0, 5.733, 3600.017):
        assert_placed(sound, mono, at)
    assert np.abs(sound[: round(1.9 * RATE)]).max() == 0
    assert np.abs(sound[round(9.0 * RATE) : 3600 * RATE]).max() < 0.001


def test_every_decoder_keeps_the_time(tmp_path: Path) -> None:
    mono = sounds.hiss(2.0)
    joined(tmp_path / "a.ogg", named(both(mono), 0), named(both(mono), 20_000, epoch=3))
    for decoder in ("opus", "libopus"):
        command = ["ffmpeg", "-v", "error", "-c:a", decoder, "-i", str(tmp_path / "a.ogg")]
        raw = subprocess.run([*command, "-f", "s16le", "-"], capture_output=True, check=True)
        assert raw.stderr == b""
        sound = np.frombuffer(raw.stdout, np.int16).reshape(-1, 2) / 32768
        assert_placed(sound, mono, 20.0)
        assert np.abs(sound[3 * RATE : 19 * RATE]).max() < 0.001


def test_a_player_that_seeks_finds_the_moment(tmp_path: Path) -> None:
    mono = sounds.hiss(2.0)
    joined(tmp_path / "a.ogg", named(both(mono), 0), named(both(mono), 1_800_000, epoch=2))
    command = ["ffmpeg", "-v", "error", "-ss", "1800.5", "-i", str(tmp_path / "a.ogg")]
    raw = subprocess.run([*command, "-f", "s16le", "-"], capture_output=True, check=True)
    sound = np.frombuffer(raw.stdout, np.int16).reshape(-1, 2) / 32768
    piece = mono[RATE : RATE + RATE // 2]
    assert abs(sounds.place(sound[:, 0], piece, RATE // 2) - RATE // 2) <= WITHIN


def test_where_two_interviewers_overlap_the_first_stays(tmp_path: Path) -> None:
    mono, other = sounds.hiss(4.0), sounds.hiss(4.0, seed=8)
    result = joined(tmp_path / "a.ogg", named(both(mono), 0), named(both(other), 2500, epoch=2))
    assert result.duration_ms == 6500
    sound = sounds.heard(tmp_path / "a.ogg")
    assert_placed(sound, mono, 0.0)
    tail = other[3 * RATE : round(3.4 * RATE)]
    expected = round(5.5 * RATE)
    assert abs(sounds.place(sound[:, 0], tail, expected) - expected) <= WITHIN


def test_a_broken_segment_is_a_gap_and_nothing_else(tmp_path: Path) -> None:
    mono = sounds.hiss(6.0)
    parts = named(both(mono), 0)
    for index, broken in ((2, b"OggS nonsense"), (3, b"")):
        parts[list(parts)[index]] = broken
    result = joined(tmp_path / "a.ogg", parts)
    assert (result.gaps, result.unreadable, result.duration_ms) == ([[2000, 4000]], 2, 6000)
    sound = sounds.heard(tmp_path / "a.ogg")
    assert_placed(sound, mono, 0.0)
    tail = mono[round(4.5 * RATE) : 5 * RATE]
    expected = round(4.5 * RATE)
    assert abs(sounds.place(sound[:, 0], tail, expected) - expected) <= WITHIN


def test_a_segment_that_was_cut_short_leaves_the_rest_in_its_place(tmp_path: Path) -> None:
    mono = sounds.hiss(4.0)
    parts = named(both(mono), 0)
    second = list(parts)[1]
    parts[second] = parts[second][: len(parts[second]) // 2]
    joined(tmp_path / "a.ogg", parts)
    assert_placed(sounds.heard(tmp_path / "a.ogg")[2 * RATE :], mono[2 * RATE :], 0.0)


def test_what_comes_late_fills_its_gap_and_doubles_nothing(tmp_path: Path) -> None:
    mono = sounds.hiss(5.0)
    parts = list(named(both(mono), 0).items())
    late = dict([parts[1], parts[2]])
    first = joined(tmp_path / "a.ogg", dict([parts[0], *parts[3:]]))
    assert first.gaps == [[1000, 3000]]
    again = joined(tmp_path / "b.ogg", late, dict(parts[:1]), earlier=tmp_path / "a.ogg")
    assert (again.gaps, again.duration_ms) == ([], 5000)
    packets = [packet.data for packet in opus.packets(tmp_path / "b.ogg")]
    assert packets == sounds.encoded(both(mono))


def test_silence_that_was_recorded_is_no_gap(tmp_path: Path) -> None:
    quiet = sounds.stereo(np.zeros(4 * RATE), np.zeros(4 * RATE))
    assert joined(tmp_path / "a.ogg", named(quiet, 0)).gaps == []
    assert joined(tmp_path / "b.ogg", earlier=tmp_path / "a.ogg").gaps == []


def test_a_day_of_absence_is_small(tmp_path: Path) -> None:
    mono = sounds.hiss(1.0)
    day = 86_400_000
    result = joined(tmp_path / "a.ogg", named(both(mono), 0), named(both(mono), day, epoch=2))
    assert (tmp_path / "a.ogg").stat().st_size < 5_000_000
    assert result.duration_ms == day + 1000


def test_the_outline_shows_who_spoke_when(tmp_path: Path) -> None:
    loud, still = sounds.tone(1.0), np.zeros(RATE)
    sound = np.concatenate([sounds.stereo(loud, still), sounds.stereo(still, loud)])
    result = joined(tmp_path / "a.ogg", named(sound, 0), named(sound, 10_000, epoch=2))
    outline = json.loads(result.peaks)
    assert (outline["per_second"], outline["duration_ms"]) == (20, 12_000)
    assert outline["gaps"] == result.gaps == [[2000, 10_000]]
    candidate, interviewer = outline["candidate"], outline["interviewer"]
    assert len(candidate) == len(interviewer) == 240
    for start in (0, 200):
        assert all(55 < peak < 75 for peak in candidate[start + 1 : start + 19])
        assert all(55 < peak < 75 for peak in interviewer[start + 21 : start + 39])
        assert max(candidate[start + 22 : start + 40]) < 4
        assert max(interviewer[start + 1 : start + 18]) < 4
    assert max(candidate[41:199]) == max(interviewer[41:199]) == 0


@pytest.mark.parametrize("samples", [120, 240, 600, 960, 1080, 2880, 3000, 48_000, 5760 * 7 + 360])
def test_silence_is_as_long_as_it_is_to_be(samples: int) -> None:
    made = list(opus.silence(samples))
    assert sum(packet.samples for packet in made) == samples
    assert all(packet.data in opus.FILLERS for packet in made)


def _others() -> Iterator[tuple[str, bytes]]:
    yield "a cut header", sounds.segments(both(sounds.hiss(1.0)))[0][0][:40]
    yield "nothing", b""
    yield "text", b"OggS is how it begins, and then it is something else"
    yield "a packet of no length", sounds.wrapped([b"\xff\x00"])
    yield "a packet that is too long", sounds.wrapped([b"\xff\x07"])


@pytest.mark.parametrize(("what", "data"), [pytest.param(*one, id=one[0]) for one in _others()])
def test_what_is_no_opus_is_told(what: str, data: bytes) -> None:
    with pytest.raises(opus.NotOpus):
        list(opus.packets(data))
