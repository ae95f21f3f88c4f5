from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.browser import write_microphone
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
