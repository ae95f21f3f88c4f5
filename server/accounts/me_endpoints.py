"""/me: what users can see and change of their own account."""

from __future__ import annotations

from fastapi import APIRouter, Response

from server.accounts import api_tokens, changes, logins
from server.accounts.callers import CurrentCaller, CurrentUser, LoggedIn
from server.accounts.schemas import (
    ApiTokenList,
    ApiTokenMade,
    ApiTokenOut,
    ChangeEmail,
    ChangeMe,
    ChangePassword,
    LoginList,
    LoginOut,
    Me,
    NewApiToken,
    ToConfirm,
    me_of,
)
from server.accounts.visitors import FromVisitor
from server.context import Ctx
from server.models import ApiToken

router = APIRouter(prefix="/me", tags=["accounts"])


@router.get("")
async def me(user: CurrentUser) -> Me:
    return me_of(user)


@router.patch("")
async def change(context: Ctx, user: CurrentUser, body: ChangeMe) -> Me:
    return me_of(await changes.change_name(context, user, body))


@router.post("/password", status_code=204)
async def password(
    context: Ctx, caller: LoggedIn, visitor: FromVisitor, body: ChangePassword
) -> None:
    """Every other sign-in ends; API tokens stay."""
    await changes.change_password(context, caller, body, visitor)


@router.post(
    "/email",
    responses={202: {"model": ToConfirm, "description": "A mail with a link was sent there."}},
)
async def email(
    context: Ctx, response: Response, caller: LoggedIn, visitor: FromVisitor, body: ChangeEmail
) -> Me | ToConfirm:
    """With mail set up the address changes when the link is opened that was sent there."""
    user = await changes.change_email(context, caller, body, visitor)
    if user is None:
        response.status_code = 202
        return ToConfirm()
    return me_of(user)


@router.get("/logins")
async def list_logins(context: Ctx, caller: CurrentCaller) -> LoginList:
    current = caller.login.id if caller.login else None
    return LoginList(
        items=[
            LoginOut(
                id=login.id,
                browser=login.browser,
                created_at=login.created_at,
                seen_at=login.seen_at,
                current=login.id == current,
            )
            for login in await logins.list_of(context, caller.user)
        ]
    )


@router.delete("/logins", status_code=204)
async def revoke_other_logins(context: Ctx, caller: CurrentCaller) -> None:
    await logins.revoke_others(context, caller.user, caller.login)


@router.delete("/logins/{login_id}", status_code=204)
async def revoke_login(context: Ctx, user: CurrentUser, login_id: str) -> None:
    await logins.revoke(context, user, login_id)


def _out(token: ApiToken) -> ApiTokenOut:
    return ApiTokenOut(
        id=token.id,
        name=token.name,
        created_at=token.created_at,
        used_at=token.used_at,
        expires_at=token.expires_at,
    )


@router.get("/tokens")
async def list_tokens(context: Ctx, caller: LoggedIn) -> ApiTokenList:
    found = await api_tokens.list_of(context, caller.user)
    return ApiTokenList(items=[_out(token) for token in found])


@router.post("/tokens", status_code=201)
async def make_token(context: Ctx, caller: LoggedIn, body: NewApiToken) -> ApiTokenMade:
    """A token for scripts, which is told this once."""
    made, token = await api_tokens.make(context, caller.user, body)
    return ApiTokenMade(**_out(made).model_dump(), token=token)


@router.delete("/tokens/{token_id}", status_code=204)
async def revoke_token(context: Ctx, caller: LoggedIn, token_id: str) -> None:
    await api_tokens.revoke(context, caller.user, token_id)
