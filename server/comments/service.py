"""Writing, reading and changing comments, and who sees whose.

What a reviewer writes while they are still to score blind is shown to nobody else, and they see
nobody else's, until they have scored."""

from __future__ import annotations

from sqlalchemy.ext.asyncio import AsyncSession

from server.accounts.tokens import new_id
from server.comments import repository
from server.comments.schemas import ChangeComment, CommentList, CommentOut, WriteComment
from server.context import Context
from server.errors import Problem, not_found
from server.models import Comment, Interview, Recording, User
from server.notices import service as notices
from server.reviewers import blinding
from server.sessions import presence, service
from server.sessions import repository as sessions

NOTICE = "comment"
_MOST = 1000
# A moment just heard may be a little ahead of what the log has reached.
_SLACK_MS = 60_000


def to_out(comment: Comment, interview: Interview, user: User | None) -> CommentOut:
    """What `user`, or somebody who is not signed in, sees of it."""
    own = user is not None and comment.author_id == user.id
    return CommentOut(
        id=comment.id,
        at_ms=comment.at_ms,
        text=comment.text,
        author_name=comment.author_name,
        own=own,
        may_delete=own or (user is not None and interview.owner_id == user.id),
        created_at=comment.created_at,
        changed_at=comment.changed_at,
    )


async def shown(db: AsyncSession, interview_id: str) -> list[Comment]:
    """Those that whoever may see anything of what others wrote may see."""
    held = await blinding.blind_authors(db, interview_id)
    return [one for one in await repository.of(db, interview_id) if one.author_id not in held]


async def list_of(context: Context, user: User, interview_id: str) -> CommentList:
    interview = await service.visible(context, user, interview_id)
    async with context.database.read() as db:
        blind = await blinding.is_blind(db, interview, user)
        if blind:
            everyones = await repository.of(db, interview_id)
            found = [one for one in everyones if one.author_id == user.id]
        else:
            found = await shown(db, interview_id)
    items = [to_out(comment, interview, user) for comment in found]
    return CommentList(items=items, others_hidden=blind)


async def write(context: Context, user: User, interview_id: str, body: WriteComment) -> CommentOut:
    """Add one. The owner is told of a reviewer's, once a day for each of them."""
    interview = await service.visible(context, user, interview_id)
    async with context.database.write() as db:
        if await sessions.locked(db, interview_id) is None:
            raise not_found()
        await _require_moment(context, db, interview, body.at_ms)
        if await repository.count(db, interview_id) >= _MOST:
            detail = f"A session has {_MOST} comments at most. Delete one first."
            raise Problem(409, "too_many_comments", detail)
        now = context.clock()
        comment = Comment(
            id=new_id(),
            interview_id=interview_id,
            author_id=user.id,
            author_name=user.name,
            at_ms=body.at_ms,
            text=body.text,
            created_at=now,
            changed_at=now,
        )
        db.add(comment)
        if interview.owner_id != user.id and not await blinding.is_blind(db, interview, user):
            await notices.tell(
                db,
                user_id=interview.owner_id,
                kind=NOTICE,
                key=f"{NOTICE}@{interview_id}/{user.id}/{now:%Y-%m-%d}",
                data={
                    "session_id": interview_id,
                    "scenario_title": interview.scenario_title,
                    "name": user.name,
                    "at_ms": body.at_ms,
                },
                now=now,
            )
        out = to_out(comment, interview, user)
    return out


async def change(context: Context, user: User, comment_id: str, body: ChangeComment) -> CommentOut:
    """Change one's own. Somebody else's is 403 where it can be seen and 404 where not."""
    interview = await _about(context, user, comment_id)
    async with context.database.write() as db:
        comment = await repository.by_id(db, comment_id)
        if comment is None:
            raise not_found("comment")
        if comment.author_id != user.id:
            detail = "Only whoever wrote a comment can change it."
            raise Problem(403, "not_the_author", detail)
        if body.at_ms is not None:
            await _require_moment(context, db, interview, body.at_ms)
            comment.at_ms = body.at_ms
        if body.text is not None:
            comment.text = body.text
        if body.at_ms is not None or body.text is not None:
            comment.changed_at = context.clock()
        out = to_out(comment, interview, user)
    return out


async def remove(context: Context, user: User, comment_id: str) -> None:
    """Delete one's own or, of one's own session, anybody's."""
    interview = await _about(context, user, comment_id)
    async with context.database.write() as db:
        comment = await repository.by_id(db, comment_id)
        if comment is None:
            raise not_found("comment")
        if user.id not in {comment.author_id, interview.owner_id}:
            detail = "Only whoever wrote a comment, or the owner of the session, can delete it."
            raise Problem(403, "not_the_author", detail)
        await db.delete(comment)


async def _about(context: Context, user: User, comment_id: str) -> Interview:
    """The session of a comment that `user` can see; 404 otherwise."""
    async with context.database.read() as db:
        comment = await repository.by_id(db, comment_id)
    if comment is None:
        raise not_found("comment")
    try:
        interview = await service.visible(context, user, comment.interview_id)
    except Problem:
        raise not_found("comment") from None
    async with context.database.read() as db:
        hidden = comment.author_id != user.id and (
            await blinding.is_blind(db, interview, user)
            or comment.author_id in await blinding.blind_authors(db, interview.id)
        )
    if hidden:
        raise not_found("comment")
    return interview


async def _require_moment(
    context: Context, db: AsyncSession, interview: Interview, at_ms: int
) -> None:
    """Raises Problem unless the session, or its recording, has come as far as `at_ms`."""
    recording = await db.get(Recording, interview.id)
    reached = round(presence.clock_at(interview, context.steady()) * 1000)
    length = max(reached, recording.duration_ms if recording else 0)
    if at_ms > length + _SLACK_MS:
        detail = f"The session is {length} ms long, and this is about {at_ms} ms of it."
        raise Problem(422, "moment_out_of_range", detail, length_ms=length)
