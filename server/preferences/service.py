"""Reading and writing settings. The last writer of a field wins, and is told what it replaced."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError
from sqlalchemy.ext.asyncio import AsyncSession

from server.context import Context
from server.errors import Problem
from server.models import Preference, User
from server.preferences import repository
from server.preferences.schemas import (
    ChangeSettings,
    Overwritten,
    SettingsChanged,
    SettingsOut,
    Values,
)


async def values_of(db: AsyncSession, user_id: str) -> Values:
    """The user's settings, with what they never set as it is by default."""
    return _read(await repository.of(db, user_id))


async def show(context: Context, user: User) -> SettingsOut:
    async with context.database.read() as db:
        rows = await repository.of(db, user.id)
    return SettingsOut(values=_read(rows), versions=_versions(rows))


async def change(context: Context, user: User, body: ChangeSettings) -> SettingsChanged:
    """Set what `body` names. A value that stands there already is not written again."""
    given = body.values.model_dump(mode="json", include=body.values.model_fields_set)
    _check(context, given)
    overwrote = []
    async with context.database.write() as db:
        rows = await repository.locked(db, user.id)
        now = context.clock()
        for field, value in given.items():
            row = rows.get(field)
            if row is None:
                row = rows[field] = Preference(
                    user_id=user.id, field=field, value=value, version=1, changed_at=now
                )
                db.add(row)
            elif row.value != value:
                if body.base.get(field, 0) < row.version:
                    seen = Overwritten(field=field, value=row.value, changed_at=row.changed_at)
                    overwrote.append(seen)
                row.value, row.version, row.changed_at = value, row.version + 1, now
    return SettingsChanged(values=_read(rows), versions=_versions(rows), overwrote=overwrote)


def _versions(rows: Mapping[str, Preference]) -> dict[str, int]:
    return {field: rows[field].version if field in rows else 0 for field in Values.model_fields}


def _read(rows: Mapping[str, Preference]) -> Values:
    """What another version of Viva has stored, and this one cannot read, counts as never set."""
    stored = {field: row.value for field, row in rows.items()}
    try:
        return Values.model_validate(stored)
    except ValidationError as error:
        wrong = {str(item["loc"][0]) for item in error.errors()}
        kept = {field: value for field, value in stored.items() if field not in wrong}
        return Values.model_validate(kept)


def _check(context: Context, given: Mapping[str, Any]) -> None:
    """What only this set-up can tell: the scenarios and the voices that it has."""
    voices = [voice.id for voice in context.settings.voices]
    offered = {"scenario_id": list(context.scenarios), "voice": voices}
    for field, choices in offered.items():
        value = given.get(field)
        if value is not None and value not in choices:
            message = f"there is no {value!r} here; choose one of: {', '.join(choices)}"
            errors = [{"field": f"values.{field}", "message": message}]
            raise Problem(422, "invalid_request", f"values.{field}: {message}", errors=errors)
