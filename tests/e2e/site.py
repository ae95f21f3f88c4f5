"""The server with the built page alone, in the test's event loop: no interviewer, no SFU."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import uvicorn
from argon2 import PasswordHasher
from pydantic import SecretStr

from server.accounts.passwords import Passwords
from server.app import create_app
from server.settings import Settings

_STARTS_WITHIN_S = 20.0


def cheap_passwords() -> Passwords:
    """Cheap enough for a test; the real parameters are the library's."""
    return Passwords(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))


@asynccontextmanager
async def site(
    smtp_url: str | None = None,
    prepare: Callable[[Settings], None] | None = None,
    **more: Any,
) -> AsyncIterator[str]:
    """Serves the page and the API on a database of its own; the address. `smtp_url`: where mail
    goes, None for a set-up that sends none. `prepare` fills the data directory before the server
    begins; it may block. `more`: settings beside the usual ones."""
    listener = socket.create_server(("127.0.0.1", 0))
    url = f"http://127.0.0.1:{listener.getsockname()[1]}"
    with TemporaryDirectory(prefix="viva-site-") as directory:
        settings = Settings(
            _env_file=None,
            data_dir=Path(directory),
            public_url=url,
            smtp_url=SecretStr(smtp_url) if smtp_url else None,
            mail_from="Viva <viva@viva.test>" if smtp_url else None,
            **more,
        )
        if prepare is not None:
            await asyncio.to_thread(prepare, settings)
        passwords = cheap_passwords()
        app = create_app(settings, passwords=passwords)
        config = uvicorn.Config(app, log_level="warning", timeout_graceful_shutdown=1)
        server = uvicorn.Server(config)
        task = asyncio.create_task(server.serve([listener]))
        try:
            async with asyncio.timeout(_STARTS_WITHIN_S):
                while not server.started:
                    assert not task.done(), "the server did not start"
                    await asyncio.sleep(0.02)
            yield url
        finally:
            server.should_exit = True
            await task
