"""Keeps a provider that is down off the voice path, and finds out when it is back."""

from __future__ import annotations

from collections.abc import Callable

FAILURES_TO_OPEN = 2
# Seconds until the provider is tried again, doubled after each try that failed.
FIRST_WAIT_S, LONGEST_WAIT_S = 10.0, 80.0


class Breaker:
    """Open after failures in a row; closed again by one success. `now`: seconds, monotonic."""

    def __init__(self, now: Callable[[], float]) -> None:
        self._now = now
        self._failures = 0
        self._wait = FIRST_WAIT_S
        self._try_at = 0.0

    @property
    def open(self) -> bool:
        return self._failures >= FAILURES_TO_OPEN

    def take_trial(self) -> bool:
        """True once, when it is time to try the provider again, with nobody waiting for it."""
        if not self.open or self._now() < self._try_at:
            return False
        self._try_at = self._now() + self._wait
        self._wait = min(2 * self._wait, LONGEST_WAIT_S)
        return True

    def succeeded(self) -> None:
        self._failures = 0
        self._wait = FIRST_WAIT_S

    def failed(self) -> None:
        self._failures += 1
        if self._failures == FAILURES_TO_OPEN:
            self._try_at = self._now() + self._wait
