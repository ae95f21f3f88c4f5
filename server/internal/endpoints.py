"""/internal/v1: for the worker alone, which holds VIVA_AGENT_TOKEN."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Header, Query, Request

from interview.wire import (
    Appended,
    AppendEvents,
    Heartbeat,
    HeartbeatTaken,
    JudgementScores,
    JudgementWanted,
    SessionForAgent,
    SessionIds,
)
from server.context import Ctx
from server.errors import Problem
from server.internal import service
from server.internal.credentials import fits
from server.recordings import internal_endpoints as recordings
from server.reports import judgements
from server.sessions import holding
from server.sessions import log as event_log

_EPOCH_MOST = 2**31 - 1


async def _worker(context: Ctx, authorization: Annotated[str, Header()] = "") -> None:
    if not fits(context.settings.agent_token, authorization):
        detail = "This is for the worker. Start it and the server with the same VIVA_AGENT_TOKEN."
        headers = {"WWW-Authenticate": "Bearer"}
        raise Problem(401, "agent_token_wrong", detail, headers=headers)


router = APIRouter(prefix="/internal/v1", dependencies=[Depends(_worker)], include_in_schema=False)


@router.get("/sessions/{session_id}")
async def take(
    context: Ctx, session_id: str, epoch: Annotated[int, Query(ge=1, le=_EPOCH_MOST)]
) -> SessionForAgent:
    return await service.take(context, session_id, epoch)


@router.post("/sessions/{session_id}/events")
async def append(context: Ctx, session_id: str, body: AppendEvents) -> Appended:
    return await event_log.append(context, session_id, body.epoch, body.events)


@router.get("/sessions/{session_id}/line", status_code=204)
async def line(
    context: Ctx,
    request: Request,
    session_id: str,
    epoch: Annotated[int, Query(ge=1, le=_EPOCH_MOST)],
    at: Annotated[float, Query(ge=0, allow_inf_nan=False)],
) -> None:
    """Kept open by an interviewer for as long as it lives; answered only when it is refused."""

    async def broken() -> None:
        while (await request.receive())["type"] != "http.disconnect":
            pass

    await holding.hold(context, session_id, Heartbeat(epoch=epoch, at=at), broken)


@router.post("/ready", status_code=204)
async def ready(context: Ctx) -> None:
    """A worker has just come into reach of the media server."""
    await holding.worker_is_ready(context)


@router.post("/sessions/{session_id}/heartbeat")
async def heartbeat(context: Ctx, session_id: str, body: Heartbeat) -> HeartbeatTaken:
    return await service.beat(context, session_id, body)


router.include_router(recordings.router)


@router.post("/journals")
async def gone(context: Ctx, body: SessionIds) -> SessionIds:
    """Those of the sessions that were deleted: no journal of them may be kept."""
    return await service.gone(context, body)


@router.post("/judgements/lease")
async def lease(context: Ctx) -> JudgementWanted | None:
    """A finished session for a worker whose model can judge it; null when there is none."""
    return await judgements.lease(context)


@router.post("/judgements/{session_id}", status_code=204)
async def judged(context: Ctx, session_id: str, body: JudgementScores) -> None:
    """What the model says, so far or finally; each call renews the lease."""
    await judgements.take_in(context, session_id, body)
