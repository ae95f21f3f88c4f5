from collections.abc import Iterator

import pytest

from viva.temporary import TemporaryViva, temporary_viva


@pytest.fixture(scope="session")
def running_viva() -> Iterator[TemporaryViva]:
    """Media server, server and worker as `viva up` starts them; shared by all tests that hold an
    interview and leave it running."""
    with temporary_viva() as running:
        yield running
