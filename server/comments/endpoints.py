"""/sessions/{id}/comments and /comments/{id}: for the owner and the named reviewers."""

from __future__ import annotations

from fastapi import APIRouter

from server.accounts.callers import CurrentUser
from server.comments import service
from server.comments.schemas import ChangeComment, CommentList, CommentOut, WriteComment
from server.context import Ctx

router = APIRouter(tags=["comments"])


@router.get("/sessions/{session_id}/comments")
async def list_(context: Ctx, user: CurrentUser, session_id: str) -> CommentList:
    """All that the caller may see: one's own alone, while one is still to score blind."""
    return await service.list_of(context, user, session_id)


@router.post("/sessions/{session_id}/comments", status_code=201)
async def write(context: Ctx, user: CurrentUser, session_id: str, body: WriteComment) -> CommentOut:
    """Comment on a moment."""
    return await service.write(context, user, session_id, body)


@router.patch("/comments/{comment_id}")
async def change(
    context: Ctx, user: CurrentUser, comment_id: str, body: ChangeComment
) -> CommentOut:
    """Change one's own comment."""
    return await service.change(context, user, comment_id, body)


@router.delete("/comments/{comment_id}", status_code=204)
async def remove(context: Ctx, user: CurrentUser, comment_id: str) -> None:
    """Delete one's own comment; the owner of the session may delete any."""
    await service.remove(context, user, comment_id)
