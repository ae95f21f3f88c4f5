"""Where sound lies: whatever the network and a busy machine do, it stays where it was."""

from __future__ import annotations

import heapq
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from agent.recording.places import RATE, Placing, StreamPlaces
from agent.recording.playing import Playing
from agent.recording.timeline import BLOCK_MS, INTERVIEWER_RATE, TICK_S, Frontier, Timeline

FRAME = RATE // 50
FRAME_S = 0.02
NEAR_S = 0.01


@dataclass(frozen=True)
class Frame:
    """`index`: number of its first sample among all that were said; `start`: when it was said."""

    index: int
    start: float
    arrives: float


@dataclass
class Recorded:
    """`samples`: what was recorded, from the beginning of the session on."""

    samples: np.ndarray
    places: dict[int, float]
    too_late: int
    ahead: float


def said(pieces: list[tuple[float, int]], jitters: list[float]) -> list[Frame]:
    """Frames of pieces (silence before it in seconds, frames), each with a delay of its own."""
    frames: list[Frame] = []
    at = 0.5
    for hole, count in pieces:
        at += hole
        for _ in range(count):
            late = jitters[len(frames) % len(jitters)]
            frames.append(Frame(len(frames) * FRAME, at, at + FRAME_S + late))
            at += FRAME_S
    return frames


def held_up(time: float, stalls: list[tuple[float, float]]) -> float:
    """When the event loop gets to what happens at `time`; stalls are (begin, seconds)."""
    for begin, length in stalls:
        if begin <= time < begin + length:
            time = begin + length
    return time


def recorded(frames: list[Frame], stalls: list[tuple[float, float]]) -> Recorded:
    placing, timeline, frontier = Placing(), Timeline(0.0), Frontier()
    events: list[tuple[float, int, Frame | None]] = []
    arrived = 0.0
    for n, frame in enumerate(frames):
        arrived = max(arrived, held_up(frame.arrives, stalls))
        events.append((arrived, n, frame))
    heapq.heapify(events)
    heapq.heappush(events, (0.0, -1, None))
    end = max(time for time, _, _ in events) + 5.0
    taken, placed, heard_until, ahead = [], {}, 0.0, 0.0
    while events and events[0][0] < end:
        now, n, frame = heapq.heappop(events)
        if frame is None:
            if (blocks := timeline.take(frontier.tick(now, heard_until))) is not None:
                taken.append(blocks.left)
            heapq.heappush(events, (held_up(now + TICK_S, stalls), n, None))
            continue
        place = placing.place(FRAME, now)
        pcm = (np.arange(frame.index, frame.index + FRAME) % 30_000 + 1).astype(np.int16)
        timeline.heard(pcm.tobytes(), place)
        heard_until = place.sure(FRAME)
        ahead = max(ahead, place.at(FRAME) - now)
        placed[frame.index] = place
    places = {index: place.at() for index, place in placed.items()}
    return Recorded(np.concatenate(taken), places, timeline.too_late, ahead)


def missing_and_moved(frames: list[Frame], got: Recorded) -> tuple[float, float]:
    """Seconds of sound that are not in the recording, and the farthest that any was moved."""
    missing, moved = 0, 0.0
    for frame in frames:
        true = round(frame.start * RATE)
        window = 1600
        since = max(0, true - window)
        around = got.samples[since : true + FRAME + window].astype(np.int64)
        values = np.arange(frame.index, frame.index + FRAME) % 30_000 + 1
        where = np.searchsorted(values, around) if values[0] < values[-1] else None
        if where is None:
            continue
        found = np.flatnonzero((around >= values[0]) & (around <= values[-1]))
        missing += FRAME - found.size
        if found.size:
            shift = since + found - (true + around[found] - values[0])
            moved = max(moved, float(np.abs(shift).max()) / RATE)
    return missing / RATE, moved


def far_places(frames: list[Frame], got: Recorded) -> float:
    return max(abs(got.places[frame.index] - frame.start) for frame in frames)


def test_sound_without_a_break_is_where_it_was_said() -> None:
    frames = said([(0.0, 500)], [0.002])
    got = recorded(frames, [])
    missing, moved = missing_and_moved(frames, got)
    assert missing == 0
    assert moved == pytest.approx(0.002, abs=1e-3)
    assert far_places(frames, got) <= 0.003


