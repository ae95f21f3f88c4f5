"""GET /me/export and POST /me/import; GET /sessions/{id}/bundle and POST /sessions/import."""

from __future__ import annotations

from typing import IO, Any

from fastapi import APIRouter, Request
from fastapi.responses import StreamingResponse

from server.accounts.callers import CurrentUser
from server.context import Ctx
from server.middleware import BUNDLE_BODY_LIMIT, IMPORT_BODY_LIMIT
from server.moving import bundling, exporting, files, importing
from server.moving.importing import Imported, Taken

router = APIRouter()

_ZIP = "application/zip"
_BINARY = {_ZIP: {"schema": {"type": "string", "format": "binary"}}}
_IN: dict[str, Any] = {"requestBody": {"content": _BINARY, "required": True}}
_OUT: dict[int | str, dict[str, Any]] = {200: {"content": _BINARY}}


def _sent(file: IO[bytes], name: str) -> StreamingResponse:
    size = file.seek(0, 2)
    file.seek(0)
    headers = {
        "Content-Disposition": f'attachment; filename="{name}"',
        "Content-Length": str(size),
    }
    return StreamingResponse(files.chunks(file), media_type=_ZIP, headers=headers)


@router.get("/me/export", tags=["accounts"], response_class=StreamingResponse, responses=_OUT)
async def export(context: Ctx, user: CurrentUser) -> StreamingResponse:
    """Everything of one's own as one zip; its files are described in the manual."""
    file = await exporting.export(context, user)
    return _sent(file, f"viva-export-{context.clock():%Y-%m-%d}.zip")


@router.post("/me/import", tags=["accounts"], openapi_extra=_IN)
async def import_(context: Ctx, user: CurrentUser, request: Request) -> Imported:
    """Take an export of this or another Viva in, or a bundle. What is here already stays as it
    is."""
    with await files.receive(context.settings, request, IMPORT_BODY_LIMIT) as file:
        return await importing.take(context, user, file)


@router.get(
    "/sessions/{session_id}/bundle",
    tags=["sessions"],
    response_class=StreamingResponse,
    responses=_OUT,
)
async def bundle(context: Ctx, user: CurrentUser, session_id: str) -> StreamingResponse:
    """One session with all that belongs to it as a zip, which another Viva takes in."""
    file = await bundling.bundle(context, user, session_id)
    return _sent(file, f"viva-{session_id}.zip")


@router.post("/sessions/import", tags=["sessions"], openapi_extra=_IN)
async def import_bundle(context: Ctx, user: CurrentUser, request: Request) -> Taken:
    """Take a bundle of this or another Viva in, as a session of one's own."""
    with await files.receive(context.settings, request, BUNDLE_BODY_LIMIT) as file:
        return await importing.take_bundle(context, user, file)
