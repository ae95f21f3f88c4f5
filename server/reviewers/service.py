"""Naming reviewers. Nothing here looks whether an address has an account."""

from __future__ import annotations

import secrets

from server.context import Context
from server.errors import Problem, not_found
from server.models import Reviewer, User
from server.reviewers import repository
from server.reviewers.schemas import NameReviewer, ReviewerList, ReviewerOut
from server.sessions import repository as sessions
from server.sessions import service

_MOST = 20


def _to_out(reviewer: Reviewer) -> ReviewerOut:
    return ReviewerOut(
        id=reviewer.id,
        email=reviewer.email,
        blind=reviewer.blind,
        created_at=reviewer.created_at,
    )


async def name(context: Context, user: User, interview_id: str, body: NameReviewer) -> ReviewerOut:
    """Let whoever has the account with this address, now or later, see the session. To name
    somebody again changes nothing."""
    await service.owned(context, user, interview_id)
    if body.email == user.email:
        detail = "This is your own address. Name somebody else, or nobody."
        raise Problem(422, "reviewer_is_owner", detail)
    async with context.database.write() as db:
        if await sessions.locked(db, interview_id) is None:
            raise not_found()
        named = await repository.of(db, interview_id)
        known = next((one for one in named if one.email == body.email), None)
        if known is not None:
            return _to_out(known)
        if len(named) >= _MOST:
            detail = f"A session has {_MOST} reviewers at most. Remove one first."
            raise Problem(409, "too_many_reviewers", detail)
        reviewer = Reviewer(
            id=secrets.token_hex(12),
            interview_id=interview_id,
            email=body.email,
            blind=body.blind,
            created_at=context.clock(),
        )
        db.add(reviewer)
        return _to_out(reviewer)


async def list_of(context: Context, user: User, interview_id: str) -> ReviewerList:
    await service.owned(context, user, interview_id)
    async with context.database.read() as db:
        named = await repository.of(db, interview_id)
    return ReviewerList(items=[_to_out(reviewer) for reviewer in named])


async def remove(context: Context, user: User, interview_id: str, reviewer_id: str) -> None:
    """They may not see it from now on. Raises Problem when nobody has that id here."""
    await service.owned(context, user, interview_id)
    async with context.database.write() as db:
        if not await repository.remove(db, interview_id, reviewer_id):
            raise not_found("reviewer")
