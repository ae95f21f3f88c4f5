"""Archives on their way in or out: files without a name, on the disk that holds the data."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import AsyncIterator
from typing import IO

from fastapi import Request

from server.middleware import too_large
from server.settings import Settings
from server.space import require_space

_CHUNK = 1 << 18
_CHECKED_EVERY = 16 * 1024 * 1024


def scratch(settings: Settings) -> IO[bytes]:
    """An empty file that is gone when it is closed, or the process ends."""
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    # A directory for temporary files may be a piece of memory.
    return tempfile.TemporaryFile(dir=settings.data_dir)


async def receive(settings: Settings, request: Request, limit: int) -> IO[bytes]:
    """The body of `request`, of `limit` bytes at most, as a file at its beginning, which is for the
    caller to close. Raises Problem for a larger one, and when the disk gets full."""
    file = scratch(settings)
    try:
        size = checked = 0
        require_space(settings)
        async for data in request.stream():
            size += len(data)
            if size > limit:
                raise too_large(limit)
            if size - checked > _CHECKED_EVERY:
                require_space(settings)
                checked = size
            await asyncio.to_thread(file.write, data)
        file.seek(0)
    except BaseException:
        file.close()
        raise
    return file


async def chunks(file: IO[bytes]) -> AsyncIterator[bytes]:
    """The content of `file`, which is closed at the end."""
    try:
        while data := await asyncio.to_thread(file.read, _CHUNK):
            yield data
    finally:
        file.close()
