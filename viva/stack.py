"""The processes of a running Viva: their commands and their environment."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from viva import keys, places
from viva.errors import CommandError
from viva.ports import HOST, Ports

# A second worker, which has all that takes long behind it when the first one dies.
STANDBY = "standby"
_SWITCH = {"1": True, "true": True, "on": True, "0": False, "false": False, "off": False}


@dataclass(frozen=True, slots=True)
class Part:
    """`grace_s`: seconds between the request to stop and the kill."""

    name: str
    command: tuple[str, ...]
    env: dict[str, str]
    grace_s: float


@dataclass(frozen=True, slots=True)
class Stack:
    """`parts` in the order of starting; stopped in reverse. `env` is what they have in common."""

    url: str
    ports: Ports
    own_sfu: bool
    env: dict[str, str]
    parts: tuple[Part, ...]


def plan_stack(ports: Ports, data_dir: Path, environment: Mapping[str, str]) -> Stack:
    """What to start, given the settings in `environment`. Makes the data directory and its keys.

    Raises CommandError when a setting contradicts another or livekit-server is missing.
    """
    data_dir = data_dir.resolve()
    try:
        data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise CommandError(
            f"the data directory {data_dir} cannot be made ({error.strerror}); "
            "choose another: viva up --data-dir PATH"
        ) from error
    own_sfu = not environment.get("LIVEKIT_URL")
    if not own_sfu:
        for name in ("LIVEKIT_API_KEY", "LIVEKIT_API_SECRET"):
            if not environment.get(name):
                raise CommandError(
                    f"LIVEKIT_URL names a media server of your own, so {name} is needed too; "
                    "set it, or remove LIVEKIT_URL to have one started here"
                )
    shared = keys.load_or_make(data_dir, environment)
    local_url = f"http://{HOST}:{ports.server}"
    env = {
        **environment,
        **shared,
        "VIVA_DATA_DIR": str(data_dir),
        "VIVA_PORT": str(ports.server),
        "VIVA_SERVER_URL": local_url,
        "VIVA_AGENT_PORT": str(ports.agent),
        "LIVEKIT_URL": environment.get("LIVEKIT_URL") or f"ws://{HOST}:{ports.livekit}",
        "PYTHONUNBUFFERED": "1",
    }
    server = Part("server", _server_command(ports), env, grace_s=8.0)
    worker = Part("worker", _worker_command(), env, grace_s=10.0)
    parts: tuple[Part, ...] = (server, worker)
    if standby_wanted(environment):
        # Its health is nobody's business: any free port will do.
        parts = (*parts, replace(worker, name=STANDBY, env={**env, "VIVA_AGENT_PORT": "0"}))
    if own_sfu:
        sfu_env = {
            name: environment[name] for name in ("PATH", "HOME", "LANG") if name in environment
        }
        # In the environment, not in the command line, which every user of the machine can read.
        sfu_env["LIVEKIT_KEYS"] = f"{shared['LIVEKIT_API_KEY']}: {shared['LIVEKIT_API_SECRET']}"
        parts = (Part("sfu", _sfu_command(ports), sfu_env, grace_s=5.0), *parts)
    return Stack(f"http://localhost:{ports.server}", ports, own_sfu, env, parts)


def standby_wanted(environment: Mapping[str, str]) -> bool:
    """VIVA_STANDBY, on unless it says otherwise. Raises CommandError for what is neither."""
    value = environment.get("VIVA_STANDBY") or "1"
    if value.lower() not in _SWITCH:
        raise CommandError(f"VIVA_STANDBY is {value!r}; expected 1 or 0")
    return _SWITCH[value.lower()]


def check_settings(stack: Stack) -> None:
    """Has server and worker read the settings that they are about to be started with.

    Raises CommandError with what they say of a wrong one.
    """
    from agent import settings as worker_settings
    from server import settings as server_settings

    os.environ.update(stack.env)
    try:
        server_settings.load_settings()
        worker_settings.load_settings()
    except (server_settings.SettingsError, worker_settings.SettingsError) as error:
        raise CommandError(str(error)) from None


def _sfu_command(ports: Ports) -> tuple[str, ...]:
    binary = places.livekit_binary()
    if binary is None:
        raise CommandError(
            f"livekit-server {places.pinned_livekit_version()} is missing; `make setup` builds it"
        )
    return (
        str(binary),
        *("--config", str(places.LIVEKIT_CONFIG)),
        *("--port", str(ports.livekit)),
        *("--udp-port", str(ports.rtc)),
    )


def _server_command(ports: Ports) -> tuple[str, ...]:
    return (
        *(sys.executable, "-m", "uvicorn", "--factory", "server.app:create_app"),
        *("--host", HOST, "--port", str(ports.server)),
        *("--no-access-log", "--no-server-header", "--timeout-graceful-shutdown", "3"),
    )


def _worker_command() -> tuple[str, ...]:
    return (
        *(sys.executable, "-m", "livekit.agents", "start"),
        *("--log-format", "colored", str(Path("agent") / "main.py")),
    )
