"""/admin: for admins alone."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from server.accounts import administration, repository
from server.accounts.callers import CurrentAdmin
from server.accounts.schemas import ChangeUser, Me, UserList, me_of
from server.context import Ctx
from server.texts import PlainText

router = APIRouter(prefix="/admin", tags=["admin"])


@router.get("/users")
async def users(
    context: Ctx,
    _: CurrentAdmin,
    q: Annotated[PlainText | None, Query(max_length=320)] = None,
    cursor: Annotated[PlainText | None, Query(max_length=320)] = None,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
) -> UserList:
    """Accounts in the order of their addresses; with `q` those that have it in address or name."""
    async with context.database.read() as db:
        found, after = await administration.page(db, q, cursor, limit)
    return UserList(items=[me_of(user) for user in found], next=after)


@router.patch("/users/{user_id}")
async def change_user(context: Ctx, _: CurrentAdmin, user_id: str, body: ChangeUser) -> Me:
    async with context.database.write() as db:
        user = await repository.user_by_id(db, user_id)
        return me_of(await administration.set_role(db, user, body.role))
