"""/sessions/{id}/recording and /sessions/{id}/recording-consent."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request, Response

from server.accounts.callers import CurrentUser
from server.context import Ctx
from server.recordings import service, serving
from server.recordings.schemas import ConsentOut, GiveConsent, PeaksOut
from server.sessions.service import visible

router = APIRouter(prefix="/sessions", tags=["recordings"])

SOUND: dict[str, Any] = {"content": {serving.MEDIA_TYPE: {"schema": {"type": "string"}}}}


@router.put("/{session_id}/recording-consent")
async def consent(
    context: Ctx, user: CurrentUser, session_id: str, body: GiveConsent
) -> ConsentOut:
    """Whether the session may be recorded: before it, or while it goes on."""
    return await service.consent(context, user, session_id, body.granted)


@router.get(
    "/{session_id}/recording",
    response_class=Response,
    responses={200: SOUND, 206: SOUND, 304: {}, 416: {}},
)
async def recording(
    context: Ctx, user: CurrentUser, request: Request, session_id: str, download: bool = False
) -> Response:
    """Ogg Opus: the candidate on the left, the interviewer on the right. Its time is the session
    clock. For the owner and the reviewers; HTTP ranges."""
    interview = await visible(context, user, session_id)
    return await serving.serve(context, interview, request, download=download)


@router.get("/{session_id}/recording/peaks", response_model=PeaksOut)
async def peaks(context: Ctx, user: CurrentUser, request: Request, session_id: str) -> Response:
    interview = await visible(context, user, session_id)
    return await serving.peaks_of(context, interview, request)


@router.delete("/{session_id}/recording", status_code=204)
async def remove(context: Ctx, user: CurrentUser, session_id: str) -> None:
    """Delete the recording, and nothing else."""
    await service.remove(context, user, session_id)
