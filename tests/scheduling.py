"""Which tests run side by side. What holds real time, by sound or in a browser, runs alone at the
end; all else is dealt out to the processes module by module, the longest first."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from xdist.workermanage import WorkerController

from xdist.scheduler import LoadScopeScheduling

# Anything else on the machine would disturb these.
_ALONE = (
    "tests/e2e/",
    "tests/agent/test_speech.py",
    "tests/server/test_real_sfu.py",
    "tests/viva/test_up.py",
)
_LAST = "alone"


def _alone(nodeid: str) -> bool:
    return nodeid.startswith(_ALONE)


def in_order(items: list[pytest.Item]) -> None:
    """Modules with slow tests first, so that no process is left with one at the end; what runs
    alone last."""
    slow = {item.path for item in items if item.get_closest_marker("slow")}
    items.sort(key=lambda item: 2 if _alone(item.nodeid) else item.path not in slow)


class SideBySide(LoadScopeScheduling):
    """Modules to whoever is free; one process alone for the last of the work."""

    def _split_scope(self, nodeid: str) -> str:
        scope: str = super()._split_scope(nodeid)
        return _LAST if _alone(nodeid) else scope

    def _reschedule(self, node: WorkerController) -> None:
        others = [n for n in self.nodes if n is not node and not n.shutting_down]
        if list(self.workqueue) == [_LAST] and others and not node.shutting_down:
            # The last tests that a process was given run only once it is told that no more come.
            if self._pending_of(self.assigned_work[node]) <= 2:
                node.shutdown()
            return
        super()._reschedule(node)
