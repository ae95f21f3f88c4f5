"""The OIDC provider as the server talks to it: discovery, the way there, and what came back."""

from __future__ import annotations

import logging
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx2
from authlib.integrations.base_client import OAuthError
from authlib.integrations.starlette_client import OAuth, StarletteOAuth2App
from joserfc.errors import JoseError

from server.settings import Settings
from server.texts import whole

log = logging.getLogger(__name__)
# At DEBUG it writes the secrets of a sign-in under way.
logging.getLogger("authlib").setLevel(logging.INFO)

SUBJECT_LONGEST = 255
_SCOPE = "openid email profile"
# The first is the one that a provider knows that names none.
_AUTH_METHODS = ("client_secret_basic", "client_secret_post")
_DISCOVERY_KEPT = timedelta(hours=1)
_TIMEOUT = httpx2.Timeout(10.0, connect=5.0)
# With a key that both sides know, or with none, a token proves nothing of its sender.
_SYMMETRIC = re.compile(r"none|HS\d+", re.IGNORECASE)
_ERROR_CODE = re.compile(r"[a-z_]{1,40}")


class SignInFailed(Exception):
    """`code` names what went wrong, for the page."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Pending:
    """What has to be remembered while the browser is away."""

    state: str
    nonce: str
    code_verifier: str


@dataclass(frozen=True, slots=True)
class Person:
    """Whom the provider vouches for. `email_verified` is None when it does not say."""

    issuer: str
    subject: str
    email: str | None
    email_verified: bool | None
    name: str | None


class OidcProvider:
    """One provider, known by its issuer. What it publishes about itself is kept for an hour."""

    def __init__(self, issuer: str, client_id: str, client_secret: str) -> None:
        self._issuer = issuer
        self._client_id = client_id
        self._client_secret = client_secret
        # Read from disk once: the library makes a client for every request.
        self._tls = httpx2.create_ssl_context()
        self._app: StarletteOAuth2App | None = None
        self._good_until = datetime.min.replace(tzinfo=UTC)

    async def depart(self, redirect_uri: str, now: datetime) -> tuple[str, Pending]:
        """Where to send the browser. Raises SignInFailed when the provider cannot be reached or is
        not the one meant."""
        app = await self._loaded(now)
        made = await app.create_authorization_url(redirect_uri)
        return made["url"], Pending(made["state"], made["nonce"], made["code_verifier"])

    async def arrive(self, code: str, pending: Pending, redirect_uri: str, now: datetime) -> Person:
        """Exchange `code` for what the provider vouches for: its signature, issuer, audience,
        nonce and expiry have been checked. Raises SignInFailed."""
        app = await self._loaded(now)
        try:
            token = await app.fetch_access_token(
                redirect_uri=redirect_uri, code=code, code_verifier=pending.code_verifier
            )
            claims = await app.parse_id_token(
                token,
                nonce=pending.nonce,
                claims_options={
                    "iss": {"essential": True, "value": app.server_metadata["issuer"]},
                    # Without it the library lets a token for another pass that names us in `azp`.
                    "aud": {"essential": True, "value": self._client_id},
                },
            )
            about = dict(claims)
            if "email" not in about and app.server_metadata.get("userinfo_endpoint"):
                asked = dict(await app.userinfo(token=token))
                # Else it may be about somebody else (OpenID Connect Core, 5.3.2).
                if asked.get("sub") == claims["sub"]:
                    about = asked | about
            return _person(app.server_metadata["issuer"], about)
        except Exception as error:  # What is raised at malformed answers has no bounds.
            raise _failed(error) from None

    async def _loaded(self, now: datetime) -> StarletteOAuth2App:
        if self._app is not None and now < self._good_until:
            return self._app
        app = self._new_app()
        try:
            metadata = await app.load_server_metadata()
            told = str(metadata["issuer"])
            usable = str(metadata["authorization_endpoint"]) and str(metadata["token_endpoint"])
        except Exception as error:
            raise _failed(error) from None
        if told.rstrip("/") != self._issuer.rstrip("/") or not usable:
            log.error("VIVA_OIDC_ISSUER: what is found there says that it is another issuer")
            raise SignInFailed("oidc_failed")
        algorithms = metadata.get("id_token_signing_alg_values_supported") or ["RS256"]
        metadata["id_token_signing_alg_values_supported"] = [
            name for name in algorithms if not _SYMMETRIC.fullmatch(str(name))
        ]
        known = metadata.get("token_endpoint_auth_methods_supported") or _AUTH_METHODS
        methods = [method for method in _AUTH_METHODS if method in known]
        app.client_kwargs["token_endpoint_auth_method"] = (methods or _AUTH_METHODS)[0]
        self._app, self._good_until = app, now + _DISCOVERY_KEPT
        return app

    def _new_app(self) -> StarletteOAuth2App:
        app: StarletteOAuth2App = OAuth().register(
            "provider",
            server_metadata_url=f"{self._issuer.rstrip('/')}/.well-known/openid-configuration",
            client_id=self._client_id,
            client_secret=self._client_secret,
            client_kwargs={
                "scope": _SCOPE,
                "code_challenge_method": "S256",
                "timeout": _TIMEOUT,
                "verify": self._tls,
            },
        )
        return app


def provider_of(settings: Settings) -> OidcProvider | None:
    """The provider that the settings name; None without one."""
    secret = settings.oidc_client_secret
    if settings.oidc_issuer is None or settings.oidc_client_id is None or secret is None:
        return None
    return OidcProvider(settings.oidc_issuer, settings.oidc_client_id, secret.get_secret_value())


def refused(error: str) -> SignInFailed:
    """What the provider's own word for a refusal comes to."""
    if error == "access_denied":
        return SignInFailed("oidc_refused")
    known = error if _ERROR_CODE.fullmatch(error) else "an error"
    log.warning("sign-in failed: the provider answered %s", known)
    return SignInFailed("oidc_failed")


def _failed(error: Exception) -> SignInFailed:
    if isinstance(error, OAuthError):
        return refused(str(error.error))
    if isinstance(error, httpx2.HTTPError):
        log.warning("sign-in failed: the provider is out of reach, %s", type(error).__name__)
        return SignInFailed("oidc_unreachable")
    what = "its token is not good" if isinstance(error, JoseError) else "its answer is malformed"
    log.warning("sign-in failed: %s, %s", what, type(error).__name__)
    return SignInFailed("oidc_failed")


def _person(issuer: str, claims: Mapping[str, Any]) -> Person:
    subject = whole(claims["sub"])
    if not 0 < len(subject) <= SUBJECT_LONGEST:
        raise ValueError("a subject has 1 to 255 characters (OpenID Connect Core, 2)")
    verified = claims.get("email_verified")
    if isinstance(verified, str):
        # Some providers write it as a word.
        verified = verified.casefold() == "true"
    return Person(
        issuer=issuer,
        subject=subject,
        email=str(claims["email"]) if claims.get("email") else None,
        email_verified=verified if isinstance(verified, bool) else None,
        name=str(claims["name"]) if claims.get("name") else None,
    )
