from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser

from tests.e2e.browser import chromium, write_microphone
from viva.temporary import TemporaryViva, temporary_viva


@pytest.fixture(scope="session")
def running_viva() -> Iterator[TemporaryViva]:
    """Media server, server and worker as `viva up` starts them; shared by all tests that hold an
    interview and leave it running."""
    # More than one test leaves an interviewer waiting for a candidate who does not come back.
    with temporary_viva({"VIVA_MAX_INTERVIEWS": "8"}) as running:
        yield running


@pytest.fixture(scope="session")
def microphone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What a candidate at a browser says, again and again, with room for an answer in between."""
    return write_microphone(
        tmp_path_factory.mktemp("sound") / "microphone.wav",
        "I would start with the goal. People should find the right item within two seconds.",
        silence_s=11.0,
    )


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def browser() -> AsyncIterator[Browser]:
    """One for all visitors of a module whose tests share a loop: to start it takes longer than most
    of what they do."""
    async with chromium() as started:
        yield started
