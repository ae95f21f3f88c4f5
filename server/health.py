"""/healthz and /readyz."""

from __future__ import annotations

import asyncio

from fastapi import APIRouter
from fastapi.responses import JSONResponse
from sqlalchemy.exc import SQLAlchemyError

from server.context import Context, Ctx
from server.rooms import RoomsUnavailable

router = APIRouter(tags=["health"])


@router.get("/healthz")
async def alive() -> dict[str, str]:
    return {"status": "ok"}


async def _database(context: Context) -> str:
    try:
        await context.database.check()
    except SQLAlchemyError as error:
        return f"does not answer ({type(error).__name__})"
    return "ok"


async def _livekit(context: Context) -> str:
    try:
        await context.rooms.check()
    except RoomsUnavailable as error:
        return str(error)
    return "ok"


@router.get("/readyz", responses={503: {"description": "Something that is needed is missing."}})
async def ready(context: Ctx) -> JSONResponse:
    """Whether an interview could start, as far as the server can see."""
    database, livekit = await asyncio.gather(_database(context), _livekit(context))
    well = database == livekit == "ok"
    body = {"status": "ok" if well else "unready", "database": database, "livekit": livekit}
    return JSONResponse(body, 200 if well else 503)
