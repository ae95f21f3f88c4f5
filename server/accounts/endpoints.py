"""/auth: getting in and out."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from server.accounts import changes, logins, service
from server.accounts.callers import cookie_of
from server.accounts.cookies import clear_token, set_token
from server.accounts.schemas import (
    Confirm,
    Empty,
    Forgotten,
    LogIn,
    Me,
    Oidc,
    Register,
    Reset,
    ToConfirm,
    Ways,
    me_of,
)
from server.accounts.visitors import FromVisitor
from server.context import Context, Ctx
from server.models import User

router = APIRouter(prefix="/auth", tags=["accounts"])


def log_in_browser(
    context: Context, request: Request, response: Response, user: User, token: str
) -> Me:
    """Give the browser the cookie of the login that `token` belongs to."""
    set_token(request, response, token, int(context.settings.login_days * 86_400))
    return me_of(user)


@router.get("/ways")
async def ways(context: Ctx) -> Ways:
    settings = context.settings
    oidc = Oidc(title=settings.oidc_title) if settings.oidc_issuer else None
    return Ways(password=True, mail=settings.mail_set_up, oidc=oidc)


@router.post(
    "/register",
    status_code=201,
    responses={202: {"model": ToConfirm, "description": "A mail was sent; see there."}},
)
async def register(
    context: Ctx, request: Request, response: Response, visitor: FromVisitor, body: Register
) -> Me | ToConfirm:
    """With mail set up the answer is 202 whether or not the address has an account; without, 201 or
    409."""
    if context.settings.mail_set_up:
        await service.register_by_mail(context, body, visitor)
        response.status_code = 202
        return ToConfirm()
    user, token = await service.register(context, body, visitor)
    return log_in_browser(context, request, response, user, token)


@router.post("/confirm", status_code=201)
async def confirm(
    context: Ctx, request: Request, response: Response, visitor: FromVisitor, body: Confirm
) -> Me:
    """Make the account that a mail was sent about."""
    user, token = await service.confirm(context, body, visitor)
    return log_in_browser(context, request, response, user, token)


@router.post("/login")
async def log_in(
    context: Ctx, request: Request, response: Response, visitor: FromVisitor, body: LogIn
) -> Me:
    user, token = await service.log_in(context, body, visitor)
    return log_in_browser(context, request, response, user, token)


@router.post("/logout", status_code=204)
async def log_out(context: Ctx, request: Request, response: Response) -> None:
    token = cookie_of(request)
    if token:
        await logins.end(context, token)
    clear_token(request, response)


@router.post("/forgotten", status_code=202)
async def forgotten(context: Ctx, visitor: FromVisitor, body: Forgotten) -> Empty:
    await changes.forgotten(context, body.email, visitor)
    return Empty()


@router.post("/reset")
async def reset(
    context: Ctx, request: Request, response: Response, visitor: FromVisitor, body: Reset
) -> Me:
    """Set a new password by a link. All other sign-ins and all API tokens of the user end."""
    user, token = await changes.reset(context, body, visitor)
    return log_in_browser(context, request, response, user, token)


@router.post("/email")
async def email(context: Ctx, visitor: FromVisitor, body: Confirm) -> Me:
    """Take the new address into use that a mail was sent to."""
    return me_of(await changes.confirm_email(context, body, visitor))
