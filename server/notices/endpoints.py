"""/me/notices."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from server.accounts.callers import CurrentUser
from server.context import Ctx
from server.notices import service
from server.notices.schemas import NoticeList

router = APIRouter(prefix="/me/notices", tags=["notices"])


@router.get("")
async def list_notices(
    context: Ctx,
    user: CurrentUser,
    limit: Annotated[int, Query(ge=1, le=100)] = 50,
    cursor: Annotated[str | None, Query(max_length=100)] = None,
) -> NoticeList:
    """What the user was told, newest first."""
    return await service.list_of(context, user, limit, cursor)


@router.post("/read", status_code=204)
async def read_all(context: Ctx, user: CurrentUser) -> None:
    await service.read_all(context, user)


@router.post("/{notice_id}/read", status_code=204)
async def read(context: Ctx, user: CurrentUser, notice_id: str) -> None:
    await service.read(context, user, notice_id)
