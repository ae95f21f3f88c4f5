"""Whether a reviewer still has to score before they may see what others made of a session."""

from __future__ import annotations

from sqlalchemy import Exists, exists, select
from sqlalchemy.ext.asyncio import AsyncSession

from server.errors import Problem
from server.models import HumanScore, Interview, Reviewer, User


async def is_blind(db: AsyncSession, interview: Interview, user: User) -> bool:
    """Whether `user` was asked to score `interview` blind and has not said yet that they are done.
    Until then nothing that judges it may reach them: report, flags, record, others' words."""
    if interview.owner_id == user.id:
        return False
    asked = exists().where(
        Reviewer.interview_id == interview.id, Reviewer.email == user.email, Reviewer.blind
    )
    return bool(await db.scalar(select(asked & ~_done(interview.id, user.id))))


async def blind_authors(db: AsyncSession, interview_id: str) -> set[str]:
    """The ids of those who are still to score blind: what they wrote is shown to nobody else."""
    query = (
        select(User.id)
        .join(Reviewer, Reviewer.email == User.email)
        .where(Reviewer.interview_id == interview_id, Reviewer.blind)
        .where(~_done(interview_id, User.id))
    )
    return set(await db.scalars(query))


def _done(interview_id: str, user_id: object) -> Exists:
    return exists().where(
        HumanScore.interview_id == interview_id,
        HumanScore.author_id == user_id,
        HumanScore.done_at.is_not(None),
    )


def scoring_first() -> Problem:
    """403 for what a reviewer who scores blind may see once they have scored."""
    detail = "You were asked to score this session before you see this. Score it, and say so."
    return Problem(403, "scoring_first", detail)
