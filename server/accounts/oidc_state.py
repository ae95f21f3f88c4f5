"""What a browser keeps while it is away at the provider: a signed cookie of ten minutes."""

from __future__ import annotations

import secrets
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

from fastapi import Request, Response
from itsdangerous import BadData, URLSafeSerializer

from server.accounts.oidc_provider import OidcProvider, Pending, provider_of
from server.settings import Settings

LIFETIME = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Journey:
    """A sign-in under way. `next`: the path to go on to. `user_id`: who was logged in when it
    began and wants to link an identity; None for who wants to get in."""

    pending: Pending
    redirect_uri: str
    next: str
    user_id: str | None


class Journeys:
    """Signs and reads the cookie. Without a key in the settings one is made for this process."""

    def __init__(self, settings: Settings) -> None:
        key = settings.secret_key
        secret = key.get_secret_value() if key is not None else secrets.token_urlsafe(32)
        self._serializer = URLSafeSerializer(secret, salt="viva.oidc")

    def keep(self, request: Request, response: Response, journey: Journey, now: datetime) -> None:
        until = (now + LIFETIME).timestamp()
        value = self._serializer.dumps({"until": until, **asdict(journey)})
        self._set(request, response, str(value), int(LIFETIME.total_seconds()))

    def read(self, request: Request, now: datetime) -> Journey | None:
        """The journey that this browser is on; None when there is none, or its time is over."""
        try:
            kept: dict[str, Any] = self._serializer.loads(request.cookies.get(_name(request), ""))
            if kept.pop("until") <= now.timestamp():
                return None
            return Journey(pending=Pending(**kept.pop("pending")), **kept)
        except (BadData, KeyError, TypeError):
            return None

    def forget(self, request: Request, response: Response) -> None:
        self._set(request, response, "", 0)

    def _set(self, request: Request, response: Response, value: str, seconds: int) -> None:
        response.set_cookie(
            _name(request),
            value,
            max_age=seconds,
            path="/",
            httponly=True,
            # The way back from the provider is a navigation: with "strict" it would come without.
            samesite="lax",
            secure=request.url.scheme == "https",
        )


@dataclass(frozen=True, slots=True)
class Oidc:
    """All that sign-in by the provider needs."""

    provider: OidcProvider
    journeys: Journeys


def oidc_of(settings: Settings) -> Oidc | None:
    """What the settings ask for; None when they name no provider."""
    provider = provider_of(settings)
    return None if provider is None else Oidc(provider, Journeys(settings))


def _name(request: Request) -> str:
    return "__Host-viva-oidc" if request.url.scheme == "https" else "viva-oidc"
