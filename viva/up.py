"""`viva up`: media server, server and worker under one supervisor, in the foreground."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import shlex
import signal
import time
from collections import defaultdict, deque
from collections.abc import Awaitable, Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import httpx
from circus.exc import ConflictError
from tornado.ioloop import IOLoop

from viva.mended_circus import PatientArbiter, PromptWatcher
from viva.output import PrefixedLines
from viva.places import ROOT
from viva.ports import require_free
from viva.stack import STANDBY, Part, Stack

# A part that dies this often within the window is not restarted again.
DEATHS_MAX = 5
DEATHS_WINDOW_S = 60.0
# Only who dies young is waited for, ever longer, before the next start.
YOUNG_S = 10.0
# How often it is looked whether a part has died.
CHECK_S = 0.1
# The line with which livekit-agents says that the SFU knows the worker.
REGISTERED = "registered worker"
_POLL_S = 0.25
_STILL_WAITING_S = 30.0


class Supervisor:
    """Starts the parts of `stack`, restarts what dies, and stops them in reverse order."""

    def __init__(self, stack: Stack) -> None:
        self._stack = stack
        self._stop = asyncio.Event()
        self._kill = False
        self._registered = asyncio.Event()
        self._deaths: dict[str, deque[float]] = defaultdict(deque)
        self._young: dict[str, int] = defaultdict(int)
        self._started: dict[str, float] = {}
        self._running: dict[str, int] = {}
        self._not_before: dict[str, float] = {}
        self._restarts: set[asyncio.Task[None]] = set()
        self._status = 0
        self._arbiter: Any = None

    async def run(self) -> int:
        """Until Ctrl-C, SIGTERM or a part that cannot be kept alive; answers the exit status."""
        require_free(self._stack.ports, own_sfu=self._stack.own_sfu)
        logging.getLogger("circus").setLevel(logging.ERROR)
        # circus' own control sockets: in a directory that only this user can enter.
        with TemporaryDirectory(prefix="viva-") as control:
            self._arbiter = PatientArbiter(
                [self._watch(part) for part in self._stack.parts],
                f"ipc://{control}/control",
                f"ipc://{control}/events",
                loop=IOLoop.current(),
                check_delay=CHECK_S,
            )
            loop = asyncio.get_running_loop()
            # After the arbiter, which takes the signals over and would stop all parts at once.
            for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
                loop.add_signal_handler(number, self._asked_to_stop)
            await self._arbiter.start()
            announcing = asyncio.create_task(self._announce())
            try:
                await self._stop.wait()
            finally:
                announcing.cancel()
                for restart in self._restarts:
                    restart.cancel()
                await self._stop_all()
        return self._status

    def _watch(self, part: Part) -> Any:
        on_line = self._worker_line if part.name == "worker" else None
        lines = {"stream": PrefixedLines(part.name, on_line)}
        return PromptWatcher(
            part.name,
            shlex.quote(part.command[0]),
            args=list(part.command[1:]),
            env=part.env,
            working_dir=str(ROOT),
            graceful_timeout=part.grace_s,
            singleton=True,
            # It must not take the processors from those that an interview waits for.
            autostart=part.name != STANDBY,
            stdout_stream=lines,
            stderr_stream=lines,
            # Circus starts what died at once; refusing the spawn is how a delay is put in between.
            hooks={
                "after_reap": (self._died, True),
                "before_spawn": (self._may_spawn, False),
                "after_spawn": (self._spawned, True),
            },
        )

    def _worker_line(self, line: str) -> None:
        if REGISTERED in line:
            self._registered.set()

    def _asked_to_stop(self) -> None:
        if self._stop.is_set() and not self._kill:
            self._kill = True
            _say("killing")
            for watcher in self._arbiter.iter_watchers():
                for process in watcher.get_active_processes():
                    _kill_group(process.pid)
            return
        self._stop.set()
        _say("stopping; press Ctrl-C again to kill")

    def _died(self, watcher: Any, *, process_pid: int, exit_code: int | None, **_: Any) -> bool:
        # Its children share its process group and must not outlive it.
        _kill_group(process_pid)
        if self._running.get(watcher.name) == process_pid:
            del self._running[watcher.name]
        if self._stop.is_set() or watcher.is_stopping():
            return True
        if watcher.name == "worker":
            self._registered.clear()
        now = time.monotonic()
        deaths = self._deaths[watcher.name]
        deaths.append(now)
        while deaths[0] < now - DEATHS_WINDOW_S:
            deaths.popleft()
        how = _how(exit_code)
        if len(deaths) >= DEATHS_MAX:
            _say(f"{watcher.name} died {len(deaths)} times within a minute ({how}); giving up")
            self._status = 1
            self._stop.set()
            return True
        young = now - self._started.get(watcher.name, 0.0) < YOUNG_S
        self._young[watcher.name] = self._young[watcher.name] + 1 if young else 0
        again = self._young[watcher.name]
        delay = 2.0 ** (again - 2) if again > 1 else 0.0
        _say(f"{watcher.name} died ({how}); starting it again in {delay:.0f} s")
        if delay:
            self._not_before[watcher.name] = now + delay
            restart = asyncio.get_running_loop().create_task(self._start_later(watcher, delay))
            self._restarts.add(restart)
            restart.add_done_callback(self._restarts.discard)
        return True

    def _may_spawn(self, watcher: Any, **_: Any) -> bool:
        # Circus says nothing of who died between its looking for the dead and its counting them.
        unnoticed = self._running.get(watcher.name)
        if unnoticed is not None:
            self._died(watcher, process_pid=unnoticed, exit_code=None)
        now = time.monotonic()
        if now < self._not_before.get(watcher.name, 0.0):
            return False
        self._started[watcher.name] = now
        return True

    def _spawned(self, watcher: Any, *, pid: int, **_: Any) -> bool:
        self._running[watcher.name] = pid
        return True

    async def _start_later(self, watcher: Any, delay: float) -> None:
        await asyncio.sleep(delay)
        await _exclusively(watcher.start)

    async def _announce(self) -> None:
        started = time.monotonic()
        patience = _STILL_WAITING_S
        async with httpx.AsyncClient(timeout=2.0, trust_env=False) as client:
            while not (self._registered.is_set() and await self._answers(client)):
                if time.monotonic() - started > patience:
                    patience += _STILL_WAITING_S
                    missing = "the server" if self._registered.is_set() else "the worker"
                    _say(f"still waiting for {missing}; see its lines above")
                await asyncio.sleep(_POLL_S)
        _say(f"ready: {self._stack.url}", prefixed=False)
        for watcher in self._arbiter.iter_watchers():
            if watcher.name == STANDBY:
                await _exclusively(watcher.start)

    async def _answers(self, client: httpx.AsyncClient) -> bool:
        ports = self._stack.ports
        urls = (
            f"http://127.0.0.1:{ports.server}/readyz",
            f"http://127.0.0.1:{ports.agent}/",
        )
        try:
            return all([(await client.get(url)).is_success for url in urls])
        except httpx.HTTPError:
            return False

    async def _stop_all(self) -> None:
        # Its periodic check would get in the way of the commands below.
        self._arbiter.ctrl.caller.stop()
        # Reverse order: the interviewer hands its last events to a server that is still there.
        for part in reversed(self._stack.parts):
            watcher = self._arbiter.get_watcher(part.name)
            processes = [process.pid for process in watcher.get_active_processes()]
            await _exclusively(watcher.stop)
            for pid in processes:
                _kill_group(pid)
        await _exclusively(self._arbiter.stop)
        _say("stopped")


async def _exclusively(command: Callable[[], Awaitable[Any]]) -> None:
    # Circus runs one command at a time and refuses a second meanwhile.
    while True:
        try:
            await command()
            return
        except ConflictError:
            await asyncio.sleep(0.05)


def _how(exit_code: int | None) -> str:
    if exit_code is None:
        return "unnoticed"
    return f"signal {-exit_code}" if exit_code < 0 else f"exit status {exit_code}"


def _kill_group(leader: int) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(leader, signal.SIGKILL)


def _say(text: str, *, prefixed: bool = True) -> None:
    # Whoever read this may be gone; the parts are looked after all the same.
    with contextlib.suppress(OSError):
        print(f"{'viva':<7}| {text}" if prefixed else text, flush=True)


def run(stack: Stack) -> int:
    """Runs `stack` in the foreground; answers the exit status."""
    return asyncio.run(Supervisor(stack).run())


def describe(stack: Stack, data_dir: Path) -> str:
    """One line on what is about to start."""
    names = ", ".join(part.name for part in stack.parts)
    return f"starting {names}; data in {data_dir}"
