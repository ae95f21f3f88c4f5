"""/sessions/{id}/drafts."""

from __future__ import annotations

from fastapi import APIRouter

from server.accounts.callers import CurrentUser
from server.context import Ctx
from server.drafts import service
from server.drafts.schemas import DraftField, DraftOut, DraftsOut, WriteDraft

router = APIRouter(prefix="/sessions", tags=["drafts"])


@router.get("/{session_id}/drafts")
async def show(context: Ctx, user: CurrentUser, session_id: str) -> DraftsOut:
    """The owner's notes and reflection; nobody else sees them."""
    return await service.show(context, user, session_id)


@router.put("/{session_id}/drafts/{field}")
async def write(
    context: Ctx, user: CurrentUser, session_id: str, field: DraftField, body: WriteDraft
) -> DraftOut:
    """Write one of them. `replaced` is what this took the place of unseen."""
    return await service.write(context, user, session_id, field, body)
