"""Placing segments on the session clock: what follows follows exactly, what is missing is silence.

Positions are in samples of 48 kHz from session-clock second 0."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from server.recordings.keys import Segment
from server.recordings.opus import FILLERS, GRID, RATE, Packet, silence

# A segment that begins so near the end of the one before goes on where that one ended.
_NEAR = RATE * 20 // 1000
_GAP_LEAST = RATE


class Timeline:
    """Hands packets to `emit`, from 0 on without a gap and in their order, with whether they were
    recorded. `earlier`: an earlier result, whose recorded packets come first where two claim the
    same time."""

    def __init__(
        self, emit: Callable[[Packet, bool], None], earlier: Iterable[Packet] = ()
    ) -> None:
        self._emit = emit
        self._earlier = _recorded(earlier)
        self._next_earlier = next(self._earlier, None)
        self._epoch = 0
        self._expected = 0
        self._gaps: list[list[int]] = []
        self.end = 0

    def add(self, segment: Segment, packets: Sequence[Packet]) -> None:
        """Segments come in their order. Where two overlap the first stays."""
        at = segment.start_ms * RATE // 1000
        follows = segment.epoch == self._epoch and abs(at - self._expected) <= _NEAR
        at = self._expected if follows else round(at / GRID) * GRID
        for packet in packets:
            self._put_earlier(before=at + packet.samples)
            if at >= self.end:
                self._put(at, packet)
            at += packet.samples
        self._epoch, self._expected = segment.epoch, at

    def finish(self) -> list[list[int]]:
        """The `[start_ms, end_ms]` of more than a second without sound, before the last sound."""
        self._put_earlier(before=None)
        return self._gaps

    def _put_earlier(self, before: int | None) -> None:
        while self._next_earlier is not None:
            at, packet = self._next_earlier
            if before is not None and at >= before:
                return
            if at >= self.end:
                self._put(at, packet)
            self._next_earlier = next(self._earlier, None)

    def _put(self, at: int, packet: Packet) -> None:
        missing = at - self.end
        if missing > _GAP_LEAST:
            self._gaps.append([self.end * 1000 // RATE, at * 1000 // RATE])
        for filler in silence(missing):
            self._emit(filler, False)
        self._emit(packet, True)
        self.end = at + packet.samples


def _recorded(packets: Iterable[Packet]) -> Iterator[tuple[int, Packet]]:
    at = 0
    for packet in packets:
        if packet.data not in FILLERS:
            yield at, packet
        at += packet.samples
