"""Asking for a mail. It is stored with what else the same transaction stores, and sent later."""

from __future__ import annotations

import unicodedata
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from server.jobs import queue

KIND = "mail"
_LONGEST_SUBJECT = 150


def one_line(text: str) -> str:
    """`text` without line ends or other control characters, and with single spaces."""
    plain = "".join(" " if unicodedata.category(c) in {"Cc", "Zl", "Zp"} else c for c in text)
    return " ".join(plain.split())


async def post(
    db: AsyncSession,
    *,
    to: str,
    subject: str,
    text: str,
    key: str,
    now: datetime,
    user_id: str | None = None,
    unsubscribe: str | None = None,
) -> bool:
    """Have one mail sent to the address `to`; False when `key` was used before.

    `text` is plain: paragraphs are parted by an empty line, and a line that is nothing but an
    address of the web becomes a link. With `user_id` a mail that still waits goes when the user
    does. `unsubscribe` is the token by which its reader needs no login to end such mails. Ask for
    mail only where `settings.mail_set_up`. Raises ValueError for an address of several lines."""
    if " ".join(to.split()) != to or not to.isprintable():
        raise ValueError("an address is one line without spaces at its ends")
    return await queue.add(
        db,
        kind=KIND,
        key=f"{KIND}:{key}",
        now=now,
        payload={
            "to": to,
            "subject": one_line(subject)[:_LONGEST_SUBJECT].rstrip(),
            "text": text,
            "unsubscribe": unsubscribe,
        },
        user_id=user_id,
    )
