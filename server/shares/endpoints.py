"""/sessions/{id}/shares and /shares/{id} for the owner, and /shared/{secret} for whoever holds the
secret: signed out, except to become a reviewer."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from server.accounts.callers import CurrentUser
from server.accounts.visitors import FromVisitor
from server.comments.schemas import CommentList
from server.context import Ctx
from server.recordings import serving
from server.recordings.endpoints import SOUND
from server.recordings.schemas import PeaksOut
from server.reports.endpoints import out_of as report_out
from server.reports.schemas import ReportOut
from server.shares import opening, service
from server.shares.schemas import Accepted, MadeShare, MakeShare, SharedOut, ShareList, ShareOut
from server.transcripts import formats
from server.transcripts.schemas import TranscriptOut

router = APIRouter(tags=["shares"])


@router.post("/sessions/{session_id}/shares", status_code=201)
async def make(context: Ctx, user: CurrentUser, session_id: str, body: MakeShare) -> MadeShare:
    """Make a link to parts of a session that is over. Its address is told this once."""
    return await service.make(context, user, session_id, body)


@router.get("/sessions/{session_id}/shares")
async def list_(context: Ctx, user: CurrentUser, session_id: str) -> ShareList:
    """The links to a session, those that are over as well."""
    return await service.list_of(context, user, session_id)


@router.get("/shares/{share_id}")
async def show(context: Ctx, user: CurrentUser, share_id: str) -> ShareOut:
    return await service.show(context, user, share_id)


@router.delete("/shares/{share_id}", status_code=204)
async def revoke(context: Ctx, user: CurrentUser, share_id: str) -> None:
    """Let the link open no more."""
    await service.revoke(context, user, share_id)


@router.get("/shared/{secret}")
async def about(context: Ctx, visitor: FromVisitor, secret: str) -> SharedOut:
    """What the link shows."""
    opened = await opening.open_(context, secret, visitor.address)
    return await opening.about(context, opened)


@router.get("/shared/{secret}/report")
async def report(context: Ctx, visitor: FromVisitor, secret: str) -> ReportOut:
    """The report, without what the owner wrote for themself."""
    opened = await opening.open_(context, secret, visitor.address, "report")
    return await report_out(context, opened.interview, None)


@router.get(
    "/shared/{secret}/recording",
    response_class=Response,
    responses={200: SOUND, 206: SOUND, 304: {}, 416: {}},
)
async def recording(context: Ctx, visitor: FromVisitor, request: Request, secret: str) -> Response:
    """Ogg Opus with HTTP ranges, as the owner hears it."""
    opened = await opening.open_(context, secret, visitor.address, "audio")
    return await serving.serve(context, opened.interview, request)


@router.get("/shared/{secret}/recording/peaks", response_model=PeaksOut)
async def peaks(context: Ctx, visitor: FromVisitor, request: Request, secret: str) -> Response:
    opened = await opening.open_(context, secret, visitor.address, "audio")
    return await serving.peaks_of(context, opened.interview, request)


@router.get("/shared/{secret}/transcript")
async def transcript(context: Ctx, visitor: FromVisitor, secret: str) -> TranscriptOut:
    opened = await opening.open_(context, secret, visitor.address, "transcript")
    return formats.to_out(opened.interview.id, await opening.turns(context, opened))


@router.get("/shared/{secret}/comments")
async def comments(context: Ctx, visitor: FromVisitor, secret: str) -> CommentList:
    opened = await opening.open_(context, secret, visitor.address, "comments")
    return await opening.comments_of(context, opened)


@router.post("/shared/{secret}/reviewer", status_code=201)
async def accept(context: Ctx, user: CurrentUser, visitor: FromVisitor, secret: str) -> Accepted:
    """Become a reviewer of the session, where the link allows it: to comment on it and score it."""
    opened = await opening.open_(context, secret, visitor.address)
    return await opening.accept(context, user, opened)
