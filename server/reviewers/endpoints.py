"""/sessions/{id}/reviewers: for the owner alone."""

from __future__ import annotations

from fastapi import APIRouter

from server.accounts.callers import CurrentUser
from server.context import Ctx
from server.reviewers import service
from server.reviewers.schemas import NameReviewer, ReviewerList, ReviewerOut

router = APIRouter(prefix="/sessions", tags=["reviewers"])


@router.get("/{session_id}/reviewers")
async def list_(context: Ctx, user: CurrentUser, session_id: str) -> ReviewerList:
    return await service.list_of(context, user, session_id)


@router.post("/{session_id}/reviewers", status_code=201)
async def name(context: Ctx, user: CurrentUser, session_id: str, body: NameReviewer) -> ReviewerOut:
    """Let somebody see the session, its recording, report, transcript, flags and record, comment on
    it and score it. The answer is the same whether or not the address has an account."""
    return await service.name(context, user, session_id, body)


@router.delete("/{session_id}/reviewers/{reviewer_id}", status_code=204)
async def remove(context: Ctx, user: CurrentUser, session_id: str, reviewer_id: str) -> None:
    await service.remove(context, user, session_id, reviewer_id)
