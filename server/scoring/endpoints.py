"""/sessions/{id}/scoring: for the owner and the named reviewers, once the session is over."""

from __future__ import annotations

from fastapi import APIRouter

from server.accounts.callers import CurrentUser
from server.context import Ctx
from server.scoring import service
from server.scoring.schemas import PutScoring, ScoringOut

router = APIRouter(prefix="/sessions", tags=["scoring"])


@router.get("/{session_id}/scoring")
async def show(context: Ctx, user: CurrentUser, session_id: str) -> ScoringOut:
    """The criteria, one's own scores and, unless one is still to score blind, those of others."""
    return await service.show(context, user, session_id)


@router.put("/{session_id}/scoring")
async def put(context: Ctx, user: CurrentUser, session_id: str, body: PutScoring) -> ScoringOut:
    """Write one's own scores. Nobody else sees them before `done`."""
    return await service.put(context, user, session_id, body)
