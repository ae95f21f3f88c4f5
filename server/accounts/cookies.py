"""Giving a browser the login cookie, and taking it away."""

from __future__ import annotations

from fastapi import Request, Response

from server.accounts.callers import cookie_name


def set_token(request: Request, response: Response, token: str, seconds: int) -> None:
    response.set_cookie(
        cookie_name(request),
        token,
        max_age=seconds,
        path="/",
        httponly=True,
        samesite="lax",
        secure=request.url.scheme == "https",
    )


def clear_token(request: Request, response: Response) -> None:
    set_token(request, response, "", 0)
