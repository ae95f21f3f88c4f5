"""/me/next."""

from __future__ import annotations

from fastapi import APIRouter

from server.accounts.callers import CurrentUser
from server.context import Ctx
from server.practice import service
from server.practice.schemas import NextPractice

router = APIRouter(tags=["practice"])


@router.get("/me/next")
async def next_(context: Ctx, user: CurrentUser) -> NextPractice | None:
    """A scenario and what to mind in it, each with its reason; null when there is none."""
    return await service.next_of(context, user)
