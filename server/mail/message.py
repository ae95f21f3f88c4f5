"""A mail as it goes over the wire: plain text and the same as simple HTML."""

from __future__ import annotations

import hashlib
import re
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from html import escape

# As long as lines may be: the library would encode a longer word, such as a link, past recognition.
# Any server takes 7 bits.
_POLICY = SMTP.clone(max_line_length=998, cte_type="7bit")
_LINK = re.compile(r"https?://\S+")
_PAGE = (
    '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title></head>'
    '<body style="font-family:sans-serif;line-height:1.5;max-width:36em;margin:1.5em auto;'
    'padding:0 1em">{body}</body></html>'
)


def _line(line: str) -> str:
    text = escape(line)
    return f'<a href="{text}">{text}</a>' if _LINK.fullmatch(line) else text


def as_html(title: str, text: str) -> str:
    """`text` as a page: paragraphs, and links where a line is nothing but one. All of it is
    escaped, and nothing is fetched from anywhere."""
    paragraphs = [part for part in re.split(r"\n\s*\n", text.strip()) if part.strip()]
    body = "".join(f"<p>{'<br>'.join(map(_line, p.splitlines()))}</p>" for p in paragraphs)
    return _PAGE.format(title=escape(title), body=body)


def message_id(key: str, domain: str) -> str:
    """The same for every try at the same mail: a second copy can be told from another mail."""
    return f"<{hashlib.sha256(key.encode()).hexdigest()[:40]}@{domain}>"


def unsubscribe_links(public_url: str, token: str) -> tuple[str, str]:
    """Where a mail program posts to, and where a person goes."""
    return f"{public_url}/api/v1/unsubscribe/{token}", f"{public_url}/unsubscribe/{token}"


def build(
    *,
    sender: Address,
    to: str,
    subject: str,
    text: str,
    key: str,
    asked_at: datetime,
    public_url: str,
    unsubscribe: str | None = None,
) -> bytes:
    """The mail as it is handed in. `to` is one address as servers want it; where it is not all
    ASCII, the server must know SMTPUTF8."""
    message = EmailMessage(policy=_POLICY)
    message["From"] = sender
    local_part, _, domain = to.rpartition("@")
    message["To"] = Address(username=local_part, domain=domain)
    message["Subject"] = subject
    message["Date"] = asked_at
    message["Message-ID"] = message_id(key, sender.domain)
    message["Auto-Submitted"] = "auto-generated"
    if unsubscribe is not None:
        program, person = unsubscribe_links(public_url, unsubscribe)
        # RFC 8058: one click, without a login.
        message["List-Unsubscribe"] = f"<{program}>"
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
        text = (
            f"{text.rstrip()}\n\nYou get this mail because your settings say so. "
            f"To get no more of them, open this link:\n{person}\n"
        )
    message.set_content(text)
    message.add_alternative(as_html(subject, text), subtype="html")
    return message.as_bytes(policy=_POLICY.clone(utf8=not to.isascii()))
