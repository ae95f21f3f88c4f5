"""Making, listing and revoking shares: for the owner of the session alone."""

from __future__ import annotations

from datetime import datetime, timedelta

from server.accounts.tokens import new_id, new_token, sha256
from server.context import Context
from server.errors import Problem, not_found
from server.models import Share, User
from server.sessions import presence, service
from server.sessions import repository as sessions
from server.shares import repository
from server.shares.schemas import ORDER, MadeShare, MakeShare, ShareList, ShareOut

_MOST = 100


def is_active(share: Share, now: datetime) -> bool:
    return share.revoked_at is None and (share.expires_at is None or now < share.expires_at)


def to_out(share: Share, now: datetime) -> ShareOut:
    return ShareOut(
        id=share.id,
        session_id=share.interview_id,
        label=share.label,
        parts=[part for part in ORDER if part in share.parts],
        may_comment=share.may_comment,
        blind=share.blind,
        active=is_active(share, now),
        opened=share.opened,
        created_at=share.created_at,
        expires_at=share.expires_at,
        revoked_at=share.revoked_at,
    )


async def make(context: Context, user: User, interview_id: str, body: MakeShare) -> MadeShare:
    """A link to a session that is over. Its secret is kept nowhere, its SHA-256 is."""
    interview = await service.owned(context, user, interview_id)
    if not presence.is_over(interview):
        detail = "This session is not over. Share it when it has ended."
        raise Problem(409, "session_not_over", detail)
    secret, now = new_token(), context.clock()
    async with context.database.write() as db:
        if await sessions.locked(db, interview_id) is None:
            raise not_found()
        if await repository.count(db, interview_id) >= _MOST:
            detail = f"A session has {_MOST} links at most, over ones among them."
            raise Problem(409, "too_many_shares", detail)
        share = Share(
            id=new_id(),
            interview_id=interview_id,
            secret_sha256=sha256(secret),
            label=body.label,
            parts=list(body.parts),
            may_comment=body.may_comment,
            blind=body.blind,
            opened=0,
            created_at=now,
            expires_at=now + timedelta(seconds=body.seconds),
        )
        db.add(share)
        out = to_out(share, now)
    url = f"{context.settings.resolved_public_url}/shared/{secret}"
    return MadeShare(**out.model_dump(), secret=secret, url=url)


async def list_of(context: Context, user: User, interview_id: str) -> ShareList:
    await service.owned(context, user, interview_id)
    now = context.clock()
    async with context.database.read() as db:
        found = await repository.of(db, interview_id)
    return ShareList(items=[to_out(share, now) for share in found])


async def show(context: Context, user: User, share_id: str) -> ShareOut:
    return to_out(await _owned(context, user, share_id), context.clock())


async def revoke(context: Context, user: User, share_id: str) -> None:
    """It opens no more, from now on. Once is enough."""
    await _owned(context, user, share_id)
    async with context.database.write() as db:
        share = await repository.by_id(db, share_id)
        if share is not None and share.revoked_at is None:
            share.revoked_at = context.clock()


async def _owned(context: Context, user: User, share_id: str) -> Share:
    async with context.database.read() as db:
        share = await repository.by_id(db, share_id)
        interview = await sessions.by_id(db, share.interview_id) if share else None
    if share is None or interview is None or interview.owner_id != user.id:
        raise not_found("share")
    return share
