"""Giving out a recording and its outline: in part, as players ask for it (RFC 9110, section 14).

Who may have them is for the caller to say."""

from __future__ import annotations

import logging
import re
from collections.abc import AsyncIterator, Mapping

from fastapi import Request, Response
from fastapi.responses import StreamingResponse

from server.context import Context
from server.middleware import HEAD
from server.models import Interview
from server.recordings import keys, service
from server.storage.store import Found, Missing

log = logging.getLogger(__name__)

MEDIA_TYPE = "audio/ogg"
_RANGE = re.compile(r"bytes=(?:(\d{1,18})-(\d{0,18})|-(\d{1,18}))", re.IGNORECASE)
# It may be joined anew when something comes late, so a player asks whether it is still the same.
_KEPT = {"Cache-Control": "private, no-cache"}


def _part(wanted: str, size: int) -> tuple[int, int] | None:
    """From where to before where; None for a header that asks for nothing we serve in parts. The
    first is `size` or more where nothing can be had."""
    found = _RANGE.fullmatch(wanted.replace(" ", ""))
    if found is None:
        return None
    first, last, final = found.groups()
    if final is not None:
        return (max(0, size - int(final)), size) if int(final) else (size, size)
    if last and int(last) < int(first):
        return None
    return int(first), min(size, int(last) + 1) if last else size


async def serve(
    context: Context,
    interview: Interview,
    request: Request,
    *,
    download: bool = False,
    headers: Mapping[str, str] = _KEPT,
) -> Response:
    """The recording of `interview`, whole or in the one part that `request` asks for; Problem as
    `service.ready` raises it. Several parts at once are answered with all of it."""
    await service.ready(context, interview)
    key = keys.recording(interview.id)
    found = await _find(context, key)
    sent = {**headers, "ETag": found.etag, "Accept-Ranges": "bytes"}
    if download:
        sent["Content-Disposition"] = f'attachment; filename="viva-{interview.id}.ogg"'
    if _has(request.headers.get("if-none-match", ""), found.etag):
        return Response(status_code=304, headers=sent)
    part = None
    if request.headers.get("if-range", found.etag) == found.etag:
        part = _part(request.headers.get("range", ""), found.size)
    if part is None:
        return await _body(context, request, key, found, (0, found.size), 200, sent)
    start, end = part
    if start >= found.size:
        sent["Content-Range"] = f"bytes */{found.size}"
        return Response(status_code=416, headers=sent)
    sent["Content-Range"] = f"bytes {start}-{end - 1}/{found.size}"
    return await _body(context, request, key, found, part, 206, sent)


async def peaks_of(
    context: Context, interview: Interview, request: Request, headers: Mapping[str, str] = _KEPT
) -> Response:
    """The outline of the recording as JSON, `PeaksOut`; Problem as `service.ready` raises it."""
    await service.ready(context, interview)
    key = keys.peaks(interview.id)
    found = await _find(context, key)
    sent = {**headers, "ETag": found.etag}
    if _has(request.headers.get("if-none-match", ""), found.etag):
        return Response(status_code=304, headers=sent)
    return Response(await context.storage.get(key), media_type="application/json", headers=sent)


async def _find(context: Context, key: str) -> Found:
    found = await context.storage.find(key)
    if found is None:
        log.error("%s is not in the store", key)
        raise service.no_recording()
    return found


def _has(if_none_match: str, etag: str) -> bool:
    given = {one.strip().removeprefix("W/") for one in if_none_match.split(",")}
    return bool({"*", etag} & given)


async def _body(
    context: Context,
    request: Request,
    key: str,
    found: Found,
    part: tuple[int, int],
    status: int,
    headers: dict[str, str],
) -> Response:
    start, end = part
    headers["Content-Length"] = str(end - start)
    if request.scope.get(HEAD):
        return Response(status_code=status, headers=headers, media_type=MEDIA_TYPE)
    pieces = context.storage.read(key, start, end, found.etag)
    try:
        # So that a store which is away is an answer, and not the end of one.
        first = await anext(pieces, b"")
    except Missing:
        raise service.no_recording() from None

    async def rest() -> AsyncIterator[bytes]:
        yield first
        async for piece in pieces:
            yield piece

    return StreamingResponse(rest(), status, headers, media_type=MEDIA_TYPE)
