"""What circus, the supervisor, gets wrong, mended."""

from __future__ import annotations

import contextlib
import os
from typing import Any

from circus.arbiter import Arbiter
from circus.exc import ConflictError
from circus.process import DEAD_OR_ZOMBIE, UNEXISTING
from circus.watcher import Watcher


class PatientArbiter(Arbiter):  # type: ignore[misc]
    """Leaves a periodic check out while a command runs. Circus writes a traceback for each."""

    def manage_watchers(self) -> Any:
        try:
            return super().manage_watchers()
        except ConflictError:
            return None


class PromptWatcher(Watcher):  # type: ignore[misc]
    """Reaps whoever has died before it counts its processes. Circus forgets, hooks and pipes and
    all, who dies between its looking for the dead and its counting, and then cannot start another:
    the pipes of the dead are still listened to."""

    def manage_processes(self) -> Any:
        for process in list(self.processes.values()):
            if process.status in (DEAD_OR_ZOMBIE, UNEXISTING):
                self.reap_process(process.pid)
        return super().manage_processes()

    def reap_process(self, pid: int, status: int | None = None) -> None:
        process = self.processes.get(pid)
        if process is not None and self.stream_redirector is not None:
            self._read_last_lines(process)
            # Circus closes the pipes of the dead and goes on listening to their numbers, which the
            # next process is given.
            self.stream_redirector.remove_redirections(process)
        super().reap_process(pid, status)

    def _read_last_lines(self, process: Any) -> None:
        for name, pipe in self.stream_redirector.get_process_pipes(process):
            with contextlib.suppress(OSError, ValueError):
                os.set_blocking(pipe.fileno(), False)
                while data := os.read(pipe.fileno(), 65_536):
                    said = {"data": data, "pid": process.pid, "name": name}
                    self.stream_redirector.get_stream(name)(said)
