"""A Viva of one's own, for a measurement or a test: free ports, a data directory that goes."""

from __future__ import annotations

import os
import queue
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from viva.errors import CommandError
from viva.places import ROOT

READY_WITHIN_S = 180.0
_STOPS_WITHIN_S = 40.0


@dataclass(slots=True)
class TemporaryViva:
    """`url` is set once it is ready. `output`: every line so far."""

    process: subprocess.Popen[str]
    data_dir: Path
    url: str = ""
    output: list[str] = field(default_factory=list)
    _lines: queue.SimpleQueue[str | None] = field(default_factory=queue.SimpleQueue)

    def read(self) -> None:
        """Collects the output until it ends; run in a thread."""
        if self.process.stdout is not None:
            for line in self.process.stdout:
                self.output.append(line.rstrip("\n"))
                self._lines.put(line)
        self._lines.put(None)

    def wait_for_line(self, pattern: str, timeout_s: float) -> re.Match[str]:
        """The first match in a line that was not waited for yet. Raises CommandError with the
        last lines when the output ends or the time is up."""
        deadline = time.monotonic() + timeout_s
        while True:
            try:
                line = self._lines.get(timeout=max(0.0, deadline - time.monotonic()))
            except queue.Empty:
                line = None
            if line is None:
                tail = "\n".join(self.output[-20:])
                raise CommandError(f"viva up printed no line like {pattern!r}; its last:\n{tail}")
            if found := re.search(pattern, line):
                return found

    def stop(self) -> int:
        """Asks it to stop, kills it when it does not; the exit status."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
        try:
            return self.process.wait(timeout=_STOPS_WITHIN_S)
        except subprocess.TimeoutExpired:
            # The second request makes it kill its parts, which a kill of itself would not.
            self.process.send_signal(signal.SIGINT)
            return self.process.wait(timeout=_STOPS_WITHIN_S)


@contextmanager
def temporary_viva(settings: Mapping[str, str] | None = None) -> Iterator[TemporaryViva]:
    """Starts one and waits until it is ready; stops it at the end. `settings`: variables that it
    is to have beside the present ones, of which VIVA_* and LIVEKIT_* are left out; it has no
    standby worker unless they ask for one."""
    inherited = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("VIVA_", "LIVEKIT_"))
    }
    with TemporaryDirectory(prefix="viva-data-") as directory:
        process = subprocess.Popen(
            [sys.executable, "-m", "viva", "up", "--ports", "auto", "--data-dir", directory],
            cwd=ROOT,
            env={**inherited, "VIVA_STANDBY": "0", **(settings or {})},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            # Ctrl-C in the terminal reaches this process, which then stops that one.
            start_new_session=True,
        )
        running = TemporaryViva(process, Path(directory))
        reader = threading.Thread(target=running.read, daemon=True)
        reader.start()
        try:
            running.url = running.wait_for_line(r"^ready: (http\S+)", READY_WITHIN_S)[1]
            yield running
        finally:
            running.stop()
            reader.join(timeout=5.0)