def test_a_burst_after_a_blocked_loop_moves_nothing() -> None:
    frames = said([(0.0, 400)], [0.001])
    got = recorded(frames, [(2.0, 1.7), (5.0, 0.3)])
    assert missing_and_moved(frames, got) == (0, pytest.approx(0.001, abs=1e-3))
    assert far_places(frames, got) <= 0.003


def test_after_a_hole_sound_lies_where_it_arrives() -> None:
    frames = said([(0.0, 100), (3.0, 100), (0.2, 100)], [0.001])
    got = recorded(frames, [])
    assert missing_and_moved(frames, got) == (0, pytest.approx(0.001, abs=1e-3))


def test_a_hole_that_ends_while_the_loop_is_blocked() -> None:
    frames = said([(0.0, 100), (1.0, 200)], [0.001])
    got = recorded(frames, [(3.4, 0.9)])
    missing, moved = missing_and_moved(frames, got)
    assert missing <= NEAR_S
    assert moved <= NEAR_S


def test_sound_that_is_held_up_by_the_network_for_less_than_its_time_is_not_lost() -> None:
    frames = said([(0.0, 300)], [0.001])
    late = [Frame(f.index, f.start, max(f.arrives, 3.4)) if f.start > 3.0 else f for f in frames]
    got = recorded(late, [])
    assert missing_and_moved(late, got) == (0, pytest.approx(0.001, abs=1e-3))


def test_what_is_handed_over_slowly_after_a_blocked_second_moves_nothing() -> None:
    """A starved process: frames are handled at most three times as fast as they are said."""
    frames = said([(0.0, 600)], [0.001])
    late, free = [], 0.0
    for f in frames:
        begun = 3.0 if 2.0 < f.start < 3.0 else 6.8 if 6.0 < f.start < 6.8 else f.arrives
        free = max(free + 0.007, begun, f.arrives)
        late.append(Frame(f.index, f.start, free))
    got = recorded(late, [])
    missing, moved = missing_and_moved(late, got)
    assert (missing, got.too_late) == (0, 0)
    assert moved <= NEAR_S
    assert far_places(late, got) <= NEAR_S


def test_sound_that_was_placed_too_late_is_followed_by_sound_in_its_place() -> None:
    """More was held up than is waited for: what comes then lies where it was said."""
    frames = said([(0.0, 600)], [0.001])
    late = [Frame(f.index, f.start, max(f.arrives, 6.0)) if f.start > 2.0 else f for f in frames]
    got = recorded(late, [])
    after = [f for f in late if f.start > 6.0]
    assert far_places(after, got) <= NEAR_S
    missing, moved = missing_and_moved(after, got)
    assert (missing, moved <= NEAR_S) == (0, True)


def test_a_recogniser_that_is_far_behind_asks_for_long_ago() -> None:
    placing, places = Placing(), StreamPlaces()
    for n in range(500):
        # Every frame is a stretch of its own.
        places.add(FRAME, placing.place(FRAME, 1.0 + n * 0.1))
    assert places.at(0.001) == pytest.approx(0.981, abs=0.01)


def test_sound_that_runs_slow_is_followed() -> None:
    """A source that gives 20 ms of sound every 20.02 ms."""
    frames = [Frame(n * FRAME, 0.5 + n * 0.02002, 0.52 + n * 0.02002) for n in range(6000)]
    got = recorded(frames, [])
    assert far_places(frames, got) <= 0.025
    fast = [Frame(n * FRAME, 0.5 + n * 0.01998, 0.52 + n * 0.01998) for n in range(6000)]
    got = recorded(fast, [])
    assert far_places(fast, got) <= NEAR_S


