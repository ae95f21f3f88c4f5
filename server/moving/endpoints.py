"""GET /me/export and POST /me/import."""

from __future__ import annotations

import asyncio
import tempfile

from fastapi import APIRouter, Request
from fastapi.responses import StreamingResponse

from server.accounts.callers import CurrentUser
from server.context import Ctx
from server.middleware import IMPORT_BODY_LIMIT, too_large
from server.moving import exporting, importing
from server.moving.importing import Imported

router = APIRouter(prefix="/me", tags=["accounts"])

_ZIP = "application/zip"
_BINARY = {_ZIP: {"schema": {"type": "string", "format": "binary"}}}


@router.get("/export", response_class=StreamingResponse, responses={200: {"content": _BINARY}})
async def export(context: Ctx, user: CurrentUser) -> StreamingResponse:
    """Everything of one's own as one zip; its files are described in the manual."""
    file = await exporting.export(context, user)
    size = file.seek(0, 2)
    file.seek(0)
    name = f"viva-export-{context.clock():%Y-%m-%d}.zip"
    headers = {
        "Content-Disposition": f'attachment; filename="{name}"',
        "Content-Length": str(size),
    }
    return StreamingResponse(exporting.chunks(file), media_type=_ZIP, headers=headers)


@router.post("/import", openapi_extra={"requestBody": {"content": _BINARY, "required": True}})
async def import_(context: Ctx, user: CurrentUser, request: Request) -> Imported:
    """Take an export of this or another Viva in. What is here already stays as it is."""
    with tempfile.TemporaryFile() as file:
        size = 0
        async for data in request.stream():
            size += len(data)
            if size > IMPORT_BODY_LIMIT:
                raise too_large(IMPORT_BODY_LIMIT)
            await asyncio.to_thread(file.write, data)
        file.seek(0)
        return await importing.take(context, user, file)
