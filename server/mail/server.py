"""Where mail is handed in, read from the settings `VIVA_SMTP_URL` and `VIVA_MAIL_FROM`."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass, field
from email.headerregistry import Address
from email.utils import getaddresses
from urllib.parse import unquote, urlsplit

from email_validator import EmailNotValidError, validate_email

_URL = "an address such as smtp://user:password@mail.example.org:587 or smtps://mail.example.org"
_FROM = "an address such as viva@example.org, or a name before it: Viva <viva@example.org>"


@dataclass(frozen=True)
class MailServer:
    """`tls`: "implicit" from the first byte, "required" by STARTTLS, "offered" when the server can,
    "none" on this machine itself."""

    host: str
    port: int
    tls: str
    user: str | None = None
    password: str | None = field(default=None, repr=False)


def _is_here(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def read_url(url: str) -> MailServer:
    """The server that `url` names. Raises ValueError, whose message does not hold `url`.

    A password is never sent in the clear but to this machine itself."""
    try:
        parts = urlsplit(url)
        host, given = parts.hostname, parts.port
    except ValueError:
        raise ValueError(_URL) from None
    rest = parts.path.strip("/") or parts.query or parts.fragment
    if parts.scheme not in {"smtp", "smtps"} or not host or rest or given == 0:
        raise ValueError(_URL)
    user = unquote(parts.username) if parts.username else None
    password = unquote(parts.password) if parts.password else None
    if (user is None) != (password is None):
        raise ValueError(f"{_URL}, with both user and password or neither")
    if parts.scheme == "smtps":
        return MailServer(host, given or 465, "implicit", user, password)
    if _is_here(host):
        return MailServer(host, given or 25, "none", user, password)
    tls = "required" if user else "offered"
    return MailServer(host, given or (587 if user else 25), tls, user, password)


def wire_address(address: str) -> str:
    """`address` as servers want it, an international domain in ASCII. Raises ValueError."""
    try:
        # Whether a domain is on the Internet is its mail server's business.
        found = validate_email(
            address,
            check_deliverability=False,
            test_environment=True,
            globally_deliverable=False,
        )
    except EmailNotValidError as error:
        raise ValueError(str(error)) from None
    return found.ascii_email or f"{found.local_part}@{found.ascii_domain}"


def read_sender(value: str) -> Address:
    """`value`, an address with or without a name. Raises ValueError."""
    try:
        if not value.isprintable():
            raise ValueError(value)
        ((name, address),) = getaddresses([value])
        return Address(display_name=name, addr_spec=wire_address(address))
    except ValueError:
        raise ValueError(_FROM) from None
