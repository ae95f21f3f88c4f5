"""The session clock of one worker. Monotonic: a jump of the machine's time does not move it."""

from __future__ import annotations

from collections.abc import Callable


class SessionClock:
    """Seconds since the interview began. `monotonic` and `wall` are injected (seconds)."""

    def __init__(
        self, *, start_at: float, monotonic: Callable[[], float], wall: Callable[[], float]
    ) -> None:
        self._monotonic = monotonic
        self._wall = wall
        self._origin = monotonic() - start_at

    def now(self) -> float:
        return max(0.0, self._monotonic() - self._origin)

    def at_wall(self, wall: float) -> float:
        """Session-clock second of a recent wall time. Never negative, never in the future."""
        ago = max(0.0, self._wall() - wall)
        return max(0.0, self.now() - ago)

    def wall_at(self, at: float) -> float:
        """Wall time (epoch seconds) at which the clock shows `at`."""
        return self._wall() + (at - self.now())


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
