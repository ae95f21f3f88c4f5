"""The ports of one running Viva, and who else holds them."""

from __future__ import annotations

import errno
import socket
from dataclasses import dataclass

import psutil

from viva.errors import CommandError

HOST = "127.0.0.1"


@dataclass(frozen=True, slots=True)
class Ports:
    """`rtc` is UDP, all others are TCP. `livekit` and `rtc` are unused with an SFU elsewhere."""

    server: int = 8000
    livekit: int = 7880
    rtc: int = 7882
    agent: int = 8081


@dataclass(frozen=True, slots=True)
class _Use:
    field: str
    what: str
    option: str
    kind: socket.SocketKind = socket.SOCK_STREAM
    sfu: bool = False


_USES = (
    _Use("server", "the page", "--port"),
    _Use("livekit", "the media server", "--livekit-port", sfu=True),
    _Use("rtc", "sound (UDP)", "--rtc-port", socket.SOCK_DGRAM, sfu=True),
    _Use("agent", "the interviewer's health", "--agent-port"),
)


def free_ports() -> Ports:
    """Four ports that nobody holds at this moment."""
    held = [socket.socket(socket.AF_INET, use.kind) for use in _USES]
    try:
        for sock in held:
            sock.bind((HOST, 0))
        return Ports(
            **{use.field: sock.getsockname()[1] for use, sock in zip(_USES, held, strict=True)}
        )
    finally:
        for sock in held:
            sock.close()


def taken(ports: Ports, *, own_sfu: bool = True) -> list[str]:
    """A sentence for each port that cannot be had: which, by whom it is held, what to do."""
    problems = []
    for use in _USES:
        if use.sfu and not own_sfu:
            continue
        number = getattr(ports, use.field)
        reason = _refusal(number, use.kind)
        if reason:
            problems.append(
                f"port {number} for {use.what} {reason}; stop it, "
                f"or choose another: viva up {use.option} {_another(number)}"
            )
    return problems


def require_free(ports: Ports, *, own_sfu: bool = True) -> None:
    """Raises CommandError with a line for each port that cannot be had."""
    if problems := taken(ports, own_sfu=own_sfu):
        raise CommandError("\n".join(problems))


def _refusal(number: int, kind: socket.SocketKind) -> str | None:
    with socket.socket(socket.AF_INET, kind) as probe:
        if kind is socket.SOCK_STREAM:
            # As servers do: a port in TIME_WAIT is free to them.
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, number))
        except OSError as error:
            if error.errno == errno.EACCES:
                return "needs root"
            return f"is taken by {_holder(number, kind)}"
    return None


def _holder(number: int, kind: socket.SocketKind) -> str:
    try:
        for connection in psutil.net_connections("inet4"):
            listening = kind is socket.SOCK_DGRAM or connection.status == psutil.CONN_LISTEN
            if (
                connection.type == kind
                and listening
                and connection.laddr
                and connection.laddr.port == number
                and connection.pid
            ):
                return f"{psutil.Process(connection.pid).name()} (process {connection.pid})"
    except psutil.Error:
        pass
    return "another program"


def _another(number: int) -> int:
    return number + 1 if number < 65535 else number - 1
