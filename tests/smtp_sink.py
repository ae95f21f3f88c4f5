"""A real SMTP server on loopback that keeps what it takes, and misbehaves when told to."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

USER, PASSWORD = "viva", "p@ss/word:1"


class SmtpSink:
    """`taken`: what was accepted, oldest first; `raw` the same as it came. `answers`: what the next
    ones are told in place of an acceptance, by the command that gets it ("RCPT" or "DATA"): an SMTP
    reply; "drop" takes a mail and cuts the line before saying so; "hang" never answers, which
    `hanging` tells."""

    def __init__(self) -> None:
        self.taken: list[EmailMessage] = []
        self.raw: list[bytes] = []
        self.recipients: list[str] = []
        self.answers: dict[str, list[str]] = {"RCPT": [], "DATA": []}
        self.users: list[str] = []
        self.hanging = asyncio.Event()
        self.port = 0
        self._released = asyncio.Event()
        self._server: asyncio.Server | None = None
        self._connections: list[SMTP] = []

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.port}"

    async def start(self) -> None:
        """Listen, at the same port as before when there was one."""
        loop = asyncio.get_running_loop()
        self._server = await loop.create_server(self._connection, "127.0.0.1", self.port)
        self.port = self._server.sockets[0].getsockname()[1]

    async def stop(self) -> None:
        """Refuse connections, and cut those that are open."""
        self._released.set()
        if self._server is not None:
            self._server.close()
            self._server = None
        for connection in self._connections:
            _cut(connection)
        self._connections.clear()

    def _connection(self) -> SMTP:
        made = SMTP(
            self,
            hostname="sink.test",
            enable_SMTPUTF8=True,
            auth_require_tls=False,
            authenticator=self._authenticate,
        )
        self._connections.append(made)
        return made

    def _authenticate(
        self, _server: SMTP, _session: Session, _envelope: Envelope, _how: str, data: Any
    ) -> AuthResult:
        right = isinstance(data, LoginPassword) and (data.login, data.password) == (
            USER.encode(),
            PASSWORD.encode(),
        )
        if right:
            self.users.append(USER)
        # `handled` would mean that an answer was sent already.
        return AuthResult(success=right, handled=False)

    async def _misbehave(self, command: str) -> str | None:
        answer = self.answers[command].pop(0) if self.answers[command] else None
        if answer == "hang":
            self.hanging.set()
            await self._released.wait()
        return answer

    async def handle_RCPT(
        self, _: SMTP, __: Session, envelope: Envelope, address: str, ___: list[str]
    ) -> str:
        answer = await self._misbehave("RCPT")
        if answer is not None:
            return answer
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, _: Session, envelope: Envelope) -> str:
        answer = await self._misbehave("DATA")
        if answer is not None and answer != "drop":
            return answer
        content = envelope.content
        assert isinstance(content, bytes)
        self.taken.append(message_from_bytes(content, policy=policy.SMTPUTF8))
        self.raw.append(content)
        self.recipients.extend(envelope.rcpt_tos)
        if answer == "drop":
            _cut(server)
        return "250 OK"


def _cut(connection: SMTP) -> None:
    if isinstance(connection.transport, asyncio.WriteTransport):
        connection.transport.abort()


@asynccontextmanager
async def running() -> AsyncIterator[SmtpSink]:
    """A sink that listens while the block runs."""
    sink = SmtpSink()
    await sink.start()
    try:
        yield sink
    finally:
        await sink.stop()
