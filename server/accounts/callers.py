"""Who sent a request, and by what they are known: the cookie of a browser, or an API token."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request

from server.accounts import api_tokens, logins
from server.context import Context, Ctx
from server.errors import Problem
from server.models import ApiToken, Login, User


@dataclass(frozen=True)
class Caller:
    """A user who is let in. Exactly one of `login` and `api_token` is set."""

    user: User
    login: Login | None = None
    api_token: ApiToken | None = None


def cookie_name(request: Request) -> str:
    # Browsers accept the prefix only on Secure cookies.
    return "__Host-viva" if request.url.scheme == "https" else "viva"


def cookie_of(request: Request) -> str | None:
    """The token of the login cookie."""
    return request.cookies.get(cookie_name(request))


def _bearer_of(request: Request) -> str | None:
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" else None


async def find_caller(context: Context, request: Request) -> Caller | None:
    """Who sent `request`, or None. Asked again later, the answer is that of then: what was revoked
    meanwhile is good no longer. An API token that is sent counts, whatever cookie comes with it."""
    bearer = _bearer_of(request)
    if bearer is not None:
        by_token = await api_tokens.holder(context, bearer)
        return None if by_token is None else Caller(by_token[0], api_token=by_token[1])
    cookie = cookie_of(request)
    by_cookie = await logins.holder(context, cookie) if cookie else None
    return None if by_cookie is None else Caller(by_cookie[0], login=by_cookie[1])


async def _caller(context: Ctx, request: Request) -> Caller:
    caller = await find_caller(context, request)
    if caller is not None:
        return caller
    if _bearer_of(request) is not None:
        detail = "This API token is not known, was revoked or is over. Make a new one in the page."
        raise Problem(401, "token_invalid", detail, headers={"WWW-Authenticate": "Bearer"})
    raise Problem(401, "not_logged_in", "Log in first.")


CurrentCaller = Annotated[Caller, Depends(_caller)]


async def _user(caller: CurrentCaller) -> User:
    return caller.user


async def _logged_in(caller: CurrentCaller) -> Caller:
    if caller.login is None:
        detail = "An API token cannot do this. Log in with a browser."
        raise Problem(403, "token_refused", detail)
    return caller


async def _admin(caller: CurrentCaller) -> User:
    if caller.user.role != "admin":
        raise Problem(403, "admins_only", "Only an admin can do this.")
    return caller.user


# By cookie or API token.
CurrentUser = Annotated[User, Depends(_user)]
# By cookie alone: for what decides who gets in.
LoggedIn = Annotated[Caller, Depends(_logged_in)]
CurrentAdmin = Annotated[User, Depends(_admin)]
