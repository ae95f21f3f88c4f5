"""DELETE /me."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, ConfigDict

from server.accounts import changes
from server.accounts.callers import LoggedIn
from server.accounts.cookies import clear_token
from server.accounts.schemas import Password
from server.accounts.visitors import FromVisitor
from server.context import Ctx
from server.leaving import erasing

router = APIRouter(prefix="/me", tags=["accounts"])


class Leave(BaseModel):
    """`password` is null for who has none."""

    model_config = ConfigDict(extra="forbid")

    password: Password | None = None


@router.delete("", status_code=204)
async def leave(
    context: Ctx,
    caller: LoggedIn,
    visitor: FromVisitor,
    request: Request,
    response: Response,
    body: Leave | None = None,
) -> None:
    """Delete the account and everything in it, for good."""
    await changes.proved(context, caller.user, (body or Leave()).password, visitor)
    await erasing.account(context, caller.user)
    clear_token(request, response)
