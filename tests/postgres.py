"""A PostgreSQL server of the tests' own, on loopback, with a database for each test."""

from __future__ import annotations

import asyncio
import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import asyncpg

_USER = "postgres"
_ROOM = 4 * 1024**3
# What is lost when the machine dies is no test's subject.
_FAST = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")


def binaries() -> Path | None:
    """The directory of `initdb` and `pg_ctl`: on the path, or the newest of Debian's."""
    found = shutil.which("initdb")
    if found:
        return Path(found).parent
    kept = Path("/usr/lib/postgresql")
    if not kept.is_dir():
        return None
    usable = [d / "bin" for d in kept.iterdir() if (d / "bin" / "initdb").exists()]
    return max(usable, key=lambda path: float(path.parent.name), default=None)


@dataclass
class Postgres:
    """`admin` runs SQL in the server's own database; `database()` makes an empty one."""

    port: int
    made: Iterator[int]

    def admin(self, sql: str) -> None:
        async def run() -> None:
            connection = await asyncpg.connect(
                host="127.0.0.1", port=self.port, user=_USER, database="postgres"
            )
            try:
                await connection.execute(sql)
            finally:
                await connection.close()

        asyncio.run(run())

    def database(self, template: str | None = None) -> str:
        """The name of a new database, a copy of `template` when one is given."""
        name = f"test_{next(self.made)}"
        self.admin(f"CREATE DATABASE {name}" + (f" TEMPLATE {template}" if template else ""))
        return name

    def drop(self, name: str) -> None:
        self.admin(f"DROP DATABASE {name} WITH (FORCE)")

    def url(self, name: str) -> str:
        return f"postgresql+asyncpg://{_USER}@127.0.0.1:{self.port}/{name}"


def _roomy_memory() -> Path | None:
    """A file system in memory with room for some hundred small databases; None without one."""
    memory = Path("/dev/shm")
    if not os.access(memory, os.W_OK) or shutil.disk_usage(memory).free < _ROOM:
        return None
    return memory


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _as_user(command: list[str]) -> list[str]:
    # The server refuses to be run by root.
    if os.getuid() != 0:
        return command
    return ["setpriv", f"--reuid={_USER}", f"--regid={_USER}", "--clear-groups", *command]


@contextmanager
def running() -> Iterator[Postgres]:
    """The server while the block runs. Raises RuntimeError where none is installed."""
    found = binaries()
    if found is None:
        raise RuntimeError("PostgreSQL is not installed: sudo apt-get install -y postgresql")
    directory = Path(tempfile.mkdtemp(prefix="viva-postgres-", dir=_roomy_memory()))
    port = _free_port()
    try:
        if os.getuid() == 0:
            shutil.chown(directory, _USER, _USER)
        data = str(directory / "data")
        _run([str(found / "initdb"), "-D", data, "-U", _USER, "-A", "trust", "-E", "UTF8", "-N"])
        options = f"-p {port} -c listen_addresses=127.0.0.1 -k {directory}"
        options += "".join(f" -c {setting}" for setting in (*_FAST, "max_connections=200"))
        control = [str(found / "pg_ctl"), "-D", data, "-w", "-l", str(directory / "log")]
        _run([*control, "-o", options, "start"])
        try:
            yield Postgres(port, count(1))
        finally:
            _run([*control, "-m", "immediate", "stop"])
    finally:
        shutil.rmtree(directory, ignore_errors=True)


def _run(command: list[str]) -> None:
    # Its descendants keep what they inherit: a pipe would never be read to its end.
    done = subprocess.run(
        _as_user(command),
        check=False,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd="/",
    )
    if done.returncode:
        raise RuntimeError(f"{Path(command[0]).name} failed with status {done.returncode}")
