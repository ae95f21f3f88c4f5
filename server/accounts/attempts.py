"""How often someone may try to log in."""

from __future__ import annotations

import hashlib

from limits import RateLimitItem, RateLimitItemPerMinute
from limits.aio.storage import MemoryStorage
from limits.aio.strategies import MovingWindowRateLimiter

from server.errors import Problem

_WINDOW_MINUTES = 5


class LoginAttempts:
    """Counts tries by account and by network address over five minutes, in this process."""

    def __init__(self, per_account: int, per_address: int) -> None:
        self._limiter = MovingWindowRateLimiter(MemoryStorage())
        self._account = RateLimitItemPerMinute(per_account, _WINDOW_MINUTES)
        self._address = RateLimitItemPerMinute(per_address, _WINDOW_MINUTES)

    async def count(self, email: str, address: str) -> None:
        """Count one try. Raises 429 when it is one too many."""
        allowed = await self._hit(self._address, "address", address)
        allowed = await self._hit(self._account, "account", email) and allowed
        if not allowed:
            raise Problem(
                429,
                "too_many_attempts",
                f"Too many attempts. Wait {_WINDOW_MINUTES} minutes and try again.",
                headers={"Retry-After": str(_WINDOW_MINUTES * 60)},
            )

    async def forgive(self, email: str) -> None:
        """Forget the tries at an account whose owner has logged in."""
        await self._limiter.clear(self._account, "account", _digest(email))

    async def _hit(self, item: RateLimitItem, kind: str, value: str) -> bool:
        return await self._limiter.hit(item, kind, _digest(value))


def _digest(value: str) -> str:
    return hashlib.sha256(value.encode()).hexdigest()
