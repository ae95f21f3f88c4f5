"""The session clock of one worker. Monotonic: a jump of the machine's time does not move it."""

from __future__ import annotations

from collections.abc import Callable

# A wall time that is to be placed lies so many seconds back at most, and in the future never.
RECENT_SECONDS = 300.0
# A smaller difference between the two clocks is no jump.
_JUMP_SECONDS = 1.0


class SessionClock:
    """Seconds since the interview began. `monotonic` and `wall` are injected (seconds); wall times
    are those of the machine when this was made, going on at the pace of `monotonic`."""

    def __init__(
        self, *, start_at: float, monotonic: Callable[[], float], wall: Callable[[], float]
    ) -> None:
        self._monotonic = monotonic
        self._wall = wall
        self._origin = monotonic() - start_at
        self._epoch = wall() - start_at
        # Wall time minus session clock, as the machine's clock says now and before it jumped.
        self._offsets = [self._epoch]

    def now(self) -> float:
        return max(0.0, self._monotonic() - self._origin)

    def at_wall(self, wall: float) -> float:
        """Session-clock second of a recent time of the machine's clock. Never negative, never in
        the future. A time that was read before the clock jumped is told by lying too far off."""
        now = self.now()
        offset = self._wall() - now
        if abs(offset - self._offsets[0]) > _JUMP_SECONDS:
            self._offsets = [offset, self._offsets[0]]
        else:
            self._offsets[0] = offset
        found = [wall - one for one in self._offsets]
        likely = (at for at in found if now - RECENT_SECONDS <= at <= now + _JUMP_SECONDS)
        return min(max(0.0, next(likely, found[0])), now)

    def wall_at(self, at: float) -> float:
        """Wall time (epoch seconds) at which the clock shows `at`."""
        return self._epoch + at


def resumed_start(
    *,
    clock_at: float | None,
    clock_wall: float | None,
    last_event_at: float | None,
    wall: float,
) -> float:
    """Where a new interviewer's clock starts: on from the one before, never behind the log."""
    start = 0.0
    if clock_at is not None and clock_wall is not None:
        start = clock_at + max(0.0, wall - clock_wall)
    return max(start, last_event_at or 0.0)
