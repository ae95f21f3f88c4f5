"""What holds for every test."""

import gc
import os

import pytest
from hypothesis import settings

from tests.scheduling import SideBySide, in_order

# A busy machine is no failure: tests assert behaviour, and speeds are measured in bench/. Chance
# looks for new examples where somebody can look at what it finds; a merge is not decided by it.
settings.register_profile("viva", deadline=None, derandomize="CI" in os.environ)
settings.load_profile("viva")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    in_order(items)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> SideBySide | None:
    return SideBySide(config, log) if config.option.dist == "loadscope" else None


def pytest_collection_finish() -> None:
    """Modules and scenarios stay until the end: no collection need look at them again."""
    gc.collect()
    gc.freeze()
