"""The processes of a running Viva: finding one of its parts, and killing it as a crash would."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import psutil

from viva.errors import CommandError
from viva.stack import STANDBY
from viva.up import REGISTERED

Kind = Literal["job", "worker", "server", "sfu"]
KINDS: tuple[Kind, ...] = ("job", "worker", "server", "sfu")
_MARKS = {"worker": "livekit.agents", "server": "server.app:create_app", "sfu": "livekit-server"}
_POLL_S = 0.01
_GONE_WITHIN_S = 10.0


@dataclass(frozen=True, slots=True)
class Killed:
    """`at` and `gone`: epoch seconds of the signal, and of the last moment at which the job of each
    session was seen alive, for those whose job went."""

    at: float
    gone: dict[str, float]


class Parts:
    """The parts under the supervisor `pid`, which keeps its journals in `data_dir`."""

    def __init__(self, pid: int, data_dir: Path) -> None:
        self._supervisor = psutil.Process(pid)
        self._journals = data_dir.resolve() / "journal"

    def part(self, name: str) -> psutil.Process | None:
        """The process of "server" or "sfu"; None while it is not running."""
        return next(iter(self._parts(name)), None)

    def workers(self) -> list[psutil.Process]:
        """The worker, and the standby where there is one."""
        return self._parts("worker")

    def _parts(self, name: str) -> list[psutil.Process]:
        found = []
        for child in self._supervisor.children():
            try:
                if any(_MARKS[name] in word for word in child.cmdline()):
                    found.append(child)
            except psutil.Error:
                continue
        return found

    def job(self, session_id: str) -> psutil.Process | None:
        """The process in which the interview of `session_id` is held: it has the journal open."""
        found = (self._job_in(worker, session_id) for worker in self.workers())
        return next((job for job in found if job is not None), None)

    def _job_in(self, worker: psutil.Process, session_id: str) -> psutil.Process | None:
        wanted = str(self._journals / f"{session_id}.jsonl")
        try:
            children = worker.children(recursive=True)
        except psutil.Error:
            return None
        for child in children:
            try:
                if any(file.path == wanted for file in child.open_files()):
                    return child
            except psutil.Error:
                continue
        return None

    def kill(self, kind: Kind, sessions: list[str]) -> Killed:
        """SIGKILL to one part: for "job" to that of the first of `sessions`, for "worker" to the
        one that holds it. Blocks until the jobs that go with it are gone. Raises CommandError when
        there is nothing to kill."""
        jobs: dict[str, psutil.Process] = {}
        if kind == "job":
            process = self.job(sessions[0])
            if process is not None:
                jobs[sessions[0]] = process
        elif kind == "worker":
            process = next((w for w in self.workers() if self._job_in(w, sessions[0])), None)
            found = {one: self._job_in(process, one) for one in sessions} if process else {}
            jobs = {session: job for session, job in found.items() if job is not None}
        else:
            process = self.part(kind)
        if process is None:
            raise CommandError(f"there is no {kind} to kill; see the last lines of `viva up`")
        at = time.time()
        process.kill()
        return Killed(at, {session: _last_seen(job) for session, job in jobs.items()})


def is_whole(output: Sequence[str]) -> bool:
    """Whether, by the lines of its parts, both workers of a Viva are known to the media server."""
    known: set[str] = set()
    for line in output:
        part, _, text = line.partition("|")
        if REGISTERED in text:
            known.add(part.strip())
        elif " died (" in text:
            died = text.split()[0]
            known -= {"worker", STANDBY} if died == "sfu" else {died}
    return {"worker", STANDBY} <= known


def _last_seen(process: psutil.Process) -> float:
    deadline = time.time() + _GONE_WITHIN_S
    while time.time() < deadline:
        try:
            if process.status() == psutil.STATUS_ZOMBIE:
                break
        except psutil.NoSuchProcess:
            break
        time.sleep(_POLL_S)
    return time.time()
