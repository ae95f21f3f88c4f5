"""Links by which the reader of a mail ends such mails without a login. They work for a year, as
often as they are used; only the SHA-256 of their tokens is kept."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from server.accounts.tokens import new_token, sha256
from server.context import Context
from server.errors import Problem
from server.models import OneTimeLink, User
from server.preferences import service as preferences
from server.preferences.schemas import ChangeSettings, Values

_PURPOSE = "unsubscribe"
_LIFETIME = timedelta(days=365)


async def make(db: AsyncSession, user_id: str, now: datetime) -> str:
    """The token of a new link of this user's."""
    token = new_token()
    db.add(
        OneTimeLink(
            token_sha256=sha256(token),
            user_id=user_id,
            purpose=_PURPOSE,
            data={},
            created_at=now,
            expires_at=now + _LIFETIME,
        )
    )
    return token


def masked(email: str) -> str:
    """Enough of an address for its owner to know it by: "a…@example.org"."""
    local_part, _, domain = email.rpartition("@")
    return f"{local_part[:1]}…@{domain}"


async def unsubscribe(context: Context, token: str) -> str:
    """Turn the user's e-mail notifications off; their address, masked. 404 for a wrong token."""
    async with context.database.read() as db:
        user = await db.scalar(
            select(User)
            .join(OneTimeLink, OneTimeLink.user_id == User.id)
            .where(
                OneTimeLink.purpose == _PURPOSE,
                OneTimeLink.token_sha256 == sha256(token),
                OneTimeLink.expires_at > context.clock(),
            )
        )
    if user is None:
        detail = "This link is not whole, or too old. Turn e-mail off in the settings instead."
        raise Problem(404, "link_unknown", detail)
    body = ChangeSettings(values=Values(email_notifications=False))
    await preferences.change(context, user, body)
    return masked(user.email)
