"""/me/settings and /voices."""

from __future__ import annotations

from fastapi import APIRouter

from server.accounts.callers import CurrentUser
from server.context import Ctx
from server.preferences import service
from server.preferences.schemas import (
    ChangeSettings,
    SettingsChanged,
    SettingsOut,
    VoiceList,
    VoiceOut,
)

router = APIRouter(tags=["settings"])


@router.get("/me/settings")
async def show(context: Ctx, user: CurrentUser) -> SettingsOut:
    return await service.show(context, user)


@router.patch("/me/settings")
async def change(context: Ctx, user: CurrentUser, body: ChangeSettings) -> SettingsChanged:
    """Set some fields. `overwrote` names what was replaced that the caller had not seen."""
    return await service.change(context, user, body)


@router.get("/voices")
async def voices(context: Ctx, user: CurrentUser) -> VoiceList:
    """The voices that the interviewer can speak with here."""
    found = context.settings.voices
    return VoiceList(items=[VoiceOut(id=voice.id, title=voice.title) for voice in found])
