"""The supervisor over real processes."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import httpx
import psutil
import pytest

from viva import mended_circus, up
from viva.parts import Parts
from viva.places import ROOT
from viva.ports import free_ports
from viva.stack import plan_stack
from viva.temporary import TemporaryViva, temporary_viva

pytestmark = pytest.mark.slow

STAND_IN = """
import sys
from dataclasses import replace
from pathlib import Path
from viva import stack, up
from viva.ports import free_ports
plan = stack.plan_stack(free_ports(), Path(sys.argv[1]), {})
command = (sys.executable, "-c", sys.argv[2])
part = stack.Part("worker", command, {}, grace_s=float(sys.argv[3]))
sys.exit(up.run(replace(plan, parts=(part,))))
"""


def _supervise(tmp_path: Path, program: str, grace_s: float = 5.0) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", STAND_IN, str(tmp_path), program, str(grace_s)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def _until(condition: Callable[[], bool], seconds: float = 20.0) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "not within the time allowed"
        time.sleep(0.05)


def _read_until(process: subprocess.Popen[str], text: str) -> list[str]:
    assert process.stdout is not None
    seen = []
    for line in process.stdout:
        seen.append(line.rstrip())
        if text in line:
            return seen
    pytest.fail(f"{text!r} is not in:\n" + "\n".join(seen))


def test_a_part_that_will_not_live_is_given_up(tmp_path: Path) -> None:
    process = _supervise(tmp_path, "print('no model here'); raise SystemExit(3)")
    output, _ = process.communicate(timeout=60)
    assert process.returncode == 1
    assert "worker | no model here" in output
    assert "worker died (exit status 3); starting it again in 1 s" in output
    assert "worker died 5 times within a minute (exit status 3); giving up" in output
    assert output.rstrip().endswith("stopped")


def test_only_who_dies_young_is_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Four deaths within a minute, each after twelve seconds of work, cost no time; the deaths of a
    part that dies at once cost ever more."""
    now = 1000.0
    monkeypatch.setattr(up.time, "monotonic", lambda: now)
    monkeypatch.setattr(up, "_kill_group", lambda _: None)
    supervisor = up.Supervisor(plan_stack(free_ports(), tmp_path, {}))
    watcher = SimpleNamespace(name="sfu", is_stopping=lambda: False)
    monkeypatch.setattr(supervisor, "_start_later", lambda *_: None)
    monkeypatch.setattr(up.asyncio, "get_running_loop", lambda: FakeLoop())

    def dies_after(seconds: float) -> str:
        nonlocal now
        supervisor._not_before.clear()
        assert supervisor._may_spawn(watcher)
        now += seconds
        supervisor._died(watcher, process_pid=1, exit_code=-9)
        return capsys.readouterr().out.strip().rpartition(" in ")[2]

    assert [dies_after(12.0) for _ in range(4)] == ["0 s"] * 4
    now += 100.0
    assert [dies_after(1.0) for _ in range(4)] == ["0 s", "1 s", "2 s", "4 s"]


def test_a_death_that_circus_says_nothing_of_is_noticed_before_the_next_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    killed: list[int] = []
    monkeypatch.setattr(up, "_kill_group", killed.append)
    supervisor = up.Supervisor(plan_stack(free_ports(), tmp_path, {}))
    watcher = SimpleNamespace(name="worker", is_stopping=lambda: False)
    assert supervisor._may_spawn(watcher)
    supervisor._spawned(watcher, pid=4711)
    assert capsys.readouterr().out == ""
    assert supervisor._may_spawn(watcher)
    assert "worker died (unnoticed); starting it again in 0 s" in capsys.readouterr().out
    assert killed == [4711]
    supervisor._spawned(watcher, pid=4712)
    supervisor._deaths.clear()
    supervisor._young.clear()
    supervisor._died(watcher, process_pid=4712, exit_code=-9)
    assert supervisor._may_spawn(watcher)
    assert capsys.readouterr().out.count("died") == 1


@pytest.mark.parametrize("reaped_first", [True, False])
def test_who_is_dead_when_processes_are_counted_is_reaped_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, reaped_first: bool
) -> None:
    supervisor = up.Supervisor(plan_stack(free_ports(), tmp_path, {}))
    watcher = supervisor._watch(supervisor._stack.parts[0])
    reaped: list[int] = []
    status = mended_circus.DEAD_OR_ZOMBIE if reaped_first else "running"
    watcher.processes = {4711: SimpleNamespace(pid=4711, status=status)}
    monkeypatch.setattr(watcher, "reap_process", reaped.append)
    monkeypatch.setattr(mended_circus.Watcher, "manage_processes", lambda _: "managed")
    assert watcher.manage_processes() == "managed"
    assert reaped == ([4711] if reaped_first else [])


