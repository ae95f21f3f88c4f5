"""/sessions."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Header, Query, Request, Response
from fastapi.responses import StreamingResponse

from server.accounts.callers import CurrentUser, find_caller
from server.context import Ctx
from server.errors import Problem
from server.sessions import control as controlling
from server.sessions import history, joining, repository, service, stream
from server.sessions.schemas import (
    ChangeSession,
    Connection,
    Control,
    ControlOut,
    CreateSession,
    EventList,
    SessionList,
    SessionOut,
)
from server.sessions.showing import to_out

router = APIRouter(prefix="/sessions", tags=["sessions"])

_SEQ_MOST = 2**31 - 1
_STREAM = "text/event-stream"


@router.post("", status_code=201)
async def create(context: Ctx, user: CurrentUser, body: CreateSession) -> SessionOut:
    return await service.create(context, user, body)


@router.get("")
async def list_(
    context: Ctx, user: CurrentUser, wanted: Annotated[history.Wanted, Query()]
) -> SessionList:
    """One's own sessions or, with `as=reviewer`, those that one is named for, newest first."""
    return await history.list_of(context, user, wanted)


@router.get("/{session_id}")
async def show(context: Ctx, user: CurrentUser, session_id: str) -> SessionOut:
    return await service.show(context, user, session_id)


@router.patch("/{session_id}")
async def change(
    context: Ctx, user: CurrentUser, session_id: str, body: ChangeSession
) -> SessionOut:
    """Plan it anew, as long as nobody has joined it."""
    return await service.change(context, user, session_id, body)


@router.delete("/{session_id}", status_code=204)
async def remove(context: Ctx, user: CurrentUser, session_id: str) -> None:
    await service.remove(context, user, session_id)


@router.post("/{session_id}/connection")
async def connection(context: Ctx, user: CurrentUser, session_id: str) -> Connection:
    return await joining.connect(context, user, session_id)


@router.post("/{session_id}/control", status_code=202)
async def control(context: Ctx, user: CurrentUser, session_id: str, body: Control) -> ControlOut:
    return await controlling.control(context, user, session_id, body)


@router.get(
    "/{session_id}/events",
    response_model=EventList,
    responses={200: {"content": {_STREAM: {"schema": {"type": "string"}}}}},
)
async def events(
    context: Ctx,
    user: CurrentUser,
    request: Request,
    session_id: str,
    after: Annotated[int, Query(ge=0, le=_SEQ_MOST)] = 0,
    limit: Annotated[int, Query(ge=1, le=stream.PAGE)] = stream.PAGE,
    last_event_id: Annotated[str | None, Header()] = None,
) -> EventList | Response:
    """The log past `after`: one page of it, or with `Accept: text/event-stream` all of it, live.

    What the interviewer makes of the answers, and what models answered, is left out until the
    session has ended; the prompts of models always are."""
    interview = await service.owned(context, user, session_id)
    if _STREAM in request.headers.get("accept", ""):
        return _live(context, request, interview.id, _resumed(last_event_id, after))
    async with context.database.read() as db:
        found = await repository.events_after(db, session_id, after, limit)
    more = bool(found) and found[-1].seq < interview.last_seq
    return EventList(
        items=[to_out(event, interview) for event in found], next=found[-1].seq if more else None
    )


def _resumed(last_event_id: str | None, after: int) -> int:
    if last_event_id is None:
        return after
    if not (last_event_id.isascii() and last_event_id.isdigit() and len(last_event_id) < 10):
        detail = "Last-Event-ID must be the number of an event."
        raise Problem(422, "last_event_id_invalid", detail)
    return int(last_event_id)


def _live(context: Ctx, request: Request, interview_id: str, after: int) -> StreamingResponse:
    async def allowed() -> bool:
        caller = await find_caller(context, request)
        async with context.database.read() as db:
            interview = await repository.by_id(db, interview_id)
        return caller is not None and interview is not None and interview.owner_id == caller.user.id

    return StreamingResponse(
        stream.follow(context, interview_id, after, allowed),
        media_type=_STREAM,
        headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"},
    )
