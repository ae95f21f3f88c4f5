"""Random tokens that are handed out once. The server keeps their SHA-256 alone."""

from __future__ import annotations

import hashlib
import secrets

_TOKEN_BYTES = 32


def new_id() -> str:
    """A name for a row: 24 hexadecimal digits."""
    return secrets.token_hex(12)


def new_token(prefix: str = "") -> str:
    """`prefix` and 256 random bits in 43 characters of URL-safe base64."""
    return prefix + secrets.token_urlsafe(_TOKEN_BYTES)


def sha256(token: str) -> str:
    """What is kept of `token`, in hexadecimal digits."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()
