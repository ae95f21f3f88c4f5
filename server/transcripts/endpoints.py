"""/sessions/{id}/transcript, flags and record, folded from the log at every request.

What the interviewer makes of the answers is not shown before the session has ended, and to a
reviewer who is to score blind not before they have."""

from __future__ import annotations

from dataclasses import asdict
from typing import Literal

from fastapi import APIRouter, Response

from interview.record import unflagged
from interview.transcript import Turn
from server.accounts.callers import CurrentUser
from server.context import Context, Ctx
from server.models import Interview, User
from server.reviewers import blinding
from server.sessions import fold, presence, service
from server.transcripts import formats
from server.transcripts.schemas import FlagList, FlagOut, HintOut, RecordOut, TranscriptOut

router = APIRouter(prefix="/sessions", tags=["transcripts"])

_MEDIA = {
    "vtt": "text/vtt; charset=utf-8",
    "md": "text/markdown; charset=utf-8",
    "txt": "text/plain; charset=utf-8",
}


async def _turns(context: Context, user: User, session_id: str) -> tuple[Interview, list[Turn]]:
    interview = await service.visible(context, user, session_id)
    turns = fold.turns(await service.folded(context, interview))
    async with context.database.read() as db:
        blind = await blinding.is_blind(db, interview, user)
    return interview, turns if presence.is_over(interview) and not blind else unflagged(turns)


@router.get("/{session_id}/flags")
async def flags(context: Ctx, user: CurrentUser, session_id: str) -> FlagList:
    """The noteworthy answers, in their order; none before the session has ended."""
    interview = await service.sighted(context, user, session_id)
    if not presence.is_over(interview):
        return FlagList(items=[])
    record = (await service.folded(context, interview)).record
    return FlagList(items=[FlagOut(**asdict(moment)) for moment in record.moments])


@router.get("/{session_id}/record")
async def record(context: Ctx, user: CurrentUser, session_id: str) -> RecordOut:
    """Hints used, and what was and was not asked for; the latter once the session has ended."""
    interview = await service.sighted(context, user, session_id)
    folded = (await service.folded(context, interview)).record
    over = presence.is_over(interview)
    return RecordOut(
        hints=[HintOut(**asdict(hint)) for hint in folded.hints],
        asked=list(folded.asked) if over else [],
        never_asked=list(folded.never_asked) if over else [],
    )


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
