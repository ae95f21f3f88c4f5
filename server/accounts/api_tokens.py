"""Personal tokens, by which scripts are let in."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from datetime import timedelta

from sqlalchemy.exc import SQLAlchemyError

from server.accounts import repository
from server.accounts.schemas import NewApiToken
from server.accounts.tokens import new_id, new_token, sha256
from server.context import Context
from server.errors import Problem, not_found
from server.models import ApiToken, User

PREFIX = "viva_"
MOST = 50
USED_EVERY = timedelta(hours=1)


async def holder(context: Context, token: str) -> tuple[User, ApiToken] | None:
    """Whose `token` this is, or None when it is nobody's, was revoked or is over.

    Notes at most once an hour that it was used, if that can be noted."""
    if not token.startswith(PREFIX):
        return None
    now = context.clock()
    async with context.database.read() as db:
        found = await repository.holder_of_api_token(db, sha256(token), now)
    if found is not None:
        used_at = found[1].used_at
        if used_at is None or now - used_at >= USED_EVERY:
            with suppress(SQLAlchemyError):
                async with context.database.write() as db:
                    await repository.used_api_token(db, found[1].id, now)
    return found


async def list_of(context: Context, user: User) -> Sequence[ApiToken]:
    async with context.database.read() as db:
        return await repository.api_tokens_of(db, user.id)


async def make(context: Context, user: User, body: NewApiToken) -> tuple[ApiToken, str]:
    """A new token as it is kept, and the token itself, which nobody can be told again."""
    token = new_token(PREFIX)
    now = context.clock()
    row = ApiToken(
        id=new_id(),
        user_id=user.id,
        name=body.name,
        token_sha256=sha256(token),
        created_at=now,
        expires_at=None if body.days is None else now + timedelta(days=body.days),
    )
    async with context.database.write() as db:
        if len(await repository.api_tokens_of(db, user.id)) >= MOST:
            detail = f"There are {MOST} API tokens already. Revoke one that is not needed."
            raise Problem(409, "too_many_tokens", detail)
        db.add(row)
    return row, token


async def revoke(context: Context, user: User, token_id: str) -> None:
    """Forget a token of `user`; 404 for one of somebody else."""
    async with context.database.write() as db:
        if not await repository.forget_api_token_of(db, user.id, token_id):
            raise not_found("token")
