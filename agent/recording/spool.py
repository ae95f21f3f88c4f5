"""Segments of a recording on the worker's own disk, until the server has them.

`directory/<session>/` holds one file a segment, named so that names sort in the order in which the
segments were made. A file that was not written whole has another name, and is nobody's.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import re
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from interview.wire import SegmentName

_NAME = re.compile(r"(\d{6})-(\d{6})-(\d{12})-(\d{4})\.ogg")
_LOCK = ".in-use"


def spooled_sessions(directory: Path) -> list[str]:
    """Ids of the sessions that have a spool in `directory`."""
    if not directory.is_dir():
        return []
    return sorted(path.name for path in directory.iterdir() if path.is_dir())


class Spool:
    """The spool of one session. All methods block; those that write raise OSError."""

    def __init__(self, directory: Path, session_id: str) -> None:
        self.session_id = session_id
        self.path = directory / session_id
        self._forgotten = False
        self._forgetting = threading.Lock()

    def write(self, name: SegmentName, ogg: bytes) -> None:
        """Returns when it is on disk. Does nothing once the spool was forgotten."""
        if self._forgotten:
            return
        self._make()
        whole = self.path / _file_name(name)
        torn = whole.with_suffix(".part")
        try:
            with open(torn, "wb", opener=_private) as file:
                file.write(ogg)
                file.flush()
                os.fsync(file.fileno())
        except OSError:
            torn.unlink(missing_ok=True)
            raise
        torn.rename(whole)
        _sync(self.path)

    def waiting(self) -> list[SegmentName]:
        """What is on disk, in the order of epochs and numbers."""
        if not self.path.is_dir():
            return []
        found = (_NAME.fullmatch(path.name) for path in self.path.iterdir())
        names = [
            SegmentName(
                epoch=int(match[1]),
                number=int(match[2]),
                start_ms=int(match[3]),
                packets=int(match[4]),
            )
            for match in found
            if match
        ]
        return sorted(names, key=lambda name: (name.epoch, name.number))

    def read(self, name: SegmentName) -> bytes:
        return (self.path / _file_name(name)).read_bytes()

    def remove(self, name: SegmentName) -> None:
        """It is somewhere else now."""
        (self.path / _file_name(name)).unlink(missing_ok=True)

    def forget(self) -> None:
        """Delete all of it, and take nothing more. Another call of this returns after it."""
        self._forgotten = True
        with self._forgetting:
            shutil.rmtree(self.path, ignore_errors=True)

    def remove_if_empty(self) -> None:
        """What was never whole goes too; only for who holds the spool `alone`."""
        if self.path.is_dir() and not self.waiting():
            shutil.rmtree(self.path, ignore_errors=True)

    @contextmanager
    def in_use(self) -> Iterator[None]:
        """While it is recorded into: nobody has it `alone`, unless this process dies. Waits for
        whoever has."""
        self._make()
        with open(self.path / _LOCK, "ab", opener=_private) as lock:
            fcntl.flock(lock, fcntl.LOCK_SH)
            yield

    @contextmanager
    def alone(self) -> Iterator[bool]:
        """Whether nobody records into it; nobody begins to meanwhile."""
        with contextlib.ExitStack() as stack:
            try:
                lock = stack.enter_context(open(self.path / _LOCK, "ab", opener=_private))
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                yield False
                return
            yield True

    def _make(self) -> None:
        self.path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        self.path.mkdir(exist_ok=True, mode=0o700)


def _file_name(name: SegmentName) -> str:
    return f"{name.epoch:06d}-{name.number:06d}-{name.start_ms:012d}-{name.packets:04d}.ogg"


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def _sync(directory: Path) -> None:
    """A renamed file is on disk when its directory is."""
    handle = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
