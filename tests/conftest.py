"""What holds for every test."""

import gc

from hypothesis import settings

# A busy machine is no failure: tests assert behaviour, and speeds are measured in bench/.
settings.register_profile("viva", deadline=None)
settings.load_profile("viva")


def pytest_collection_finish() -> None:
    """Modules and scenarios stay until the end: no collection need look at them again."""
    gc.collect()
    gc.freeze()
