"""Links that work once: sent by mail, or handed over by whoever runs the server."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, Literal

from sqlalchemy.ext.asyncio import AsyncSession

from server.accounts import repository
from server.accounts.tokens import new_token, sha256
from server.errors import Problem
from server.models import OneTimeLink

# The purpose is also the first part of the page's address.
Purpose = Literal["reset", "confirm", "email"]

LIFETIME: dict[Purpose, timedelta] = {
    "reset": timedelta(hours=1),
    "confirm": timedelta(days=1),
    "email": timedelta(days=1),
}


async def make(
    db: AsyncSession,
    purpose: Purpose,
    now: datetime,
    *,
    user_id: str | None = None,
    data: dict[str, Any] | None = None,
    lifetime: timedelta | None = None,
) -> str:
    """A new link's token. Earlier links stay good: else a stranger could spoil them by asking."""
    await repository.forget_old_links(db, now)
    token = new_token()
    db.add(
        OneTimeLink(
            token_sha256=sha256(token),
            user_id=user_id,
            purpose=purpose,
            data=data or {},
            created_at=now,
            expires_at=now + (lifetime or LIFETIME[purpose]),
        )
    )
    return token


async def take(db: AsyncSession, purpose: Purpose, token: str, now: datetime) -> OneTimeLink:
    """The link, used up with that. Wrong, used and outlived ones are the same 410."""
    link = await repository.take_link(db, purpose, sha256(token), now)
    if link is None:
        raise gone()
    return link


def gone() -> Problem:
    detail = "This link is not whole, was used before, or is too old. Ask for a new one."
    return Problem(410, "link_over", detail)


def address(base: str, purpose: Purpose, token: str) -> str:
    """Where the page takes the token. `base`: the page's address, without a slash at its end."""
    return f"{base}/{purpose}/{token}"