@settings(max_examples=30, deadline=None)
@given(
    pieces=st.lists(st.tuples(st.floats(0.15, 3.0), st.integers(110, 200)), min_size=1, max_size=3),
    jitters=st.lists(st.floats(0.0, 0.004), min_size=1, max_size=20),
    stalls=st.lists(st.tuples(st.floats(0.0, 8.0), st.floats(0.05, 2.0)), max_size=2),
)
def test_nothing_is_lost_moved_or_ahead_of_its_time(
    pieces: list[tuple[float, int]], jitters: list[float], stalls: list[tuple[float, float]]
) -> None:
    # One after the other, with time between them for what was held up.
    later, begin = [], 0.0
    for wait, length in stalls:
        begin += wait + 0.6
        later.append((begin, length))
        begin += length
    frames = said(pieces, jitters)
    # Of sound that ceased while the loop was blocked nobody can know when it did.
    ends = [a.start for a, b in pairwise(frames) if b.start - a.start > 0.1] + [frames[-1].start]
    assume(not any(s - 0.1 <= end <= s + length + 0.3 for end in ends for s, length in later))
    got = recorded(frames, later)
    missing, moved = missing_and_moved(frames, got)
    assert moved <= NEAR_S
    assert missing <= NEAR_S * len(pieces)
    assert got.ahead <= NEAR_S
    assert got.too_late <= NEAR_S * RATE * len(pieces)


def test_a_stream_knows_where_its_samples_lie() -> None:
    placing, places = Placing(), StreamPlaces()
    assert places.at(0.0) is None
    for n in range(100):
        places.add(FRAME, placing.place(FRAME, 1.02 + n * 0.02))
    for n in range(100):
        places.add(FRAME, placing.place(FRAME, 9.02 + n * 0.02))
    assert places.at(0.5) == pytest.approx(1.5)
    assert places.at(2.0) == pytest.approx(9.0)
    assert places.at(3.0) == pytest.approx(10.0)


def test_frames_nobody_placed_follow_the_ones_before() -> None:
    placing, places = Placing(), StreamPlaces()
    places.add(FRAME, placing.place(FRAME, 1.02))
    places.add(FRAME, None)
    assert places.at(0.03) == pytest.approx(1.03)


class Sink:
    def __init__(self) -> None:
        self.timeline = Timeline(0.0)

    def played(self, pcm: bytes, at: float) -> None:
        self.timeline.played(pcm, at)

    def silent_from(self, at: float) -> None:
        self.timeline.silent_from(at)


def ramp(seconds: float) -> np.ndarray:
    return (np.arange(round(seconds * INTERVIEWER_RATE)) % 30_000 + 1).astype(np.int16)


def test_what_is_taken_back_is_not_there_and_goes_on_later() -> None:
    now, sink = 1.0, Sink()
    playing = Playing(rate=INTERVIEWER_RATE, now=lambda: now)
    playing.into = sink
    sound = ramp(2.0)
    step = INTERVIEWER_RATE // 50
    for n in range(50):
        now = 1.0 + n * 0.02
        playing.hand_over(sound[n * step : (n + 1) * step].tobytes(), ahead=0.1 + n % 3 * 1e-4)
    # 70 ms have not been played.
    playing.take_back(round(0.07 * INTERVIEWER_RATE))
    cut = sound.size // 2 - round(0.07 * INTERVIEWER_RATE)
    now = 5.0
    playing.hand_over(sound[cut:].tobytes(), ahead=0.0)
    playing.finish()
    got = sink.timeline.take(8.0)
    assert got is not None
    begun, again = round(1.1 * INTERVIEWER_RATE), 5 * INTERVIEWER_RATE
    assert (got.right[begun : begun + cut] == sound[:cut]).all()
    assert not got.right[begun + cut : again].any()
    assert (got.right[again : again + sound.size - cut] == sound[cut:]).all()
    sounded = playing.take()
    assert sounded is not None
    assert sounded.start == pytest.approx(1.1)
    assert sounded.seconds == pytest.approx(2.0)
    assert sounded.at(0.93 - 0.01) == pytest.approx(2.02)
    assert sounded.at(0.94) == pytest.approx(5.01)
    assert sounded.at(9.0) == sounded.end == pytest.approx(5.0 + 2.0 - 0.93)
    assert playing.take() is None


def test_the_grid_of_blocks_begins_with_the_session() -> None:
    timeline = Timeline(12.345)
    blocks = timeline.take(13.0)
    assert blocks is not None
    assert (blocks.first * BLOCK_MS, blocks.count) == (12_360, 32)
    assert timeline.take(13.01) is None
    after = timeline.take(13.1)
    assert after is not None
    assert after.first == blocks.first + blocks.count


def test_a_clock_that_stood_still_does_not_fill_the_memory() -> None:
    timeline = Timeline(0.0)
    blocks = timeline.take(100_000.0)
    assert blocks is not None
    assert blocks.count == 3000
    assert (blocks.first + blocks.count) * BLOCK_MS == 100_000_000
