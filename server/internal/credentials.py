"""What the worker shows to be let in."""

from __future__ import annotations

import hmac

from pydantic import SecretStr


def fits(expected: SecretStr | None, authorization: str) -> bool:
    """Whether the header `authorization` holds the token that worker and server share."""
    scheme, _, given = authorization.partition(" ")
    right = expected is not None and hmac.compare_digest(
        given.encode("utf-8", "replace"), expected.get_secret_value().encode()
    )
    return right and scheme.lower() == "bearer"
