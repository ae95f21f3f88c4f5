"""/sessions/{id}/transcript, folded from the log at every request."""

from __future__ import annotations

from typing import Literal

from fastapi import APIRouter, Response

from interview.transcript import Turn
from server.accounts.cookies import CurrentUser
from server.context import Context, Ctx
from server.models import Interview, User
from server.sessions import fold, service
from server.transcripts import formats
from server.transcripts.schemas import TranscriptOut

router = APIRouter(prefix="/sessions", tags=["transcripts"])

_MEDIA = {
    "vtt": "text/vtt; charset=utf-8",
    "md": "text/markdown; charset=utf-8",
    "txt": "text/plain; charset=utf-8",
}


async def _turns(context: Context, user: User, session_id: str) -> tuple[Interview, list[Turn]]:
    interview = await service.owned(context, user, session_id)
    return interview, fold.turns(await service.folded(context, interview))


@router.get("/{session_id}/transcript")
async def transcript(context: Ctx, user: CurrentUser, session_id: str) -> TranscriptOut:
    interview, turns = await _turns(context, user, session_id)
    return formats.to_out(interview.id, turns)


@router.get("/{session_id}/transcript.json")
async def as_json(
    context: Ctx, user: CurrentUser, session_id: str, response: Response
) -> TranscriptOut:
    response.headers["Content-Disposition"] = f'attachment; filename="viva-{session_id}.json"'
    return await transcript(context, user, session_id)


@router.get("/{session_id}/transcript.{extension}", response_class=Response)
async def as_file(
    context: Ctx, user: CurrentUser, session_id: str, extension: Literal["vtt", "md", "txt"]
) -> Response:
    interview, turns = await _turns(context, user, session_id)
    title = interview.scenario_title
    titles = {segment["id"]: segment["title"] for segment in interview.segments}
    if extension == "vtt":
        content = formats.vtt(turns)
    elif extension == "md":
        content = formats.markdown(turns, title, titles)
    else:
        content = formats.text(turns, title, titles)
    name = f"viva-{interview.id}.{extension}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(content, media_type=_MEDIA[extension], headers=headers)
