"""What holds for every test."""

from __future__ import annotations

import gc
import os
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

from tests.scheduling import SideBySide, give_way, in_order, in_real_time

if TYPE_CHECKING:
    from xdist.workermanage import WorkerController

# A busy machine is no failure: tests assert behaviour, and speeds are measured in bench/. Chance
# looks for new examples where somebody can look at what it finds; a merge is not decided by it.
settings.register_profile("viva", deadline=None, derandomize="CI" in os.environ)
settings.load_profile("viva")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    in_order(items)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> SideBySide | None:
    return SideBySide(config, log) if _dealt_out(config) else None


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: WorkerController) -> None:
    node.workerinput["dealt_out"] = _dealt_out(node.config)


def _dealt_out(config: pytest.Config) -> bool:
    return bool(config.option.dist == "loadscope")


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    # What holds real time runs meanwhile, in another process.
    if getattr(item.config, "workerinput", {}).get("dealt_out") and not in_real_time(item.nodeid):
        give_way()


def pytest_collection_finish() -> None:
    """Modules and scenarios stay until the end: no collection need look at them again."""
    gc.collect()
    gc.freeze()
