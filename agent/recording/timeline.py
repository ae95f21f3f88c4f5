"""Both channels of a recording, laid on the session clock until they are final.

Final is what lies before the frontier: the candidate's sound has arrived by then, and what the
interviewer was going to say there was said. It is given away in blocks of one Opus packet, which
begin at multiples of BLOCK_MS of the session clock.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from agent.recording.places import RATE as CANDIDATE_RATE
from agent.recording.places import Place

INTERVIEWER_RATE = 24_000
BLOCK_MS = 20
_LEFT = CANDIDATE_RATE * BLOCK_MS // 1000
_RIGHT = INTERVIEWER_RATE * BLOCK_MS // 1000
# Final is what lies so many ticks back. They are counted, not timed: while the loop is blocked
# nothing becomes final, and what was held up meanwhile is handed over within the ticks after.
TICK_S = 0.05
TICKS = 5
# The candidate's sound is waited for so long; then it has ceased to come.
LATE_S = 1.5
# Nobody needs more of what is not final yet; a clock that stands still must not fill the memory.
MOST_S = 60.0
Pcm = npt.NDArray[np.int16]


@dataclass(frozen=True, slots=True)
class Blocks:
    """`count` blocks from `first` on, which begins at `first * BLOCK_MS`. `left`: the candidate at
    16 kHz, `right`: the interviewer at 24 kHz."""

    first: int
    count: int
    left: Pcm
    right: Pcm


class Frontier:
    """Before it everything is final. Whoever lays sound on the timeline ticks every TICK_S."""

    def __init__(self) -> None:
        self._ticks: deque[float] = deque(maxlen=TICKS)

    def tick(self, now: float, heard_until: float) -> float:
        """Session-clock second of the frontier; `heard_until`: up to where the candidate's sound
        has come."""
        reached = self._ticks[0] if len(self._ticks) == TICKS else 0.0
        self._ticks.append(now)
        on_its_way = now - heard_until <= LATE_S
        return min(reached, heard_until) if on_its_way else reached


class Timeline:
    """`begins`: session-clock second from which on there is a recording."""

    def __init__(self, begins: float) -> None:
        self._next = -int(-begins * 1000 // BLOCK_MS)
        self._heard: deque[tuple[Place, Pcm]] = deque()
        self._heard_samples = 0
        self._played: deque[tuple[int, Pcm]] = deque()
        # Samples of the candidate that came when their time was past.
        self.too_late = 0

    def heard(self, pcm: bytes, place: Place) -> None:
        samples = np.frombuffer(pcm, dtype=np.int16)
        self._heard.append((place, samples))
        self._heard_samples += samples.size
        while self._heard_samples > MOST_S * CANDIDATE_RATE:
            self._heard_samples -= self._heard.popleft()[1].size

    def played(self, pcm: bytes, at: float) -> None:
        start = round(at * INTERVIEWER_RATE)
        if self._played:
            before, last = self._played[-1]
            # Rounding must not part what is played without a break.
            if abs(start - before - last.size) <= 1:
                start = before + last.size
        self._played.append((start, np.frombuffer(pcm, dtype=np.int16)))

    def silent_from(self, at: float) -> None:
        cut = round(at * INTERVIEWER_RATE)
        while self._played and self._played[-1][0] >= cut:
            self._played.pop()
        if self._played:
            start, samples = self._played[-1]
            self._played[-1] = (start, samples[: cut - start])

    def take(self, frontier: float) -> Blocks | None:
        """All whole blocks that are final at `frontier`, in seconds; None when there are none."""
        until = int(frontier * 1000 + 1e-6) // BLOCK_MS
        first = max(self._next, until - int(MOST_S * 1000) // BLOCK_MS)
        count = until - first
        if count <= 0:
            return None
        self._next = until
        left = np.zeros(count * _LEFT, dtype=np.int16)
        right = np.zeros(count * _RIGHT, dtype=np.int16)
        self._lay_heard(left, first * _LEFT)
        self._lay_played(right, first * _RIGHT)
        return Blocks(first, count, left, right)

    def _lay_heard(self, left: Pcm, begins: int) -> None:
        kept: deque[tuple[Place, Pcm]] = deque()
        for place, samples in self._heard:
            start = self._starts(place)
            if start < begins + left.size:
                place.stretch.settle()
                start = self._starts(place)
            self.too_late += min(samples.size, max(0, begins - start))
            _lay(left, begins, samples, start)
            cut = max(0, begins + left.size - start)
            if cut < samples.size:
                kept.append((Place(place.stretch, place.offset + cut), samples[cut:]))
        self._heard = kept
        self._heard_samples = sum(samples.size for _, samples in kept)

    @staticmethod
    def _starts(place: Place) -> int:
        return round(place.stretch.start * CANDIDATE_RATE) + place.offset

    def _lay_played(self, right: Pcm, begins: int) -> None:
        end = begins + right.size
        for start, samples in self._played:
            _lay(right, begins, samples, start)
        while self._played and self._played[0][0] + self._played[0][1].size <= end:
            self._played.popleft()


def _lay(onto: Pcm, begins: int, samples: Pcm, start: int) -> None:
    """Lay what of `samples`, which begin at `start`, belongs into `onto`, which begins at
    `begins`."""
    since, until = max(start, begins), min(start + samples.size, begins + onto.size)
    if since < until:
        onto[since - begins : until - begins] = samples[since - start : until - start]
