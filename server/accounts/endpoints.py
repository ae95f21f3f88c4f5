"""/auth and /me."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from server.accounts import service
from server.accounts.cookies import CurrentUser, clear_token, set_token, token_of
from server.accounts.schemas import LogIn, Me, Register
from server.context import Context, Ctx
from server.models import User

router = APIRouter(tags=["accounts"])


def _address(request: Request) -> str:
    return request.client.host if request.client else "unknown"


def _logged_in(
    context: Context, request: Request, response: Response, user: User, token: str
) -> Me:
    set_token(request, response, token, int(context.settings.login_days * 86_400))
    return _me(user)


def _me(user: User) -> Me:
    return Me(id=user.id, email=user.email, name=user.name, created_at=user.created_at)


@router.post("/auth/register", status_code=201)
async def register(context: Ctx, request: Request, response: Response, body: Register) -> Me:
    user, token = await service.register(context, body, _address(request))
    return _logged_in(context, request, response, user, token)


@router.post("/auth/login")
async def log_in(context: Ctx, request: Request, response: Response, body: LogIn) -> Me:
    user, token = await service.log_in(context, body, _address(request))
    return _logged_in(context, request, response, user, token)


@router.post("/auth/logout", status_code=204)
async def log_out(context: Ctx, request: Request, response: Response) -> None:
    token = token_of(request)
    if token:
        await service.log_out(context, token)
    clear_token(request, response)


@router.get("/me")
async def me(user: CurrentUser) -> Me:
    return _me(user)
