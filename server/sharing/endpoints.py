"""GET /me/sharing/preview."""

from __future__ import annotations

from fastapi import APIRouter

from server.accounts.callers import CurrentUser
from server.context import Ctx
from server.sharing import service
from server.sharing.schemas import Preview

router = APIRouter(prefix="/me/sharing", tags=["preferences"])


@router.get("/preview")
async def preview(context: Ctx, user: CurrentUser) -> Preview:
    """Exactly what `viva export-shared` writes of one's own sessions once sharing is on."""
    return await service.preview(context, user)
