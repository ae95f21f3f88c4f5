"""Which tests run side by side. What holds real time, by sound or in a browser, runs one after the
other in one process; beside it the other deals with all else, module by module, at a priority that
always gives way."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

import pytest
from xdist.scheduler import LoadScopeScheduling

_IN_REAL_TIME = (
    "tests/e2e/",
    "tests/agent/test_speech.py",
    "tests/server/test_real_sfu.py",
    "tests/viva/test_up.py",
)
_ONE_SCOPE = "in real time"
# The nicest there is.
LEAST = 19
# Where Linux groups by session, priorities count within a group, and this is the group's own.
_AUTOGROUP = Path("/proc/self/autogroup")


def in_real_time(nodeid: str) -> bool:
    return nodeid.startswith(_IN_REAL_TIME)


def in_order(items: list[pytest.Item]) -> None:
    """What holds real time first, which one process begins with; then modules with slow tests, so
    that nobody is left with one at the end."""
    slow = {item.path for item in items if item.get_closest_marker("slow")}
    items.sort(key=lambda item: 0 if in_real_time(item.nodeid) else 1 + (item.path not in slow))


def give_way() -> None:
    """For good: this process takes what others leave, those of other sessions among them."""
    if os.getpriority(os.PRIO_PROCESS, 0) == LEAST:
        return
    os.setpriority(os.PRIO_PROCESS, 0, LEAST)
    if _AUTOGROUP.exists():
        # A group of its own, so that no other test's is made to give way.
        os.setsid()
        # Linux lets one process at a time write there.
        with suppress(BlockingIOError):
            _AUTOGROUP.write_text(str(LEAST))


class SideBySide(LoadScopeScheduling):
    """Modules to whoever is free; what holds real time is one of them."""

    def _split_scope(self, nodeid: str) -> str:
        scope: str = super()._split_scope(nodeid)
        return _ONE_SCOPE if in_real_time(nodeid) else scope
