"""The database: engine, transactions and migrations.

SQLite runs with WAL and `synchronous=FULL`: what has been committed survives a power cut. A
writing transaction takes SQLite's write lock at its start (BEGIN IMMEDIATE), so that what it read
still holds when it writes. What is deleted is overwritten at once (`secure_delete`); `scrub` sees
to the copies that are left elsewhere in its files.
"""

from __future__ import annotations

import asyncio
import os
import sqlite3
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager, nullcontext, suppress
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, event, make_url, text
from sqlalchemy.ext.asyncio import (
    AsyncEngine,
    AsyncSession,
    async_sessionmaker,
    create_async_engine,
)

_WRITES = "viva_writes"
_BUSY_TIMEOUT_MS = 10_000
_PRAGMAS = (
    "PRAGMA journal_mode=WAL",
    f"PRAGMA busy_timeout={_BUSY_TIMEOUT_MS}",
    "PRAGMA synchronous=FULL",
    "PRAGMA secure_delete=ON",
)


def _lower(value: Any) -> Any:
    return value.lower() if isinstance(value, str) else value


def _set_up_sqlite(engine: AsyncEngine, foreign_keys: bool) -> None:
    @event.listens_for(engine.sync_engine, "connect")
    def on_connect(connection: Any, _: Any) -> None:
        # The driver must not open transactions of its own; `on_begin` does.
        connection.isolation_level = None
        # SQLite's own knows the case of ASCII letters alone.
        connection.create_function("lower", 1, _lower, deterministic=True)
        cursor = connection.cursor()
        for pragma in (*_PRAGMAS, f"PRAGMA foreign_keys={'ON' if foreign_keys else 'OFF'}"):
            cursor.execute(pragma)
        cursor.close()

    @event.listens_for(engine.sync_engine, "begin")
    def on_begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get(_WRITES, False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _make_private(path: Path) -> None:
    """Nobody else on this machine may read what was said. SQLite gives its side files the mode of
    the database itself."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with suppress(FileExistsError):
        os.close(os.open(path, os.O_CREAT | os.O_EXCL, 0o600))


def make_engine(url: str, *, foreign_keys: bool = True) -> AsyncEngine:
    """An engine for `url`. The directory of a SQLite file is created when it is missing.

    `foreign_keys`: whether SQLite enforces them; other databases always do."""
    parsed = make_url(url)
    sqlite = parsed.get_backend_name() == "sqlite"
    if sqlite and parsed.database and parsed.database != ":memory:":
        _make_private(Path(parsed.database))
    # Errors reach the log, and with them would go what was said and who said it.
    engine = create_async_engine(parsed, pool_pre_ping=not sqlite, hide_parameters=True)
    if sqlite:
        _set_up_sqlite(engine, foreign_keys)
    return engine


class ScrubPostponed(Exception):
    """Somebody was reading or writing all the time; try again later."""


class Database:
    """Hands out transactions. `read()` never commits; `write()` commits once, at its end."""

    def __init__(self, url: str) -> None:
        self._engine = make_engine(url)
        self._scrubbing = asyncio.Lock()
        self._writers = asyncio.Lock()
        self._scrubs_begun = self._scrubs_done = 0
        self._reading = async_sessionmaker(self._engine, expire_on_commit=False)
        self._writing = async_sessionmaker(
            self._engine.execution_options(**{_WRITES: True}), expire_on_commit=False
        )

    @asynccontextmanager
    async def read(self) -> AsyncIterator[AsyncSession]:
        async with self._reading() as db:
            yield db

    @asynccontextmanager
    async def write(self) -> AsyncIterator[AsyncSession]:
        async with self._turn(), self._writing() as db, db.begin():
            yield db

    def _turn(self) -> AbstractAsyncContextManager[object]:
        """SQLite lets one write at a time and leaves the others to try again and again, some of
        them for seconds; here they wait in line."""
        return self._writers if self._engine.dialect.name == "sqlite" else nullcontext()

    async def check(self) -> None:
        """Raises SQLAlchemyError when the database does not answer."""
        async with self.read() as db:
            await db.execute(text("SELECT 1"))

    async def rewrite_bytes(self) -> int:
        """How much `scrub` has to write while nobody else can; none on PostgreSQL."""
        if self._engine.dialect.name != "sqlite":
            return 0
        async with self.read() as db:
            pages = await db.scalar(text("PRAGMA page_count"))
            size = await db.scalar(text("PRAGMA page_size"))
        return int(pages or 0) * int(size or 0)

    async def empty_log(self) -> None:
        """Empty SQLite's write-ahead log, which holds what was deleted. Raises ScrubPostponed."""
        if self._engine.dialect.name == "sqlite":
            await self._by_driver()

    async def scrub(self, tables: Sequence[str]) -> None:
        """Leave nothing readable of what was deleted from `tables` before this call.

        SQLite: the file is written anew without its gaps (VACUUM), and the write-ahead log emptied.
        PostgreSQL: VACUUM of the tables; its own write-ahead log keeps old rows until its segments
        are recycled, and a page its gaps until they are filled. Calls that wait for each other
        share one run. Raises ScrubPostponed or SQLAlchemyError."""
        asked = self._scrubs_begun
        async with self._scrubbing:
            if self._scrubs_done > asked:
                return
            self._scrubs_begun += 1
            if self._engine.dialect.name == "sqlite":
                await self._by_driver("VACUUM")
            else:
                await self._vacuum(tables)
            self._scrubs_done = self._scrubs_begun

    async def _by_driver(self, *statements: str) -> None:
        async with self._engine.connect() as connection:
            # By the driver, for which nothing begins a transaction.
            driver: Any = (await connection.get_raw_connection()).driver_connection
            try:
                for statement in statements:
                    await driver.execute(statement)
                cursor = await driver.execute("PRAGMA wal_checkpoint(TRUNCATE)")
                busy, *_ = await cursor.fetchone()
            except sqlite3.OperationalError as error:
                raise ScrubPostponed(str(error)) from error
        if busy:
            raise ScrubPostponed("the write-ahead log is being read")

    async def _vacuum(self, tables: Sequence[str]) -> None:
        options = {"isolation_level": "AUTOCOMMIT"}
        async with self._engine.execution_options(**options).connect() as connection:
            quote = connection.dialect.identifier_preparer.quote
            for table in tables:
                await connection.exec_driver_sql(f"VACUUM {quote(table)}")

    async def close(self) -> None:
        await self._engine.dispose()


def _migrate(url: str, step: Callable[[Config], None]) -> None:
    async def run() -> None:
        # SQLite changes a table by making a new one and dropping the old one; with foreign keys
        # on, dropping it would delete all that refers to it.
        engine = make_engine(url, foreign_keys=False)

        def within(connection: Connection) -> None:
            config = Config()
            config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
            config.attributes["connection"] = connection
            step(config)
            if connection.dialect.name == "sqlite":
                broken = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
                if broken:
                    raise RuntimeError(f"the migration would break {len(broken)} references")

        try:
            async with engine.execution_options(**{_WRITES: True}).begin() as connection:
                await connection.run_sync(within)
        finally:
            await engine.dispose()

    asyncio.run(run())


def upgrade(url: str, revision: str = "head") -> None:
    """Bring the database at `url` to `revision`. Blocks; call it from outside an event loop."""
    _migrate(url, lambda config: command.upgrade(config, revision))


def downgrade(url: str, revision: str) -> None:
    """Take the database at `url` back to `revision`. Blocks, as `upgrade` does."""
    _migrate(url, lambda config: command.downgrade(config, revision))
