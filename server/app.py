"""Puts the server together. Started as `uvicorn --factory server.app:create_app`."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import cache

from fastapi import APIRouter, FastAPI
from starlette.routing import BaseRoute

from interview.errors import ScenarioError
from interview.scenario import load_scenarios
from server import db, errors, health, secret_paths, web
from server.accounts import admin_endpoints, me_endpoints, oidc
from server.accounts import endpoints as accounts
from server.accounts.attempts import Attempts
from server.accounts.oidc_state import oidc_of
from server.accounts.passwords import Passwords
from server.comments import endpoints as comments
from server.context import Clock, Context, steady_clock, utc_now
from server.db import Database
from server.drafts import endpoints as drafts
from server.internal import endpoints as internal
from server.jobs import runner
from server.leaving import endpoints as leaving
from server.mail import endpoints as mail
from server.middleware import BodyLimit, HeadLikeGet, OriginCheck, PlainAddress, SecurityHeaders
from server.moving import endpoints as moving
from server.notices import endpoints as notices
from server.practice import endpoints as practice
from server.preferences import endpoints as preferences
from server.recordings import endpoints as recordings
from server.reports import endpoints as reports
from server.reviewers import endpoints as reviewers
from server.rooms import Rooms
from server.scenarios import endpoints as scenarios
from server.scoring import endpoints as scoring
from server.sessions import endpoints as sessions
from server.sessions import reconcile
from server.settings import Settings, SettingsError, load_settings
from server.shares import endpoints as shares
from server.sharing import endpoints as sharing
from server.storage.store import Storage
from server.transcripts import endpoints as transcripts

log = logging.getLogger(__name__)


def _make_context(settings: Settings, clock: Clock, passwords: Passwords | None) -> Context:
    steady = steady_clock() if clock is utc_now else clock
    return Context(
        settings=settings,
        clock=clock,
        steady=steady,
        began=steady(),
        database=Database(settings.resolved_database_url),
        rooms=Rooms(settings),
        scenarios=load_scenarios(settings.scenarios_dir),
        passwords=passwords or Passwords(),
        oidc=oidc_of(settings),
        attempts=Attempts(settings),
        storage=_storage(settings),
    )


def _storage(settings: Settings) -> Storage:
    try:
        return Storage(settings.storage)
    except OSError as error:
        name = "VIVA_DATA_DIR" if settings.storage_url is None else "VIVA_STORAGE_URL"
        where = getattr(error, "filename", None) or settings.storage_url
        reason = error.strerror or type(error).__name__
        sentence = f"{name}: expected a place to keep recordings, and {where}: {reason}"
        raise SettingsError(sentence) from None


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    context: Context = app.state.context
    await asyncio.to_thread(db.upgrade, context.settings.resolved_database_url)
    if context.settings.agent_token is None:
        log.warning("VIVA_AGENT_TOKEN is not set: no interviewer will be let in")
    caretakers = [
        asyncio.create_task(reconcile.run(context), name="reconcile"),
        asyncio.create_task(runner.run(context), name="jobs"),
    ]
    try:
        yield
    finally:
        for caretaker in caretakers:
            caretaker.cancel()
        await asyncio.gather(*caretakers, return_exceptions=True)
        await context.rooms.close()
        await context.database.close()


def create_app(
    settings: Settings | None = None,
    clock: Clock = utc_now,
    passwords: Passwords | None = None,
) -> FastAPI:
    """The server. Without `settings` they come from the environment; a wrong one, or a broken
    scenario, ends the process with a sentence for each."""
    try:
        settings = settings or load_settings()
        context = _make_context(settings, clock, passwords)
    except (SettingsError, ScenarioError) as error:
        raise SystemExit(str(error)) from None
    except ModuleNotFoundError as error:
        # The one module that is chosen by a setting is the database's driver.
        sentence = f"VIVA_DATABASE_URL: expected an installed driver, and {error.name} is not"
        raise SystemExit(sentence) from None
    secret_paths.hide_in_access_log()
    app = FastAPI(title="Viva", version="0.1.0", lifespan=_lifespan, docs_url=None, redoc_url=None)
    app.state.context = context
    errors.install(app)
    app.router.routes.extend(_routes())
    web.mount(app, settings.web_dir)
    app.add_middleware(PlainAddress)
    app.add_middleware(BodyLimit, agent_token=settings.agent_token)
    app.add_middleware(OriginCheck)
    app.add_middleware(HeadLikeGet)
    app.add_middleware(SecurityHeaders, livekit_url=settings.browser_livekit_url)
    return app


@cache
def _routes() -> list[BaseRoute]:
    """Put together once a process, which takes a while: they say nothing of any one app."""
    api = APIRouter()
    for feature in (
        accounts,
        oidc,
        me_endpoints,
        admin_endpoints,
        leaving,
        moving,
        sharing,
        preferences,
        scenarios,
        transcripts,
        sessions,
        drafts,
        recordings,
        reviewers,
        reports,
        comments,
        scoring,
        shares,
        mail,
        notices,
        practice,
    ):
        api.include_router(feature.router)
    whole = APIRouter()
    whole.include_router(api, prefix="/api/v1")
    whole.include_router(internal.router)
    whole.include_router(health.router)
    return whole.routes
