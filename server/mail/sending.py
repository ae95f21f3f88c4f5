"""The job that hands one mail in.

SMTP knows no transactions: when the line or this process dies between the server's acceptance and
our commit, the mail is sent again, with the same Message-ID."""

from __future__ import annotations

import aiosmtplib
from aiosmtplib import SMTPDataError, SMTPNotSupported, SMTPRecipientsRefused

from server.context import Context
from server.jobs.tasks import Failed, Hopeless, Task
from server.mail.message import build
from server.mail.server import read_sender, wire_address

# For each step of the conversation.
TIMEOUT_S = 30.0
_START_TLS = {"implicit": False, "required": True, "offered": None, "none": False}


async def send(context: Context, task: Task) -> None:
    """Hand the mail in. Raises Hopeless for what its server will never take."""
    settings = context.settings
    server = settings.mail_server
    if server is None or settings.mail_from is None:
        raise Failed("mail is not set up")
    payload = task.payload
    try:
        to = wire_address(payload["to"])
    except ValueError:
        raise Hopeless("not an address") from None
    sender = read_sender(settings.mail_from)
    message = build(
        sender=sender,
        to=to,
        subject=payload["subject"],
        text=payload["text"],
        key=task.key,
        asked_at=task.created_at,
        public_url=settings.resolved_public_url,
        unsubscribe=payload["unsubscribe"],
    )
    try:
        await aiosmtplib.send(
            message,
            sender=sender.addr_spec,
            recipients=[to],
            mail_options=[] if to.isascii() else ["SMTPUTF8"],
            hostname=server.host,
            port=server.port,
            username=server.user,
            password=server.password,
            use_tls=server.tls == "implicit",
            start_tls=_START_TLS[server.tls],
            timeout=TIMEOUT_S,
        )
    except SMTPRecipientsRefused as error:
        _judge(error.recipients[0].code)
    except SMTPDataError as error:
        _judge(error.code)
    except SMTPNotSupported:
        if to.isascii():
            raise
        raise Hopeless("not supported by the mail server") from None


def _judge(code: int) -> None:
    # Other refusals, such as of our password, are about the set-up, which can be mended meanwhile.
    if 500 <= code < 600:
        raise Hopeless(f"refused with {code}") from None
    raise Failed(f"put off with {code}") from None
