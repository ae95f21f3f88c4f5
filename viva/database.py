"""The database that a running Viva has, for commands that work on it beside the server."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from sqlalchemy import make_url
from sqlalchemy.exc import SQLAlchemyError

from server.db import Database
from server.errors import Problem
from server.settings import Settings, SettingsError, load_settings
from viva.errors import CommandError


def settings_for(data_dir: Path) -> Settings:
    """The server's settings, with `data_dir`. Raises CommandError."""
    try:
        return load_settings().model_copy(update={"data_dir": data_dir})
    except SettingsError as error:
        raise CommandError(str(error)) from None


def check_there(settings: Settings) -> None:
    """Raises CommandError when the database is a file that there is not."""
    url = make_url(settings.resolved_database_url)
    # Opening a SQLite file that is not there would make one.
    if url.get_backend_name() == "sqlite" and not (url.database and Path(url.database).is_file()):
        raise CommandError(
            f"there is no database at {url.database}; start Viva once (viva up), or say where it "
            "is with --data-dir or VIVA_DATABASE_URL"
        )


@asynccontextmanager
async def opened(settings: Settings) -> AsyncIterator[Database]:
    """The database while the block runs. Raises CommandError for what it cannot do."""
    try:
        database = Database(settings.resolved_database_url)
    except ModuleNotFoundError as error:
        raise CommandError(
            f"VIVA_DATABASE_URL: expected an installed driver, and {error.name} is not"
        ) from None
    try:
        yield database
    except Problem as problem:
        raise CommandError(problem.detail) from None
    except (SQLAlchemyError, OSError) as error:
        shown = make_url(settings.resolved_database_url).render_as_string(hide_password=True)
        raise CommandError(
            f"the database {shown} cannot be used ({type(error).__name__}); see that it can be "
            "reached, and start this version of Viva once, which brings it up to date"
        ) from None
    finally:
        await database.close()
