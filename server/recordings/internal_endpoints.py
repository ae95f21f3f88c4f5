"""/internal/v1/sessions/{id}/recording: for the worker, which brings what it recorded."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request

from interview.wire import RecordingEnded, SegmentName
from server.context import Ctx
from server.recordings import taking

router = APIRouter(prefix="/sessions")


@router.put("/{session_id}/recording/segments", status_code=204)
async def segment(
    context: Ctx, request: Request, session_id: str, name: Annotated[SegmentName, Query()]
) -> None:
    await taking.segment(context, session_id, name, await request.body())


@router.post("/{session_id}/recording/ended", status_code=204)
async def ended(context: Ctx, session_id: str, body: RecordingEnded) -> None:
    await taking.ended(context, session_id, body)
