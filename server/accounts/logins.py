"""Sign-ins: one row for each browser that is logged in."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from datetime import timedelta

from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncSession
from ua_parser import parse

from server.accounts import repository
from server.accounts.tokens import new_id, new_token, sha256
from server.context import Context
from server.errors import not_found
from server.models import Login, User
from server.texts import storable

SEEN_EVERY = timedelta(hours=1)
_LABEL_LONGEST = 200


def browser_label(user_agent: str) -> str:
    """A browser as its owner knows it, such as "Firefox on Linux"; empty when it cannot be told."""
    found = parse(user_agent[:1000])
    names = [part.family for part in (found.user_agent, found.os) if part is not None]
    label: str = storable(" on ".join(names))
    return label[:_LABEL_LONGEST]


async def begin(context: Context, db: AsyncSession, user: User, user_agent: str) -> str:
    """Log `user` in within the transaction of `db`; the token for the cookie."""
    token = new_token()
    now = context.clock()
    await repository.forget_expired(db, now)
    db.add(
        Login(
            token_sha256=sha256(token),
            id=new_id(),
            user_id=user.id,
            browser=browser_label(user_agent),
            created_at=now,
            seen_at=now,
            expires_at=now + timedelta(days=context.settings.login_days),
        )
    )
    return token


async def holder(context: Context, token: str) -> tuple[User, Login] | None:
    """Who holds the cookie's `token`, or None when it is nobody's or no longer good.

    Notes at most once an hour that the sign-in was seen. What keeps that from being noted, such as
    a full disk, keeps nobody out."""
    now = context.clock()
    async with context.database.read() as db:
        found = await repository.login_by_token(db, sha256(token), now)
    if found is not None and now - found[1].seen_at >= SEEN_EVERY:
        with suppress(SQLAlchemyError):
            async with context.database.write() as db:
                await repository.saw_login(db, found[1].id, now)
    return found


async def end(context: Context, token: str) -> None:
    async with context.database.write() as db:
        await repository.forget_login(db, sha256(token))


async def list_of(context: Context, user: User) -> Sequence[Login]:
    """The sign-ins of `user` that are still good, the last seen first."""
    async with context.database.read() as db:
        return await repository.logins_of(db, user.id, context.clock())


async def revoke(context: Context, user: User, login_id: str) -> None:
    """End one sign-in of `user`; 404 for one of somebody else."""
    async with context.database.write() as db:
        if not await repository.forget_login_of(db, user.id, login_id):
            raise not_found("login")


async def revoke_others(context: Context, user: User, but: Login | None) -> None:
    """End every sign-in of `user` except `but`."""
    async with context.database.write() as db:
        await repository.forget_logins_but(db, user.id, but.id if but else None)
