"""The list of sessions: a user's own, or those that they may review, filtered and searched."""

from __future__ import annotations

import base64
import binascii
from datetime import UTC, datetime
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, Field
from sqlalchemy import ColumnElement, Select, exists, or_, select, tuple_

from server.context import Context
from server.errors import Problem
from server.models import Draft, Interview, Reviewer, User
from server.recordings import repository as recordings
from server.reports import repository as reports
from server.sessions import service
from server.sessions.presence import FINISHED
from server.sessions.schemas import SessionList
from server.texts import PlainText

_WORDS_MOST = 10
State = Literal["created", "live", "paused", "ended", "scored", "abandoned", "finished"]


def _utc(value: datetime) -> datetime:
    """Without a zone it is UTC."""
    try:
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)
    except OverflowError:
        raise ValueError("this moment is out of range") from None


def _few_words(value: str) -> str:
    if len(value.split()) > _WORDS_MOST:
        raise ValueError(f"search for {_WORDS_MOST} words at most")
    return value


Moment = Annotated[datetime, AfterValidator(_utc)]


class Wanted(BaseModel):
    """`q`: words that all have to be found in the scenario's title or, of one's own sessions, in
    notes and reflection. `state` "finished" is ended or scored. `since`, `until`: made at `since`
    or later, and before `until`."""

    q: Annotated[PlainText, Field(max_length=200), AfterValidator(_few_words)] = ""
    state: State | None = None
    scenario_id: Annotated[PlainText, Field(max_length=100)] | None = None
    since: Moment | None = None
    until: Moment | None = None
    as_: Annotated[Literal["owner", "reviewer"], Field(alias="as")] = "owner"
    limit: Annotated[int, Field(ge=1, le=100)] = 20
    cursor: Annotated[PlainText, Field(max_length=200)] | None = None


async def list_of(context: Context, user: User, wanted: Wanted) -> SessionList:
    """One page, the newest first."""
    query = _query(user, wanted)
    if wanted.cursor:
        before = _decode_cursor(wanted.cursor)
        query = query.where(tuple_(Interview.created_at, Interview.id) < tuple_(*before))
    newest = query.order_by(Interview.created_at.desc(), Interview.id.desc())
    async with context.database.read() as db:
        found = list(await db.scalars(newest.limit(wanted.limit + 1)))
        page = found[: wanted.limit]
        # Somebody who is to score blind must not find a level in a list.
        own = [interview.id for interview in page if interview.owner_id == user.id]
        briefs = await reports.briefs(db, own)
        recorded = await recordings.of_several(db, [interview.id for interview in page])
    now = context.steady()
    return SessionList(
        items=[
            service.to_out(
                interview,
                user,
                now,
                brief=briefs.get(interview.id),
                recording=recorded.get(interview.id),
            )
            for interview in page
        ],
        next=_encode_cursor(page[-1]) if len(found) > wanted.limit else None,
    )


def _query(user: User, wanted: Wanted) -> Select[Interview]:
    reviewing = wanted.as_ == "reviewer"
    query = select(Interview).where(_named(user) if reviewing else Interview.owner_id == user.id)
    if wanted.state is not None:
        states = FINISHED if wanted.state == "finished" else (wanted.state,)
        query = query.where(Interview.state.in_(states))
    if wanted.scenario_id is not None:
        query = query.where(Interview.scenario_id == wanted.scenario_id)
    if wanted.since is not None:
        query = query.where(Interview.created_at >= wanted.since)
    if wanted.until is not None:
        query = query.where(Interview.created_at < wanted.until)
    for word in wanted.q.split():
        query = query.where(_has(word, drafts=not reviewing))
    return query


def _named(user: User) -> ColumnElement[bool]:
    """Somebody else's session for which the user is named."""
    named = exists().where(Reviewer.interview_id == Interview.id, Reviewer.email == user.email)
    return named & (Interview.owner_id != user.id)


def _has(word: str, *, drafts: bool) -> ColumnElement[bool]:
    """A reviewer must not find out by searching what is in drafts that they may not read."""
    title = Interview.scenario_title.icontains(word, autoescape=True)
    if not drafts:
        return title
    written = exists().where(
        Draft.interview_id == Interview.id, Draft.text.icontains(word, autoescape=True)
    )
    return or_(title, written)


def _encode_cursor(interview: Interview) -> str:
    plain = f"{interview.created_at.isoformat()} {interview.id}"
    return base64.urlsafe_b64encode(plain.encode()).decode().rstrip("=")


def _decode_cursor(cursor: str) -> tuple[datetime, str]:
    try:
        padded = cursor + "=" * (-len(cursor) % 4)
        created, _, id_ = base64.urlsafe_b64decode(padded.encode()).decode().partition(" ")
        moment = datetime.fromisoformat(created)
        if moment.tzinfo is None or not id_.isalnum():
            raise ValueError(cursor)
    except (ValueError, binascii.Error) as error:
        detail = "This cursor is not one that was given out. Begin without one."
        raise Problem(422, "cursor_invalid", detail) from error
    return moment, id_
