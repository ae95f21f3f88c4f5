import os
import socket
from dataclasses import replace

import pytest

from viva.errors import CommandError
from viva.ports import HOST, free_ports, require_free, taken


def test_free_ports_are_free_and_different() -> None:
    ports = free_ports()
    assert taken(ports) == []
    assert len({ports.server, ports.livekit, ports.agent}) == 3


def test_a_taken_port_is_named_with_its_holder_and_a_way_out() -> None:
    with socket.create_server((HOST, 0)) as holder:
        number = holder.getsockname()[1]
        ports = replace(free_ports(), server=number)
        with pytest.raises(CommandError) as caught:
            require_free(ports)
    message = str(caught.value)
    assert f"port {number} for the page is taken by" in message
    assert f"process {os.getpid()}" in message
    assert f"viva up --port {number + 1}" in message


def test_sound_needs_its_port_on_udp() -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as holder:
        holder.bind((HOST, 0))
        number = holder.getsockname()[1]
        problems = taken(replace(free_ports(), rtc=number))
    assert len(problems) == 1
    assert "--rtc-port" in problems[0]


def test_a_media_server_elsewhere_needs_no_port_here() -> None:
    with socket.create_server((HOST, 0)) as holder:
        ports = replace(free_ports(), livekit=holder.getsockname()[1])
        assert taken(ports, own_sfu=False) == []
