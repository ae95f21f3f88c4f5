from collections.abc import Iterator

import pytest

from viva.temporary import TemporaryViva, temporary_viva


@pytest.fixture(scope="session")
def running_viva() -> Iterator[TemporaryViva]:
    """Media server, server and worker as `viva up` starts them; shared by all tests that hold an
    interview and leave it running."""
    # More than one test leaves an interviewer waiting for a candidate who does not come back.
    with temporary_viva({"VIVA_MAX_INTERVIEWS": "8"}) as running:
        yield running
