"""Tells the server that this worker can be sent for."""

from __future__ import annotations

from tenacity import AsyncRetrying, retry_if_exception_type, stop_after_delay, wait_fixed

from agent.link import HttpLink, ServerRefused, ServerUnreachable
from agent.log import logger
from agent.settings import Settings

# After this the server has long looked by itself.
GIVES_UP_S = 60.0
AGAIN_S = 0.5


async def tell_ready(settings: Settings) -> None:
    """Until the server has heard it, or a minute has passed."""
    link = HttpLink(settings.server_url, settings.agent_token.get_secret_value())
    try:
        async for attempt in AsyncRetrying(
            retry=retry_if_exception_type(ServerUnreachable),
            wait=wait_fixed(AGAIN_S),
            stop=stop_after_delay(GIVES_UP_S),
            reraise=True,
        ):
            with attempt:
                await link.ready()
    except (ServerRefused, ServerUnreachable) as error:
        logger.warning("the server was not told that this worker is there: %s", error)
    finally:
        await link.aclose()
