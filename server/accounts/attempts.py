"""How often someone may try: to log in, to register, to ask for a mail, to use or open a link."""

from __future__ import annotations

import hashlib
import ipaddress
from dataclasses import dataclass
from typing import Literal

from limits import RateLimitItem, RateLimitItemPerMinute
from limits.aio.storage import MemoryStorage
from limits.aio.strategies import MovingWindowRateLimiter

from server.errors import Problem
from server.settings import Settings

Action = Literal["login", "register", "forgotten", "link", "password", "share"]


@dataclass(frozen=True)
class _Limit:
    """Tries in `minutes`: from one network, at one account from one network, and at one account
    from everywhere."""

    minutes: int
    network: int
    account_here: int
    account: int

    def item(self, tries: int) -> RateLimitItem:
        return RateLimitItemPerMinute(tries, self.minutes)


# A stranger uses up what is allowed from their own network. To keep an owner out they would need
# this many networks.
_NETWORKS = 10


def _limits(settings: Settings) -> dict[Action, _Limit]:
    account = settings.login_attempts_per_account
    return {
        "login": _Limit(5, settings.login_attempts_per_address, account, account * _NETWORKS),
        "password": _Limit(5, settings.login_attempts_per_address, account, account * _NETWORKS),
        "link": _Limit(5, settings.login_attempts_per_address, account, account),
        # A page that plays a recording asks often; a secret of 256 bits is not found by asking.
        "share": _Limit(5, settings.share_requests_per_address, account, account),
        "register": _Limit(5, settings.registrations_per_address, account, account),
        # Each is a mail in somebody's box.
        "forgotten": _Limit(60, settings.registrations_per_address, 3, 6),
    }


class _Storage(MemoryStorage):
    async def clear(self, key: str) -> None:
        # The library's own expiry fails on a key that vanishes while it looks through them.
        if key in self.events:
            self.events[key] = []


class Attempts:
    """Counts tries by account and by network, in this process."""

    def __init__(self, settings: Settings) -> None:
        self._limiter = MovingWindowRateLimiter(_Storage())
        self._limits = _limits(settings)

    async def count(self, action: Action, address: str, account: str | None = None) -> None:
        """Count one try from the network address `address`, at `account` if it is aimed at one.
        Raises 429 when it is one too many, whether there is such an account or not."""
        limit, network = self._limits[action], _network(address)
        allowed = await self._hit(limit.item(limit.network), action, network)
        if account is not None:
            here = await self._hit(limit.item(limit.account_here), action, account, network)
            # What is refused here must not use up what is allowed from elsewhere.
            allowed = allowed and here
            if allowed:
                allowed = await self._hit(limit.item(limit.account), action, account, "")
        if not allowed:
            raise Problem(
                429,
                "too_many_attempts",
                f"Too many attempts. Wait {limit.minutes} minutes and try again.",
                headers={"Retry-After": str(limit.minutes * 60)},
            )

    async def forgive(self, action: Action, address: str, account: str) -> None:
        """Forget the tries at an account from a network where its owner has got in."""
        limit = self._limits[action]
        item = limit.item(limit.account_here)
        await self._limiter.clear(item, action, _digest(account), _digest(_network(address)))

    async def _hit(self, item: RateLimitItem, action: Action, *names: str) -> bool:
        return await self._limiter.hit(item, action, *map(_digest, names))


def _network(address: str) -> str:
    """The network that one host or household has: an IPv4 address, or 64 bits of an IPv6 one."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return address
    if isinstance(found, ipaddress.IPv6Address):
        if found.ipv4_mapped is not None:
            return str(found.ipv4_mapped)
        return str(ipaddress.ip_network((found, 64), strict=False))
    return address


def _digest(value: str) -> str:
    return hashlib.sha256(value.encode("utf-8", "replace")).hexdigest()
