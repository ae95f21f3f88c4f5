"""Registering, logging in and out, and knowing who is there."""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta

from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from server.accounts import repository
from server.accounts.schemas import LogIn, Register
from server.context import Context
from server.errors import Problem
from server.models import Login, User

_TOKEN_BYTES = 32


def _sha256(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


async def _new_login(context: Context, db: AsyncSession, user: User) -> str:
    token = secrets.token_urlsafe(_TOKEN_BYTES)
    now = context.clock()
    await repository.forget_expired(db, now)
    db.add(
        Login(
            token_sha256=_sha256(token),
            id=secrets.token_hex(12),
            user_id=user.id,
            created_at=now,
            seen_at=now,
            expires_at=now + timedelta(days=context.settings.login_days),
        )
    )
    return token


async def register(context: Context, body: Register, address: str) -> tuple[User, str]:
    """A new user, logged in, and the token of the login."""
    await context.attempts.count(body.email, address)
    user = User(
        id=secrets.token_hex(12),
        email=body.email,
        name=body.name,
        password_hash=await context.passwords.hash(body.password.get_secret_value()),
        created_at=context.clock(),
    )
    try:
        async with context.database.write() as db:
            db.add(user)
            await db.flush()
            token = await _new_login(context, db, user)
    except IntegrityError as error:
        detail = "There is an account with this address already. Log in, or use another address."
        raise Problem(409, "email_taken", detail) from error
    await context.attempts.forgive(body.email)
    return user, token


async def log_in(context: Context, body: LogIn, address: str) -> tuple[User, str]:
    """The user and a token. The same answer in the same time for a wrong address and password."""
    await context.attempts.count(body.email, address)
    async with context.database.read() as db:
        user = await repository.user_by_email(db, body.email)
    known = user.password_hash if user is not None else None
    right = await context.passwords.verify(known, body.password.get_secret_value())
    if user is None or not right:
        detail = "Address and password do not fit together. Check both and try again."
        raise Problem(401, "login_failed", detail)
    async with context.database.write() as db:
        token = await _new_login(context, db, user)
    await context.attempts.forgive(body.email)
    return user, token


async def log_out(context: Context, token: str) -> None:
    async with context.database.write() as db:
        await repository.forget_login(db, _sha256(token))


async def user_of(context: Context, token: str) -> User | None:
    """Who holds `token`, or None when it is nobody's or no longer good."""
    async with context.database.read() as db:
        return await repository.user_by_token(db, _sha256(token), context.clock())
