"""/unsubscribe/{token}: for mail programs and for the page, without a login."""

from __future__ import annotations

from urllib.parse import quote

from fastapi import APIRouter
from fastapi.responses import RedirectResponse
from pydantic import BaseModel

from server.context import Ctx
from server.mail import unsubscribing

router = APIRouter(prefix="/unsubscribe", tags=["mail"])


class Unsubscribed(BaseModel):
    """Whose notifications no longer come by mail: the address, masked."""

    email: str


@router.post("/{token}")
async def unsubscribe(context: Ctx, token: str) -> Unsubscribed:
    """End mails as RFC 8058 has it: with one click and whatever body comes along."""
    return Unsubscribed(email=await unsubscribing.unsubscribe(context, token))


@router.get("/{token}", status_code=303)
async def show(token: str) -> RedirectResponse:
    """For mail programs that only follow links: to the page, and nothing is changed by that."""
    return RedirectResponse(f"/unsubscribe/{quote(token, safe='')}", 303)
