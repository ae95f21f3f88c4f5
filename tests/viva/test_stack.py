import os
from pathlib import Path

import pytest

from viva import keys
from viva.errors import CommandError
from viva.ports import free_ports
from viva.stack import plan_stack


def test_no_secret_is_on_a_command_line(tmp_path: Path) -> None:
    stack = plan_stack(free_ports(), tmp_path, os.environ)
    secrets = keys.load_or_make(tmp_path, {}).values()
    words = [word for part in stack.parts for word in part.command]
    assert not [word for word in words if any(secret in word for secret in secrets)]


def test_the_parts_agree_on_their_ports(tmp_path: Path) -> None:
    ports = free_ports()
    stack = plan_stack(ports, tmp_path, {})
    assert [part.name for part in stack.parts] == ["sfu", "server", "worker", "standby"]
    sfu, server, worker, standby = stack.parts
    assert standby.command == worker.command
    assert standby.env == {**worker.env, "VIVA_AGENT_PORT": "0"}
    assert str(ports.livekit) in sfu.command
    assert str(ports.server) in server.command
    assert worker.env["LIVEKIT_URL"] == f"ws://127.0.0.1:{ports.livekit}"
    assert worker.env["VIVA_SERVER_URL"] == f"http://127.0.0.1:{ports.server}"
    assert worker.env["VIVA_AGENT_TOKEN"] == server.env["VIVA_AGENT_TOKEN"]
    assert sfu.env["LIVEKIT_KEYS"].startswith(worker.env["LIVEKIT_API_KEY"] + ": ")
    assert "VIVA_AGENT_TOKEN" not in sfu.env


def test_a_media_server_elsewhere_is_not_started(tmp_path: Path) -> None:
    environment = {
        "LIVEKIT_URL": "wss://media.example",
        "LIVEKIT_API_KEY": "key",
        "LIVEKIT_API_SECRET": "secret",
    }
    stack = plan_stack(free_ports(), tmp_path, environment)
    assert [part.name for part in stack.parts] == ["server", "worker", "standby"]
    assert not stack.own_sfu


@pytest.mark.parametrize("value", ["0", "false", "OFF"])
def test_the_standby_can_be_done_without(tmp_path: Path, value: str) -> None:
    stack = plan_stack(free_ports(), tmp_path, {"VIVA_STANDBY": value})
    assert [part.name for part in stack.parts] == ["sfu", "server", "worker"]


def test_a_wrong_wish_for_a_standby_is_named(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="VIVA_STANDBY is 'maybe'; expected 1 or 0"):
        plan_stack(free_ports(), tmp_path, {"VIVA_STANDBY": "maybe"})


def test_a_media_server_elsewhere_without_its_secret(tmp_path: Path) -> None:
    environment = {"LIVEKIT_URL": "wss://media.example", "LIVEKIT_API_KEY": "key"}
    with pytest.raises(CommandError, match="LIVEKIT_API_SECRET"):
        plan_stack(free_ports(), tmp_path, environment)


def test_a_data_directory_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(CommandError, match="--data-dir"):
        plan_stack(free_ports(), tmp_path / "file" / "var", {})
