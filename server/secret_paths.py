"""Addresses that hold a secret. No Referer tells them and no log line does."""

from __future__ import annotations

import logging
import re

# A page under one of these has its secret as the next part of its address.
PAGES = ("/reset/", "/confirm/", "/email/", "/unsubscribe/", "/shared/")
# Whoever has such an address sees something of somebody else's: not for search engines or caches.
SHARED = ("/shared/", "/api/v1/shared/")

_NAMES = "|".join(page.strip("/") for page in PAGES)
# As a path, or as one that a query names.
_SECRET = re.compile(rf"((?:/|%2F)(?:{_NAMES})(?:/|%2F))[^/?#\s]+", re.IGNORECASE)
_QUERY = re.compile(r"(/oidc/callback\?)\S*")


def hidden(text: str) -> str:
    """`text` with the secrets of all addresses in it left out."""
    return _QUERY.sub(r"\1...", _SECRET.sub(r"\1...", text))


class _Hiding(logging.Filter):
    def filter(self, record: logging.LogRecord) -> bool:
        if isinstance(record.args, tuple):
            record.args = tuple(hidden(a) if isinstance(a, str) else a for a in record.args)
        return True


def hide_in_access_log() -> None:
    """`viva up` starts the server without an access log; somebody else may have one."""
    logger = logging.getLogger("uvicorn.access")
    if not any(isinstance(known, _Hiding) for known in logger.filters):
        logger.addFilter(_Hiding())
