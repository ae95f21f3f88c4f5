"""What whoever holds a link gets to see, signed in or not."""

from __future__ import annotations

from dataclasses import dataclass

from interview.record import unflagged
from interview.transcript import Turn
from server.accounts.tokens import new_id, sha256
from server.comments import service as comments
from server.comments.schemas import CommentList
from server.context import Context
from server.errors import Problem, not_found
from server.models import Interview, Recording, Reviewer, Share, User
from server.reviewers import repository as reviewers
from server.sessions import fold, service
from server.sessions import repository as sessions
from server.shares import repository
from server.shares.schemas import ORDER, Accepted, NamedSegment, Part, SharedOut
from server.shares.service import is_active

_NAMES: dict[Part, str] = {
    "report": "the report",
    "transcript": "the transcript",
    "audio": "the recording",
    "comments": "comments",
}
_MOST_REVIEWERS = 50


@dataclass(frozen=True)
class Opened:
    """A link that opens, and the session that it is about."""

    share: Share
    interview: Interview


async def open_(context: Context, secret: str, address: str, part: Part | None = None) -> Opened:
    """The share with this secret, asked for from the network address `address`. A wrong secret,
    one that is over and one that was revoked are 404 alike, and so is a `part` that it does not
    show. Raises 429 when too much was asked for from there."""
    await context.attempts.count("share", address)
    async with context.database.read() as db:
        share = await repository.by_secret(db, sha256(secret))
        interview = await sessions.by_id(db, share.interview_id) if share else None
    if share is None or interview is None or not is_active(share, context.clock()):
        raise not_found("share")
    if part is not None and part not in share.parts:
        detail = f"This link does not show {_NAMES[part]}."
        raise Problem(404, "part_not_shared", detail)
    return Opened(share, interview)


async def about(context: Context, opened: Opened) -> SharedOut:
    """The beginning of the page of a link, which is what counts as opening it."""
    share, interview = opened.share, opened.interview
    async with context.database.write() as db:
        await repository.count_opening(db, share.id)
        recording = await db.get(Recording, interview.id)
    audible = recording is not None and recording.state == "ready" and "audio" in share.parts
    return SharedOut(
        scenario_title=interview.scenario_title,
        candidate_name=interview.candidate_name,
        difficulty=interview.plan["difficulty"],
        started_at=interview.started_at,
        ended_at=interview.ended_at,
        length_s=round(sum(segment["spent_s"] for segment in interview.segments), 3),
        segments=[NamedSegment.model_validate(segment) for segment in interview.segments],
        parts=[part for part in ORDER if part in share.parts],
        duration_ms=recording.duration_ms if recording and audible else None,
        may_comment=share.may_comment,
        blind=share.blind,
        expires_at=share.expires_at,
    )


async def turns(context: Context, opened: Opened) -> list[Turn]:
    """The transcript. What was made of the answers is part of the report, and goes with it."""
    found = fold.turns(await service.folded(context, opened.interview))
    return found if "report" in opened.share.parts else unflagged(found)


async def comments_of(context: Context, opened: Opened) -> CommentList:
    """What the owner sees of comments, for somebody who wrote none of them."""
    async with context.database.read() as db:
        found = await comments.shown(db, opened.interview.id)
    items = [comments.to_out(comment, opened.interview, None) for comment in found]
    return CommentList(items=items, others_hidden=False)


async def accept(context: Context, user: User, opened: Opened) -> Accepted:
    """Make `user` a reviewer, as the link allows. Who is one already stays as they are."""
    share, interview = opened.share, opened.interview
    if not share.may_comment:
        detail = "This link is for looking only. Ask whose interview it is to name you a reviewer."
        raise Problem(403, "not_for_reviewing", detail)
    if interview.owner_id == user.id:
        raise Problem(409, "reviewer_is_owner", "This is your own interview. Send the link on.")
    async with context.database.write() as db:
        if await sessions.locked(db, interview.id) is None:
            raise not_found("share")
        named = await reviewers.of(db, interview.id)
        known = next((one for one in named if one.email == user.email), None)
        if known is None and len(named) >= _MOST_REVIEWERS:
            detail = f"This interview has {_MOST_REVIEWERS} reviewers already, and takes no more."
            raise Problem(409, "too_many_reviewers", detail)
        if known is None:
            known = Reviewer(
                id=new_id(),
                interview_id=interview.id,
                email=user.email,
                blind=share.blind,
                created_at=context.clock(),
            )
            db.add(known)
        return Accepted(session_id=interview.id, blind=known.blind)
