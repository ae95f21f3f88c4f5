"""Sign-in by an OIDC provider: /auth/oidc. Every answer sends the browser on, failures as well."""

from __future__ import annotations

import hmac
import re
from collections.abc import Awaitable, Callable
from urllib.parse import urlencode

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse

from server.accounts import oidc_people
from server.accounts.callers import find_caller
from server.accounts.cookies import set_token
from server.accounts.oidc_provider import SignInFailed, refused
from server.accounts.oidc_state import Journey, Oidc
from server.accounts.visitors import visitor_of
from server.context import Context, Ctx
from server.errors import Problem

router = APIRouter(tags=["accounts"], prefix="/auth/oidc", default_response_class=RedirectResponse)

# One slash: browsers take two, and a backslash, for another host, and leave out control characters.
_OWN_PATH = re.compile(r"/(?![/\\])[^\\\x00-\x20\x7f]{0,500}")
_CALLED_BY_OWN_PAGE = frozenset({None, "same-origin", "none"})


def own_path(wanted: str) -> str:
    """`wanted` if it is a path of the page, else "/"."""
    own = _OWN_PATH.fullmatch(wanted) and not wanted.startswith(("/api/", "/internal/"))
    return wanted if own else "/"


@router.get("/start", status_code=302)
async def start(context: Ctx, request: Request, next: str = "/") -> RedirectResponse:
    """To the provider; then on to `next`, a path of the page. Who is logged in already links the
    identity to their account. A failure leads to `/?problem=CODE`."""
    return await _sent_on(lambda: _start(context, request, own_path(next)))


async def _start(context: Context, request: Request, path: str) -> RedirectResponse:
    oidc = _oidc(context)
    await context.attempts.count("login", visitor_of(request).address)
    caller = await find_caller(context, request)
    user_id = caller.user.id if caller is not None and caller.login is not None else None
    if user_id and request.headers.get("sec-fetch-site") not in _CALLED_BY_OWN_PAGE:
        # Another site may not choose whose identity gets into this account.
        return RedirectResponse(path, 302)
    redirect_uri = _redirect_uri(context, request)
    url, pending = await oidc.provider.depart(redirect_uri, context.clock())
    answer = RedirectResponse(url, 302)
    journey = Journey(pending, redirect_uri, path, user_id)
    oidc.journeys.keep(request, answer, journey, context.clock())
    return answer


@router.get("/callback", status_code=302)
async def callback(
    context: Ctx, request: Request, code: str = "", state: str = "", error: str = ""
) -> RedirectResponse:
    """Where the provider sends the browser back to. `/?problem=CODE` unless all is well."""
    answer = await _sent_on(lambda: _callback(context, request, code, state, error))
    if context.oidc is not None:
        context.oidc.journeys.forget(request, answer)
    return answer


async def _callback(
    context: Context, request: Request, code: str, state: str, error: str
) -> RedirectResponse:
    oidc = _oidc(context)
    await context.attempts.count("login", visitor_of(request).address)
    now = context.clock()
    journey = oidc.journeys.read(request, now)
    if journey is None or not _same(state, journey.pending.state):
        raise SignInFailed("oidc_state")
    if error:
        raise refused(error)
    person = await oidc.provider.arrive(code, journey.pending, journey.redirect_uri, now)
    answer = RedirectResponse(journey.next, 302)
    if journey.user_id is not None:
        caller = await find_caller(context, request)
        if caller is None or caller.login is None or caller.user.id != journey.user_id:
            raise SignInFailed("oidc_state")
        await oidc_people.link(context, caller.user, person)
        return answer
    token = await oidc_people.log_in(context, person, visitor_of(request).user_agent)
    set_token(request, answer, token, int(context.settings.login_days * 86_400))
    return answer


def _same(given: str, known: str) -> bool:
    return hmac.compare_digest(given.encode("utf-8", "replace"), known.encode())


def _oidc(context: Context) -> Oidc:
    if context.oidc is None:
        raise SignInFailed("oidc_not_set_up")
    return context.oidc


def _redirect_uri(context: Context, request: Request) -> str:
    path = router.url_path_for("callback")
    base = context.settings.public_url or str(request.base_url).rstrip("/")
    return f"{base}/api/v1{path}"


async def _sent_on(step: Callable[[], Awaitable[RedirectResponse]]) -> RedirectResponse:
    try:
        return await step()
    except (SignInFailed, Problem) as failure:
        return RedirectResponse(f"/?{urlencode({'problem': failure.code})}", 302)
