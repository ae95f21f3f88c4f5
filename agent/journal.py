"""The worker's own durable copy of what it has logged: one JSON object a line.

What is appended survives the death of the process at once, and the machine's once `synced` says
so; syncing runs in a thread, since a busy disk takes half a second for it. The server gets its copy
from the outbox. A torn last line, left by a crash in mid-write, was never acknowledged, and is
dropped.
"""

from __future__ import annotations

import asyncio
import os
from pathlib import Path
from typing import IO

from pydantic import ValidationError

from agent.log import logger
from interview.wire import EventBody


class Journal:
    def __init__(self, directory: Path, session_id: str) -> None:
        self._directory = directory
        self.path = directory / f"{session_id}.jsonl"
        self._file: IO[bytes] | None = None
        self._torn = False
        self._appended = 0
        self._synced = 0
        self._syncing = asyncio.Lock()

    def read(self) -> list[EventBody]:
        """All whole lines, in the order in which they were written."""
        if not self.path.exists():
            return []
        events: list[EventBody] = []
        for number, line in enumerate(self.path.read_bytes().split(b"\n"), start=1):
            if not line:
                continue
            try:
                events.append(EventBody.model_validate_json(line))
            except ValidationError:
                logger.warning("journal line %d of %s is torn; dropped", number, self.path.name)
        return events

    def append(self, event: EventBody) -> None:
        """Raises OSError when the event cannot be kept; what is appended later is not glued to
        what came of it."""
        if self._file is None:
            self._directory.mkdir(parents=True, exist_ok=True, mode=0o700)
            fresh = not self.path.exists()
            self._file = open(self.path, "ab", buffering=0)  # noqa: SIM115
            self._torn = not fresh and bool(self._file.tell()) and not self._ends_in_newline()
            os.chmod(self.path, 0o600)
        line = event.model_dump_json().encode() + b"\n"
        self._write(b"\n" + line if self._torn else line)
        self._appended += 1

    async def synced(self) -> None:
        """Returns once everything appended so far is on disk. Raises OSError."""
        wanted = self._appended
        async with self._syncing:
            if self._file is None or self._synced >= wanted:
                return
            reached = self._appended
            await asyncio.to_thread(os.fsync, self._file.fileno())
            self._synced = reached

    def _write(self, data: bytes) -> None:
        assert self._file is not None  # noqa: S101 - `append` has opened it
        self._torn = True
        # A disk that is nearly full takes a part first, and refuses the rest.
        while data:
            data = data[self._file.write(data) :]
        self._torn = False

    def close(self, *, delete: bool = False) -> None:
        """`delete` only once the server has acknowledged everything in it."""
        if self._file is not None:
            self._file.close()
            self._file = None
        if delete:
            self.path.unlink(missing_ok=True)

    def _ends_in_newline(self) -> bool:
        with open(self.path, "rb") as file:
            file.seek(-1, os.SEEK_END)
            return file.read(1) == b"\n"