def test_a_check_that_meets_a_running_command_waits_for_the_next(tmp_path: Path) -> None:
    arbiter = mended_circus.PatientArbiter(
        [], f"ipc://{tmp_path}/control", f"ipc://{tmp_path}/events"
    )
    arbiter._exclusive_running_command = "watcher_start"
    assert arbiter.manage_watchers() is None


class FakeLoop:
    """Only what the supervisor asks of the running loop: a task for a later start."""

    def create_task(self, _: object) -> FakeLoop:
        return self

    def add_done_callback(self, _: object) -> None:
        return None


def test_what_ignores_the_request_to_stop_is_killed_with_its_children(tmp_path: Path) -> None:
    program = (
        "import signal, subprocess, sys, time\n"
        "signal.signal(signal.SIGTERM, signal.SIG_IGN)\n"
        "child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(600)'])\n"
        "print('child', child.pid, flush=True)\n"
        "time.sleep(600)\n"
    )
    process = _supervise(tmp_path, program, grace_s=0.5)
    child = int(_read_until(process, "child")[-1].split()[-1])
    process.send_signal(signal.SIGTERM)
    process.communicate(timeout=30)
    assert process.returncode == 0
    _until(lambda: not psutil.pid_exists(child) or _is_zombie(child))


def test_a_taken_port_stops_the_start_with_a_sentence(tmp_path: Path) -> None:
    import socket

    with socket.create_server(("127.0.0.1", 0)) as holder:
        number = holder.getsockname()[1]
        answer = subprocess.run(
            [
                *(sys.executable, "-m", "viva", "up"),
                *("--port", str(number), "--data-dir", str(tmp_path)),
            ],
            cwd=ROOT,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
    assert answer.returncode == 1
    assert f"port {number} for the page is taken by" in answer.stderr
    assert "Traceback" not in answer.stderr


def test_a_wrong_setting_stops_the_start_with_its_name(tmp_path: Path) -> None:
    answer = subprocess.run(
        [sys.executable, "-m", "viva", "up", "--ports", "auto", "--data-dir", str(tmp_path)],
        cwd=ROOT,
        env={**os.environ, "VIVA_STT": "ears"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert answer.returncode == 1
    assert "VIVA_STT" in answer.stderr
    assert "Traceback" not in answer.stderr


def test_all_of_it_starts_survives_a_killed_worker_and_stops() -> None:
    with temporary_viva() as running:
        with httpx.Client(trust_env=False) as client:
            assert client.get(f"{running.url}/readyz").status_code == 200
        parts = psutil.Process(running.process.pid).children()
        assert len(parts) == 3
        _kill_worker(running, parts)
        running.wait_for_line(r"worker died \(signal 9\)", 30)
        running.wait_for_line("registered worker", 120)
        everything = psutil.Process(running.process.pid).children(recursive=True)
        assert running.stop() == 0
        assert running.output[-1].endswith("stopped")
        _, alive = psutil.wait_procs(everything, timeout=10)
        assert alive == []
        secrets = (running.data_dir / "secrets.json").read_text().split('"')[3::4]
        assert not [line for line in running.output if any(secret in line for secret in secrets)]


def test_the_standby_starts_when_all_else_is_ready_and_again_when_it_dies() -> None:
    with temporary_viva({"VIVA_STANDBY": "1"}) as running:
        running.wait_for_line(r"^standby\|.*registered worker", 120)
        ready = running.output.index(f"ready: {running.url}")
        first = next(i for i, line in enumerate(running.output) if line.startswith("standby|"))
        assert first > ready
        workers = Parts(running.process.pid, running.data_dir).workers()
        assert len(workers) == 2
        workers[1].kill()
        running.wait_for_line(r"(standby|worker) died \(signal 9\); starting it again in 0 s", 30)
        running.wait_for_line(r"registered worker", 120)
        everything = psutil.Process(running.process.pid).children(recursive=True)
        assert running.stop() == 0
        _, alive = psutil.wait_procs(everything, timeout=10)
        assert alive == []
        assert not [line for line in running.output if "Traceback" in line]


def _kill_worker(running: TemporaryViva, parts: list[psutil.Process]) -> None:
    workers = [part for part in parts if "livekit.agents" in part.cmdline()]
    assert len(workers) == 1
    workers[0].kill()


def _is_zombie(pid: int) -> bool:
    try:
        return psutil.Process(pid).status() == psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return True
