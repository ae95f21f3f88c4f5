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

    def mark_test_complete(
        self, node: WorkerController, item_index: int, duration: float = 0
    ) -> None:
        super().mark_test_complete(node, item_index, duration)
        for other in self.nodes:
            if other is not node:
                self._reschedule(other)

    def _reschedule(self, node: WorkerController) -> None:
        if node.shutting_down:
            return
        if list(self.workqueue) == [_LAST]:
            others = [other for other in self.nodes if other is not node]
            if any(not other.shutting_down for other in others):
                # The last tests that a process was given run only once it is told that no more
                # come.
                if self._pending_of(self.assigned_work[node]) <= 2:
                    node.shutdown()
                return
            if any(self._pending_of(self.assigned_work[other]) for other in others):
                return
        super()._reschedule(node)
