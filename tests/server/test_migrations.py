"""Every revision goes up and down with data in it, on both databases."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import httpx
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, MetaData, select

from server import db
from server.models import Base, Draft, Job, Notice, Preference
from tests.server.conftest import World

BOTH_DATABASES = True

Rows = dict[str, list[dict[str, Any]]]


def _revisions() -> list[str]:
    """From the first to the last."""
    config = Config()
    config.set_main_option("script_location", str(Path(db.__file__).parent / "migrations"))
    return [script.revision for script in ScriptDirectory.from_config(config).walk_revisions()][
        ::-1
    ]


def _rows(connection: Connection) -> Rows:
    """All rows of all tables, whatever the models say."""
    found = MetaData()
    found.reflect(connection)
    return {
        name: sorted(
            (dict(row) for row in connection.execute(select(table)).mappings()),
            key=lambda row: str(sorted(row.items())),
        )
        for name, table in found.tables.items()
        if name != "alembic_version"
    }


async def _snapshot(url: str) -> Rows:
    engine = db.make_engine(url)
    async with engine.connect() as connection:
        rows = await connection.run_sync(_rows)
    await engine.dispose()
    return rows


def _common(rows: Rows, like: Rows) -> Rows:
    """`rows` with only the tables and columns that `like` has."""
    return {
        name: [{key: row[key] for key in row if key in like[name][0]} for row in rows[name]]
        for name in rows
        if like.get(name)
    }


def _keyed(rows: Rows) -> Rows:
    return {name: sorted(found, key=str) for name, found in rows.items()}


async def _fill(world: World, owner: httpx.AsyncClient) -> None:
    """A row in tables of every age."""
    id_ = await world.joined(owner)
    user_id = (await owner.get("/api/v1/me")).json()["id"]
    now = world.clock.now
    async with world.context.database.write() as session:
        session.add(Preference(user_id=user_id, field="a", value=[1], version=1, changed_at=now))
        session.add(Draft(interview_id=id_, field="notes", text="n", version=1, changed_at=now))
        session.add(
            Notice(id="n", user_id=user_id, key="k", kind="digest", data={}, created_at=now)
        )
        session.add(
            Job(
                id="j",
                key="k",
                kind="none",
                payload={"a": 1},
                state="done",
                run_at=now,
                attempts=0,
                created_at=now,
            )
        )


async def test_every_revision_goes_down_and_up_with_data_in_it(
    world: World, owner: httpx.AsyncClient
) -> None:
    await _fill(world, owner)
    url = world.settings.resolved_database_url
    await world.context.database.close()
    revisions = _revisions()
    assert len(revisions) >= 3
    for revision, below in zip(revisions[::-1], revisions[-2::-1], strict=False):
        before = await _snapshot(url)
        await asyncio.to_thread(db.downgrade, url, below)
        down = await _snapshot(url)
        await asyncio.to_thread(db.upgrade, url, revision)
        up = await _snapshot(url)
        kept = _common(before, down)
        assert any(kept.values())
        assert _keyed(_common(down, kept)) == _keyed(kept), f"{revision} loses data going down"
        assert _keyed(_common(up, kept)) == _keyed(kept), f"{revision} loses data going up"
        assert {name: set(rows[0]) for name, rows in up.items() if rows} == {
            name: set(rows[0]) for name, rows in before.items() if rows and up[name]
        }
        await asyncio.to_thread(db.downgrade, url, below)
    await asyncio.to_thread(db.downgrade, url, "base")
    assert await _snapshot(url) == {}
    await asyncio.to_thread(db.upgrade, url)
    await world.user("again@example.org")


async def test_the_tables_are_those_of_the_models(world: World) -> None:
    engine = db.make_engine(world.settings.resolved_database_url)

    def differences(connection: Connection) -> list[Any]:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        return list(compare_metadata(context, Base.metadata))

    async with engine.connect() as connection:
        assert await connection.run_sync(differences) == []
    await engine.dispose()
