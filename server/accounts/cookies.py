"""The login cookie, and the dependency that tells who sent a request."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, Request, Response

from server.accounts import service
from server.context import Ctx
from server.errors import Problem
from server.models import User


def _name(request: Request) -> str:
    # Browsers accept the prefix only on Secure cookies.
    return "__Host-viva" if request.url.scheme == "https" else "viva"


def token_of(request: Request) -> str | None:
    return request.cookies.get(_name(request))


def set_token(request: Request, response: Response, token: str, seconds: int) -> None:
    response.set_cookie(
        _name(request),
        token,
        max_age=seconds,
        path="/",
        httponly=True,
        samesite="lax",
        secure=request.url.scheme == "https",
    )


def clear_token(request: Request, response: Response) -> None:
    set_token(request, response, "", 0)


async def current_user(request: Request, context: Ctx) -> User:
    """The user whose cookie came along; 401 without one."""
    token = token_of(request)
    user = await service.user_of(context, token) if token else None
    if user is None:
        raise Problem(401, "not_logged_in", "Log in first.")
    return user


CurrentUser = Annotated[User, Depends(current_user)]
